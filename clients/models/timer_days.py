"""What was worked, day by day: Redmine keeps time by the day of São Paulo that it was worked on. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .timer import Timer
from .times import day_of

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class WorkedDay:
    """What was worked on one day."""

    day: date
    minutes: int
    until: datetime
    """When the work of that day ended."""


def worked_days(timer: Timer, now: datetime) -> tuple[WorkedDay, ...]:
    """The days of a timer, the earliest first; together they have the minutes of `Timer.minutes`.

    A day that makes no whole minute more is left out.
    """
    lengths: dict[date, timedelta] = {}
    ends: dict[date, datetime] = {}
    for piece in (piece for span in timer.spans for piece in span.by_day(now)):
        day = day_of(piece.began)
        lengths[day] = lengths.get(day, timedelta()) + piece.length(now)
        ends[day] = max(piece.ended or now, ends.get(day, piece.began))
    found, before = [], timedelta()
    for day in sorted(lengths):
        after = before + lengths[day]
        minutes = after // _MINUTE - before // _MINUTE
        if minutes:
            found.append(WorkedDay(day, minutes, ends[day]))
        before = after
    return tuple(found)


def worked_until(moment: datetime, minutes: int) -> WorkedDay:
    """The one day of work that ended then."""
    return WorkedDay(day_of(moment), minutes, moment)
