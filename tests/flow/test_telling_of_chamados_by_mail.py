"""What happens to a chamado reaches each address once, though two analysts see the same change."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from clients.boards.local import LocalBoard
from clients.models.chamado import Chamado
from clients.models.feed import Feed
from clients.models.fields import Vocabulary
from clients.models.lifecycle import LABELS, ChamadoStatus
from clients.models.moves import Move
from clients.store import Store
from tests.support.boards import NOW, draft
from tests.support.clock import Clock
from tests.support.mail import PostOffice, post_office
from tui.chamado_room import ChamadoRoom
from tui.cli.step_lines import step_line
from tui.disk import Disk
from tui.flows.announcing import TOLD_WITHIN, TRIES
from tui.flows.workflows import Workflows
from tui.intent import State
from tui.journal import Journal
from tui.session import Session

pytestmark = pytest.mark.anyio
APPROVED = Move(to=ChamadoStatus.BACKLOG, deadline=date(2026, 3, 30))
ANA, BRUNO = "ana@padaria-aurora.example", "bruno@padaria-aurora.example"
ME = Session.here()


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
async def office(tmp_path: Path, clock: Clock) -> AsyncIterator[PostOffice]:
    async with post_office(tmp_path / "cartas", clock) as office:
        yield office


class Analyst:
    """One analyst's journal, on the board that all share."""

    def __init__(
        self, folder: Path, name: str, office: PostOffice | None, clock: Clock, session: Session = ME
    ) -> None:
        shared = folder / "quadro"
        if not shared.exists():
            shared.mkdir()
            shared.chmod(0o2770)
        self.board = LocalBoard(Store(shared / "chamados.db", shared=True), clock)
        disk = Disk()
        self.journal = Journal(Store(folder / name / "plantao.db"), session, clock)
        mail = office.mail(clock) if office else None
        self.room = ChamadoRoom(self.board, mail, self.journal, disk, clock, LABELS)
        self.workflows = Workflows(
            self.journal,
            disk,
            clock,
            self.room.remotes(),
            sleep=clock.sleep,
            quarantine=timedelta(seconds=90),
        )

    async def look(self) -> Feed[Chamado]:
        return Feed(await self.board.chamados())

    async def plan(self) -> tuple[str, ...]:
        return await self.room.letters(await self.look())

    async def tell(self) -> None:
        for workflow in await self.plan():
            await self.workflows.carry_on(workflow)


async def approved(analyst: Analyst) -> Chamado:
    sent = await analyst.board.submit(draft(), author="Marina")
    return await analyst.board.move(sent.id, APPROVED, event="aprova", who="Téo")


async def test_the_approval_is_told_to_each_address_alone(
    tmp_path: Path, office: PostOffice, clock: Clock
) -> None:
    ana = Analyst(tmp_path, "ana", office, clock)
    await approved(ana)
    await ana.tell()
    assert [address for address, _ in office.received] == [ANA, BRUNO]
    assert all("Prazo: 30/03/2026" in text for _, text in office.received)
    assert all(len(letter.recipients) == 1 for letter in office.room.letters)
    assert BRUNO not in office.room.letters[0].raw.decode()
    await ana.tell()
    assert len(office.received) == 2, "told once"


async def test_two_analysts_see_the_same_change_and_it_is_told_once(
    tmp_path: Path, office: PostOffice, clock: Clock
) -> None:
    ana, beto = (Analyst(tmp_path, name, office, clock) for name in ("ana", "beto"))
    await approved(ana)
    planned = await ana.plan(), await beto.plan()
    assert [len(each) for each in planned] == [2, 2], "both have seen it before either told"
    await asyncio.gather(
        *(ana.workflows.carry_on(each) for each in planned[0]),
        *(beto.workflows.carry_on(each) for each in planned[1]),
    )
    assert sorted(address for address, _ in office.received) == [ANA, BRUNO]
    assert not ana.journal.pending()
    assert not beto.journal.pending()


async def test_who_sees_it_later_has_nothing_to_tell(
    tmp_path: Path, office: PostOffice, clock: Clock
) -> None:
    ana, beto = (Analyst(tmp_path, name, office, clock) for name in ("ana", "beto"))
    await approved(ana)
    await ana.tell()
    assert await beto.plan() == ()


