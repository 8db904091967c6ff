"""The handover of a shift: what is passed on line by line, and who of the next shift acknowledged it."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from .base import Model, Moment
from .morning import Weight
from .reference import Asked, RefKind, first_named
from .text import SafeMultiline, SafeText, fold

WAITS = timedelta(days=5)
"""How long a handover waits for the next shift: over a long weekend."""
LONGEST_NOTE = 500
"""Characters of a note, and of a line of one's own."""


class Part(StrEnum):
    """What a handover tells of, in its order: what breaks first comes first."""

    PROMISES = "promessas"
    CLOCKS = "prazos"
    SERVICES = "servicos"
    OPEN = "tickets"
    CHAMADOS = "chamados"
    QUESTIONS = "perguntas"
    ADDED = "outras"


PART_TITLES = {
    Part.PROMISES: "Promessas a clientes",
    Part.CLOCKS: "Prazos vencendo",
    Part.SERVICES: "Serviços que não estão bem",
    Part.OPEN: "Tickets em aberto",
    Part.CHAMADOS: "Chamados à nossa espera",
    Part.QUESTIONS: "Perguntas no Slack",
    Part.ADDED: "Outras linhas",
}


class HandoverLine(Model):
    """One thing that is passed on."""

    key: str
    """The same from reading to reading."""
    part: Part
    text: SafeText
    weight: Weight = Weight.PLAIN
    note: SafeMultiline = ""
    """What the analyst wrote on it."""
    ticket_id: int | None = None
    service: str = ""
    """`Service.key` of the service that it is about."""
    chamado: int | None = None
    """Number of the chamado that it is about."""
    link: str = ""
    """Address of the message that it is about."""

    @property
    def leads_to(self) -> Asked | None:
        """What it is about, of what has a number; of a line of one's own, the first that it names."""
        if self.chamado is not None:
            return Asked(self.chamado, (RefKind.CHAMADO,))
        if self.ticket_id is not None:
            return Asked(self.ticket_id, (RefKind.TICKET,))
        return first_named(self.text) if self.part is Part.ADDED else None


class Portion(Model):
    """What one part of a handover finds."""

    part: Part
    lines: tuple[HandoverLine, ...] = ()
    """The most urgent first."""
    absent: SafeText = ""
    """Why there is nothing to look at."""
    trouble: SafeText = ""
    """Why the newest reading failed, or that there is none yet."""


class Preparation(Model):
    """What an analyst made of the lines that are found, before the shift is handed over."""

    who: SafeText
    left_out: frozenset[str] = frozenset()
    """Keys of lines that are not passed on."""
    notes: dict[str, SafeMultiline] = {}
    added: tuple[HandoverLine, ...] = ()
    """Lines of one's own."""
    whole_team: bool = False
    """Whether everybody's tickets are passed on, not only one's own and nobody's."""

    def with_only(self, keys: Iterable[str], *, passed_on: bool) -> Self:
        """The same with the lines of ``keys`` passed on or left out."""
        wanted = frozenset(keys)
        left = self.left_out - wanted if passed_on else self.left_out | wanted
        return self.model_copy(update={"left_out": left})

    def of_whole_team(self, *, is_so: bool) -> Self:
        """The same with everybody's tickets, or with one's own and nobody's only."""
        return self.model_copy(update={"whole_team": is_so})

    def noted(self, key: str, note: str) -> Self:
        """The same with another note on a line; an empty one takes it away."""
        notes = {**self.notes, key: note.strip()}
        return self.model_copy(update={"notes": {each: text for each, text in notes.items() if text}})

    def with_line(self, key: str, text: str) -> Self:
        """The same with a line of one's own, or with another text in it; an empty one takes it away."""
        line = HandoverLine(key=key, part=Part.ADDED, text=" ".join(text.split()))
        known = any(each.key == key for each in self.added)
        lines = [line if each.key == key else each for each in self.added] + ([] if known else [line])
        return self.model_copy(update={"added": tuple(each for each in lines if each.text)})

    def all_lines(self, portions: Iterable[Portion]) -> Iterator[HandoverLine]:
        """Every line, with its note, whether it is passed on or not."""
        found = (line for portion in portions for line in portion.lines)
        for line in (*found, *self.added):
            yield line.model_copy(update={"note": self.notes.get(line.key, "")})

    def lines(self, portions: Iterable[Portion]) -> tuple[HandoverLine, ...]:
        """The lines that are passed on."""
        return tuple(line for line in self.all_lines(portions) if line.key not in self.left_out)


