"""Hours logged, by day, task and client, against the working day. Pure; the days are given."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .mark import unmarked
from .spent_time import SpentTime
from .workday import WorkCalendar

_MINUTE = 60
NO_TASK = 0
"""Stands for the task of time that was logged on a project alone."""


@dataclass(frozen=True)
class DaySum:
    """One day: what was logged, what was to be worked."""

    day: date
    logged: int
    """Minutes."""
    expected: int
    """Minutes; 0 on days off."""
    day_off: str = ""
    """The holiday's name."""

    @property
    def missing(self) -> int:
        """Minutes that are not logged; never negative."""
        return max(0, self.expected - self.logged)


@dataclass(frozen=True)
class Share:
    """What went into one task, or to one client."""

    name: str
    """The client, or Redmine's project."""
    minutes: int
    entries: int
    """How many entries make it up."""
    task_id: int = NO_TASK


def minutes_of(entry: SpentTime) -> int:
    """Whole minutes of an entry: the two decimals that the server shows still tell each minute apart."""
    return round(entry.hours * _MINUTE)


def told_of(entry: SpentTime) -> str:
    """The comment without the mark by which the entry is found again."""
    return unmarked(entry.comments)


def task_of(entry: SpentTime) -> int:
    """The number of its task; `NO_TASK` where it has none."""
    return entry.issue.id if entry.issue is not None else NO_TASK


def client_of(entry: SpentTime) -> str:
    """Whom it was for; the project stands for a client that is not known."""
    return entry.client or entry.project.name


def total(entries: Iterable[SpentTime]) -> int:
    """Minutes of all of them."""
    return sum(map(minutes_of, entries))


def day_sums(
    entries: Sequence[SpentTime], days: Iterable[date], calendar: WorkCalendar
) -> tuple[DaySum, ...]:
    """One sum for each of ``days``, in their order."""
    logged: dict[date, int] = {}
    for entry in entries:
        logged[entry.spent_on] = logged.get(entry.spent_on, 0) + minutes_of(entry)
    return tuple(
        DaySum(day, logged.get(day, 0), calendar.expected(day), calendar.day_off(day)) for day in days
    )


def missing_until(sums: Iterable[DaySum], today: date) -> int:
    """Minutes missing day by day, up to today: what one day has too much fills no other one."""
    return sum(each.missing for each in sums if each.day <= today)


def by_task(entries: Iterable[SpentTime]) -> tuple[Share, ...]:
    """What went into each task, the most first; time on a project alone is told project by project."""
    return _shares(entries, lambda entry: (task_of(entry), entry.project.name))


def by_client(entries: Iterable[SpentTime]) -> tuple[Share, ...]:
    """What went to each client, the most first."""
    return _shares(entries, lambda entry: (NO_TASK, client_of(entry)))


def _shares(entries: Iterable[SpentTime], key: Callable[[SpentTime], tuple[int, str]]) -> tuple[Share, ...]:
    sums: dict[tuple[int, str], list[int]] = {}
    for entry in entries:
        sums.setdefault(key(entry), []).append(minutes_of(entry))
    shares = [Share(name, sum(each), len(each), task_id) for (task_id, name), each in sums.items()]
    return tuple(sorted(shares, key=lambda share: (-share.minutes, share.task_id, share.name)))
