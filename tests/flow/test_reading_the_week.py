"""The week as one desk reads it: Redmine's entries, and what was done here with no time logged since."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from clients.errors import SettingsError, StoreError, Unreachable
from clients.models.answer import Kind
from clients.models.attendance import Attendance
from clients.models.feed import Feed
from clients.models.runbook import Runbook
from clients.models.spent_time import Numbered, SpentTime
from clients.models.task import CustomField, Named, Task, TaskStatus
from clients.models.ticket import Company, Ticket
from clients.models.timer import task_target, ticket_target
from clients.models.timer_days import WorkedDay
from clients.models.walk import Outcome, Walk
from clients.models.workday import week_of
from clients.redmine import Redmine
from tests.support.clock import Clock
from tui.desk import Desk
from tui.doings import ATTENDED
from tui.flows.answer import KINDS
from tui.flows.hours import TaskTime, Worked, task_time_step, worked_steps
from tui.flows.tasks import CREATE, UPDATE
from tui.flows.ticket_fields import KIND as FIELDS
from tui.intent import Step
from tui.settings import Settings
from tui.task_room import TaskRoom
from tui.timesheets import Timesheets

pytestmark = pytest.mark.anyio
REPLY, NOTE = KINDS[Kind.REPLY], KINDS[Kind.NOTE]
TICKET, OTHER, TASK = ticket_target(4102), ticket_target(4103), 812
WEDNESDAY = date(2026, 3, 4)
RUNBOOK = Runbook.model_validate(
    {
        "id": "cte",
        "title": "CTE",
        "steps": [{"id": "um", "title": "Olhar o log", "expected": "Sem erro", "otherwise": "Perguntar"}],
    }
)


class Tasks(Redmine):
    """Keeps entries, and knows what its tasks are called; counts what it is asked."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.entries: list[SpentTime] = []
        self.asked: list[str] = []
        self.down = False
        self.told: dict[int, tuple[CustomField, ...]] = {}

    def has(self, minutes: int, day: date = WEDNESDAY, task: int = TASK) -> None:
        self.entries.append(
            SpentTime(
                id=len(self.entries) + 1,
                project=Named(id=1, name="Padaria Sol"),
                issue=Numbered(id=task),
                user=Named(id=7),
                activity=Named(id=10, name="Suporte"),
                hours=round(minutes / 60, 2),
                spent_on=day,
                created_on=self._clock(),
                updated_on=self._clock(),
            )
        )

    async def spent_times(
        self,
        task_id: int | None = None,
        *,
        since: date | None = None,
        until: date | None = None,
        user: object = "me",
    ) -> tuple[SpentTime, ...]:
        assert since and until
        if self.down:
            raise Unreachable("Redmine", "não respondeu")
        self.asked.append("entries")
        return tuple(entry for entry in self.entries if since <= entry.spent_on <= until)

    async def tasks_where(self, asked: Mapping[str, object]) -> tuple[Task, ...]:
        self.asked.append(f"tasks {asked['issue_id']}")
        return tuple(
            Task(
                id=int(number),
                project=Named(id=1),
                tracker=Named(id=1),
                status=TaskStatus(id=1),
                subject=f"Tarefa {number}",
                created_on=self._clock(),
                updated_on=self._clock(),
                custom_fields=self.told.get(int(number), ()),
            )
            for number in str(asked["issue_id"]).split(",")
        )


class Room(TaskRoom):
    """Where each task serves the ticket whose number is in its field 9."""

    def __init__(self) -> None:
        """Nothing else is asked of it."""

    async def tickets(self, task: Task) -> tuple[int, ...]:
        return task.ticket_ids(9)


