"""Walks through runbooks, on disk: each step is kept before the next is shown. Knows no screen."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING

from clients.models.client_key import client_key
from clients.models.guards import Sight
from clients.models.text import fold
from clients.models.walk import Outcome, Override, Walk
from clients.models.walk_note import note_of_walk

if TYPE_CHECKING:
    from clients.store import Store

    from .service_log import ServiceLog

WALKS = "walks"


class Walks:
    """One analyst's walks. Every call may wait for the disk: never call it from the screen's thread.

    Each change reads what is stored and writes it back in one transaction, so that two sessions that walk
    the same one go on from each other's step.
    """

    def __init__(self, store: "Store", clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def begin(self, walk: Walk) -> None:
        """Keep a walk that begins."""
        self._write(walk)

    def step(self, walk_id: str, step_id: str, outcome: Outcome, *, who: str, found: str = "") -> Walk:
        """Keep what came of a step, and return the walk as it is then.

        LookupError where there is no such walk; ValueError (Portuguese) where the step may not be so.
        """
        with self._store.transaction():
            walk = self.get(walk_id)
            changed = walk.stepped(step_id, outcome, at=self._clock(), who=who, found=found)
            self._write(changed)
        return changed

    def override(self, walk_id: str, sight: Sight, reason: str, *, who: str) -> Walk:
        """Keep why one goes on past a guard. LookupError and ValueError as of `step`."""
        told = Override(
            guard=sight.guard, about=sight.about, seen=sight.seen, reason=reason, at=self._clock(), who=who
        )
        with self._store.transaction():
            changed = self.get(walk_id).overridden(told)
            self._write(changed)
        return changed

    def end(self, walk_id: str) -> Walk:
        """Close a walk. LookupError and ValueError as of `step`."""
        with self._store.transaction():
            ended = self.get(walk_id).ended(self._clock())
            self._write(ended)
        return ended

    def get(self, walk_id: str) -> Walk:
        """Return a walk. LookupError where there is none of that id."""
        rows = self._store.table(WALKS).search(lambda row: bool(row["id"] == walk_id))
        if not rows:
            raise LookupError(walk_id)
        return Walk.model_validate(rows[0])

    def open(self) -> tuple[Walk, ...]:
        """Return the walks that were not closed, the latest first."""
        return tuple(each for each in self.list() if each.ended_at is None)

    def open_for(self, client: str, service: str) -> Walk | None:
        """Return the latest walk for a client's service that was not closed; accents and case aside."""
        wanted = client_key(client), fold(service)
        return next(
            (each for each in self.open() if (client_key(each.client), fold(each.service)) == wanted), None
        )

    def list(self) -> tuple[Walk, ...]:
        """Return all walks, the latest first."""
        walks = map(Walk.model_validate, self._store.table(WALKS).all())
        return tuple(sorted(walks, key=lambda one: one.begun_at, reverse=True))

    def transaction(self) -> AbstractContextManager[None]:
        """What is changed within is changed as one."""
        return self._store.transaction()

    def _write(self, walk: Walk) -> None:
        self._store.put(WALKS, "id", [walk.model_dump(mode="json")])


def end_walk(walks: Walks, log: "ServiceLog", walk_id: str, who: str) -> Walk:
    """Close a walk and keep what was found on it in its service's history: both, or neither.

    Raises what `Walks.end` raises.
    """
    with walks.transaction():
        ended = walks.end(walk_id)
        note = note_of_walk(ended, log.note(walk_id), ended.ended_at or ended.begun_at, who)
        if note is not None:
            log.write_down(note)
    return ended
