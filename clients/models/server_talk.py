"""Who is on a client's server, as the team says it in Slack (R3). In doubt, somebody is there."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict

from .base import Model, Moment
from .slack_talk import Heard
from .text import SafeText, fold

_NOT = re.compile(r"\b(?:nao|ainda|sem)\b")
LONGEST_STAY = timedelta(hours=12)
"""An entry older than that is no longer held against anybody: it was left unsaid that they left."""


class TalkWords(BaseModel):
    """What the team writes when it comes and goes: whole words or phrases, accents and case aside."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    enter: tuple[str, ...] = (
        *("entrei", "entrando", "entrada", "vou entrar", "acessando", "acessei", "vou acessar"),
        *("conectei", "conectando", "conectado", "conectada", "vou conectar", "logado", "logada", "logando"),
        *("estou no", "estou na", "estou em", "to no", "to na", "to em", "continuo no", "continuo na"),
    )
    leave: tuple[str, ...] = (
        *("sai", "saindo", "saida", "desconectei", "desconectando", "desconectado", "desconectada"),
        *("liberei", "liberado", "liberada", "terminei", "encerrei", "deslogado", "deslogada", "desloguei"),
    )


class Occupant(Model):
    """Somebody who is, or may be, on a client's server."""

    who: SafeText
    since: Moment
    """When they said so."""
    said: SafeText
    link: str = ""
    sure: bool
    """Whether they named this server and said that they enter; False where it may be meant."""
    own: bool = False
    """Whether it is the analyst's own announcement."""


def occupants(
    heard: Iterable[Heard], servers: Mapping[str, Iterable[str]], words: TalkWords, now: datetime
) -> dict[str, tuple[Occupant, ...]]:
    """Return who is on which of ``servers``, the latest first; a server where nobody is has an empty tuple.

    ``servers`` gives what each is called: its code, its client. A person's last word on a server counts. Who
    enters without saying where may be on any of them; who names one without more may be there too, unless it
    is a question. Who leaves without saying where has left all; "ainda não saí" is not leaving.
    """
    places = {server: _phrases(names) for server, names in servers.items()}
    enter, leave = _phrases(words.enter), _phrases(words.leave)
    there: dict[str, dict[str, Occupant]] = {server: {} for server in servers}
    for message in sorted(heard, key=lambda one: one.at):
        if now - message.at > LONGEST_STAY:
            continue
        text = fold(message.text)
        named = [server for server, place in places.items() if place.search(text)]
        asks = "?" in text
        enters = bool(enter.search(text))
        leaves = bool(leave.search(text)) and not asks and not _NOT.search(text)
        for server in named or places:
            if leaves and not enters:
                there[server].pop(message.who, None)
            elif (enters and (named or message.who not in there[server])) or (named and not asks):
                there[server][message.who] = Occupant(
                    who=message.who,
                    since=message.at,
                    said=message.text,
                    link=message.link,
                    sure=bool(named and enters and not leaves and not asks),
                    own=message.own,
                )
    return {
        server: tuple(sorted(people.values(), key=lambda one: one.since, reverse=True))
        for server, people in there.items()
    }


def _phrases(written: Iterable[str]) -> re.Pattern[str]:
    """What finds any of ``written`` as whole words in folded text; what is empty finds nothing."""
    folded = sorted({fold(one).strip() for one in written} - {""}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, folded))})(?!\w)" if folded else r"(?!)")