class Office:
    def __init__(self, desk: Desk, tasks: Tasks, clock: Clock) -> None:
        self.desk, self.tasks, self.clock = desk, tasks, clock
        self.sheets = Timesheets(desk)

    def does(self, *kinds: str, target: str = TICKET) -> None:
        """An operation of these steps, carried out."""
        self.runs(*(Step(kind, target, {}) for kind in kinds))

    def runs(self, *steps: Step) -> None:
        for intent in self.desk.local.journal.plan(steps, "work"):
            sent = self.desk.local.journal.begin(intent, self.desk._quarantine)
            self.desk.local.journal.done(sent, TASK)

    def logs(self, minutes: int, target: str = TICKET) -> None:
        self.runs(
            task_time_step(TaskTime(task_id=TASK, minutes=minutes, spent_on=WEDNESDAY), target),
        )

    async def suggested(self) -> list[tuple[str, int, str]]:
        sheet = await self.sheets.read()
        return [(one.target, one.minutes, ", ".join(one.words)) for one in sheet.suggestions]


@pytest.fixture
async def office(tmp_path: Path, clock: Clock) -> AsyncIterator[Office]:
    async with opened(Settings(state_folder=tmp_path), clock) as found:
        yield found


@pytest.fixture
async def configured(tmp_path: Path, clock: Clock) -> AsyncIterator[Office]:
    """The same where the settings name a Redmine."""
    section = {"url": "https://redmine.exemplo.com.br", "chave": "nenhuma"}
    settings = Settings.model_validate({"pasta_de_dados": tmp_path, "redmine": section})
    async with opened(settings, clock) as found:
        yield found


@asynccontextmanager
async def opened(settings: Settings, clock: Clock) -> AsyncIterator[Office]:
    desk = Desk(settings, clock)
    await desk.open()
    desk.redmine = tasks = Tasks(clock)
    yield Office(desk, tasks, clock)
    desk.redmine = None
    await desk.close()


async def test_the_week_is_read_with_two_requests_and_names_are_asked_for_once(office: Office) -> None:
    office.tasks.has(90)
    office.tasks.has(30, task=813)
    office.tasks.has(480, week_of(WEDNESDAY)[0])
    office.tasks.has(60, date(2026, 2, 27))
    sheet = await office.sheets.read()
    assert (sheet.day.logged, sheet.day.missing, sheet.logged, sheet.expected) == (120, 360, 600, 2400)
    assert sheet.missing == 480 + 360
    assert [sheet.subject(entry) for entry in sheet.of_today] == ["Tarefa 812", "Tarefa 813"]
    assert [(share.task_id, share.minutes) for share in sheet.tasks] == [(812, 570), (813, 30)]
    await office.sheets.read()
    assert office.tasks.asked == ["entries", "tasks 812,813", "entries"]


async def test_hours_go_to_the_client_of_the_task_or_of_its_ticket_or_else_to_the_project(
    configured: Office,
) -> None:
    desk, tasks = configured.desk, configured.tasks
    desk.task_room = Room()
    named = CustomField(id=8, name="CLIENTE", values=("Móveis Vale do Ipê",))
    tasks.told = {813: (named,), 814: (CustomField(id=9, name="Ticket", values=("FD-4102",)),)}
    tasks.has(30, task=813)
    tasks.has(60, task=814)
    tasks.has(15, task=815)
    before = await configured.sheets.read()
    (first, *_) = before.clients
    assert (first.name, first.minutes) == ("Padaria Sol", 75)
    client, at = Company(id=1, name="Têxtil Araucária"), configured.clock()
    desk.local.cache.keep_tickets([Ticket(id=4102, status=2, company=client, created_at=at, updated_at=at)])
    sheet = await configured.sheets.read()
    summed = [(share.name, share.minutes) for share in sheet.clients]
    assert summed == [("Têxtil Araucária", 60), ("Móveis Vale do Ipê", 30), ("Padaria Sol", 15)]
    tasks.down = True
    kept = await configured.sheets.remembered()
    assert kept.clients == sheet.clients


async def test_a_ticket_that_was_attended_without_time_is_suggested_until_time_is_logged(
    office: Office,
) -> None:
    office.does(REPLY, FIELDS, CREATE)
    office.clock.forward(minutes=12)
    office.does(NOTE)
    assert await office.suggested() == [(TICKET, 12, f"{ATTENDED}, nota interna")]
    office.logs(12)
    assert await office.suggested() == []


