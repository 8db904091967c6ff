"""A file of this machine, opened only where it is what it looks like: a regular file, and none of ours."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from .os_faults import os_fault


class NotPlain(Exception):
    """Why a file is not read, in a few words of Portuguese."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@contextmanager
def plain_file(path: Path, keep_out: Iterable[Path] = ()) -> Iterator[BinaryIO]:
    """Open ``path`` for reading; NotPlain where it is no regular file, a link, or in ``keep_out``.

    ``keep_out`` are the folders and files of keys and drafts, which no one means to pass on.
    """
    if "\0" in str(path):
        raise NotPlain("não é um nome de arquivo")
    if any(path.resolve().is_relative_to(folder.resolve()) for folder in keep_out):
        raise NotPlain("é um arquivo do próprio Plantão e não pode ser enviado")
    try:
        # O_NONBLOCK: opening a pipe must not wait for its writer
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            mode = os.fstat(descriptor).st_mode
            if not stat.S_ISREG(mode):
                raise NotPlain("é uma pasta" if stat.S_ISDIR(mode) else "não é um arquivo comum")
            yield file
    except OSError as error:
        raise NotPlain(os_fault(error)) from None
