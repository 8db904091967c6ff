"""Reading the week: what Redmine has, held against what was done here. Knows no screen."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from clients.errors import RemoteError, SettingsError, StoreError
from clients.models.doing import unlogged
from clients.models.feed import Feed, Trouble
from clients.models.figures import Figure, figures, last_days
from clients.models.spent_time import SpentTime
from clients.models.ticket import Ticket
from clients.models.times import BRAZIL, day_of
from clients.models.timesheet import Pending, Timesheet
from clients.models.workday import week_of
from clients.models.worked import NO_TASK, task_of

from .doings import begun, counted, logged, operations, walked
from .flows.step_words import step_words, subject_of
from .intent import Intent
from .morning import Morning

if TYPE_CHECKING:
    from clients.redmine import Redmine

    from .desk import Desk


NO_REDMINE = Trouble("Redmine não configurado.", "", "Complete [redmine] na configuração.")
NO_FRESHDESK = Trouble("Freshdesk não configurado.", "", "Complete [freshdesk] na configuração.")


class Timesheets:
    """Reads sheets for one open desk. Subjects of tasks are asked for once."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._asked: set[int] = set()
        """Tasks that Redmine was asked about."""
        self._subjects: dict[int, str] = {}
        self._clients: dict[int, str] = {}
        """By task, where a field of it says so."""
        self._tickets: dict[int, int] = {}
        """By task, where none does."""

    async def read(self, shown: date | None = None) -> Timesheet:
        """The week of ``shown``, or of today, as Redmine has it now, with what is known here.

        Raises RemoteError, SettingsError, StoreError.
        """
        at, week = self._desk.clock(), week_of(shown or self._today)
        entries = await self._entries(week)
        await self._keep(week, entries, at)
        return await self._sheet(shown, entries, self._subjects, at)

    async def remembered(self, shown: date | None = None) -> Timesheet:
        """The same week as Redmine last told it, or without its hours; Redmine is not asked. StoreError."""
        kept = None
        if self._desk.settings.redmine is not None:
            kept = await self._desk.disk(self._desk.local.hours_shelf.week, shown or self._today)
        if kept is None:
            return await self._sheet(shown, (), {}, None)
        return await self._sheet(shown, kept.entries, kept.subjects, kept.at)

    async def hours(self) -> Feed[SpentTime]:
        """The hours that the charts are about; where Redmine does not tell them, what is remembered and why.

        Raises StoreError.
        """
        if self._desk.settings.redmine is None:
            return Feed(trouble=NO_REDMINE)
        at, days = self._desk.clock(), self._chart_weeks
        try:
            entries = await self._entries(days)
        except (RemoteError, SettingsError) as error:
            return await self.remembered_hours(error.trouble)
        await self._keep(days, entries, at)
        return Feed(entries, as_of=at)

    async def remembered_hours(self, trouble: Trouble | None = None) -> Feed[SpentTime]:
        """The hours of the charts as Redmine last told all of them, and the ``trouble`` with newer ones."""
        shelf = self._desk.local.hours_shelf
        weeks = [await self._desk.disk(shelf.week, day) for day in self._chart_weeks[::7]]
        known = [week for week in weeks if week is not None]
        if len(known) < len(weeks):
            return Feed(trouble=trouble)
        entries = tuple(entry for week in known for entry in week.entries)
        return Feed(entries, as_of=min(week.at for week in known), trouble=trouble)

    async def figures(self, hours: Feed[SpentTime], queue: Feed[Ticket]) -> tuple[Figure, ...]:
        """The charts up to today of these hours and of the tickets that the queue has."""
        if self._desk.settings.freshdesk is None:
            queue = Feed(trouble=NO_FRESHDESK)
        now, calendar = self._desk.clock(), self._desk.settings.workday.calendar
        return await asyncio.to_thread(figures, hours, queue, last_days(self._today), calendar, now)

    async def with_local(self, sheet: Timesheet) -> Timesheet:
        """The sheet with what this machine knows now. StoreError."""
        found = await self._desk.disk(self._with_local, sheet)
        morning = Morning(self._desk)
        known = morning.is_known_who and morning.day == sheet.today
        return replace(found, round=await morning.round()) if known else found

    # ── below ──

    @property
    def _today(self) -> date:
        return day_of(self._desk.clock())

    @property
    def _chart_weeks(self) -> tuple[date, ...]:
        """The days of the charts, and what else there is of their weeks: weeks are kept whole."""
        days = last_days(self._today)
        mondays = sorted({week_of(day)[0] for day in days})
        return tuple(day for monday in mondays for day in week_of(monday))

    async def _entries(self, days: Sequence[date]) -> tuple[SpentTime, ...]:
        redmine = self._desk.redmine
        if redmine is None:
            raise SettingsError("[redmine] não está na configuração.")
        entries = await redmine.spent_times(since=days[0], until=days[-1])
        await self._learn(redmine, entries)
        clients = await self._for_whom(entries)
        return tuple(
            entry.model_copy(update={"client": clients.get(task_of(entry), "")}) for entry in entries
        )

    async def _keep(self, days: Sequence[date], entries: Sequence[SpentTime], at: datetime) -> None:
        with suppress(StoreError):  # a full disk hides nothing that Redmine told
            await self._desk.disk(self._desk.local.hours_shelf.keep, days, entries, self._subjects, at)

    async def _sheet(
        self,
        shown: date | None,
        entries: Sequence[SpentTime],
        subjects: Mapping[int, str],
        read_at: datetime | None,
    ) -> Timesheet:
        today, calendar = self._today, self._desk.settings.workday.calendar
        sheet = await asyncio.to_thread(
            Timesheet.of, today, entries, dict(subjects), calendar, shown=shown, read_at=read_at
        )
        return await self.with_local(sheet)

    def _with_local(self, sheet: Timesheet) -> Timesheet:
        desk, week = self._desk, week_of(sheet.shown)
        since = datetime.combine(week[0], time(), BRAZIL)
        timers, pending = desk.local.timers.list(), desk.local.journal.pending()
        done = desk.local.journal.done_since(since)
        forms = map(desk.local.attendances.load, sorted(desk.local.attendances.tickets()))
        timed, aside = {timer.target for timer in timers}, desk.local.set_aside.all()
        doings = (
            *operations(done),
            *walked(desk.local.walks.list()),
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
            suggestions=unlogged(wanted, logged(done, sheet.entries), counted(timers, desk.clock())),
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

    async def _learn(self, redmine: "Redmine", entries: Sequence[SpentTime]) -> None:
        """What the entries' tasks are called and whom they are for, asked once for each task."""
        unknown = {task_of(entry) for entry in entries} - self._asked - {NO_TASK}
        if not unknown:
            return
        asked = ",".join(map(str, sorted(unknown)))
        found = await redmine.tasks_where({"status_id": "*", "issue_id": asked})
        self._asked |= unknown  # also those that one does not see
        self._subjects |= {task.id: task.subject for task in found}
        settings, room = self._desk.settings.redmine, self._desk.task_room
        for task in found:
            field = task.field_called(settings.client_field) if settings is not None else None
            if field is not None and field.values:
                self._clients[task.id] = ", ".join(field.values)
            elif room is not None:
                with suppress(SettingsError):  # no field for tickets: the project stands for the client
                    numbers = await room.tickets(task)
                    self._tickets |= {task.id: numbers[0]} if numbers else {}

    async def _for_whom(self, entries: Sequence[SpentTime]) -> dict[int, str]:
        """Whose the entries' tasks are, by a field of theirs or by their ticket, where it is known here."""
        tickets = {
            number: self._tickets[number] for number in map(task_of, entries) if number in self._tickets
        }
        companies = (
            await self._desk.disk(self._desk.local.cache.clients_of, tickets.values()) if tickets else {}
        )
        by_ticket = {task: companies[number] for task, number in tickets.items() if number in companies}
        return by_ticket | self._clients