async def test_time_logged_in_redmine_itself_covers_the_tickets_of_its_task(office: Office) -> None:
    office.does(CREATE, REPLY)
    office.does(REPLY, target=OTHER)
    assert len(await office.suggested()) == 2
    office.tasks.has(15)
    assert await office.suggested() == [(OTHER, 0, "respondido")]


async def test_time_logged_on_a_task_because_another_begins_is_that_tasks_own(office: Office) -> None:
    begun = task_target(813)
    office.does(UPDATE, target=begun)
    office.clock.forward(minutes=20)
    office.does(UPDATE, target=begun)
    office.does(UPDATE, target=task_target(TASK))
    office.clock.forward(minutes=5)
    office.logs(40, target=begun)
    assert await office.suggested() == [(begun, 20, "tarefa mudada")]
    office.tasks.has(40)
    assert await office.suggested() == [(begun, 20, "tarefa mudada")], "nor as Redmine tells it"


async def test_yesterdays_time_that_is_logged_today_covers_yesterdays_work_alone(office: Office) -> None:
    office.does(REPLY)
    yesterday = office.clock()
    office.clock.forward(days=1)
    office.does(REPLY)
    days = (WorkedDay(WEDNESDAY, 30, yesterday),)
    ticket = Ticket(id=4102, subject="NF-e", created_at=yesterday, updated_at=yesterday)
    office.runs(*worked_steps(Worked(days), ticket, (), task_id=TASK))
    assert [one.day for one in (await office.sheets.read()).suggestions] == [WEDNESDAY + timedelta(days=1)]


async def test_time_of_the_morning_does_not_cover_the_afternoon(office: Office) -> None:
    office.does(REPLY)
    office.logs(5)
    office.clock.forward(hours=3)
    office.does(REPLY)
    assert await office.suggested() == [(TICKET, 0, "respondido")]


async def test_a_timer_speaks_for_itself(office: Office) -> None:
    office.does(REPLY)
    office.desk.local.timers.start(TICKET)
    office.desk.local.timers.start(task_target(TASK), alone=False)
    office.clock.forward(minutes=25)
    sheet = await office.sheets.read()
    assert sheet.suggestions == ()
    assert [timer.minutes(office.clock()) for timer in sheet.timers] == [25, 25]


async def test_walks_and_forms_that_were_begun_are_work_too(office: Office) -> None:
    walk = Walk(
        id="w1",
        runbook=RUNBOOK,
        client="Padaria Sol",
        service="CTE",
        who="Rita",
        begun_at=office.clock(),
    )
    office.desk.local.walks.begin(walk)
    office.clock.forward(minutes=20)
    office.desk.local.walks.step("w1", "um", Outcome.DONE, who="Rita")
    office.desk.local.attendances.save(Attendance(ticket_id=4103))
    sheet = await office.sheets.read()
    assert [(one.target, one.minutes, one.about) for one in sheet.suggestions] == [
        ("client:padaria sol", 20, "Padaria Sol · CTE"),
        (OTHER, 0, ""),
    ]


async def test_what_was_set_aside_is_not_suggested_again_but_what_came_after_it_is(office: Office) -> None:
    office.does(REPLY)
    office.clock.forward(minutes=10)
    office.does(NOTE)
    (one,) = (await office.sheets.read()).suggestions
    office.desk.local.set_aside.put(one)
    assert await office.suggested() == []
    office.clock.forward(minutes=10)
    office.does(REPLY)
    assert await office.suggested() == [(TICKET, 0, "respondido")]


async def test_what_has_no_outcome_is_told_and_is_no_work_done(office: Office) -> None:
    (intent,) = office.desk.local.journal.plan(
        [Step(REPLY, TICKET, {"ticket_id": 4102, "kind": "reply", "text": "Olá"})], "work"
    )
    sent = office.desk.local.journal.begin(intent, office.desk._quarantine)
    office.desk.local.journal.unsure(sent, "sem resposta")
    sheet = await office.sheets.read()
    assert sheet.suggestions == ()
    assert [pending.subject for pending in sheet.pending] == ["#4102"]


