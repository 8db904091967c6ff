"""Which templates a few letters mean: fuzzy, without accents, words in any order."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.fuzzy import FuzzySearch

from clients.models.template import Template
from clients.models.text import fold

# the search tries every way to spread a word over a name: "aaaaaaaa" over a name of many a's takes hours
_WAYS = 300
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Hit:
    """A template that matches, and the characters of its title that did."""

    template: Template
    letters: frozenset[int] = frozenset()


class TemplateIndex:
    """Templates made ready to be searched at every key."""

    def __init__(self, templates: Iterable[Template]) -> None:
        ordered = sorted(templates, key=lambda template: (fold(template.folder), fold(template.title)))
        self._names = [_Name(template) for template in ordered]
        self._fuzzy = FuzzySearch(case_sensitive=True)  # both sides are folded

    def search(self, query: str) -> tuple[Hit, ...]:
        """Return what matches, best first; all by folder and title where ``query`` is empty."""
        words = fold(query).split()
        if not words:
            return tuple(Hit(name.template) for name in self._names)
        scored = [scored for name in self._names if (scored := self._score(name, words))]
        return tuple(hit for _, hit in sorted(scored, key=lambda pair: -pair[0]))

    def _score(self, name: "_Name", words: Sequence[str]) -> tuple[float, Hit] | None:
        total, letters = 0.0, set[int]()
        for word in words:
            score, offsets = self._match(word, name.searched)
            if not score:
                return None
            total += score
            letters.update(name.places[offset] for offset in offsets if offset < len(name.places))
        return total, Hit(name.template, frozenset(letters))

    def _match(self, word: str, searched: str) -> tuple[float, Sequence[int]]:
        offsets = _first_way(word, searched)
        if not offsets:
            return 0.0, ()
        if word in searched or math.prod(map(searched.count, word)) <= _WAYS:
            return self._fuzzy.match(word, searched)
        return self._fuzzy.score(searched, offsets), offsets


class _Name:
    """A template's title and folder as they are compared, each letter of the title with its place."""

    def __init__(self, template: Template) -> None:
        self.template = template
        letters = [
            (letter, place)
            for place, char in enumerate(template.title[:_LONGEST_NAME])
            for letter in fold(char)
        ]
        self.places = [place for _, place in letters]
        title = "".join(letter for letter, _ in letters)
        self.searched = f"{title} {fold(template.folder)[:_LONGEST_NAME]}"


def _first_way(word: str, searched: str) -> list[int]:
    """Where the letters of ``word`` first come one after the other; empty where they do not."""
    offsets: list[int] = []
    for letter in word:
        offset = searched.find(letter, offsets[-1] + 1 if offsets else 0)
        if offset < 0:
            return []
        offsets.append(offset)
    return offsets
