"""What the desk makes of Slack: lines of a channel as they are shown, and questions with their answers."""

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote

from .base import Model, Moment
from .slack_time import Ts, moment_of
from .text import SafeMultiline, SafeText

HANDED_OVER = "passagem de turno"
"""What a thread is about in which a shift was handed over."""
_TICKET = re.compile(r"(?:#|/tickets/)(\d{1,12})\b", re.ASCII)


class Heard(Model):
    """One message of a watched channel, as it is shown."""

    channel: str
    """The channel's name, as the settings have it."""
    ts: Ts
    who: SafeText
    text: SafeMultiline
    link: str = ""
    """Permanent address; empty where it is not known."""
    own: bool = False
    """Whether the token's owner wrote it."""
    by_app: bool = False
    """Whether an app posted it under its own name, which it may do for a person."""
    reply_count: int = 0

    @property
    def at(self) -> datetime:
        """When it was said (UTC)."""
        return moment_of(self.ts)

    @property
    def tickets(self) -> tuple[int, ...]:
        """Tickets that it names, as ``#4102`` or by their address, each once."""
        return tuple(dict.fromkeys(int(number) for number in _TICKET.findall(self.text)))


class Answer(Model):
    """One reply to a question."""

    ts: Ts
    who: SafeText
    text: SafeMultiline

    @property
    def at(self) -> datetime:
        """When it was given (UTC)."""
        return moment_of(self.ts)


class Following(StrEnum):
    """Whether a question's thread is read."""

    OPEN = "open"
    SETTLED = "settled"
    """The analyst has what was asked for."""
    GONE = "gone"
    """The question was deleted on Slack."""


class Question(Model):
    """Something asked in a channel, whose thread is followed."""

    id: str
    """``<channel id>/<ts>``."""
    channel: str
    """Slack's id of the channel."""
    place: SafeText = ""
    """The channel's name."""
    ts: Ts
    ticket_id: int | None = None
    """The ticket that it is about."""
    about: SafeText = ""
    """What else it is about: a client, or one of its services."""
    text: SafeMultiline = ""
    asked_at: Moment
    permalink: str = ""
    answers: tuple[Answer, ...] = ()
    """Of everybody but the asker, oldest first."""
    state: Following = Following.OPEN

    @property
    def answer(self) -> Answer | None:
        """The newest answer."""
        return self.answers[-1] if self.answers else None

    def link_to(self, answer: Answer) -> str:
        """The permanent address of an answer; empty where that of the question is unknown."""
        if not self.permalink:
            return ""
        place, _, _ = self.permalink.rpartition("/")
        inside = f"thread_ts={self.ts}&cid={quote(self.channel)}"
        return f"{place}/p{answer.ts.replace('.', '')}?{inside}"


def newest_question(questions: Iterable[Question]) -> Question | None:
    """Return what was asked last and is still there on Slack; ``questions`` are oldest first."""
    there = [question for question in questions if question.state is not Following.GONE]
    return there[-1] if there else None
