"""A text without accents and case, each of whose letters knows where it stands in the raw text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .text import fold

Span = tuple[int, int]
"""Where something begins and ends in a text."""


class _Folds(dict[int, str]):
    """What single characters fold to, for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        if len(self) > 4096:  # strangers' text may hold any character
            self.clear()
        self[code] = folded = fold(chr(code))
        return folded


_FOLDS = _Folds()


@dataclass(frozen=True)
class Folded:
    """``raw`` as it is searched. Spans refer to the raw text, whatever folding did to its length."""

    raw: str
    text: str
    places: Sequence[int]
    """For each letter of ``text`` its index in ``raw``."""

    @classmethod
    def of(cls, raw: str) -> "Folded":
        """Fold ``raw``."""
        if raw.isascii():
            return cls(raw, raw.casefold(), range(len(raw)))
        text = raw.translate(_FOLDS)
        if all(len(_FOLDS[ord(char)]) == 1 for char in set(raw)):
            return cls(raw, text, range(len(raw)))
        return cls(raw, text, [place for place, char in enumerate(raw) for _ in _FOLDS[ord(char)]])

    def span(self, start: int, end: int) -> Span:
        """Where the letters ``start`` to ``end`` of the folded text, one at least, stand in the raw text."""
        return self.places[start], self.places[end - 1] + 1

    def first(self, pattern: re.Pattern[str]) -> Span | None:
        """Where ``pattern`` first matches, in the raw text."""
        match = pattern.search(self.text)
        return None if match is None else self.span(*match.span())


def line_of(raw: str, place: int) -> int:
    """The line, counted from 1, on which the character ``place`` of ``raw`` stands."""
    return raw.count("\n", 0, place) + 1
