"""What is being done elsewhere: the intent is on disk before the bytes leave, the result after.

None of the remote systems takes an idempotency key, so nothing here is ever sent twice blindly: a step whose
answer was lost is *unsure* until somebody looked, and *ask* where looking could not tell.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import JsonValue

from clients.errors import PlantaoError

from .intent import CLOSED, NEXT, Intent, Owner, State, Step
from .session import Session, gone
from .target_words import target_words

if TYPE_CHECKING:
    from clients.store import Store

OPS = "ops"
LEASE = timedelta(minutes=5)
"""For how long a live session keeps an intent to itself, beyond the sending and its quarantine."""
LONGEST_SEND = timedelta(minutes=10)
"""From begin to answer: what is read first, and files on their way for up to five minutes."""


class JournalError(PlantaoError):
    """The journal refuses: the step is not this session's, not its turn, or not open any more."""

    title = "Operação em aberto"


class Busy(JournalError):
    """Something else is open on the same target: it is settled first."""

    def __init__(self, intent: Intent) -> None:
        self.intent = intent
        super().__init__(
            f"há uma operação sem desfecho: {target_words(intent.target)}.",
            way_out="Resolva antes, em Pendências, o que ficou ali.",
        )


class Overtaken(JournalError):
    """Another session took the intent over, or it moved on meanwhile. Nothing was written."""

    def __init__(self, op_id: str) -> None:
        super().__init__(
            f"a operação {op_id[:8]} já foi tratada por outra sessão.", way_out="Abra as pendências de novo."
        )


class NumberUnknown(JournalError):
    """A step needs the number of what an earlier one made, and that was only seen by the analyst."""

    way_out = "Faça lá o que ele faria e pule este passo."

    def __init__(self, made_by: Intent) -> None:
        super().__init__(f"não se sabe o número do que o passo {made_by.seq + 1} fez.")