@pytest.mark.parametrize("steps_done", [0, 1, 2, 3])
async def test_a_session_that_died_in_the_middle_is_gone_on_with(
    tmp_path: Path, office: PostOffice, clock: Clock, steps_done: int
) -> None:
    gone = Session(host=ME.host, pid=4_194_303, started="antes")
    ana = Analyst(tmp_path, "ana", office, clock, gone)
    await approved(ana)
    for workflow in (await ana.plan())[: steps_done // 2]:
        await ana.workflows.carry_on(workflow)
    if steps_done % 2:  # claimed, and the letter not yet handed in
        workflow = ana.journal.pending()[0].workflow
        claim = ana.journal.workflow(workflow)[0]
        begun = ana.journal.begin(claim, timedelta(seconds=90))
        won = await ana.board.announce(
            str(begun.payload["chamado"]), "aprova", str(begun.payload["claimant"])
        )
        ana.journal.done(begun, won)
    again = Analyst(tmp_path, "ana", office, clock)
    await again.tell()
    assert sorted(address for address, _ in office.received) == [ANA, BRUNO]


async def test_a_refused_address_keeps_no_other_from_being_told(
    tmp_path: Path, office: PostOffice, clock: Clock
) -> None:
    office.room.knobs.refused = [ANA]
    ana = Analyst(tmp_path, "ana", office, clock)
    await approved(ana)
    await ana.tell()
    assert [address for address, _ in office.received] == [BRUNO]
    (waiting,) = ana.journal.pending()
    assert waiting.state is State.PLANNED
    assert "User unknown" in waiting.evidence
    assert "✖ recusado" in step_line(waiting, Vocabulary())
    for _ in range(TRIES):
        clock.forward(hours=3)
        assert await ana.plan() == (), "refused for good: nothing comes of asking again"
    office.room.knobs.refused = []
    await ana.workflows.carry_on(waiting.workflow)
    assert [address for address, _ in office.received] == [BRUNO, ANA], "but where the analyst says so"


async def test_what_the_server_put_off_is_tried_again_later_and_not_for_ever(
    tmp_path: Path, office: PostOffice, clock: Clock
) -> None:
    office.room.knobs.next_4xx = 1
    ana = Analyst(tmp_path, "ana", office, clock)
    await approved(ana)
    await ana.tell()
    assert [address for address, _ in office.received] == [BRUNO]
    assert await ana.plan() == (), "not at once"
    clock.forward(minutes=6)
    await ana.tell()
    assert sorted(address for address, _ in office.received) == [ANA, BRUNO]
    office.room.knobs.next_4xx = 2 * TRIES
    await ana.board.move(
        (await ana.look()).items[0].id, Move(to=ChamadoStatus.A_FAZER), event="dev", who="Téo"
    )
    sent = await ana.board.submit(draft(), author="Marina")
    await ana.board.move(sent.id, APPROVED, event="outro", who="Téo")
    for _ in range(TRIES + 3):
        await ana.tell()
        clock.forward(hours=3)
    assert {intent.attempts for intent in ana.journal.pending()} == {TRIES}
    assert await ana.plan() == ()


async def test_a_lost_answer_is_asked_about_and_never_sent_again_blindly(
    tmp_path: Path, office: PostOffice, clock: Clock
) -> None:
    office.room.knobs.drop_after_commit = 1
    ana = Analyst(tmp_path, "ana", office, clock)
    await approved(ana)
    await ana.tell()
    (waiting,) = ana.journal.pending()
    assert waiting.state is State.ASK
    clock.forward(hours=3)
    await ana.tell()
    assert len(office.received) == 2


async def test_an_old_board_is_not_told_anew(tmp_path: Path, office: PostOffice, clock: Clock) -> None:
    ana = Analyst(tmp_path, "ana", office, clock)
    await approved(ana)
    clock.forward(seconds=TOLD_WITHIN.total_seconds() + 1)
    assert await ana.plan() == ()


async def test_without_a_mail_server_nothing_is_claimed(
    tmp_path: Path, office: PostOffice, clock: Clock
) -> None:
    ana, beto = Analyst(tmp_path, "ana", None, clock), Analyst(tmp_path, "beto", office, clock)
    await approved(ana)
    assert await ana.plan() == ()
    await beto.tell()
    assert len(office.received) == 2


async def test_every_status_that_concerns_the_author_is_told_in_its_turn(
    tmp_path: Path, office: PostOffice, clock: Clock
) -> None:
    ana = Analyst(tmp_path, "ana", office, clock)
    wanted = draft(notify=ANA)
    await ana.board.submit(wanted)
    way = (
        Move(to=ChamadoStatus.AGUARDANDO_INFORMACOES, comment="Com qual usuário?"),
        Move(to=ChamadoStatus.TRIAGEM, comment="Com o caixa1."),
        APPROVED,
        *(Move(to=to) for to in (ChamadoStatus.A_FAZER, ChamadoStatus.DOING, ChamadoStatus.PULL_REQUEST)),
        Move(to=ChamadoStatus.PR_APROVADO),
        Move(to=ChamadoStatus.PUBLICADO_EM_HOMOLOGACAO, url="https://homologacao.exemplo.com.br"),
        Move(to=ChamadoStatus.TESTING),
        Move(to=ChamadoStatus.TEST_FINISHED),
        Move(to=ChamadoStatus.PUBLICADO, version="4.18.2"),
        Move(to=ChamadoStatus.ENCERRADO, comment="Testei e deu certo."),
    )
    for number, move in enumerate(way):
        await ana.board.move(wanted.id, move, event=f"e{number}", who="Téo")
        await ana.tell()
        clock.forward(hours=1)
    url = "https://homologacao.exemplo.com.br"
    told = ("Com qual usuário?", "30/03/2026", url, "4.18.2", "4.18.2")
    for word, (_, text) in zip(told, office.received, strict=True):
        assert word in text