async def test_last_weeks_work_is_last_weeks(office: Office) -> None:
    office.does(REPLY)
    office.clock.now = datetime(2026, 3, 9, 12, tzinfo=UTC)
    assert await office.suggested() == []
    office.does(REPLY, target=OTHER)
    before = await office.sheets.read(WEDNESDAY)
    assert [one.day for one in before.suggestions] == [WEDNESDAY]


async def test_without_redmine_it_is_said(office: Office) -> None:
    office.desk.redmine = None
    with pytest.raises(SettingsError):
        await office.sheets.read()


async def test_what_needs_no_redmine_is_told_without_one(office: Office) -> None:
    office.does(REPLY)
    office.desk.local.timers.start(ticket_target(4199))
    office.clock.forward(minutes=25)
    sheet = await office.sheets.remembered()
    assert sheet.read_at is None
    assert [one.target for one in sheet.suggestions] == [TICKET]
    assert [timer.minutes(office.clock()) for timer in sheet.timers] == [25]
    assert office.tasks.asked == []
    hours, queue = await office.sheets.hours(), Feed[Ticket]()
    told = [figure.doubt for figure in await office.sheets.figures(hours, queue)]
    assert told[0] == told[1] == "Redmine não configurado. Complete [redmine] na configuração."
    assert told[2] == told[3] == "Freshdesk não configurado. Complete [freshdesk] na configuração."


async def test_a_redmine_that_fails_leaves_the_hours_that_it_told_last(configured: Office) -> None:
    office, told_at = configured, configured.clock()
    office.tasks.has(90)
    office.tasks.has(30, date(2026, 2, 20))
    await office.sheets.read()
    assert (await office.sheets.hours()).trouble is None
    office.clock.forward(hours=3)
    office.tasks.down = True
    office.does(REPLY, target=OTHER)

    with pytest.raises(Unreachable):
        await office.sheets.read()
    afterwards = Timesheets(office.desk)  # as after a restart: nothing is remembered but on disk
    sheet = await afterwards.remembered()
    assert (sheet.read_at, sheet.day.logged, sheet.subjects) == (told_at, 90, {TASK: "Tarefa 812"})
    assert [one.target for one in sheet.suggestions] == [OTHER]
    hours = await afterwards.hours()
    assert (hours.as_of, [entry.hours for entry in hours.items]) == (told_at, [0.5, 1.5])
    assert hours.trouble is not None


async def test_a_full_disk_hides_no_hours(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise StoreError("não há espaço")

    monkeypatch.setattr(office.desk.local.hours_shelf, "keep", full)
    office.tasks.has(90)
    assert (await office.sheets.read()).day.logged == 90


async def test_what_a_timer_of_something_else_counted_is_not_suggested_too(office: Office) -> None:
    office.does(REPLY)
    office.clock.forward(minutes=4)
    office.desk.local.timers.start(ticket_target(4199))
    office.clock.forward(minutes=10)
    office.desk.local.timers.pause(ticket_target(4199))
    office.clock.forward(minutes=6)
    office.does(NOTE)
    assert [minutes for _, minutes, _ in await office.suggested()] == [10]


async def test_a_timer_that_was_forgotten_takes_nothing_away(office: Office) -> None:
    office.desk.local.timers.start(ticket_target(4199))
    office.does(REPLY)
    office.clock.forward(minutes=20)
    office.does(NOTE)
    assert [minutes for _, minutes, _ in await office.suggested()] == [0]
    office.clock.forward(hours=10)
    assert [minutes for _, minutes, _ in await office.suggested()] == [20]


async def test_a_week_that_was_never_read_has_no_hours_rather_than_none(configured: Office) -> None:
    await configured.sheets.read()
    last_week = await configured.sheets.remembered(date(2026, 2, 25))
    assert last_week.read_at is None
    hours = await configured.sheets.remembered_hours()
    assert (hours.as_of, hours.items) == (None, ()), "the charts go back further than what was read"
