"""Which templates a few letters mean: fuzzy, without accents, words in any order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textual.fuzzy import FuzzySearch

from clients.models.template import Template
from clients.models.text import fold

# the search tries every way to spread a word's letters, so neither may grow without bound
_LONGEST_NAME, _LONGEST_WORD = 80, 12


@dataclass(frozen=True)
class Hit:
    """A template that matches, and the characters of its title that did."""

    template: Template
    letters: frozenset[int] = frozenset()


def search(templates: Iterable[Template], query: str) -> tuple[Hit, ...]:
    """Return the matching templates, best first; all of them by folder and title where ``query`` is empty."""
    ordered = sorted(templates, key=lambda template: (fold(template.folder), fold(template.title)))
    words = [word[:_LONGEST_WORD] for word in fold(query).split()]
    if not words:
        return tuple(Hit(template) for template in ordered)
    fuzzy = FuzzySearch(case_sensitive=True)  # both sides are folded
    scored = (scored for template in ordered if (scored := _score(fuzzy, template, words)))
    return tuple(hit for _, hit in sorted(scored, key=lambda pair: -pair[0]))


def _score(fuzzy: FuzzySearch, template: Template, words: Iterable[str]) -> tuple[float, Hit] | None:
    folded = list(_folded(template.title[:_LONGEST_NAME]))
    name = "".join(letter for letter, _ in folded)
    candidate = f"{name} {fold(template.folder)[:_LONGEST_NAME]}"
    total, letters = 0.0, set[int]()
    for word in words:
        score, offsets = fuzzy.match(word, candidate)
        if not score:
            return None
        total += score
        letters.update(folded[offset][1] for offset in offsets if offset < len(folded))
    return total, Hit(template, frozenset(letters))


def _folded(text: str) -> Iterator[tuple[str, int]]:
    """The letters of ``text`` as they are compared, each with the place it came from."""
    for place, char in enumerate(text):
        yield from ((letter, place) for letter in fold(char))
