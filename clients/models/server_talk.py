"""Who is on a client's server, as the team says it in Slack (R3). In doubt, somebody is there."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from operator import attrgetter

from pydantic import BaseModel, ConfigDict

from .base import Model, Moment
from .server_leaving import NO_LEAVING, Leaving, LeavingWords, readable_for_leaving
from .server_names import NamedServers, phrases
from .slack_talk import Heard
from .text import SafeText, fold
from .times import at, span

_SIGNED = re.compile(r"([^:\n]{1,80}): (.*)", re.DOTALL)
_QUOTED = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
"""What is pasted from a log: "conectado" in it is no person's word."""
_BRACED = re.compile(r"\{\w+\}")
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
        *("sai", "saindo", "desconectei", "desconectando", "desloguei", "deslogando", "liberei", "liberando"),
        *("liberado", "liberada", "terminei", "encerrei"),
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
    """Whether an announcement with places in braces says that one enters (True) or leaves (False) them.

    None where neither, or both, is understood.
    """
    places = NamedServers({place: (place,) for place in _BRACED.findall(text)})
    enters = bool(phrases(words.enter).search(fold(text)))
    leave, readable = LeavingWords(words.leave), readable_for_leaving(text)
    leaves = leave.may_be_in(readable) and bool(leave.read(places.marked(readable)[0]).marks)
    return enters if enters is not leaves else None


def occupants(
    heard: Iterable[Heard], servers: Mapping[str, Iterable[str]], words: TalkWords, now: datetime
) -> dict[str, tuple[Occupant, ...]]:
    """Return who is on which of ``servers``, the latest first; a server where nobody is has an empty tuple.

    ``servers`` gives what each is called: its code, its client. A person's last word on a server counts. Who
    enters without saying where, or a place that is not known, may be on any of them, until they leave it or
    enter one that is known; who names one without more may be there too, unless it is a question. A leaving
    that names no server frees who is on one only, and says nothing else; otherwise they may still be there.
    """
    channel = _Channel(servers, words)
    for message in sorted(heard, key=lambda one: one.at):
        if now - message.at <= LONGEST_STAY:
            channel.hear(message)
    return channel.people()


class _Channel:
    """Who is where, by what was heard so far."""

    def __init__(self, servers: Mapping[str, Iterable[str]], words: TalkWords) -> None:
        self._places = NamedServers(servers)
        self._enter = phrases(words.enter)
        self._leave = LeavingWords(words.leave)
        self._there: dict[str, dict[str, Occupant]] = {server: {} for server in servers}
        self._anywhere: dict[str, Occupant] = {}
        """Who entered without naming a server that is known."""

    def people(self) -> dict[str, tuple[Occupant, ...]]:
        """By server, the latest first."""
        return {
            server: tuple(sorted({**self._anywhere, **there}.values(), key=attrgetter("since"), reverse=True))
            for server, there in self._there.items()
        }

    def hear(self, message: Heard) -> None:
        """Take the next message."""
        text = _QUOTED.sub(" ", message.text)
        named = frozenset().union(*self._places.marked(fold(text))[1])
        enters, asks = bool(self._enter.search(fold(text))), "?" in text
        leaving, left = self._leaving(readable_for_leaving(text))
        if enters:
            sure = bool(named) and not asks and leaving == NO_LEAVING
            self._enters(message, named, sure=sure)
        elif left:
            self._leaves(message.who, left)
            self._is_named(message, named - left, asks=asks)
        elif leaving.bare and self._stays(message.who) == 1:
            self._leaves(message.who, self._servers_of(message.who))
        else:
            if leaving != NO_LEAVING:
                self._doubt(message, named, leaving.elsewhere)
            self._is_named(message, named, asks=asks)

    def _leaving(self, text: str) -> tuple[Leaving, frozenset[str]]:
        """What it says of leaving, and the servers that were left for sure.

        Of a name that several have, it is not known which is meant.
        """
        if not self._leave.may_be_in(text):
            return NO_LEAVING, frozenset()
        read, marks = self._places.marked(text)
        leaving = self._leave.read(read)
        alone = [marks[number] for number in leaving.marks if len(marks[number]) == 1]
        return leaving, frozenset().union(*alone)

    def _enters(self, message: Heard, named: Iterable[str], *, sure: bool) -> None:
        person = _occupant(message, sure=sure)
        for server in named:
            self._there[server][message.who] = person
        if not named:
            self._anywhere[message.who] = person
        elif sure:
            self._anywhere.pop(message.who, None)

    def _leaves(self, who: str, servers: Iterable[str]) -> None:
        there = [server for server in servers if self._there[server].pop(who, None)]
        if not there:  # then it was that one which they entered
            self._anywhere.pop(who, None)

    def _is_named(self, message: Heard, named: Iterable[str], *, asks: bool) -> None:
        for server in () if asks else named:
            self._there[server].setdefault(message.who, _occupant(message, sure=False))

    def _doubt(self, message: Heard, named: frozenset[str], elsewhere: str) -> None:
        """They may have left where they are: it is no longer sure that they are there."""
        who, entered = message.who, self._anywhere.get(message.who)
        if entered and elsewhere and phrases((elsewhere,)).search(fold(entered.said)):
            del self._anywhere[who]
            return
        servers = self._servers_of(who)
        for server in servers & named or servers:
            unsure = {"sure": False, "said": message.text, "link": message.link}
            self._there[server][who] = self._there[server][who].model_copy(update=unsure)

    def _servers_of(self, who: str) -> frozenset[str]:
        return frozenset(server for server, there in self._there.items() if who in there)

    def _stays(self, who: str) -> int:
        return len(self._servers_of(who)) + (who in self._anywhere)


def _occupant(message: Heard, *, sure: bool) -> Occupant:
    return Occupant(
        who=message.who,
        since=message.at,
        said=message.text,
        link=message.link,
        sure=sure,
        own=message.own,
    )


def by_name(heard: Iterable[Heard], me: str) -> Iterator[Heard]:
    """Yield ``heard`` with whoever an app speaks for as its author, where its text begins "Name: ".

    An app's token writes for all analysts under one name; what `signed` wrote is taken apart again, whoever
    reads it, and what it wrote for ``me`` is one's own. What a person writes is that person's.
    """
    for message in heard:
        found = _SIGNED.match(message.text) if message.by_app else None
        if found is None:
            yield message
        else:
            spoken = {"who": found[1], "text": found[2], "own": found[1] == me}
            yield message.model_copy(update=spoken)


def signed(text: str, who: str) -> str:
    """Return ``text`` as an app says it for ``who``."""
    return f"{who}: {text}"
