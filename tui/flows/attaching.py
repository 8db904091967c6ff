"""A file of this machine on its way to an answer: the path as it was typed or pasted, completed, checked.

Everything here waits for the disk except `attach` and `complete`, which leave the waiting to a thread.
"""

import asyncio
import os
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from clients.errors import PlantaoError, Rejected
from clients.freshdesk_files import check_total, read_upload
from clients.models.text import safe_text

_HERE = ("", "localhost")


class NotAttached(PlantaoError):
    """A file that cannot go along; the message names it."""

    title = "Não foi anexado"


@dataclass(frozen=True)
class Completion:
    """What a path that was begun may become."""

    text: str
    """The path, as far as there is no choice."""
    names: tuple[str, ...] = ()
    """What it could go on with where there is one, in order; folders end with a slash."""
    is_whole: bool = False
    """Whether it names one file, and no other begins like it."""


async def attach(typed: str, chosen: Sequence[Path], keep_out: Sequence[Path]) -> tuple[Path, ...]:
    """Return ``chosen`` with the file that ``typed`` names at the end, once it was read and all fit.

    Raises NotAttached.
    """
    try:
        return await asyncio.to_thread(_attached, typed, chosen, keep_out)
    except Rejected as error:
        raise NotAttached(error.message.removeprefix(f"{error.system}: ")) from None


async def complete(typed: str) -> Completion:
    """Go on with a path as far as the files that are there allow; hidden ones only after a dot."""
    return await asyncio.to_thread(_completed, typed)


def typed_path(typed: str) -> Path:
    """Return the file that was typed, or pasted in quotes, with backslashes or as a ``file://`` address."""
    plain = typed.strip()
    literal = _absolute(plain)
    if _exists(literal):  # a name may itself hold quotes or backslashes
        return literal
    return _absolute(_unquoted(plain))


def _attached(typed: str, chosen: Sequence[Path], keep_out: Sequence[Path]) -> tuple[Path, ...]:
    path = typed_path(typed)
    size = len(read_upload(path, keep_out).content)
    others = [each for each in chosen if each != path]
    check_total([*(each.stat().st_size for each in others if _exists(each)), size])
    return (*others, path)


def _unquoted(text: str) -> str:
    if text.startswith("file:"):
        return _of_address(text)
    try:
        words = shlex.split(text)
    except ValueError:  # an apostrophe, or quotes that are not closed yet
        return text[1:] if text[:1] in ("'", '"') and text.count(text[0]) == 1 else text
    return words[0] if len(words) == 1 else text


def _of_address(text: str) -> str:
    try:
        parts = urlsplit(text, allow_fragments=False)
    except ValueError:
        return text
    return unquote(parts.path) if parts.netloc in _HERE and not parts.query else text


def _absolute(text: str) -> Path:
    # a draft is taken up again from other folders, too
    return Path(os.path.abspath(os.path.expanduser(text)))


def _exists(path: Path) -> bool:
    try:
        return os.path.lexists(path)
    except ValueError:  # a zero byte
        return False


def _completed(typed: str) -> Completion:
    text = _unquoted(typed.lstrip()) if not _exists(_absolute(typed.strip())) else typed.strip()
    head, slash, begun = text.rpartition("/")
    if not slash and begun == "~":
        return Completion("~/")
    names = _names(_absolute(head + slash), begun)
    if not names:
        return Completion(typed)
    common = os.path.commonprefix(names)  # noqa: RUF071  # of names, letter by letter
    if len(names) > 1:
        return Completion(head + slash + common, names)
    return Completion(head + slash + common, is_whole=not common.endswith("/"))


def _names(folder: Path, begun: str) -> tuple[str, ...]:
    try:
        with os.scandir(folder) as found:
            return tuple(sorted(_name(entry) for entry in found if _offered(entry.name, begun)))
    except (OSError, ValueError):
        return ()


def _offered(name: str, begun: str) -> bool:
    hidden = name.startswith(".") and not begun.startswith(".")
    return name.startswith(begun) and not hidden and safe_text(name, multiline=False) == name


def _name(entry: "os.DirEntry[str]") -> str:
    return f"{entry.name}/" if entry.is_dir() else entry.name
