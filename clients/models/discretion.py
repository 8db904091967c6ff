"""Whether a reply names who inside is responsible (R16). That may be right: it is pointed at, no more."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .text import fold

_BETWEEN = r"[\s._-]+"
_SPEAKING_OF = "o|a|ao|do|da|no|na|pelo|pela|com|para|pro|pra|de|por"
_PARTICLES = frozenset(("de", "da", "do", "das", "dos", "e"))


@dataclass(frozen=True)
class NameInside:
    """Somebody of the team, named in a text."""

    span: tuple[int, int]
    """Where it begins and ends in the text."""
    line: int
    """Counted from 1."""
    text: str
    """As it is written there."""


def names_inside(
    text: str, names: Iterable[str], agents: Iterable[str], spared: Iterable[str] = ()
) -> tuple[NameInside, ...]:
    """Return where ``text`` names somebody of the team, in order; accents and case aside, whole words only.

    ``names`` count as they are: a first name, a login, an e-mail. ``agents`` are full names, which count with
    first name and a surname ("Ana Lima", "ana.lima" for *Ana de Souza Lima*), and with the first name alone
    where one speaks of somebody ("o Otávio", "com a Ana") and not to them. ``spared`` are full names that may
    be there: one's own, the requester's.
    """
    folded, origin = _folded(text)
    mine = [fold(name).split() for name in spared]
    patterns = [*_of_names(names, mine), *_of_agents(agents, mine)]
    spans = {match.span("name") for pattern in patterns for match in re.finditer(pattern, folded)}
    found = []
    for start, end in _widest(spans):
        span = origin[start], origin[end - 1] + 1
        found.append(NameInside(span, text.count("\n", 0, span[0]) + 1, text[slice(*span)]))
    return tuple(found)


def _of_names(names: Iterable[str], mine: list[list[str]]) -> Iterator[str]:
    for name in names:
        words = fold(name).split()
        # one's own first name is one's own too
        if words and words not in mine and not any(words == own[:1] for own in mine):
            yield _whole(_BETWEEN.join(map(re.escape, words)))


def _of_agents(agents: Iterable[str], mine: list[list[str]]) -> Iterator[str]:
    for agent in agents:
        words = fold(agent).split()
        surnames = [re.escape(word) for word in words[1:] if word not in _PARTICLES]
        if surnames and words not in mine:
            middle = "|".join((*surnames, *sorted(_PARTICLES)))
            last = "|".join(surnames)
            yield _whole(rf"{re.escape(words[0])}(?:{_BETWEEN}(?:{middle}))*{_BETWEEN}(?:{last})")
            if not any(words[:1] == own[:1] for own in mine):
                yield rf"(?<!\w)(?:{_SPEAKING_OF})\s+{_whole(re.escape(words[0]))}"


def _whole(pattern: str) -> str:
    return rf"(?<!\w)(?P<name>{pattern})(?!\w)"


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and where each of its letters comes from."""
    parts = [fold(char) for char in text]
    return "".join(parts), [index for index, part in enumerate(parts) for _ in part]


def _widest(spans: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """In order; of two that overlap the one that begins first, or else is longer."""
    end = 0
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if span[0] >= end:
            end = span[1]
            yield span
