"""The last edit of a ticket is taken back, and nobody's but one's own."""

from collections.abc import AsyncIterator

import pytest

from clients.models.fields import Vocabulary
from clients.store import Store
from tests.support.clock import Clock
from tests.support.ticket_server import COLLEAGUE, ME, TICKET, TicketServer
from tui.disk import Disk
from tui.flows.ticket_fields import KIND, TicketFields, edit_after_answer, edit_step
from tui.flows.undoing import ChangedSince, NothingToUndo, Undo, undo_last
from tui.flows.workflows import Workflows
from tui.intent import Step
from tui.journal import Journal
from tui.session import Session

pytestmark = pytest.mark.anyio
WORDS = Vocabulary(
    statuses={2: "Aberto", 3: "Pendente", 5: "Fechado"}, agents={ME: "Rafael", COLLEAGUE: "Bruna"}
)


class Desk:
    def __init__(self, store: Store, clock: Clock, server: TicketServer) -> None:
        self.server, self.clock, self.disk = server, clock, Disk()
        self.freshdesk = server.client(clock)
        self.journal = Journal(store, Session.here(), clock)
        remotes = {KIND: TicketFields(self.freshdesk, lambda: WORDS)}
        self.flows = Workflows(self.journal, self.disk, clock, remotes, sleep=clock.sleep)

    async def does(self, step: Step) -> bool:
        self.clock.forward(seconds=1)
        planned = await self.flows.plan([step])
        return (await self.flows.carry_on(planned[0].workflow)).is_done

    async def sets(self, **changes: object) -> None:
        step = edit_step(await self.freshdesk.ticket(TICKET), changes)  # type: ignore[arg-type]
        assert await self.does(step)

    async def undo(self) -> Undo:
        return undo_last(self.journal, await self.freshdesk.ticket(TICKET), WORDS)


@pytest.fixture
def server() -> TicketServer:
    return TicketServer()


@pytest.fixture
async def desk(store: Store, clock: Clock, server: TicketServer) -> AsyncIterator[Desk]:
    desk = Desk(store, clock, server)
    yield desk
    await desk.freshdesk.aclose()
    desk.disk.close()


async def test_the_last_edit_is_taken_back_and_the_undo_too(desk: Desk, server: TicketServer) -> None:
    before = server.ticket["status"], server.ticket["responder_id"]
    await desk.sets(responder_id=None)
    await desk.sets(status=3)
    undo = await desk.undo()
    assert [(one.label, one.before) for one in undo.told] == [("Situação", "Pendente")]
    assert await desk.does(undo.step)
    assert (server.ticket["status"], server.ticket["responder_id"]) == (before[0], None)
    again = await desk.undo()
    assert dict(again.changes) == {"status": 3}


async def test_what_a_colleague_set_since_is_left_alone(desk: Desk, server: TicketServer) -> None:
    await desk.sets(responder_id=None)
    server.ticket["responder_id"] = COLLEAGUE
    with pytest.raises(ChangedSince, match="Responsável já é Bruna"):
        await desk.undo()


async def test_what_a_colleague_sets_while_one_decides_is_left_alone(
    desk: Desk, server: TicketServer
) -> None:
    await desk.sets(status=3)
    undo = await desk.undo()
    server.ticket["status"] = 5
    assert not await desk.does(undo.step)
    assert server.ticket["status"] == 5


async def test_where_nothing_was_edited_there_is_nothing_to_undo(desk: Desk) -> None:
    with pytest.raises(NothingToUndo):
        await desk.undo()


async def test_what_went_along_with_an_answer_stays(desk: Desk) -> None:
    assert await desk.does(edit_after_answer(await desk.freshdesk.ticket(TICKET), {"status": 3}))
    with pytest.raises(NothingToUndo, match="junto com uma resposta"):
        await desk.undo()
