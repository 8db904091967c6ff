"""Closing with a reason, and turning into planning: each step once, whatever answers are lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from clients.errors import OutcomeUnknown
from clients.models.answer import Answer, Kind
from clients.models.fields import Vocabulary
from clients.models.rules.planning import planning_changes
from clients.models.task import Named, Task, TaskStatus
from clients.models.ticket import CLOSED, PENDING
from clients.models.timer import ticket_target
from clients.store import Store
from tests.support.clock import Clock
from tests.support.ticket_server import CLIENT, ME, TICKET, WHEN, TicketServer
from tui.disk import Disk
from tui.drafts import Drafts
from tui.flows.answer import Answering
from tui.flows.closing import TimeLogged, closing_of, closing_steps
from tui.flows.engine import Found, Missing, Refused
from tui.flows.planning import planning_steps
from tui.flows.remotes import freshdesk_remotes
from tui.flows.tasks import UPDATE, TaskEdit
from tui.flows.workflows import Progress, Workflows
from tui.intent import Intent, State, Step
from tui.journal import Journal
from tui.session import Session
from tui.timers import Timers

pytestmark = pytest.mark.anyio
WORDS = Vocabulary(statuses={2: "Aberto", 3: "Pendente", 5: "Fechado"}, agents={ME: "Rafael"})
REASON = "Confirmado por telefone."
PLANNING = Named(id=7, name="Planejamento")
TASK = Task(
    id=812,
    project=Named(id=1),
    tracker=Named(id=4, name="Bug"),
    status=TaskStatus(id=1),
    created_on=WHEN,
    updated_on=WHEN,
)
FAULTS = ("lost before", "lost after")


class TaskServer:
    """The one task; ``faults`` are what the next writes meet, in order."""

    def __init__(self) -> None:
        self.trackers: list[int] = []
        self.faults: list[str] = []

    async def ready(self, intent: Intent) -> None:
        pass

    async def do(self, intent: Intent) -> int:
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "lost before":
            raise OutcomeUnknown("Redmine", "sem resposta")
        tracker = TaskEdit.model_validate(intent.payload).changes.tracker_id
        assert tracker is not None
        self.trackers.append(tracker)
        if fault == "lost after":
            raise OutcomeUnknown("Redmine", "sem resposta")
        return TASK.id

    async def look(self, intent: Intent) -> Found | Missing:
        return Found(TASK.id) if self.trackers else Missing("está como antes")

    def conclude(self, intent: Intent) -> None:
        pass


class Desk:
    def __init__(self, path: Path, clock: Clock, server: TicketServer) -> None:
        self.store, self.disk, self.clock = Store(path), Disk(), clock
        self.server, self.tasks = server, TaskServer()
        self.freshdesk = server.client(clock)
        self.timers = Timers(self.store, clock)
        journal = Journal(self.store, Session.here(), clock)
        drafts = Drafts(self.store, clock)
        answering = Answering(self.freshdesk, journal, drafts, ME, clock, disk=self.disk, sleep=clock.sleep)
        ours = freshdesk_remotes(self.freshdesk, answering, ME, lambda: WORDS, self.timers.settle)
        remotes = ours | {UPDATE: self.tasks}
        self.flows = Workflows(journal, self.disk, clock, remotes, sleep=clock.sleep)

    async def closing(self) -> tuple[Step, ...]:
        ticket = await self.freshdesk.ticket(TICKET)
        said = tuple(await self.freshdesk.conversations(TICKET))
        return closing_steps(closing_of(ticket, said, ""), {}, REASON, ME)

    async def planning(self) -> tuple[Step, ...]:
        ticket = await self.freshdesk.ticket(TICKET)
        planning = planning_changes(ticket, (TASK,), (PLANNING,), WORDS, "Vai ao comitê.")
        reply = Answer(ticket_id=TICKET, kind=Kind.REPLY, text=planning.reply)
        return tuple(planning_steps(ticket, TASK, planning, reply, {}, last=9000, agent=ME))

    async def does(self, steps: tuple[Step, ...]) -> Progress:
        planned = await self.flows.plan(steps)
        return await self.flows.carry_on(planned[0].workflow)

    def time(self, *, on_ticket: bool = False) -> TimeLogged:
        return TimeLogged(self.freshdesk, None, self.timers, self.disk, self.clock, on_ticket=on_ticket)


@pytest.fixture
def server() -> TicketServer:
    server = TicketServer()
    server.say("<div>Obrigado.</div>", CLIENT, incoming=True)
    return server


@pytest.fixture
async def desk(tmp_path: Path, clock: Clock, server: TicketServer) -> AsyncIterator[Desk]:
    desk = Desk(tmp_path / "plantao.db", clock, server)
    yield desk
    await desk.freshdesk.aclose()
    desk.disk.close()
    desk.store.close()


def notes(server: TicketServer) -> list[str]:
    return [str(row["body"]) for row in server.said if row["private"]]


@pytest.mark.parametrize(
    "faults", [[], ["lost before"], ["lost after"], ["", "lost before"], ["", "lost after"]]
)
async def test_the_reason_is_noted_once_and_the_ticket_closed(
    desk: Desk, server: TicketServer, faults: list[str]
) -> None:
    server.faults = faults
    assert (await desk.does(await desk.closing())).is_done
    (note,) = notes(server)
    assert REASON in note
    assert server.ticket["status"] == CLOSED


async def test_a_client_who_writes_before_the_note_keeps_the_ticket_open(
    desk: Desk, server: TicketServer
) -> None:
    steps = await desk.closing()
    server.say("<div>Voltou o erro.</div>", CLIENT, incoming=True)
    progress = await desk.does(steps)
    assert isinstance(progress.last, Refused)
    assert notes(server) == []
    assert server.ticket["status"] == 2


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("boundary", range(3))
async def test_planning_neither_doubles_nor_loses_a_step(
    desk: Desk, server: TicketServer, fault: str, boundary: int
) -> None:
    desk.tasks.faults = [fault] if boundary == 0 else []
    server.faults = [[], [fault], ["", fault]][boundary]
    assert (await desk.does(await desk.planning())).is_done
    assert desk.tasks.trackers == [PLANNING.id]
    assert server.public() == ["<div>Vai ao comitê.</div>"]
    assert server.ticket["status"] == CLOSED


async def test_a_status_that_the_reply_itself_moves_is_no_obstacle(desk: Desk, server: TicketServer) -> None:
    server.on_post = lambda: server.ticket.update(status=PENDING)
    assert (await desk.does(await desk.planning())).is_done
    assert server.ticket["status"] == CLOSED


async def test_a_refused_reply_leaves_the_ticket_open(desk: Desk, server: TicketServer) -> None:
    server.faults = ["refused"]
    progress = await desk.does(await desk.planning())
    assert [step.state for step in progress.steps] == [State.DONE, State.PLANNED, State.PLANNED]
    assert server.ticket["status"] == 2


async def test_a_timer_that_is_not_logged_stands_against_finishing(desk: Desk, clock: Clock) -> None:
    desk.timers.start(ticket_target(TICKET))
    clock.forward(minutes=12)
    assert "12 min sem lançar" in await desk.time().against(TICKET)
    desk.timers.stop(ticket_target(TICKET))
    desk.timers.settle(ticket_target(TICKET), 12, "op", clock())
    assert await desk.time().against(TICKET) == ""


async def test_where_time_goes_nowhere_none_is_asked_for(desk: Desk) -> None:
    assert await desk.time().against(TICKET) == ""


async def test_time_that_cannot_be_looked_up_is_said(desk: Desk, server: TicketServer) -> None:
    server.reads_refused = True
    assert (await desk.time(on_ticket=True).against(TICKET)).startswith("Não deu para conferir o tempo")
