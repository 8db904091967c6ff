"""The words that the rules look for: those of ``lexicon.toml``, and what a team adds to some of its lists."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from ..text import fold
from .words import Phrases, Verbs

_FILE = Path(__file__).with_name("lexicon.toml")


@cache
def _lists() -> Mapping[str, tuple[str, ...]]:
    read = tomllib.loads(_FILE.read_text("utf-8"))
    return {name: tuple(str(entry) for entry in entries) for name, entries in read.items()}


class Lexicon:
    """Lists of words by name, each made ready once for the way in which it is asked for."""

    def __init__(self, added: Mapping[str, Iterable[str]] | None = None) -> None:
        """``added`` are more entries by list: phrases, infinitives or single words, as that list has them."""
        self._added = {name: tuple(map(fold, entries)) for name, entries in (added or {}).items()}
        # asked for at every key: what was made once is kept
        self._phrases: dict[str, Phrases] = {}
        self._verbs: dict[tuple[str, bool], Verbs] = {}
        self._words: dict[tuple[str, ...], frozenset[str]] = {}
        self._synonyms: dict[str, str] | None = None

    def entries(self, name: str) -> tuple[str, ...]:
        """Return one list, folded: what is built in, then what was added."""
        return _lists()[name] + self._added.get(name, ())

    def phrases(self, name: str) -> Phrases:
        """Return one list as phrases."""
        if name not in self._phrases:
            self._phrases[name] = Phrases(self.entries(name))
        return self._phrases[name]

    def verbs(self, name: str, *, only_finite: bool = False) -> Verbs:
        """Return one list as verbs."""
        key = name, only_finite
        if key not in self._verbs:
            self._verbs[key] = Verbs(self.entries(name), only_finite=only_finite)
        return self._verbs[key]

    def words(self, *names: str) -> frozenset[str]:
        """Return the entries of some lists as single words."""
        if names not in self._words:
            self._words[names] = frozenset(entry for name in names for entry in self.entries(name))
        return self._words[names]

    def synonyms(self) -> Mapping[str, str]:
        """Return for each word of ``synonyms`` the first of its line: what it counts as."""
        if self._synonyms is None:
            lines = [line.split() for line in self.entries("synonyms")]
            self._synonyms = {word: line[0] for line in lines for word in line}
        return self._synonyms


BUILT_IN = Lexicon()
"""Nothing added."""
