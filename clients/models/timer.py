"""Timers as they are kept: when work began and ended, never a count that ticks. Pure; the time is given."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .base import Model, Moment
from .times import day_of, midnight_after

FORGOTTEN_AFTER = timedelta(hours=9, minutes=30)
"""A span that is longer was not worked without a break: it was forgotten."""
_A_MINUTE = timedelta(minutes=1)

Target = Annotated[str, Field(pattern=r"^(ticket|task):[1-9][0-9]*$")]
"""What time is spent on: ``ticket:4102``, ``task:3017``."""


def ticket_target(ticket_id: int) -> str:
    """The target of a ticket: ``ticket:4102``."""
    return f"ticket:{ticket_id}"


def task_target(task_id: int) -> str:
    """The target of a Redmine task: ``task:3017``."""
    return f"task:{task_id}"


def target_name(target: str) -> str:
    """A target as it is shown: "#4102", "tarefa #3017"."""
    kind, _, number = target.partition(":")
    return f"tarefa #{number}" if kind == "task" else f"#{number}"


def target_of(target: str) -> str:
    """The same with its article, whose something is: "do #4102", "da tarefa #3017"."""
    return f"da {target_name(target)}" if target.startswith("task:") else f"do {target_name(target)}"


class TimerState(StrEnum):
    """What a timer is doing."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    """Work is over, and what was worked is not logged yet."""


class Span(Model):
    """One stretch of work."""

    began: Moment
    ended: Moment | None = None
    """None while it runs."""
    active_at: Moment | None = None
    """The last activity in it that was noted, within `FORGOTTEN_AFTER` of its begin."""
    confirmed: bool = False
    """Whether the analyst said how long it was: it is not asked about again."""

    def length(self, now: datetime) -> timedelta:
        """How long it is; never negative, even where the clock was put back meanwhile."""
        return max(timedelta(), (now if self.ended is None else self.ended) - self.began)

    def is_forgotten(self, now: datetime) -> bool:
        """Whether it is too long to be believed."""
        return not self.confirmed and self.length(now) > FORGOTTEN_AFTER

    def noting(self, at: datetime) -> "Span":
        """The span with an activity of then noted, if that is later than what is known.

        What comes after `FORGOTTEN_AFTER` is not: whoever finds a forgotten timer in the morning did not work
        through the night. Minutes are told apart, no less, so that few of the calls change anything.
        """
        at = at.replace(second=0, microsecond=0)
        known = self.began if self.active_at is None else self.active_at
        if self.ended is not None or not known < at <= self.began + FORGOTTEN_AFTER:
            return self
        return self.model_copy(update={"active_at": at})

    def by_day(self, now: datetime) -> Iterator["Span"]:
        """Yield it cut at each midnight of São Paulo, ended now where it runs."""
        rest = self.end(now)
        ended = rest.began + rest.length(now)
        while (midnight := midnight_after(rest.began)) < ended:
            yield rest.model_copy(update={"ended": midnight})
            rest = rest.model_copy(update={"began": midnight})
        yield rest

    def without(self, day: date) -> tuple["Span", ...]:
        """What is left of one that has ended, as it is or in pieces, without the time of ``day``."""
        pieces = tuple(self.by_day(self.began))
        left = tuple(piece for piece in pieces if day_of(piece.began) != day)
        return (self,) if left == pieces else left

    def end(self, now: datetime) -> "Span":
        """The span ended now; one that has ended stays as it is."""
        return self if self.ended is not None else self._lasting(self.length(now))

    def lasting(self, minutes: int) -> "Span":
        """The span as the analyst says that it was."""
        return self._lasting(timedelta(minutes=minutes)).model_copy(update={"confirmed": True})

    def _lasting(self, length: timedelta) -> "Span":
        return self.model_copy(update={"ended": self.began + length})


class Offer(Model):
    """How long a forgotten span may have been; the analyst takes one of them or says it."""

    began: Moment
    minutes: int
    """As it stands: from its begin until its end or until now."""
    last_active: Moment | None
    """The last activity that was noted, a minute from the begin at least; None: none was."""
    active_minutes: int
    """Minutes up to it; 0 where there is none."""
    longest_until: Moment
    """Up to when it is believed without a question."""
    longest_minutes: int
    """Minutes up to then: those of `FORGOTTEN_AFTER`."""


class Timer(Model):
    """The work on one target that is not logged yet."""

    target: Target
    spans: tuple[Span, ...] = ()
    """In the order in which they began; at most the last one runs."""
    stopped: bool = False

    @property
    def state(self) -> TimerState:
        """What it is doing."""
        if self.spans and self.spans[-1].ended is None:
            return TimerState.RUNNING
        return TimerState.STOPPED if self.stopped else TimerState.PAUSED

    @property
    def is_running(self) -> bool:
        """Whether time passes on it."""
        return self.state is TimerState.RUNNING

    def minutes(self, now: datetime) -> int:
        """Whole minutes worked and not logged, all spans together."""
        worked = sum((span.length(now) for span in self.spans), timedelta())
        return _minutes(worked)

    def started(self, now: datetime) -> "Timer":
        """The timer running; one that runs stays as it is."""
        if self.is_running:
            return self
        return self.model_copy(update={"spans": (*self.spans, Span(began=now)), "stopped": False})

    def paused(self, now: datetime) -> "Timer":
        """The timer with no span running."""
        return self.model_copy(update={"spans": tuple(span.end(now) for span in self.spans)})

    def at_stop(self, now: datetime) -> "Timer":
        """The timer paused for good: what was worked is to be logged."""
        return self.paused(now).model_copy(update={"stopped": True})

    def noting(self, at: datetime) -> "Timer":
        """The timer with an activity of then noted in the span that runs."""
        return self.model_copy(update={"spans": tuple(span.noting(at) for span in self.spans)})

    def is_forgotten(self, now: datetime) -> bool:
        """Whether one of its spans, running or not, is too long to be believed (`offer`)."""
        return any(span.is_forgotten(now) for span in self.spans)

    def offer(self, now: datetime) -> Offer | None:
        """What to ask about the first span that is too long to be believed; None where none is."""
        span = next((span for span in self.spans if span.is_forgotten(now)), None)
        if span is None:
            return None
        active = timedelta() if span.active_at is None else span.active_at - span.began
        return Offer(
            began=span.began,
            minutes=_minutes(span.length(now)),
            last_active=span.active_at if _minutes(active) else None,
            active_minutes=_minutes(active),
            longest_until=span.began + FORGOTTEN_AFTER,
            longest_minutes=_minutes(FORGOTTEN_AFTER),
        )

    def corrected(self, began: datetime, minutes: int) -> "Timer":
        """The timer with the span that began then lasting ``minutes``; it no longer runs."""
        spans = tuple(span.lasting(minutes) if span.began == began else span for span in self.spans)
        return self.model_copy(update={"spans": spans})

    def logged(self, planned_at: datetime, day: date | None = None) -> "Timer":
        """The timer without what has ended of the spans that had begun when it was planned to log them.

        By their begin, which a correction does not move: what ran ends only once its logging is planned. Of
        ``day`` alone where one is given; less than a minute of other days, which cannot be logged, goes too.
        """
        ended = [span for span in self.spans if span.ended is not None and span.began < planned_at]
        stays = [span for span in self.spans if span not in ended]
        left = [] if day is None else [piece for span in ended for piece in span.without(day)]
        if sum((piece.length(planned_at) for piece in left), timedelta()) < _A_MINUTE:
            left = []
        return self.model_copy(update={"spans": (*left, *stays)})

    def discarded(self, seen: "Timer") -> "Timer":
        """The timer without the spans that were ``seen``, even one that runs."""
        begun = {span.began for span in seen.spans}
        left = (span for span in self.spans if span.began not in begun)
        return self.model_copy(update={"spans": tuple(left)})


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds()) // 60
