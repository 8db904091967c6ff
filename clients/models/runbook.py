"""Runbooks: what is done on a client's server by the book, one step at a time (R2 to R7).

A runbook only guides and records. No step may hold a command that does more than look
(`forbidden_commands`): its file is refused then, and what a walk kept from it is not filled. The rules of
going onto a server hold for every runbook that goes onto one, whatever its author wrote.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from .base import Model
from .command_words import PLACE
from .forbidden_commands import data_refusal, refusal
from .service import Service
from .text import SafeMultiline, SafeText, fold

ASK_FIRST = "Pare aqui e pergunte antes de continuar."
"""What is done where a step does not find what it expects, and its author says nothing else."""
PLACES = {"cliente": "o cliente", "servico": "o serviço", "servidor": "o código do servidor"}
"""What a command may leave open, as ``{servidor}``."""
_ACTED_UPON = re.compile(r"""[;|&<>`$"'%^(){}\n]""")
"""What a shell would act upon: in a name that somebody else chose it could begin a command of its own."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Guard(StrEnum):
    """What Plantão looks at before a step may be done."""

    RED = "falha"
    """Something of the client's is red (R2)."""
    FREE = "livre"
    """Nobody is on the client's server (R3)."""
    ENTERED = "anunciado"
    """One's own entry was announced (R3)."""


class Act(StrEnum):
    """What Plantão does at a step, beside recording it."""

    ENTER = "entrar"
    """Announce that one goes onto the server. Guarded by `Guard.RED` and `Guard.FREE`, always."""
    LEAVE = "sair"
    """Announce that one left it. Guarded by `Guard.ENTERED`, always."""


_ALWAYS = {Act.ENTER: (Guard.RED, Guard.FREE), Act.LEAVE: (Guard.ENTERED,)}


def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        raise ValueError("use letras minúsculas sem acento, números e hífens, como “ver-o-log”")
    return text


Slug = Annotated[str, Field(max_length=60)]
Line = Annotated[SafeText, Field(min_length=1, max_length=120)]


class Step(Model):
    """One step: what to do, what should be seen, and what to do where it is not."""

    id: Slug
    """Stable: what was recorded refers to it."""
    title: Line
    text: SafeMultiline = Field(default="", max_length=2_000)
    expected: SafeText = Field(default="", max_length=300)
    """What should be seen; empty where there is nothing to judge."""
    otherwise: SafeText = Field(default=ASK_FIRST, max_length=300)
    """What to do where it is not seen: always to stop and ask, never to mend by oneself."""
    command: SafeMultiline = Field(default="", max_length=1_000)
    """To be copied, never run; with places as of `PLACES`."""
    guards: tuple[Guard, ...] = ()
    act: Act | None = None
    record: SafeText = Field(default="", max_length=80)
    """The label of what is to be written down; empty where nothing is."""

    _id_is_slug = field_validator("id")(_slug)

    @field_validator("command")
    @classmethod
    def _has_known_places(cls, command: str) -> str:
        for place in PLACE.findall(command):
            if place not in PLACES:
                known = ", ".join(f"{{{name}}}" for name in PLACES)
                raise ValueError(f"“{{{place}}}” não é conhecido; há {known}")
        return command.strip()

    @property
    def barred_by(self) -> tuple[Guard, ...]:
        """The guards that hold: the author's, and those of what Plantão does here."""
        return tuple(dict.fromkeys((*(_ALWAYS[self.act] if self.act else ()), *self.guards)))


class Runbook(Model):
    """Steps in order. ValidationError names the field, in Portuguese."""

    id: Slug
    title: Line
    about: SafeText = Field(default="", max_length=300)
    serves: tuple[SafeText, ...] = ()
    """Names or kinds of services that it is for, with ``*``; none: it is for every service."""
    steps: tuple[Step, ...] = Field(min_length=1, max_length=60)

    _id_is_slug = field_validator("id")(_slug)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        seen: set[str] = set()
        inside = False
        for step in self.steps:
            if step.id in seen:
                raise ValueError(f"dois passos com o id “{step.id}”")
            seen.add(step.id)
            if step.act is Act.ENTER and inside:
                raise ValueError(f"o passo “{step.id}” entra de novo, sem ter saído")
            if step.act is Act.LEAVE and not inside:
                raise ValueError(f"o passo “{step.id}” sai sem ter entrado")
            if step.act is not None:
                inside = step.act is Act.ENTER
        if inside:
            raise ValueError("entra no servidor e não sai: falta um passo com acao = “sair”")
        return self

    @property
    def enters(self) -> bool:
        """Whether it goes onto a client's server."""
        return any(step.act is Act.ENTER for step in self.steps)

    def is_for(self, service: Service) -> bool:
        """Whether it was made for ``service``, by its name or kind; accents and case aside."""
        names = (fold(service.service), fold(service.kind))
        return not self.serves or any(
            fnmatchcase(name, fold(wanted)) for wanted in self.serves for name in names if name
        )


def fitting(runbooks: Iterable[Runbook], service: Service) -> tuple[Runbook, ...]:
    """Return what serves ``service``: first what was made for it, then what is for all, in their order."""
    able = [each for each in runbooks if each.is_for(service)]
    return tuple(sorted(able, key=lambda each: not each.serves))


def open_places(text: str) -> tuple[str, ...]:
    """Return the places that ``text`` still leaves open, in words: "o código do servidor"."""
    return tuple(dict.fromkeys(PLACES[name] for name in PLACE.findall(text) if name in PLACES))


def placed(text: str, places: Mapping[str, str]) -> str:
    """Return ``text`` with its places filled; one that is not known stays open, to be seen.

    ValueError (Portuguese) where a value holds what a shell would act upon.
    """
    for place in dict.fromkeys(PLACE.findall(text)):
        if odd := _ACTED_UPON.search(places.get(place, "")):
            raise ValueError(f"{PLACES[place]} tem “{odd[0]}”, que o terminal executaria: digite-o à mão")
    return PLACE.sub(lambda found: places.get(found[1]) or found[0], text)


def filled(command: str, places: Mapping[str, str], programs: Collection[str] = ()) -> str:
    """Return ``command`` with its places filled, as it may be pasted; ``programs`` are the team's own.

    ValueError (Portuguese) as of `placed`, and where the command does more than look, or is another with
    the values in it.
    """
    text = placed(command, places)
    alone = PLACE.fullmatch(command) and text != command
    if reason := data_refusal(text) if alone else refusal(text, programs):
        raise ValueError(reason)
    return text
