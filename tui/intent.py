"""One step that is done elsewhere: what it would send, and how far it is. Its rules are the journal's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import JsonValue

from clients.models.base import Model, Moment

from .session import Session


class State(StrEnum):
    """How far an intent is."""

    PLANNED = "planned"
    """Nothing was sent, or it is known that it did not arrive: it may be sent."""
    SENDING = "sending"
    """Written before the bytes leave. Found at a start, it is as good as unsure."""
    UNSURE = "unsure"
    """The answer was lost. After the quarantine, look."""
    ASK = "ask"
    """Looking could not tell: the analyst decides."""
    DONE = "done"
    FAILED = "failed"
    """Refused for certain, or given up: closed, and nothing was done."""


NEXT: Mapping[State, frozenset[State]] = {
    # from planned to done: looking once more found what a slow server did after the quarantine
    State.PLANNED: frozenset((State.SENDING, State.DONE, State.FAILED, State.ASK, State.PLANNED)),
    State.SENDING: frozenset((State.DONE, State.FAILED, State.PLANNED, State.UNSURE)),
    State.UNSURE: frozenset((State.DONE, State.PLANNED, State.ASK)),
    State.ASK: frozenset((State.DONE, State.PLANNED, State.FAILED, State.ASK)),
    State.DONE: frozenset(),
    State.FAILED: frozenset(),
}
CLOSED = frozenset((State.DONE, State.FAILED))


class Owner(Model):
    """The session that works on an intent, and until when it keeps it to itself."""

    session: Session
    until: Moment


class Intent(Model):
    """One remote step. What it would send is frozen from the moment it is planned."""

    op_id: str
    workflow: str
    seq: int
    flow: str = "answer"
    """Which flow it is a step of, and so who carries it on: ``answer``, ``work``."""
    kind: str
    """What is done: ``freshdesk.reply``."""
    target: str
    """What it is done to, and what no other workflow may work on meanwhile: ``ticket:4102``."""
    payload: dict[str, JsonValue] = {}
    baseline: dict[str, JsonValue] = {}
    """What was there before: the highest conversation, a field's old value."""
    uses: dict[str, int] = {}
    """Keys of the payload that are the remote id of an earlier step, and the ``seq`` of that step."""
    state: State = State.PLANNED
    attempts: int = 0
    planned_at: Moment
    sent_at: Moment | None = None
    deadline: Moment | None = None
    """From when on looking is conclusive: the loss of the answer and the server's own longest time."""
    remote_id: int | str | None = None
    evidence: str = ""
    """What is known about the outcome, in words for the analyst."""
    final: bool = False
    """Whether it was refused for good: sent once more only where the analyst says so."""
    owner: Owner | None = None

    @property
    def is_open(self) -> bool:
        """Whether its outcome still has to be found or decided."""
        return self.state not in CLOSED


@dataclass(frozen=True)
class Step:
    """A remote step before it is planned."""

    kind: str
    target: str
    payload: Mapping[str, JsonValue]
    baseline: Mapping[str, JsonValue] = field(default_factory=dict)
    uses: Mapping[str, int] = field(default_factory=dict)
    """As of `Intent`: filled in as the step begins."""