class Acknowledgement(Model):
    """That somebody of the next shift has taken a line in."""

    key: str
    who: SafeText
    at: Moment
    note: SafeMultiline = ""
    """What they ask of who handed over, or add."""


class Handover(Model):
    """A shift that was handed over. Its methods raise ValueError (Portuguese) where a rule says no."""

    id: str
    who: SafeText
    at: Moment
    lines: tuple[HandoverLine, ...] = ()
    text: SafeMultiline = ""
    """As it was posted, saved or copied."""
    workflow: str = ""
    """The operation that posts it, in the store of who handed over; empty where it is posted nowhere."""
    place: SafeText = ""
    """The channel that it went to."""
    link: str = ""
    """The message, once it is known to be there."""
    seen: tuple[Acknowledgement, ...] = ()

    def is_of(self, who: str) -> bool:
        """Whether ``who`` handed it over."""
        return fold(self.who) == fold(who)

    def acknowledgement(self, key: str) -> Acknowledgement | None:
        """Who acknowledged a line, and when."""
        return next((each for each in self.seen if each.key == key), None)

    @property
    def waiting(self) -> tuple[HandoverLine, ...]:
        """Lines that nobody has acknowledged."""
        known = {each.key for each in self.seen}
        return tuple(line for line in self.lines if line.key not in known)

    def acknowledged(self, keys: Iterable[str], who: str, at: datetime) -> Self:
        """The same with lines acknowledged by ``who``; one that is stays with who was first."""
        if self.is_of(who):
            raise ValueError("Quem dá ciência é o próximo turno: esta passagem é sua.")
        wanted = tuple(dict.fromkeys(keys))
        if not {line.key for line in self.lines}.issuperset(wanted):
            raise ValueError("Esta linha não está na passagem.")
        new = [key for key in wanted if self.acknowledgement(key) is None]
        given = (Acknowledgement(key=key, who=who, at=at) for key in new)
        return self.model_copy(update={"seen": (*self.seen, *given)})

    def asked_back(self, key: str, who: str, at: datetime, note: str) -> Self:
        """The same with a line acknowledged by ``who``, and ``note`` on that; an empty one takes it away."""
        one = self.acknowledged((key,), who, at)
        given = one.acknowledgement(key)
        if given is None or fold(given.who) != fold(who):
            raise ValueError(f"A ciência é de {given.who if given else 'ninguém'}.")
        noted = given.model_copy(update={"note": note.strip()})
        return one.model_copy(update={"seen": tuple(noted if each is given else each for each in one.seen)})

    def taken_back(self, key: str, who: str) -> Self:
        """The same without the acknowledgement that ``who`` gave."""
        given = self.acknowledgement(key)
        if given is None:
            return self
        if fold(given.who) != fold(who):
            raise ValueError(f"A ciência é de {given.who}.")
        return self.model_copy(update={"seen": tuple(each for each in self.seen if each != given)})

    def posted(self, link: str) -> Self:
        """The same with the address of the message."""
        return self.model_copy(update={"link": link})


def awaited(handovers: Iterable[Handover], who: str, now: datetime) -> tuple[Handover, ...]:
    """Return those of others that wait for ``who``, the latest first: of each person the last one only."""
    latest: dict[str, Handover] = {}
    for each in sorted(handovers, key=lambda one: one.at):
        if now - each.at <= WAITS and not each.is_of(who):
            latest[fold(each.who)] = each
    waiting = (each for each in latest.values() if each.waiting)
    return tuple(sorted(waiting, key=lambda one: one.at, reverse=True))
