"""Who is on a client's server, as the team says it in Slack (R3). In doubt, somebody is there."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from operator import attrgetter

from pydantic import BaseModel, ConfigDict

from .base import Model, Moment
from .slack_talk import Heard
from .text import SafeText, fold
from .times import at, span

_SIGNED = re.compile(r"([^:\n]{1,80}): (.*)", re.DOTALL)
_QUOTED = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
"""What is pasted from a log: "conectado" in it is no person's word."""
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
    since: Moment | None = None
    """When they said so; None of one whom only another session of Plantão shows."""
    said: SafeText = ""
    link: str = ""
    sure: bool
    """Whether they named this server and said that they enter; False where it may be meant."""
    own: bool = False
    """Whether it is the analyst's own announcement."""


def told(person: Occupant, now: datetime) -> str:
    """Say who is there and since when: "Bruno está lá desde 09:12 (há 20 min)"."""
    verb = "está lá" if person.sure else "pode estar lá"
    if person.since is None:
        return f"{person.who} {verb}, em outra sessão do Plantão nesta máquina"
    return f"{person.who} {verb} desde {at(person.since, now)} (há {span(now - person.since)})"


def says(text: str, words: TalkWords) -> bool | None:
    """Whether ``text`` says that one enters (True) or that one leaves (False); None where neither or both."""
    folded = fold(text)
    enters, leaves = (bool(_phrases(said).search(folded)) for said in (words.enter, words.leave))
    return enters if enters is not leaves else None


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
        text = fold(_QUOTED.sub(" ", message.text))
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
        server: tuple(sorted(people.values(), key=attrgetter("since"), reverse=True))
        for server, people in there.items()
    }


def by_name(heard: Iterable[Heard], me: str) -> Iterator[Heard]:
    """Yield ``heard`` with whoever an app speaks for as its author, where its text begins "Name: ".

    An app's token writes for all analysts under one name; what `signed` wrote is taken apart again, and what
    it wrote for ``me`` is one's own.
    """
    for message in heard:
        found = _SIGNED.match(message.text) if message.own else None
        if found is None:
            yield message
        else:
            spoken = {"who": found[1], "text": found[2], "own": found[1] == me}
            yield message.model_copy(update=spoken)


def signed(text: str, who: str) -> str:
    """Return ``text`` as an app says it for ``who``."""
    return f"{who}: {text}"


def _phrases(written: Iterable[str]) -> re.Pattern[str]:
    """What finds any of ``written`` as whole words in folded text; what is empty finds nothing."""
    folded = sorted({fold(one).strip() for one in written} - {""}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, folded))})(?!\w)" if folded else r"(?!)")
