"""Filter as you type over many rows: each is folded once, each letter searches what the last one left."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from clients.models.text import fold

Row = TypeVar("Row")


class WordFilter(Generic[Row]):
    """Searches rows by words, in any order, without accents and case."""

    def __init__(self, key: Callable[[Row], object], text: Callable[[Row], str]) -> None:
        """``key`` names a row; ``text`` is what it is searched by, already folded."""
        self._key, self._text = key, text
        self._folded: dict[object, tuple[Row, str]] = {}
        self._asked = ""
        self._among: Sequence[Row] = ()
        self._found: Sequence[Row] = ()

    def search(self, rows: Sequence[Row], query: str) -> Sequence[Row]:
        """The rows that hold every word of ``query``, in the same order; all of them if it has none.

        Asked for the same ``rows`` object with a longer query, it looks only at what it found before.
        """
        asked = fold(query)
        words = asked.split()
        if not words:
            found = rows
        else:
            narrower = rows is self._among and self._asked.strip() and asked.startswith(self._asked)
            candidates = self._found if narrower else rows
            found = [row for row in candidates if _has(self.haystack(row), words)]
        self._asked, self._among, self._found = asked, rows, found
        return found

    def haystack(self, row: Row) -> str:
        """The row's folded text, made when it is first needed."""
        key = self._key(row)
        known = self._folded.get(key)
        if known is not None and known[0] is row:
            return known[1]
        haystack = self._text(row)
        self._folded[key] = (row, haystack)
        return haystack

    def prepare(self, rows: Sequence[Row], start: int, count: int) -> int:
        """Fold up to ``count`` rows from ``start``, ahead of need; return where to go on."""
        for row in rows[start : start + count]:
            self.haystack(row)
        return min(start + count, len(rows))


def _has(haystack: str, words: Sequence[str]) -> bool:
    return all(word in haystack for word in words)
