"""What can be told of the files that a chamado names, and the form's rules with it."""

import asyncio
import io
import os
import stat

from clients.models.chamado import ChamadoDraft
from clients.models.finding import Finding
from clients.models.licence import LicenceCheck
from clients.models.quality import (
    BUILT_IN,
    FileFact,
    Lexicon,
    check_draft,
    check_files,
    file_entries,
    is_link,
)

HEAD = 256_000
"""Bytes that are read of a picture: a JPEG has its size behind thumbnail and colour profile."""
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF")
"""How the files begin whose size is read; other formats that `imagesize` knows are parsed less simply."""


def file_facts(files: str) -> tuple[FileFact, ...]:
    """Look at each local file of the form's field; no link is followed. Waits for the disk."""
    entries = (entry for entry in file_entries(files) if not is_link(entry.text))
    return tuple(FileFact(entry, *_look(os.path.expanduser(entry.text))) for entry in entries)


def _look(path: str) -> tuple[bool, bool, int, int | None, int | None]:
    """Exists, is a regular file, bytes, pixels across and down."""
    try:
        # neither through a symbolic link nor waiting for the other end of a pipe
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):
        return "\0" not in path and os.path.lexists(path), False, 0, None, None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            return True, False, 0, None, None
        return True, True, found.st_size, *_pixels(os.read(descriptor, HEAD))
    except OSError:  # it can be opened and not read: a disk that fails, a share that went away
        return True, False, 0, None, None
    finally:
        os.close(descriptor)


def _pixels(head: bytes) -> tuple[int | None, int | None]:
    """Return width and height as they are shown, turned by EXIF; nothing where they cannot be told."""
    if not head.startswith(_PICTURES):
        return None, None
    import imagesize  # it imports urllib: not before there is a picture

    width, height = imagesize.get(io.BytesIO(head))
    return (int(width), int(height)) if width > 0 and height > 0 else (None, None)


class ChamadoRules:
    """The form's checker: rules of the text at once, those of the files from what was last seen on disk."""

    def __init__(self, lexicon: Lexicon = BUILT_IN) -> None:
        """``lexicon`` are the words to look for in the text."""
        self._lexicon = lexicon
        self._files = ""
        self._facts: tuple[FileFact, ...] = ()

    def __call__(self, draft: ChamadoDraft, licence: LicenceCheck | None) -> tuple[Finding, ...]:
        """Everything that stands against sending ``draft``. Does no I/O."""
        findings = check_draft(draft, licence=licence, lexicon=self._lexicon)
        return (*findings, *check_files(self._facts, draft.tool)) if draft.files == self._files else findings

    async def look(self, files: str) -> None:
        """Look at the files that the field names now; afterwards the form has to check again."""
        self._facts = await asyncio.to_thread(file_facts, files)
        self._files = files
