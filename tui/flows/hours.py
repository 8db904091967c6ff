"""Time as steps: on the Redmine task (R11), and on the Freshdesk ticket where the settings say so."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import JsonValue

from clients.models.base import Model, Moment
from clients.models.duration import wire_hours
from clients.models.mark import mark
from clients.models.spent_time import NewTime
from clients.models.task import Named
from clients.models.ticket import Ticket
from clients.models.time_entry import TimeEntry
from clients.models.timer import ticket_target
from clients.models.timer_days import WorkedDay

from ..intent import Intent, Step
from .engine import Did, Found, Missing, Unclear
from .tasks import did

if TYPE_CHECKING:
    from clients.freshdesk import Freshdesk
    from clients.redmine import Redmine

TASK_HOURS, TICKET_HOURS = "redmine.time", "freshdesk.time"
Settle = Callable[[str, int, str, datetime, date | None], object]
"""Told of what was logged its target, minutes, operation, when that was planned, and the day.

The timer of the target forgets it, once: of that day, or all of it where no day is told.
"""


class TaskTime(Model):
    """Time on a task."""

    task_id: int = 0
    """0 while it is made by an earlier step."""
    minutes: int
    activity_id: int | None = None
    activity: str = ""
    """Its name, for telling."""
    comments: str = ""
    spent_on: date
    timer: str = ""
    """Target of the timer that the time came from, or is to be taken off."""
    timer_day: date | None = None
    """The day whose time is taken off it; None: all of it is."""


class TicketTime(Model):
    """Time on a ticket."""

    ticket_id: int
    minutes: int
    note: str = ""
    executed_at: Moment
    timer: str = ""
    """Target of the timer that the time is to be taken off; empty where the time of the task does that."""


@dataclass(frozen=True)
class Worked:
    """What the analyst says of the time."""

    days: tuple[WorkedDay, ...]
    """The earliest first."""
    activity: Named | None = None
    """None: the server's default one."""
    comments: str = ""
    on_task: bool = True
    """Whether there is a task that it goes to."""
    alone: bool = False
    """Whether what a timer counted on days that are not among these waits on."""

    @property
    def minutes(self) -> int:
        """Minutes of all days."""
        return sum(day.minutes for day in self.days)


def worked_steps(
    worked: Worked,
    ticket: Ticket,
    known: Sequence[TimeEntry] | None,
    *,
    task_id: int = 0,
    made_by: int | None = None,
) -> Iterator[Step]:
    """Yield the steps that log what was worked for ``ticket``: day by day on its task, at once on itself.

    ``known`` is the time that it has; None where none is logged there. ``made_by`` as of `task_time_step`.
    """
    target = ticket_target(ticket.id)
    if worked.on_task:
        for time in task_times(worked, task_id, target):
            yield task_time_step(time, target, made_by)
    if known is not None:
        note = worked.comments or ticket.subject
        entry = TicketTime(
            ticket_id=ticket.id,
            minutes=worked.minutes,
            note=note,
            executed_at=worked.days[-1].until,
            timer="" if worked.on_task else target,
        )
        yield ticket_time_step(entry, tuple(each.id for each in known))


def task_times(worked: Worked, task_id: int, timer: str) -> Iterator[TaskTime]:
    """Yield the entries of a task, one for each day; ``timer`` is whose time it is."""
    activity, by_day = worked.activity, worked.alone or len(worked.days) > 1
    for day in worked.days:
        yield TaskTime(
            task_id=task_id,
            minutes=day.minutes,
            activity_id=activity.id if activity else None,
            activity=activity.name if activity else "",
            comments=worked.comments,
            spent_on=day.day,
            timer=timer,
            timer_day=day.day if by_day else None,
        )


def task_time_step(time: TaskTime, target: str, made_by: int | None = None) -> Step:
    """Plan to log time as part of what is done on ``target``; ``made_by`` is the step that makes the task."""
    uses = {} if made_by is None else {"task_id": made_by}
    return Step(TASK_HOURS, target, time.model_dump(mode="json"), uses=uses)