class Journal:
    """Intents in the local store. Every call is durable when it returns, and may wait for the disk."""

    def __init__(self, store: "Store", me: Session, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._me = me
        self._clock = clock

    def plan(
        self,
        steps: Sequence[Step],
        flow: str = "answer",
        *,
        also: Callable[[str], object] = lambda workflow: None,
    ) -> tuple[Intent, ...]:
        """Write a whole workflow before anything of it is sent; the intents are this session's.

        ``also`` is told the workflow's name and does in the store what goes with it: both happen, or
        neither does. Raises Busy, and writes nothing, where another workflow has an open intent on one of
        the targets.
        """
        workflow, now = uuid.uuid4().hex, self._clock()
        intents = tuple(
            Intent(
                op_id=uuid.uuid4().hex,
                workflow=workflow,
                seq=number,
                flow=flow,
                kind=step.kind,
                target=step.target,
                payload=dict(step.payload),
                baseline=dict(step.baseline),
                uses=dict(step.uses),
                planned_at=now,
                owner=self._mine(),
            )
            for number, step in enumerate(steps)
        )
        targets = {step.target for step in steps}
        with self._store.transaction():
            for other in self.pending():
                if other.target in targets:
                    raise Busy(other)
            self._write(*intents)
            also(workflow)
        return intents

    def begin(self, intent: Intent, quarantine: timedelta) -> Intent:
        """Note that the bytes leave now; looking is conclusive ``quarantine`` after a lost answer.

        What it uses of steps before it is filled into the payload. Raises JournalError where one of them is
        not done, or another step before it still open; NumberUnknown where nobody knows the id of one.
        """
        with self._store.transaction():
            now, steps = self._clock(), self.workflow(intent.workflow)
            return self._move(
                intent,
                State.SENDING,
                payload=_filled(intent, steps),
                attempts=intent.attempts + 1,
                sent_at=now,
                deadline=now + quarantine,
                evidence="",
                final=False,
                owner=self._mine(LONGEST_SEND + quarantine),
            )

    def done(
        self,
        intent: Intent,
        remote_id: int | str | None,
        evidence: str = "",
        *,
        conclude: Callable[[Intent], None] = lambda intent: None,
    ) -> Intent:
        """It was done, and is known over there as ``remote_id``.

        ``conclude`` does in the store what follows from it: both happen, or neither does.
        """
        with self._store.transaction():
            done = self._move(intent, State.DONE, remote_id=remote_id, evidence=evidence)
            conclude(done)
        return done

    def fail(self, intent: Intent, evidence: str) -> Intent:
        """It was certainly not done, and will not be under this intent."""
        return self._move(intent, State.FAILED, evidence=evidence)

    def unsure(self, intent: Intent, evidence: str) -> Intent:
        """The answer was lost, now or while nobody was there: the quarantine of `begin` counts from then."""
        changes: dict[str, object] = {}
        if intent.sent_at is not None and intent.deadline is not None:
            quarantine = intent.deadline - intent.sent_at
            lost_at = min(self._clock(), intent.sent_at + LONGEST_SEND)
            changes = {"deadline": lost_at + quarantine, "owner": self._mine(quarantine)}
        return self._move(intent, State.UNSURE, evidence=evidence, **changes)

    def offer(self, intent: Intent, evidence: str, *, certain: bool = False, final: bool = False) -> Intent:
        """It is not there: it may be sent again. ``certain`` where nothing is left to be looked for.

        ``final`` is as of `Intent`.
        """
        changes: dict[str, object] = {"final": final, **({"deadline": None} if certain else {})}
        return self._move(intent, State.PLANNED, evidence=evidence, **changes)

    def ask(self, intent: Intent, evidence: str) -> Intent:
        """Looking could not tell."""
        return self._move(intent, State.ASK, evidence=evidence)

    def claim(self, op_id: str) -> Intent | None:
        """Take an open intent over to settle it; None where it is closed or another live session has it."""
        with self._store.transaction():
            intent = self.get(op_id)
            if intent is None or not intent.is_open or self.elsewhere(intent):
                return None
            claimed = intent.model_copy(update={"owner": self._mine()})
            self._write(claimed)
            return claimed

    def claim_workflow(self, workflow: str) -> tuple[Intent, ...] | None:
        """Take all open steps of a workflow over; None where another live session has one of them."""
        with self._store.transaction():
            steps = self.workflow(workflow)
            if any(step.is_open and self.elsewhere(step) for step in steps):
                return None
            mine = tuple(
                step.model_copy(update={"owner": self._mine()}) if step.is_open else step for step in steps
            )
            self._write(*(step for step in mine if step.is_open))
            return mine

    def release(self, workflow: str) -> None:
        """Let go of this session's steps that wait for the analyst: any session may go on with them now."""
        with self._store.transaction():
            waiting = [step for step in self.workflow(workflow) if step.state in (State.PLANNED, State.ASK)]
            ours = [step for step in waiting if step.owner is not None and step.owner.session == self._me]
            self._write(*(step.model_copy(update={"owner": None}) for step in ours))

    def elsewhere(self, intent: Intent) -> bool:
        """Whether another session is working on it: it runs, as far as is known, and its lease holds."""
        owner = intent.owner
        if owner is None or owner.session == self._me or owner.until <= self._clock():
            return False
        return not gone(owner.session, self._me)

    def get(self, op_id: str) -> Intent | None:
        """Return one intent as it stands."""
        found = self._rows(lambda row: row["op_id"] == op_id)
        return found[0] if found else None

    def workflow(self, workflow: str) -> tuple[Intent, ...]:
        """Return the steps of one workflow in their order."""
        return self._rows(lambda row: row["workflow"] == workflow)

    def pending(self) -> tuple[Intent, ...]:
        """Return all open intents of all sessions, oldest first."""
        return self._rows(lambda row: row["state"] not in CLOSED)

    def done_since(self, since: datetime) -> tuple[Intent, ...]:
        """Return the steps that were done and planned since then, oldest first."""
        done = self._rows(lambda row: row["state"] == State.DONE)
        return tuple(intent for intent in done if intent.planned_at >= since)

    def knows(self, targets: Iterable[str]) -> bool:
        """Whether anything was ever planned on one of ``targets``, as far back as is remembered."""
        wanted = frozenset(targets)
        return bool(self._rows(lambda row: row["target"] in wanted))

    def done_on(self, target: str, kind: str) -> tuple[Intent, ...]:
        """Return what was done on ``target`` of one kind, as far back as is remembered, oldest first."""
        return self._rows(
            lambda row: row["target"] == target and row["kind"] == kind and row["state"] == State.DONE
        )

    def forget_closed(self, before: datetime) -> None:
        """Forget workflows of which all is closed, and was sent or planned before then: texts are in them."""
        rows = self._store.table(OPS).all()
        kept = {
            row["workflow"] for row in rows if row["state"] not in CLOSED or _sent_or_planned(row) >= before
        }
        old = [row.doc_id for row in rows if row["workflow"] not in kept]
        if old:
            self._store.table(OPS).remove(doc_ids=old)

    def _current(self, intent: Intent) -> Intent:
        """The stored intent, if it is still what the caller knows and the caller's to change."""
        stored = self.get(intent.op_id)
        owned = stored is not None and stored.owner is not None and stored.owner.session == self._me
        if stored is None or not owned or stored.state is not intent.state:
            raise Overtaken(intent.op_id)
        return stored

    def _move(self, intent: Intent, state: State, **changes: object) -> Intent:
        with self._store.transaction():
            stored = self._current(intent)
            if state not in NEXT[stored.state]:
                raise JournalError(f"{stored.kind}: de {stored.state} não se passa a {state}.")
            owner = None if state in CLOSED else self._mine()
            moved = stored.model_copy(update={"owner": owner, **changes, "state": state})
            self._write(moved)
        return moved

    def _mine(self, more: timedelta = timedelta()) -> Owner:
        return Owner(session=self._me, until=self._clock() + LEASE + more)

    def _write(self, *intents: Intent) -> None:
        self._store.put(OPS, "op_id", [intent.model_dump(mode="json") for intent in intents])

    def _rows(self, wanted: Callable[[Mapping[str, object]], bool]) -> tuple[Intent, ...]:
        rows = self._store.table(OPS).search(lambda row: bool(wanted(row)))
        intents = (Intent.model_validate(row) for row in rows)
        return tuple(sorted(intents, key=lambda intent: (intent.planned_at, intent.seq)))


def _filled(intent: Intent, steps: Sequence[Intent]) -> dict[str, JsonValue]:
    """The payload with what it uses of the steps before it. Raises what `Journal.begin` does."""
    payload = dict(intent.payload)
    for other in steps[: intent.seq]:
        if other.is_open or (other.seq in intent.uses.values() and other.state is not State.DONE):
            raise JournalError(f"o passo {other.seq + 1} ({other.kind}) ainda não foi concluído.")
        if other.seq in intent.uses.values() and other.remote_id is None:
            raise NumberUnknown(other)
        payload |= {key: other.remote_id for key, seq in intent.uses.items() if seq == other.seq}
    return payload


def _sent_or_planned(row: Mapping[str, object]) -> datetime:
    return datetime.fromisoformat(str(row["sent_at"] or row["planned_at"]))
