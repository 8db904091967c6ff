"""What the desk makes of Slack: lines of a channel as they are shown, and questions with their answers."""

from datetime import datetime
from enum import StrEnum

from .base import Model, Moment
from .slack_time import Ts, moment_of
from .text import SafeMultiline, SafeText


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
    reply_count: int = 0

    @property
    def at(self) -> datetime:
        """When it was said (UTC)."""
        return moment_of(self.ts)


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
    ts: Ts
    ticket_id: int | None = None
    """The ticket that it is about."""
    text: SafeMultiline = ""
    asked_at: Moment
    permalink: str = ""
    answers: tuple[Answer, ...] = ()
    """Of everybody but the asker, oldest first."""
    state: Following = Following.OPEN
