"""Timers on disk, one for each ticket or task. Only moments are stored: a timer that runs writes nothing."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from clients.models.base import Model, Moment
from clients.models.timer import Target, Timer, TimerState

if TYPE_CHECKING:
    from clients.store import Store

TIMERS = "timers"
LOGGED = "timers_logged"
_ORDER = (TimerState.RUNNING, TimerState.PAUSED, TimerState.STOPPED)


class Logged(Model):
    """Time that was logged from a timer, so that the same operation does not clear it twice."""

    op_id: str
    target: Target
    minutes: int
    """As logged, which the analyst may have changed."""
    at: Moment


class Timers:
    """Timers by target. Every call may wait for the disk: never call it from the screen's thread.

    Each change reads what is stored and writes it back in one transaction, so that two sessions of one
    analyst add to each other. Time is kept until it was logged (`settle`) or thrown away (`discard`).
    """

    def __init__(self, store: "Store", clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def start(self, target: str, *, alone: bool = True) -> Timer:
        """Let time pass on ``target``, anew or again; all others are paused unless not ``alone``.

        ValidationError where ``target`` is none (see `Target`).
        """
        with self._store.transaction():
            now = self._clock()
            if alone:
                self._pause(self.running(), now, but=target)
            timer = (self.get(target) or Timer(target=target)).started(now)
            self._write(timer)
        return timer

    def pause(self, target: str) -> Timer | None:
        """Stop the time of ``target`` for a while; None where it has no timer."""
        return self._change(target, Timer.paused)

    def resume(self, target: str, *, alone: bool = True) -> Timer | None:
        """Let time pass again as `start` does; None, and nothing starts, where it was discarded or logged."""
        with self._store.transaction():
            return None if self.get(target) is None else self.start(target, alone=alone)

    def stop(self, target: str) -> Timer | None:
        """End the work: what was worked waits to be logged. None where ``target`` has no timer."""
        return self._change(target, Timer.at_stop)

    def keep(self, counted: Timer) -> None:
        """Keep time that no timer counted, as one; nothing changes where its target has one by now."""
        with self._store.transaction():
            if self.get(counted.target) is None:
                self._write(counted)

    def pause_all(self) -> tuple[Timer, ...]:
        """Pause whatever runs; returns those, paused."""
        with self._store.transaction():
            return self._pause(self.running(), self._clock())

    def note_activity(self, target: str, at: datetime) -> None:
        """Note that ``target`` was worked on then, for the question about a timer that was forgotten.

        Noted to the minute; nothing is written for a timer that does not run, for a moment that has not come,
        or for what is known already.
        """
        timer = self.get(target)  # first without the lock: most calls have nothing to write
        if timer is not None and at <= self._clock() and timer.noting(at) != timer:
            self._change(target, lambda timer, now: timer.noting(at))

    def correct(self, target: str, began: datetime, minutes: int) -> Timer | None:
        """Let the span that began then last ``minutes``, as the analyst answered to `Timer.offer`.

        The span does not run any more, and is not asked about again. None where ``target`` has no timer.
        """
        return self._change(target, lambda timer, now: timer.corrected(began, minutes))

    def settle(
        self, target: str, minutes_logged: int, op_id: str, planned_at: datetime, day: date | None = None
    ) -> bool:
        """Clear what was logged by the operation ``op_id``, which was planned then: of ``day``, or all of it.

        What was begun since, here or in another session, is not in it and stays, as does what runs. False,
        and nothing is cleared, where that operation was settled before.
        """
        with self._store.transaction():
            if self._store.table(LOGGED).search(lambda row: bool(row["op_id"] == op_id)):
                return False
            logged = Logged(op_id=op_id, target=target, minutes=minutes_logged, at=self._clock())
            self._store.put(LOGGED, "op_id", [logged.model_dump(mode="json")])
            timer = self.get(target)
            if timer is not None:
                self._write(timer.logged(planned_at, day))
        return True

    def logged_minutes(self, target: str) -> int:
        """Return the minutes of ``target`` that were logged and are still remembered (`forget_logged`)."""
        rows = self._store.table(LOGGED).search(lambda row: bool(row["target"] == target))
        return sum(Logged.model_validate(row).minutes for row in rows)

    def discard(self, seen: Timer) -> None:
        """Throw away the time that the analyst saw; what another session has begun since stays."""
        with self._store.transaction():
            timer = self.get(seen.target)
            if timer is not None:
                self._write(timer.discarded(seen))

    def get(self, target: str) -> Timer | None:
        """Return the timer of ``target``, if it has one."""
        rows = self._store.table(TIMERS).search(lambda row: bool(row["target"] == target))
        return Timer.model_validate(rows[0]) if rows else None

    def list(self) -> tuple[Timer, ...]:
        """Return all timers: those that run, then paused, then stopped ones; the last changed first."""
        timers = [Timer.model_validate(row) for row in self._store.table(TIMERS).all()]
        timers.sort(key=_changed_at, reverse=True)
        return tuple(sorted(timers, key=lambda timer: _ORDER.index(timer.state)))

    def running(self) -> tuple[Timer, ...]:
        """Return the timers that run."""
        return tuple(timer for timer in self.list() if timer.is_running)

    def forget_logged(self, before: datetime) -> None:
        """Forget which operations were settled before then."""
        rows = self._store.table(LOGGED).all()
        old = [row.doc_id for row in rows if Logged.model_validate(row).at < before]
        if old:
            self._store.table(LOGGED).remove(doc_ids=old)

    def _pause(self, timers: tuple[Timer, ...], now: datetime, but: str = "") -> tuple[Timer, ...]:
        paused = tuple(timer.paused(now) for timer in timers if timer.target != but)
        self._write(*paused)
        return paused

    def _change(self, target: str, change: Callable[[Timer, datetime], Timer]) -> Timer | None:
        with self._store.transaction():
            timer = self.get(target)
            if timer is None:
                return None
            changed = change(timer, self._clock())
            self._write(changed)
        return changed

    def _write(self, *timers: Timer) -> None:
        empty = {timer.target for timer in timers if not timer.spans}
        kept = [timer.model_dump(mode="json") for timer in timers if timer.spans]
        if kept:
            self._store.put(TIMERS, "target", kept)  # writes only what changed
        if empty:
            self._store.table(TIMERS).remove(lambda row: row["target"] in empty)


def _changed_at(timer: Timer) -> datetime:
    last = timer.spans[-1]  # a timer without any is not stored
    return last.ended or last.began
