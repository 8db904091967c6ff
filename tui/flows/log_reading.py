"""The end of a log file of this machine, as text: its path typed or pasted, its encoding found out."""

import asyncio
import codecs
import os
from collections.abc import Sequence
from pathlib import Path

from clients.errors import PlantaoError
from clients.models.excerpt import MOST_CHARS, log_end
from clients.models.text import safe_text
from clients.plain_file import NotPlain, plain_file

from .attaching import typed_path

READ_AT_MOST = 8 * MOST_CHARS
"""Bytes from the end: enough for what is kept, whatever the encoding."""


class NotRead(PlantaoError):
    """A file that is not read as a log; the message names it."""

    title = "Não foi lido"


async def read_log(typed: str, keep_out: Sequence[Path]) -> str:
    """Return the last lines of the file that ``typed`` names, under a line that says which. Raises NotRead.

    ``keep_out`` are folders and files that nothing is passed on from.
    """
    return await asyncio.to_thread(_read, typed_path(typed), keep_out)


def _read(path: Path, keep_out: Sequence[Path]) -> str:
    name = safe_text(path.name, multiline=False)
    try:
        with plain_file(path, keep_out) as file:
            head = file.read(2)
            begin = max(0, file.seek(0, os.SEEK_END) - READ_AT_MOST) & ~1  # between two of UTF-16's units
            file.seek(begin)
            content = file.read(READ_AT_MOST + 1)
    except NotPlain as error:
        raise NotRead(f"{name}: {error.reason}") from None
    if not content:
        raise NotRead(f"{name}: está vazio")
    text = _text(content, utf_16=head == codecs.BOM_UTF16_LE)
    if "\0" in text:
        raise NotRead(f"{name}: não é um texto")
    if begin:
        text = text.partition("\n")[2] or text  # the first line is cut
    return f"De {name}:\n{log_end(text.removeprefix(chr(0xFEFF)), whole=not begin)}"


def _text(content: bytes, *, utf_16: bool) -> str:
    """As UTF-16 where its mark stands first, else as UTF-8, else as Windows writes in Brazil."""
    if utf_16:
        return content.decode("utf-16-le", "replace")
    decoder = codecs.getincrementaldecoder("utf-8")()  # it waits for the rest of what is just being written
    try:
        return decoder.decode(content[_cut_bytes(content) :])
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _cut_bytes(content: bytes) -> int:
    """How many bytes at the beginning continue a character of UTF-8 that began before."""
    return next((place for place in range(min(4, len(content))) if content[place] & 0xC0 != 0x80), 0)
