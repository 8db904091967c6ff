"""Two texts beside each other: in each what the other has not, and what only stands elsewhere there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .word_diff import Change, Fate, word_diff

_PHRASE = re.compile(r"[^\n]*?(?:[.!?;:…]+[\"”»’)]*(?=\s)\s*|\n\s*|\Z)", re.DOTALL)
_SHORTEST = 2
"""Words from which on a phrase that stands elsewhere too has moved, and not just occurs again."""


@dataclass(frozen=True)
class Sides:
    """Both texts in pieces that make them up."""

    before: tuple[Change, ...]
    """Kept, moved or removed."""
    after: tuple[Change, ...]
    """Kept, moved or added."""


def sides(before: str, after: str) -> Sides:
    """Compare two texts. A phrase counts as moved where the other side has it, word for word, elsewhere."""
    changes = word_diff(before, after)
    return Sides(
        before=tuple(_side(changes, Fate.ADDED, after)),
        after=tuple(_side(changes, Fate.REMOVED, before)),
    )


def _side(changes: tuple[Change, ...], not_here: Fate, other: str) -> Iterator[Change]:
    there = f" {_plain(other)} "
    for change in changes:
        if change.fate is not_here:
            continue
        if change.fate is Fate.KEPT:
            yield change
            continue
        for phrase in _PHRASE.findall(change.text):
            if phrase:
                plain = _plain(phrase)
                moved = plain.count(" ") + 1 >= _SHORTEST and f" {plain} " in there
                yield Change(Fate.MOVED if moved else change.fate, phrase)


def _plain(text: str) -> str:
    return " ".join(text.split())
