"""A client's validation: the chamado moved, the client answered and the ticket set, each exactly once."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from clients.boards.local import LocalBoard
from clients.models.answer import Answer, Kind
from clients.models.chamado import Chamado
from clients.models.fields import Vocabulary
from clients.models.lifecycle import LABELS, ChamadoStatus
from clients.models.moves import Move
from clients.models.ticket import CLOSED
from clients.models.validation import Verdict
from clients.store import Store
from tests.support.boards import draft
from tests.support.clock import Clock
from tests.support.ticket_server import CLIENT, ME, TICKET, TicketServer
from tui.disk import Disk
from tui.drafts import Drafts
from tui.flows.answer import Answering
from tui.flows.engine import QUARANTINE, Refused
from tui.flows.remotes import board_remotes, freshdesk_remotes
from tui.flows.validation import changes_for, development_status, verdict_steps
from tui.flows.workflows import Progress, Workflows
from tui.intent import State, Step
from tui.journal import Journal
from tui.session import Session
from tui.timers import Timers

pytestmark = pytest.mark.anyio
DEVELOPMENT = 7
WORDS = Vocabulary(statuses={2: "Aberto", 5: "Fechado", DEVELOPMENT: "Aguardando desenvolvimento"})
ME_HERE = Session.here()
GONE = Session(host=ME_HERE.host, pid=4_194_303, started="antes")
WAY = (
    Move(to=ChamadoStatus.BACKLOG, deadline=date(2026, 3, 30)),
    Move(to=ChamadoStatus.A_FAZER),
    Move(to=ChamadoStatus.DOING),
    Move(to=ChamadoStatus.PULL_REQUEST),
    Move(to=ChamadoStatus.PR_APROVADO),
    Move(to=ChamadoStatus.PUBLICADO_EM_HOMOLOGACAO, url="https://homologacao.exemplo.com.br"),
    Move(to=ChamadoStatus.TESTING),
    Move(to=ChamadoStatus.TEST_FINISHED),
    Move(to=ChamadoStatus.PUBLICADO, version="4.18.2"),
)
EXPECTED = {
    Verdict.VALIDATED: (ChamadoStatus.ENCERRADO, CLOSED),
    Verdict.FAILING: (ChamadoStatus.ERROR_FIX, DEVELOPMENT),
}


class Desk:
    """One session at the board and the ticket; another one finds the same disk."""

    def __init__(self, folder: Path, clock: Clock, server: TicketServer, session: Session = ME_HERE) -> None:
        self.store, self.disk, self.clock = Store(folder / "plantao.db"), Disk(), clock
        self.board = LocalBoard(self.store, clock)
        self.freshdesk = server.client(clock)
        self.journal = Journal(self.store, session, clock)
        drafts = Drafts(self.store, clock)
        answering = Answering(
            self.freshdesk, self.journal, drafts, ME, clock, disk=self.disk, sleep=clock.sleep
        )
        settle = Timers(self.store, clock).settle
        self.remotes = freshdesk_remotes(self.freshdesk, answering, ME, lambda: WORDS, settle)
        self.remotes |= board_remotes(self.board, LABELS)
        self.flows = Workflows(self.journal, self.disk, clock, self.remotes, sleep=clock.sleep)

    async def published(self) -> Chamado:
        sent = await self.board.submit(draft(ticket_id=TICKET), author="Marina")
        for number, move in enumerate(WAY):
            sent = await self.board.move(sent.id, move, event=f"e{number}", who="Téo")
        return sent

    async def steps(self, verdict: Verdict) -> tuple[Step, ...]:
        ticket = await self.freshdesk.ticket(TICKET)
        reply = Answer(ticket_id=TICKET, kind=Kind.REPLY, text="Obrigado por testar.")
        changes = changes_for(verdict, ticket, {}, WORDS)
        (chamado,) = await self.board.chamados()
        words = "> nas palavras dele"
        steps = verdict_steps(
            *(ticket, chamado, verdict, words, reply, changes),
            who="Rafael",
            labels=LABELS,
            last=9000,
            agent=ME,
        )
        return tuple(steps)

    async def does(self, steps: tuple[Step, ...]) -> Progress:
        planned = await self.flows.plan(steps)
        return await self.flows.carry_on(planned[0].workflow)

    async def close(self) -> None:
        await self.freshdesk.aclose()
        self.disk.close()
        self.store.close()


@pytest.fixture
def server() -> TicketServer:
    server = TicketServer()
    server.say("<div>Deu certo.</div>", CLIENT, incoming=True)
    return server


@pytest.fixture
async def desk(tmp_path: Path, clock: Clock, server: TicketServer) -> AsyncIterator[Desk]:
    desk = Desk(tmp_path, clock, server)
    await desk.published()
    yield desk
    await desk.close()


async def as_expected(desk: Desk, server: TicketServer, verdict: Verdict) -> None:
    """The chamado moved once with the client's words, the client answered once, the ticket set."""
    (chamado,) = await desk.board.chamados()
    last = chamado.events[-1]
    status, ticket_status = EXPECTED[verdict]
    assert (last.status, last.comment, last.who) == (status, "> nas palavras dele", "Rafael")
    assert len(chamado.events) == len(WAY) + 2
    assert server.public() == ["<div>Obrigado por testar.</div>"]
    assert server.ticket["status"] == ticket_status


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize(
    "faults", [[], ["lost before"], ["lost after"], ["", "lost before"], ["", "lost after"]]
)
async def test_either_verdict_is_one_operation_whatever_answers_are_lost(
    desk: Desk, server: TicketServer, verdict: Verdict, faults: list[str]
) -> None:
    server.faults = faults
    assert (await desk.does(await desk.steps(verdict))).is_done
    await as_expected(desk, server, verdict)


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("steps_done", [0, 1, 2])
@pytest.mark.parametrize("in_the_act", [False, True])
async def test_a_session_that_died_in_the_middle_is_gone_on_with(
    tmp_path: Path, clock: Clock, server: TicketServer, verdict: Verdict, steps_done: int, in_the_act: bool
) -> None:
    dying = Desk(tmp_path, clock, server, GONE)
    await dying.published()
    steps = await dying.flows.plan(await dying.steps(verdict))
    for step in steps[:steps_done]:
        begun = dying.journal.begin(step, QUARANTINE)
        remote_id = await dying.remotes[step.kind].do(begun)
        assert isinstance(remote_id, int | str)
        dying.journal.done(begun, remote_id)
    if in_the_act:  # it was done, and nobody wrote down what became of it
        begun = dying.journal.begin(steps[steps_done], QUARANTINE)
        await dying.remotes[begun.kind].do(begun)
    await dying.close()
    clock.forward(minutes=3)
    again = Desk(tmp_path, clock, server)
    ((first, *_),) = await again.flows.pending()
    assert (await again.flows.settle(first.workflow)).is_done
    await as_expected(again, server, verdict)
    await again.close()


