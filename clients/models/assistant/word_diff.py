"""Two texts word by word: what stayed, what went, what came."""

import difflib
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

_WORD = re.compile(r"(\S+)(\s*)")
MOST_WORDS = 4_000
"""Beyond these the comparison, whose worst case is quadratic, is made line by line."""


class Fate(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    """It stands elsewhere in the other text (`sides`)."""


class Change(NamedTuple):
    """A piece of text and what became of it."""

    fate: Fate
    text: str


def word_diff(before: str, after: str) -> tuple[Change, ...]:
    """Compare by words, blanks told apart: kept and removed make ``before``, kept and added ``after``."""
    old, new = _words(before), _words(after)
    if len(old) + len(new) > MOST_WORDS:
        old, new = _lines(before), _lines(after)
    return tuple(_merged(_changes(old, new)))


def _changes(old: "Sequence[_Word]", new: "Sequence[_Word]") -> Iterator[Change]:
    matcher = difflib.SequenceMatcher(None, [word.text for word in old], [word.text for word in new])
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            for here, there in zip(old[first:last], new[start:end], strict=True):
                yield Change(Fate.KEPT, here.text)
                yield from _blanks(here.blanks, there.blanks)
            continue
        yield from (Change(Fate.REMOVED, word.text + word.blanks) for word in old[first:last])
        yield from (Change(Fate.ADDED, word.text + word.blanks) for word in new[start:end])


def _blanks(here: str, there: str) -> Iterator[Change]:
    if here == there:
        yield Change(Fate.KEPT, here)
    else:
        yield Change(Fate.REMOVED, here)
        yield Change(Fate.ADDED, there)


def _merged(changes: Iterator[Change]) -> Iterator[Change]:
    fate, pieces = Fate.KEPT, list[str]()
    for change in changes:
        if not change.text:
            continue
        if change.fate is not fate and pieces:
            yield Change(fate, "".join(pieces))
            pieces = []
        fate = change.fate
        pieces.append(change.text)
    if pieces:
        yield Change(fate, "".join(pieces))


class _Word(NamedTuple):
    text: str
    blanks: str
    """Behind it."""


def _words(text: str) -> list[_Word]:
    leading = text[: len(text) - len(text.lstrip())]
    first = [_Word("", leading)] if leading else []
    return first + [_Word(match[1], match[2]) for match in _WORD.finditer(text)]


def _lines(text: str) -> list[_Word]:
    return [_Word(line, "") for line in text.splitlines(keepends=True)]
