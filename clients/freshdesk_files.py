"""Files on their way to and from a ticket: read once, written where nothing was (contract §7.5)."""

import mimetypes
import os
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from .errors import Rejected, StoreError
from .models.text import safe_text
from .models.ticket import MAX_TICKET_BYTES
from .os_faults import os_fault
from .plain_file import NotPlain, plain_file

LIMIT = f"{MAX_TICKET_BYTES // 1_000_000} MB"
"""Over all attachments of a ticket, those already there included; in words."""
_BINARY = "application/octet-stream"
_LONGEST_NAME = 120
_FORBIDDEN = frozenset('/\\:*?"<>|')


@dataclass(frozen=True)
class Upload:
    """A file as it was when it was read."""

    name: str
    content: bytes = field(repr=False)
    content_type: str

    @property
    def part(self) -> tuple[str, tuple[str, bytes, str]]:
        """The same as a part of a multipart body."""
        return "attachments[]", (self.name, self.content, self.content_type)


def read_upload(path: Path, keep_out: Iterable[Path] = (), *, system: str = "Freshdesk") -> Upload:
    """Read ``path`` once; `Rejected` where it is no regular file, a link, empty, too big, or in ``keep_out``.

    ``keep_out`` are the folders and files of keys and drafts, which no one means to send to a client.
    ``system`` is where the file is to go, for the message.
    """
    shown = safe_text(path.name, multiline=False)
    try:
        with plain_file(path, keep_out) as file:
            content = file.read(MAX_TICKET_BYTES + 1)
        fault = size_fault(len(content))
    except NotPlain as error:
        fault = error.reason
    if fault:
        raise Rejected(system, f"{shown}: {fault}")
    return Upload(safe_file_name(path.name), content, mimetypes.guess_type(path.name)[0] or _BINARY)


def check_total(sizes: Iterable[int]) -> None:
    """`Rejected` where attachments of these sizes are more than a ticket carries."""
    total = sum(sizes)
    if total > MAX_TICKET_BYTES:
        megabytes = f"{total / 1_000_000:.1f}".replace(".", ",")
        raise Rejected("Freshdesk", f"os anexos do ticket somariam {megabytes} MB; o limite é {LIMIT}")


def size_fault(size: int) -> str:
    """Why a file of that many bytes cannot be sent, or nothing."""
    if not size:
        return "está vazio: não há o que enviar"
    return f"passa de {LIMIT}" if size > MAX_TICKET_BYTES else ""


def safe_file_name(name: str) -> str:
    """Return ``name`` fit for any folder: no path, no leading dot, no control character, ≤ 120 bytes."""
    base = (
        unicodedata.normalize("NFC", safe_text(name, multiline=False)).replace("\\", "/").rpartition("/")[2]
    )
    kept = "".join("_" if char in _FORBIDDEN or not char.isprintable() else char for char in base)
    stem, suffix = os.path.splitext(kept.strip(" ").lstrip("."))
    suffix = suffix if len(suffix.encode()) <= 16 else ""
    room = _LONGEST_NAME - len(suffix.encode())
    stem = stem.encode()[:room].decode(errors="ignore").strip(" ")
    return f"{stem or 'anexo'}{suffix}"


def create(folder: Path, name: str) -> tuple[Path, BinaryIO]:
    """Create a file of that name, numbered where it is taken: 0600, in a folder made 0700 where missing.

    `StoreError` where it cannot be created.
    """
    fault = "há arquivos demais com esse nome"
    stem, suffix = os.path.splitext(safe_file_name(name))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for number in range(1, 100):
            path = folder / (f"{stem}{suffix}" if number == 1 else f"{stem} ({number}){suffix}")
            with suppress(FileExistsError):
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
                return path, os.fdopen(os.open(path, flags, 0o600), "wb")
    except OSError as error:
        fault = os_fault(error)
    raise StoreError(f"{folder}: {fault}")
