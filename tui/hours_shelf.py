"""One's own hours as Redmine last told them, week by week, kept on disk. Knows no screen."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import ValidationError

from clients.models.base import Model, Moment
from clients.models.spent_time import SpentTime
from clients.models.workday import week_of
from clients.models.worked import task_of

if TYPE_CHECKING:
    from clients.store import Store

HOURS = "hours"
KEPT = timedelta(weeks=5)
"""How long before the newest week another one is still kept: what the charts go back, and a little more."""


class KeptWeek(Model):
    """A week as it was read whole."""

    monday: date
    at: Moment
    """When Redmine told it."""
    entries: tuple[SpentTime, ...] = ()
    subjects: dict[int, str] = {}
    """What its tasks are called, as far as that was asked."""


class HoursShelf:
    """Losing it costs one reading of Redmine. Every call may wait for the disk."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def week(self, day: date) -> KeptWeek | None:
        """The week of ``day``; None where it was never read, or kept by another version."""
        monday = week_of(day)[0].isoformat()
        row = self._store.table(HOURS).get(lambda row: bool(row["monday"] == monday))
        try:
            return KeptWeek.model_validate(row) if row else None
        except ValidationError:
            return None

    def keep(
        self, days: Sequence[date], entries: Sequence[SpentTime], subjects: Mapping[int, str], at: datetime
    ) -> None:
        """Keep the weeks of ``days``, whose ``entries`` were all read at once."""
        with self._store.transaction():
            for monday in sorted({week_of(day)[0] for day in days}):
                self._put(monday, entries, subjects, at)
            newest = max(str(row["monday"]) for row in self._store.table(HOURS).all())
            oldest = (date.fromisoformat(newest) - KEPT).isoformat()
            self._store.table(HOURS).remove(lambda row: str(row["monday"]) < oldest)

    def _put(
        self, monday: date, entries: Sequence[SpentTime], subjects: Mapping[int, str], at: datetime
    ) -> None:
        week, before = week_of(monday), self.week(monday)
        kept = tuple(entry for entry in entries if entry.spent_on in week)
        known = {**(before.subjects if before else {}), **subjects}
        named = {task: known[task] for task in map(task_of, kept) if task in known}
        found = KeptWeek(monday=monday, at=at, entries=kept, subjects=named)
        self._store.put(HOURS, "monday", [found.model_dump(mode="json")])
