from collections.abc import AsyncIterator

import pytest

from clients.models.fields import Vocabulary
from clients.store import Store
from tests.support.clock import Clock
from tests.support.ticket_server import COLLEAGUE, ME, TICKET, TicketServer
from tui.disk import Disk
from tui.flows.engine import Refused, Sent, Unknown
from tui.flows.ticket_fields import KIND, TicketFields, edit_step
from tui.flows.workflows import Progress, Workflows
from tui.journal import Journal
from tui.session import Session

pytestmark = pytest.mark.anyio
WORDS = Vocabulary(
    statuses={2: "Aberto", 3: "Pendente", 5: "Fechado"}, agents={ME: "Rafael", COLLEAGUE: "Bruna"}
)


class Desk:
    def __init__(self, store: Store, clock: Clock, server: TicketServer) -> None:
        self.server = server
        self.disk = Disk()
        self.freshdesk = server.client(clock)
        journal = Journal(store, Session.here(), clock)
        remotes = {KIND: TicketFields(self.freshdesk, lambda: WORDS)}
        self.flows = Workflows(journal, self.disk, clock, remotes, sleep=clock.sleep)

    async def plans(self, **changes: object) -> str:
        step = edit_step(await self.freshdesk.ticket(TICKET), changes)  # type: ignore[arg-type]
        return (await self.flows.plan([step]))[0].workflow

    async def sets(self, **changes: object) -> Progress:
        return await self.flows.carry_on(await self.plans(**changes))


@pytest.fixture
def server() -> TicketServer:
    return TicketServer()


@pytest.fixture
async def desk(store: Store, clock: Clock, server: TicketServer) -> AsyncIterator[Desk]:
    desk = Desk(store, clock, server)
    yield desk
    await desk.freshdesk.aclose()
    desk.disk.close()


async def test_only_what_differs_is_sent(desk: Desk, server: TicketServer) -> None:
    progress = await desk.sets(
        status=3, responder_id=ME, custom_fields={"cf_ambiente": "Produção", "cf_x": "1"}
    )
    assert isinstance(progress.last, Sent)
    assert server.puts == [{"status": 3, "custom_fields": {"cf_x": "1"}}]
    assert server.ticket["status"] == 3
    assert server.ticket["custom_fields"] == {"cf_ambiente": "Produção", "cf_x": "1"}


async def test_what_is_so_already_costs_no_write(desk: Desk, server: TicketServer) -> None:
    assert (await desk.sets(responder_id=ME)).is_done
    assert server.puts == []


async def test_what_a_colleague_changed_meanwhile_is_not_written_over(
    desk: Desk, server: TicketServer
) -> None:
    workflow = await desk.plans(responder_id=None, status=3)
    server.ticket["responder_id"] = COLLEAGUE
    progress = await desk.flows.carry_on(workflow)
    assert isinstance(progress.last, Refused)
    assert "Responsável: de Rafael para Bruna" in progress.last.trouble.message
    assert server.puts == []


async def test_another_field_that_changed_is_no_obstacle(desk: Desk, server: TicketServer) -> None:
    workflow = await desk.plans(status=3)
    server.ticket["responder_id"] = COLLEAGUE
    assert (await desk.flows.carry_on(workflow)).is_done
    assert server.puts == [{"status": 3}]


@pytest.mark.parametrize("fault", ["lost before", "lost after"])
async def test_a_lost_answer_ends_in_the_field_being_set(
    desk: Desk, server: TicketServer, fault: str
) -> None:
    server.faults = [fault]
    assert (await desk.sets(status=5)).is_done
    assert server.ticket["status"] == 5


async def test_a_field_that_is_neither_old_nor_new_is_asked_about(desk: Desk, server: TicketServer) -> None:
    server.faults = ["lost before"]
    workflow = await desk.plans(status=5)

    async def colleague_is_faster(seconds: float) -> None:
        server.ticket["status"] = 3

    desk.flows._engine._sleep = colleague_is_faster
    progress = await desk.flows.carry_on(workflow)
    assert isinstance(progress.last, Unknown)
    assert len(server.puts) == 1


async def test_a_server_that_takes_and_forgets_is_found_out(desk: Desk, server: TicketServer) -> None:
    server.faults = ["ignored"]
    progress = await desk.sets(status=5)
    assert isinstance(progress.last, Refused)
    assert "status" in progress.last.trouble.message


async def test_a_server_that_takes_some_and_forgets_others_has_done_it_but_for_those(
    desk: Desk, server: TicketServer
) -> None:
    server.forgets = frozenset(("status", "cf_x"))
    progress = await desk.sets(
        status=5, responder_id=None, custom_fields={"cf_ambiente": "Homologação", "cf_x": "1"}
    )
    assert progress.is_done
    assert server.ticket["responder_id"] is None
    (trouble,) = progress.troubles
    assert trouble.message == "#4102: o servidor não mudou cf_x, status"


@pytest.mark.usefixtures("no_waiting")
async def test_a_read_that_fails_just_before_the_write_leaves_no_doubt(
    desk: Desk, server: TicketServer, clock: Clock
) -> None:
    workflow = await desk.plans(status=5)
    server.broken_reads = (1, 99)  # not the look whether anybody changed it meanwhile, but the next
    progress = await desk.flows.carry_on(workflow)
    assert isinstance(progress.last, Refused)
    assert "Nada foi gravado" in progress.last.trouble.way_out
    assert (server.puts, clock.slept) == ([], [])
    server.broken_reads = (0, 0)
    assert (await desk.flows.carry_on(workflow)).is_done
