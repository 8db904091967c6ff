"""Reading the week: what Redmine has, held against what was done here. Knows no screen."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from clients.errors import SettingsError
from clients.models.doing import unlogged
from clients.models.figures import Figure, figures, last_days
from clients.models.spent_time import SpentTime
from clients.models.ticket import Ticket
from clients.models.times import BRAZIL, day_of
from clients.models.timesheet import Pending, Timesheet
from clients.models.workday import week_of
from clients.models.worked import NO_TASK, task_of

from .doings import begun, logged, operations, walked
from .flows.step_words import step_words, subject_of
from .intent import Intent
from .morning import Morning

if TYPE_CHECKING:
    from .desk import Desk


class Timesheets:
    """Reads sheets for one open desk. Subjects of tasks are asked for once."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._subjects: dict[int, str] = {}

    async def read(self, shown: date | None = None) -> Timesheet:
        """The week of ``shown``, or of today, as Redmine has it now, with what is known here.

        Raises RemoteError, SettingsError, StoreError.
        """
        redmine = self._desk.redmine
        if redmine is None:
            raise SettingsError("[redmine] não está na configuração.")
        today = day_of(self._desk.clock())
        week = week_of(shown or today)
        entries = await redmine.spent_times(since=week[0], until=week[-1])
        await self._learn_subjects(entries)
        calendar = self._desk.settings.workday.calendar
        sheet = await asyncio.to_thread(
            Timesheet.of, today, entries, dict(self._subjects), calendar, shown=shown
        )
        return await self.with_local(sheet)

    async def figures(self, tickets: Sequence[Ticket]) -> tuple[Figure, ...]:
        """The charts up to today; ``tickets`` are those that the queue has. Raises as `read` does."""
        redmine = self._desk.redmine
        if redmine is None:
            raise SettingsError("[redmine] não está na configuração.")
        days = last_days(day_of(self._desk.clock()))
        entries = await redmine.spent_times(since=days[0], until=days[-1])
        return await asyncio.to_thread(figures, entries, tickets, days, self._desk.settings.workday.calendar)

    async def with_local(self, sheet: Timesheet) -> Timesheet:
        """The sheet with what this machine knows now. StoreError."""
        found = await self._desk.disk(self._with_local, sheet)
        morning = Morning(self._desk)
        known = morning.is_known_who and morning.day == sheet.today
        return replace(found, round=await morning.round()) if known else found

    # ── below ──

    def _with_local(self, sheet: Timesheet) -> Timesheet:
        desk, week = self._desk, week_of(sheet.shown)
        since = datetime.combine(week[0], time(), BRAZIL)
        timers, pending = desk.timers.list(), desk.journal.pending()
        done = desk.journal.done_since(since)
        forms = map(desk.attendances.load, sorted(desk.attendances.tickets()))
        timed, aside = {timer.target for timer in timers}, desk.set_aside.all()
        doings = (
            *operations(done),
            *walked(desk.walks.list()),
            *begun(form for form in forms if form is not None),
        )
        wanted = [
            doing
            for doing in doings
            if day_of(doing.began) in week
            and doing.target not in timed  # its timer waits to be logged, and is told itself
            and not any(each.holds(doing) for each in aside)
        ]
        return replace(
            sheet,
            suggestions=unlogged(wanted, logged(done, sheet.entries)),
            timers=timers,
            pending=self._pending(pending),
        )

    def _pending(self, intents: Sequence[Intent]) -> tuple[Pending, ...]:
        """One line for each operation: its first step that is open."""
        firsts: dict[str, Intent] = {}
        for intent in intents:
            firsts.setdefault(intent.workflow, intent)
        words = self._desk.account.vocabulary
        return tuple(Pending(subject_of(step), step_words(step, words)) for step in firsts.values())

    async def _learn_subjects(self, entries: Sequence[SpentTime]) -> None:
        unknown = sorted({task_of(entry) for entry in entries} - set(self._subjects) - {NO_TASK})
        redmine = self._desk.redmine
        if unknown and redmine is not None:
            asked = {"status_id": "*", "issue_id": ",".join(map(str, unknown))}
            found = await redmine.tasks_where(asked)
            self._subjects |= {task.id: task.subject for task in found if task.id in unknown}