def ticket_time_step(time: TicketTime, known: tuple[int, ...]) -> Step:
    """Plan to log time on a ticket; ``known`` are the entries that it has."""
    baseline: dict[str, JsonValue] = {"known": list(known)}
    return Step(TICKET_HOURS, ticket_target(time.ticket_id), time.model_dump(mode="json"), baseline)


class LoggingTaskTime:
    """The remote step ``redmine.time``: found again by its mark in the comment."""

    def __init__(self, redmine: "Redmine", settle: Settle) -> None:
        self._redmine = redmine
        self._settle = settle

    async def ready(self, intent: Intent) -> None:
        """Nothing can have got in the way."""

    async def do(self, intent: Intent) -> Did:
        """Log it."""
        time = TaskTime.model_validate(intent.payload)
        new = NewTime(
            task_id=time.task_id,
            hours=Decimal(wire_hours(time.minutes)),
            activity_id=time.activity_id,
            comments=f"{time.comments} {mark(intent.op_id)}".strip(),
            spent_on=time.spent_on,
        )
        return did(await self._redmine.log_time(new))

    async def look(self, intent: Intent) -> Found | Missing | Unclear:
        """Tell by the mark."""
        time = TaskTime.model_validate(intent.payload)
        found = await self._redmine.find_marked_time(time.task_id, intent.op_id)
        if len(found) == 1:
            return Found(found[0].id, "Encontrado no Redmine depois de perdida a resposta.")
        if found:
            return Unclear(f"Há {len(found)} apontamentos com esta marca na tarefa {time.task_id}.")
        return Missing("O Redmine foi conferido e o tempo não está lá.")

    def conclude(self, intent: Intent) -> None:
        """The timer forgets what was logged."""
        time = TaskTime.model_validate(intent.payload)
        if time.timer:
            self._settle(time.timer, time.minutes, intent.op_id, intent.planned_at, time.timer_day)


class LoggingTicketTime:
    """The remote step ``freshdesk.time``: found again as the one entry that was not there before."""

    def __init__(self, freshdesk: "Freshdesk", me: int, settle: Settle) -> None:
        """``me`` is the id of the agent whose key is used."""
        self._freshdesk = freshdesk
        self._me = me
        self._settle = settle

    async def ready(self, intent: Intent) -> None:
        """Nothing can have got in the way."""

    async def do(self, intent: Intent) -> int:
        """Log it."""
        time = TicketTime.model_validate(intent.payload)
        entry = await self._freshdesk.log_time(
            time.ticket_id, time.minutes, time.note, executed_at=time.executed_at
        )
        return entry.id

    async def look(self, intent: Intent) -> Found | Missing | Unclear:
        """Tell by the entries that were not there before."""
        time, known = TicketTime.model_validate(intent.payload), intent.baseline["known"]
        spent = f"{time.minutes // 60:02}:{time.minutes % 60:02}"
        new = [
            entry
            for entry in await self._freshdesk.time_entries(time.ticket_id)
            if isinstance(known, list) and entry.id not in known and entry.agent_id == self._me
        ]
        same = [entry for entry in new if entry.time_spent == spent and (entry.note or "") == time.note]
        if len(same) == 1:
            return Found(same[0].id, "Encontrado no ticket depois de perdida a resposta.")
        if new:
            return Unclear(f"O ticket #{time.ticket_id} tem tempo seu que não estava lá antes.")
        return Missing("O ticket foi conferido e o tempo não está lá.")

    def conclude(self, intent: Intent) -> None:
        """The timer forgets what was logged here alone."""
        time = TicketTime.model_validate(intent.payload)
        if time.timer:
            self._settle(time.timer, time.minutes, intent.op_id, intent.planned_at, None)
