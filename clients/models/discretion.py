"""Whether a reply names who inside is responsible (R16). That may be right: it is pointed at, no more."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .fields import Vocabulary
from .folded import Folded, Span, line_of
from .task import RedmineUser
from .text import fold

_BETWEEN = r"[\s._-]+"
_SPEAKING_OF = "o|a|ao|do|da|no|na|pelo|pela|com|para|pro|pra|de|por"
_PARTICLES = frozenset(("de", "da", "do", "das", "dos", "e"))
_EVERYDAY = frozenset(
    """
    amado aurora bento branca caio candido celeste clara conceicao constancia domingos esperanca estrela
    flor franco gentil gloria graca iris justo leao leia lia linda luz marco margarida mel modesto natal
    neves paz penha perola pilar primo prudente rosa santos serena socorro sol violeta vitoria
    """.split()
)
"""First names that are words as well."""
_OFFICES = frozenset(
    """
    admin administrador api atendimento comercial contato desenvolvimento dev financeiro fiscal integracao
    redmine root suporte sistema sistemas teste testes ti usuario
    """.split()
)
"""Logins of nobody: as words they are in every other reply."""


@dataclass(frozen=True)
class NameInside:
    """Somebody of the team, named in a text."""

    span: Span
    """Where it begins and ends in the text."""
    line: int
    """Counted from 1."""
    text: str
    """As it is written there."""


@dataclass(frozen=True)
class Team:
    """Who works here, from every source that knows it."""

    marks: tuple[str, ...] = ()
    """Names, logins and e-mails that count as they are."""
    people: tuple[str, ...] = ()
    """Full names."""

    @classmethod
    def gather(
        cls, names: Iterable[str], vocabulary: Vocabulary, members: Iterable[RedmineUser] = ()
    ) -> "Team":
        """Put together the settings' ``names``, Freshdesk's agents and the ``members`` of Redmine.

        A login that is an office's or an everyday word ("suporte", "rosa") is left out, as is one that is
        nothing but a first name: that one counts by the rules of first names.
        """
        marks, people = [*names, *vocabulary.agent_emails.values()], [*vocabulary.agents.values()]
        for member in members:
            people.append(member.name)
            marks += [member.mail or "", *_telling_login(member)]
        return cls(_once(marks), _once(people))


def names_inside(
    text: str, marks: Iterable[str], people: Iterable[str], spared: Iterable[str] = ()
) -> tuple[NameInside, ...]:
    """Return where ``text`` names somebody of the team, in order; accents and case aside, whole words only.

    ``marks`` count as they are: a first name, a login, an e-mail. ``people`` are full names, which count
    with first name and a surname ("Ana Lima", "ana.lima" for *Ana de Souza Lima*), and with the first name
    alone where one speaks of somebody ("o Otávio", "com a Ana") and not to them: a client may be called the
    same. A name that is an everyday word ("Rosa", "Clara") counts alone only with its capital, and not
    where a sentence begins, since any word has one there. ``spared`` are names and e-mails that may be
    there: one's own signature, the requester's.
    """
    folded = Folded.of(text)
    own = {fold(name).strip() for name in spared}
    mine = [name.split() for name in own]
    patterns = [*_of_marks((mark for mark in marks if fold(mark).strip() not in own), mine)]
    patterns += _of_people(people, mine)
    spans = {match.span("name") for pattern in patterns for match in re.finditer(pattern, folded.text)}
    found = (folded.span(*span) for span in _widest(spans))
    return tuple(
        NameInside(span, line_of(text, span[0]), text[slice(*span)])
        for span in found
        if not _only_a_word(text, span)
    )


def _telling_login(member: RedmineUser) -> Iterator[str]:
    login = fold(member.login)
    if login not in _OFFICES | _EVERYDAY | {fold(member.firstname)}:
        yield member.login


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name.strip()))


def _of_marks(marks: Iterable[str], mine: list[list[str]]) -> Iterator[str]:
    for mark in marks:
        words = fold(mark).split()
        # one's own first name is one's own too
        if words and words not in mine and not any(words == own[:1] for own in mine):
            yield _whole(_BETWEEN.join(map(re.escape, words)))


def _of_people(people: Iterable[str], mine: list[list[str]]) -> Iterator[str]:
    for person in people:
        words = fold(person).split()
        surnames = [re.escape(word) for word in words[1:] if word not in _PARTICLES]
        if surnames and not any(_same_person(words, own) for own in mine):
            middle = "|".join((*surnames, *sorted(_PARTICLES)))
            last = "|".join(surnames)
            yield _whole(rf"{re.escape(words[0])}(?:{_BETWEEN}(?:{middle}))*{_BETWEEN}(?:{last})")
            if not any(words[:1] == own[:1] for own in mine):
                yield rf"(?<!\w)(?:{_SPEAKING_OF})\s+{_whole(re.escape(words[0]))}"


def _same_person(words: list[str], own: list[str]) -> bool:
    """One system may know a middle name that the other does not."""
    return words == own or (len(own) > 1 and (words[0], words[-1]) == (own[0], own[-1]))


def _whole(pattern: str) -> str:
    return rf"(?<!\w)(?P<name>{pattern})(?!\w)"


def _only_a_word(text: str, span: Span) -> bool:
    written = text[slice(*span)]
    if fold(written) not in _EVERYDAY:
        return False
    before = text[: span[0]].rstrip(" \t\"'“‘(")
    begins = not before or before[-1] in ".!?:;…•-\n"
    return begins or not written[0].isupper() or written.isupper()


def _widest(spans: set[Span]) -> Iterator[Span]:
    """In order; of two that overlap the one that begins first, or else is longer."""
    end = 0
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if span[0] >= end:
            end = span[1]
            yield span
