"""Time that was logged is off its timer, once, and what was worked meanwhile is not."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from clients.errors import Rejected
from clients.freshdesk import Freshdesk
from clients.models.spent_time import NewTime, SpentTime
from clients.models.ticket import Ticket
from clients.models.time_entry import TimeEntry
from clients.models.timer import ticket_target
from clients.models.timer_days import worked_days, worked_until
from clients.models.written import Written
from clients.redmine import Redmine
from clients.store import Store
from tests.support.clock import Clock
from tui.disk import Disk
from tui.flows.engine import Refused
from tui.flows.hours import TICKET_HOURS, LoggingTicketTime, Worked, worked_steps
from tui.flows.remotes import redmine_remotes
from tui.flows.workflows import Workflows
from tui.journal import Journal
from tui.session import Session
from tui.timers import Timers

pytestmark = pytest.mark.anyio
ME, TARGET, TASK = 77, ticket_target(4102), 812
WEDNESDAY = date(2026, 3, 4)


class Tasks(Redmine):
    """Takes time on any task; ``closed`` refuses it, ``closed_on`` that of one day."""

    def __init__(self) -> None:
        self.hours: list[NewTime] = []
        self.closed = False
        self.closed_on: date | None = None

    async def log_time(self, new: NewTime) -> Written[SpentTime]:
        if self.closed or new.spent_on == self.closed_on:
            raise Rejected("Redmine", "o projeto está fechado")
        self.hours.append(new)
        return Written(len(self.hours), None)


class Tickets(Freshdesk):
    """Takes time on any ticket."""

    def __init__(self) -> None:
        self.minutes: list[int] = []
        self.at: list[datetime | None] = []

    async def log_time(
        self,
        ticket_id: int,
        minutes: int,
        note: str,
        *,
        billable: bool = True,
        executed_at: datetime | None = None,
    ) -> TimeEntry:
        self.minutes.append(minutes)
        self.at.append(executed_at)
        return TimeEntry(id=len(self.minutes))


class Desk:
    def __init__(self, store: Store, clock: Clock) -> None:
        self.tasks, self.tickets = Tasks(), Tickets()
        self.disk, self.timers, self._clock = Disk(), Timers(store, clock), clock
        remotes = {
            **redmine_remotes(self.tasks, self.timers.settle),
            TICKET_HOURS: LoggingTicketTime(self.tickets, ME, self.timers.settle),
        }
        self.flows = Workflows(
            Journal(store, Session.here(), clock), self.disk, clock, remotes, sleep=clock.sleep
        )

    def works(self, minutes: int) -> None:
        self.timers.start(TARGET)
        self._clock.forward(minutes=minutes)

    def minutes(self) -> int | None:
        timer = self.timers.get(TARGET)
        return timer.minutes(self._clock()) if timer else None

    async def confirms(self, minutes: int, *, on_task: bool = True, on_ticket: bool = False) -> str:
        """Plan to log it, the timer stopped in the same breath; not carried out yet."""
        now = self._clock()
        ticket = Ticket(id=4102, subject="NF-e rejeitada", created_at=now, updated_at=now)
        timer = self.timers.get(TARGET)
        days = worked_days(timer, now) if timer else ()
        if minutes != sum(day.minutes for day in days):
            days = (worked_until(now, minutes),)
        worked = Worked(days, comments="XML conferido", on_task=on_task)
        steps = tuple(worked_steps(worked, ticket, () if on_ticket else None, task_id=TASK))
        planned = await self.flows.plan(steps, also=lambda workflow: self._stops())
        return planned[0].workflow

    def _stops(self) -> None:
        self._clock.forward(seconds=1)  # the stop comes a moment after the plan
        self.timers.stop(TARGET)


@pytest.fixture
def desk(store: Store, clock: Clock) -> Iterator[Desk]:
    desk = Desk(store, clock)
    yield desk
    desk.disk.close()


async def test_what_is_worked_while_the_logging_waits_stays_to_be_logged(desk: Desk) -> None:
    desk.works(42)
    workflow = await desk.confirms(42)
    desk.tasks.closed = True
    assert isinstance((await desk.flows.carry_on(workflow)).last, Refused)
    desk.works(10)
    desk.timers.stop(TARGET)

    desk.tasks.closed = False
    assert (await desk.flows.carry_on(workflow)).is_done
    assert len(desk.tasks.hours) == 1
    assert desk.minutes() == 10


async def test_a_stretch_that_was_corrected_meanwhile_is_logged_all_the_same(desk: Desk) -> None:
    begun = desk._clock()
    desk.works(14 * 60)
    workflow = await desk.confirms(30)
    desk.timers.correct(TARGET, begun, 30)
    assert (await desk.flows.carry_on(workflow)).is_done
    assert desk.minutes() is None


@pytest.mark.parametrize("on_task", [True, False])
async def test_time_that_goes_to_the_ticket_is_off_the_timer_once(desk: Desk, on_task: bool) -> None:
    desk.works(42)
    assert (await desk.flows.carry_on(await desk.confirms(42, on_task=on_task, on_ticket=True))).is_done
    assert len(desk.tasks.hours) == int(on_task)
    assert desk.tickets.minutes == [42]
    assert desk.minutes() is None
    assert desk.timers.logged_minutes(TARGET) == 42


async def test_yesterdays_work_is_logged_for_yesterday(desk: Desk) -> None:
    ended = desk._clock() + timedelta(hours=2)
    desk.works(120)
    desk.timers.stop(TARGET)
    desk._clock.forward(days=1)
    assert (await desk.flows.carry_on(await desk.confirms(120, on_ticket=True))).is_done
    assert [each.spent_on for each in desk.tasks.hours] == [WEDNESDAY]
    assert (desk.tickets.minutes, desk.tickets.at) == ([120], [ended])
    assert desk.minutes() is None


async def test_of_two_days_each_is_logged_for_itself_and_what_was_refused_waits(desk: Desk) -> None:
    desk.works(120)
    desk.timers.stop(TARGET)
    desk._clock.forward(days=1)
    desk.works(30)
    desk.tasks.closed_on = WEDNESDAY + timedelta(days=1)
    workflow = await desk.confirms(150, on_ticket=True)
    assert isinstance((await desk.flows.carry_on(workflow)).last, Refused)
    assert [(each.spent_on, each.hours) for each in desk.tasks.hours] == [(WEDNESDAY, Decimal(2))]
    assert desk.minutes() == 30, "only what was logged is off the timer"

    desk.tasks.closed_on = None
    assert (await desk.flows.carry_on(workflow)).is_done
    assert len(desk.tasks.hours) == 2
    assert desk.tickets.minutes == [150], "a ticket is told the whole of it once"
    assert desk.minutes() is None
    assert desk.timers.logged_minutes(TARGET) == 150
