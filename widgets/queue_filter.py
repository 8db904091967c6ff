"""Filter as you type over many tickets: each is folded once, each letter searches what the last one left."""

from collections.abc import Sequence

from clients.models.queue import QueueEntry
from clients.models.text import fold


class QueueFilter:
    """Searches entries by words, in any order, without accents and case."""

    def __init__(self) -> None:
        self._folded: dict[int, tuple[QueueEntry, str]] = {}
        self._asked = ""
        self._among: Sequence[QueueEntry] = ()
        self._found: Sequence[QueueEntry] = ()

    def search(self, entries: Sequence[QueueEntry], query: str) -> Sequence[QueueEntry]:
        """The entries that hold every word of ``query``, in the same order; all of them if it has none.

        Asked for the same ``entries`` object with a longer query, it looks only at what it found before.
        """
        asked = fold(query)
        words = asked.split()
        if not words:
            found = entries
        else:
            narrower = entries is self._among and self._asked.strip() and asked.startswith(self._asked)
            candidates = self._found if narrower else entries
            found = [entry for entry in candidates if _has(self.haystack(entry), words)]
        self._asked, self._among, self._found = asked, entries, found
        return found

    def haystack(self, entry: QueueEntry) -> str:
        """The entry's folded text, made when it is first needed."""
        known = self._folded.get(entry.id)
        if known is not None and known[0] is entry:
            return known[1]
        haystack = entry.haystack()
        self._folded[entry.id] = (entry, haystack)
        return haystack

    def prepare(self, entries: Sequence[QueueEntry], start: int, count: int) -> int:
        """Fold up to ``count`` entries from ``start``, ahead of need; return where to go on."""
        for entry in entries[start : start + count]:
            self.haystack(entry)
        return min(start + count, len(entries))


def _has(haystack: str, words: Sequence[str]) -> bool:
    return all(word in haystack for word in words)
