"""Copies of the files that a chamado names, so that who reads it later has them as they were sent."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from ..errors import Rejected
from ..freshdesk_files import Upload, read_upload
from ..models.quality import is_link
from ..os_faults import os_fault

COPIES = "anexos"
"""The folder beside a local board: in it one for each chamado, called by its id."""
_SYSTEM = "Quadro local"


def keep_files(
    entries: Iterable[str], folder: Path, mode: int, *, keep_out: Iterable[Path] = ()
) -> tuple[str, ...]:
    """Copy the local files of ``entries`` into ``folder``, made if need be; return the entries as kept.

    Links stay what they are. The same entries again give the same copies. Files get ``mode``, folders what
    goes with it. Raises Rejected where a file cannot be read or kept, or lies in ``keep_out``.
    """
    kept: list[str] = []
    taken: set[str] = set()
    for entry in entries:
        if is_link(entry):
            kept.append(entry)
            continue
        upload = read_upload(Path(entry).expanduser(), keep_out, system=_SYSTEM)
        name = _free_name(upload.name, taken)
        taken.add(name)
        try:
            _write(upload, folder / name, mode)
        except OSError as error:
            raise Rejected(_SYSTEM, f"o arquivo {upload.name}: {os_fault(error)}") from error
        kept.append(str(folder / name))
    return tuple(kept)


def _free_name(name: str, taken: set[str]) -> str:
    stem, suffix = os.path.splitext(name)
    number = 1
    while name in taken:
        number += 1
        name = f"{stem} ({number}){suffix}"
    return name


def _write(upload: Upload, target: Path, mode: int) -> None:
    folder_mode = mode | (mode & 0o440) >> 2 | (stat.S_ISGID if mode & stat.S_IRGRP else 0)
    for folder in (target.parent.parent, target.parent):
        if not folder.exists():
            folder.mkdir(exist_ok=True)
            folder.chmod(folder_mode)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    flags = os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC
    with open(os.open(unfinished, flags, mode), "wb") as file:
        os.fchmod(file.fileno(), mode)  # whatever the umask is
        file.write(upload.content)
        file.flush()
        os.fsync(file.fileno())  # the name must not outlive what it names
    unfinished.replace(target)