@pytest.mark.parametrize("verdict", list(Verdict))
async def test_where_somebody_moved_the_chamado_nothing_is_done(
    desk: Desk, server: TicketServer, verdict: Verdict
) -> None:
    steps = await desk.steps(verdict)
    (chamado,) = await desk.board.chamados()
    back = Move(to=ChamadoStatus.ERROR_FIX, comment="Achamos outra falha.")
    await desk.board.move(chamado.id, back, event="outro", who="Lia")
    progress = await desk.does(steps)
    assert isinstance(progress.last, Refused)
    assert progress.last.trouble.title == "O chamado já mudou de situação"
    assert "por Lia" in progress.last.trouble.message
    assert [step.state for step in progress.steps] == [State.PLANNED] * 3
    assert server.public() == []
    assert server.ticket["status"] == 2


async def test_a_client_who_writes_meanwhile_keeps_the_ticket_open(desk: Desk, server: TicketServer) -> None:
    steps = await desk.steps(Verdict.VALIDATED)
    server.say("<div>Voltou o erro.</div>", CLIENT, incoming=True)
    progress = await desk.does(steps)
    assert isinstance(progress.last, Refused)
    assert server.public() == []
    assert server.ticket["status"] == 2


def test_the_status_in_development_is_found_by_its_name() -> None:
    assert development_status(WORDS) == DEVELOPMENT
    assert development_status(Vocabulary(statuses={2: "Aberto", 8: "Em desenvolvimento"})) is None
