"""One week of hours with all that belongs to it: for the screen *Hoje* and ``plantao horas``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from .doing import Suggestion
from .morning import MorningRound
from .spent_time import SpentTime
from .timer import Timer
from .workday import WorkCalendar, week_of
from .worked import DaySum, Share, by_client, by_task, day_sums, missing_until, task_of


@dataclass(frozen=True)
class Pending:
    """Something that was confirmed and has no outcome yet."""

    subject: str
    words: str


@dataclass(frozen=True)
class Timesheet:
    """A week, seen from today."""

    today: date
    shown: date
    """A day of the week that it is about."""
    entries: tuple[SpentTime, ...] = ()
    """One's own, of the week; the newest day first."""
    days: tuple[DaySum, ...] = ()
    """Monday to Sunday."""
    subjects: Mapping[int, str] = field(default_factory=dict)
    """What the tasks are called, by number."""
    suggestions: tuple[Suggestion, ...] = ()
    """What one did and logged no time for, the earliest first."""
    timers: tuple[Timer, ...] = ()
    """Time that was counted and is not logged."""
    pending: tuple[Pending, ...] = ()
    round: MorningRound | None = None
    """Today's morning round; None where it is not known whose it is."""
    read_at: datetime | None = None
    """When Redmine told the hours; None: it did not, and no sum says anything."""

    @classmethod
    def of(
        cls,
        today: date,
        entries: Sequence[SpentTime],
        subjects: Mapping[int, str],
        calendar: WorkCalendar,
        *,
        shown: date | None = None,
        read_at: datetime | None,
    ) -> "Timesheet":
        """The week of ``shown``, or of ``today``; entries of other weeks are left out."""
        shown = shown or today
        week = week_of(shown)
        kept = tuple(entry for entry in entries if entry.spent_on in week)
        return cls(today, shown, kept, day_sums(kept, week, calendar), subjects, read_at=read_at)

    @property
    def of_today(self) -> tuple[SpentTime, ...]:
        """Today's entries."""
        return tuple(entry for entry in self.entries if entry.spent_on == self.today)

    @property
    def is_this_week(self) -> bool:
        """Whether it is about the week that today is in."""
        return self.today in week_of(self.shown)

    @property
    def day(self) -> DaySum:
        """Today's sum; in another week, that of the day shown."""
        return self.days[(self.today if self.is_this_week else self.shown).weekday()]

    @property
    def logged(self) -> int:
        """Minutes of the week."""
        return sum(day.logged for day in self.days)

    @property
    def expected(self) -> int:
        """Minutes to be worked in the whole week."""
        return sum(day.expected for day in self.days)

    @property
    def missing(self) -> int:
        """Minutes that are missing up to today, day by day."""
        return missing_until(self.days, self.today)

    @property
    def tasks(self) -> tuple[Share, ...]:
        """The week by task."""
        return by_task(self.entries)

    @property
    def clients(self) -> tuple[Share, ...]:
        """The week by client."""
        return by_client(self.entries)

    def subject(self, entry: SpentTime) -> str:
        """What the entry's task is called; empty where that is not known."""
        return self.subjects.get(task_of(entry), "")
