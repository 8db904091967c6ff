"""Colleagues who come to the clients' servers and go, by the script, and who answer when somebody asks."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ...models.slack_time import moment_of
from ...models.text import fold
from ..company.facts import company_facts
from .facts import MoveFact, chatter
from .people import person
from .rows import MessageRow

if TYPE_CHECKING:
    from .workspace import Workspace

_DAY = timedelta(days=1)
_ASKS = re.compile(
    r"\b(?:tem alguem|alguem (?:esta|ta|em|n[oa]|ai|conectad[oa])|quem (?:esta|ta)|voce|ainda|posso entrar)\b"
    r"[^.!?\n]*\?"
)
_LEAVES = re.compile(r"\b(?:sai|saindo|liber\w+|desconect\w+|terminei)\b")


class _Line(NamedTuple):
    """A line of the script on one day."""

    number: int
    """Counted on over the days."""
    at: datetime
    move: MoveFact


class _Answer(NamedTuple):
    """Who answers, and what."""

    who: str
    text: str
    aloud: bool = False
    """Whether the whole channel hears it, not only the thread."""


def come_and_go(workspace: "Workspace", now: datetime) -> None:
    """Say what the script has until ``now``, and answer in between who asks; at most a day is caught up."""
    channel = workspace.channel_named(chatter().servers.channel)["channel"]
    told = max((row.get("line") or 0 for row in workspace.said_in(channel)), default=0)
    for line in _lines(workspace.started, now - _DAY, now):
        if line.number > told and line.move.text:
            _answer(workspace, channel, line.at)
            who = person(line.move.who)
            workspace.say(channel, line.move.text, line.at, user=who, line=line.number)
    _answer(workspace, channel, now)


def _lines(started: datetime, after: datetime, until: datetime) -> Iterator[_Line]:
    moves = chatter().servers.moves
    for day in range(max(0, (after - started).days), (until - started).days + 2):
        for place, move in enumerate(moves, start=1):
            at = started + timedelta(days=day, minutes=move.at)
            if after < at <= until:
                yield _Line(day * len(moves) + place, at, move)


def _answer(workspace: "Workspace", channel: str, now: datetime) -> None:
    wait = workspace.knobs.answer_after_seconds
    if wait is None:
        return
    rows = workspace.said_in(channel)
    answered = {row["thread_ts"] for row in rows if row["thread_ts"] != row["ts"]}
    for row in rows:
        due = moment_of(row["ts"]) + timedelta(seconds=wait)
        client = _asked_about(row)
        if client and due <= now and row["ts"] not in answered:
            answer = _answer_about(workspace, client, row, due, rows)
            workspace.say(
                channel,
                answer.text,
                due,
                user=answer.who,
                thread_ts=row["ts"],
                broadcast=answer.aloud,
            )


def _asked_about(row: MessageRow) -> str:
    """The client whose server a message asks about; empty where it asks something else, or nothing."""
    said_aloud = row["thread_ts"] is None and row["subtype"] is None
    return _named(row["text"]) if said_aloud and _ASKS.search(fold(row["text"])) else ""


def _answer_about(
    workspace: "Workspace", client: str, asked: MessageRow, now: datetime, rows: list[MessageRow]
) -> _Answer:
    """By whoever is there; else by who left in silence; else by who always knows."""
    facts = chatter().servers
    events = [
        (line.at, person(line.move.who), line.move.there, bool(line.move.text))
        for line in _lines(workspace.started, now - _DAY, now)
        if line.move.client == client
    ]
    events += [
        (moment_of(row["ts"]), row["user"], not _LEAVES.search(fold(row["text"])), True)
        for row in rows  # what the script knows nothing of
        if row["user"] and not row.get("line") and "?" not in row["text"] and _named(row["text"]) == client
    ]
    last = {who: (there, said) for _, who, there, said in sorted(events)}
    inside = [who for who, (there, _) in last.items() if there and who != asked["user"]]
    silent = [who for who, (there, said) in last.items() if not there and not said]
    if inside:
        return _Answer(inside[0], facts.inside)
    if silent:
        return _Answer(silent[0], facts.forgotten.format(client=client), aloud=True)
    return _Answer(person(facts.nobody.who), facts.nobody.text)


def _named(text: str) -> str:
    """The client that a text names, in full or without the kind of business; empty where it names none."""
    said = fold(text)
    for client in company_facts().clients:
        name = fold(client.name)
        if name in said or re.search(rf"\b{re.escape(name.partition(' ')[2])}\b", said):
            return client.name
    return ""
