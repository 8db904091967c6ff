"""From the local board to Redmine: everything, once, wherever it is broken off and begun again."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from clients.boards.local import LocalBoard
from clients.boards.redmine import RedmineBoard
from clients.errors import RemoteError
from clients.models.assistant.record import Decision, Rewriting
from clients.models.chamado import Chamado, ChamadoEvent
from clients.models.licence import LicenceCheck, LicenceState
from clients.models.lifecycle import ChamadoStatus
from clients.models.moves import Move
from clients.redmine import Redmine
from clients.store import Store
from tests.boards.conftest import REDMINES
from tests.support.boards import NOW, PLACE, draft, the_servers, ticking
from tests.support.cutting_proxy import Line, When, proxied
from tests.support.redmine_lab import Lab
from tui.flows.board_migration import Report, compare, foreseen, migrate

pytestmark = pytest.mark.anyio
STATUS = ChamadoStatus
WAY = (
    Move(to=STATUS.AGUARDANDO_INFORMACOES, comment="Qual a versão?"),
    Move(to=STATUS.TRIAGEM, comment="4.17"),
    Move(to=STATUS.BACKLOG, deadline=date(2026, 3, 20)),
    *(Move(to=to) for to in (STATUS.A_FAZER, STATUS.DOING, STATUS.PULL_REQUEST)),
    Move(to=STATUS.ERROR_FIX, comment="faltou o caso sem estoque"),
    *(Move(to=to) for to in (STATUS.DOING, STATUS.PULL_REQUEST, STATUS.PR_APROVADO)),
    Move(to=STATUS.PUBLICADO_EM_HOMOLOGACAO, url="https://homologacao.exemplo.com.br/4512"),
    *(Move(to=to) for to in (STATUS.TESTING, STATUS.TEST_FINISHED)),
    Move(to=STATUS.PUBLICADO, version="4.18.2"),
    Move(to=STATUS.ENCERRADO, comment="o cliente validou"),
)
WRITES = ("file", "task", "another task", "approval", "comment", "reproval")
"""What the migration of `_two` writes, in its order."""

_SANDBOX, _REAL = REDMINES
CUTS = [
    *(
        pytest.param("sandbox", number, when, marks=_SANDBOX.marks)
        for number in range(1, len(WRITES) + 1)
        for when in (When.BEFORE, When.AFTER)
    ),
    # where the real one could be another: what was done without an answer, and what was not
    pytest.param("real", WRITES.index("task") + 1, When.AFTER, marks=_REAL.marks),
    pytest.param("real", WRITES.index("approval") + 1, When.BEFORE, marks=_REAL.marks),
]


def _cut_name(value: object) -> str:
    return WRITES[value - 1] if isinstance(value, int) else str(value)


@dataclass
class Moving:
    """A local board with a past, and a Redmine that it goes to."""

    source: LocalBoard
    redmine: Lab
    line: Line
    url: str
    clients: list[Redmine]

    def target(self) -> RedmineBoard:
        """The board in Redmine, as another run has it."""
        lab = self.redmine
        self.clients.append(Redmine(self.url, lab.client()._connection._key))
        return RedmineBoard(self.clients[-1], PLACE, the_servers)

    async def run(self) -> Report:
        """Take everything over; the report in the end."""
        return [report async for report in migrate(self.source, self.target())][-1]

    async def pairs(self) -> list[tuple[Chamado, Chamado]]:
        """Each chamado as it was and as it is."""
        there = {each.id: each for each in await self.target().chamados()}
        return [(each, there[each.id]) for each in await self.source.chamados()]


@contextmanager
def _moving(redmine: Lab, folder: Path) -> Iterator[Moving]:
    line = Line()
    store = Store(folder / "plantao.db")
    with proxied(redmine.url, line) as url:
        moving = Moving(LocalBoard(store, ticking()), redmine, line, url, [])
        yield moving
        for client in moving.clients:
            client.close()
    store.close()


@pytest.fixture
def moving(redmine: Lab, tmp_path: Path) -> Iterator[Moving]:
    with _moving(redmine, tmp_path) as moving:
        yield moving


async def _two(source: LocalBoard, folder: Path) -> tuple[Chamado, Chamado]:
    """One with a file that was approved, and its double."""
    picture = folder / "tela inteira.png"
    picture.write_bytes(b"\x89PNG tela")
    licence = LicenceCheck(
        email="financeiro@padaria-aurora.example",
        state=LicenceState.UNCHECKED,
        source="Painel",
        checked_at=NOW,
        reason="enviado assim por Marina",
    )
    wanted = draft(files=f"{picture}\nhttps://exemplo.example/video")
    first = await source.submit(wanted, author="Marina", licence=licence)
    double = await source.submit(draft(title="Nota rejeitada de novo"), author="Téo")
    await source.move(first.id, WAY[2], event=f"{first.id}-1", who="Ana")
    await source.comment(first.id, "O cliente ligou.\nEstá parado.", event=f"{first.id}-2", who="Marina")
    said = Move(to=STATUS.REPROVADO, comment="é o mesmo", duplicate_of=first.number)
    await source.move(double.id, said, event=f"{double.id}-1", who="Ana")
    await source.announce(first.id, first.id, "sessão")
    await source.announce(first.id, f"{first.id}-1", "sessão")
    return first, double


def _same_events(was: Chamado, now: Chamado) -> None:
    def plain(event: ChamadoEvent) -> ChamadoEvent:
        return event.model_copy(update={"duplicate_of": None})

    assert [plain(event) for event in now.events] == [plain(event) for event in was.events]


def _same(was: Chamado, now: Chamado) -> None:
    _same_events(was, now)
    own = {"number", "files", "events", "announced", "updated_at"}
    assert now.model_dump(exclude=own) == was.model_dump(exclude=own)
    assert sorted(now.announced) == sorted(was.announced)
    assert len(now.files) == len(was.files)


async def test_a_whole_life_is_taken_over_as_it_was(moving: Moving, tmp_path: Path) -> None:
    sent = await moving.source.submit(draft(), author="Marina")
    for number, move in enumerate(WAY):
        await moving.source.move(sent.id, move, event=f"{sent.id}-{number}", who="Téo")
    report = await moving.run()
    assert (report.chamados, report.events, report.differences) == (1, len(WAY), {})
    ((was, now),) = await moving.pairs()
    _same(was, now)
    assert (now.status, now.version, now.deadline) == (STATUS.ENCERRADO, "4.18.2", date(2026, 3, 20))
    notes = [entry["notes"] for entry in moving.redmine.issue(now.number, "journals")["journals"]]
    assert notes[0].startswith("09/03/2026 09:")
    assert "Téo:\nTriagem → Aguardando Informações\nQual a versão?" in notes[0]


async def test_files_licences_doubles_and_what_was_announced_come_along(
    moving: Moving, tmp_path: Path
) -> None:
    await _two(moving.source, tmp_path)
    report = await moving.run()
    assert (report.chamados, report.events, report.files, report.announced) == (2, 3, 1, 2)
    assert report.differences == {}
    (was_double, double), (was_first, first) = await moving.pairs()
    _same(was_first, first)
    _same(was_double, double)
    assert double.events[-1].duplicate_of == first.number
    (file,) = moving.redmine.issue(first.number, "attachments")["attachments"]
    assert (file["filename"], file["filesize"]) == ("tela inteira.png", 9)
    assert await moving.target().announce(first.id, first.id, "outra sessão") != "outra sessão"
    assert len(moving.line.writes) == len(WRITES)


async def test_of_a_rewriting_the_decision_comes_along_and_the_texts_do_not(moving: Moving) -> None:
    rewriting = Rewriting(
        original="o CPF é segredo", proposal="sem o CPF", decision=Decision.EDITED, who="Ana", at=NOW
    )
    sent = await moving.source.submit(
        draft().model_copy(update={"rewritings": (rewriting,)}), author="Marina"
    )
    assert (await moving.run()).differences == {}
    there = await moving.target().chamado(sent.id)
    assert there is not None
    assert there.rewritings == (rewriting.without_texts,)
    assert "segredo" not in moving.redmine.issue(there.number)["description"]


async def test_one_that_nobody_is_named_as_author_of_stays_so(moving: Moving) -> None:
    sent = await moving.source.submit(draft())
    await moving.source.move(sent.id, WAY[2], event=f"{sent.id}-1", who="")
    assert (await moving.run()).differences == {}
    ((was, now),) = await moving.pairs()
    _same(was, now)
    assert now.author == now.events[0].who == now.events[1].who == ""


async def test_a_simulation_writes_nothing_and_foresees_it_all(moving: Moving, tmp_path: Path) -> None:
    await _two(moving.source, tmp_path)
    report = foreseen(await compare(moving.source, moving.target()))
    assert (report.chamados, report.events, report.files, report.announced) == (2, 3, 1, 2)
    assert moving.line.writes == []
    await moving.run()
    after = foreseen(await compare(moving.source, moving.target()))
    assert (after.chamados, after.events, after.files, after.announced, after.complete) == (0, 0, 0, 0, 2)


@pytest.mark.parametrize(("redmine", "number", "when"), CUTS, indirect=["redmine"], ids=_cut_name)
async def test_broken_off_at_any_write_it_is_gone_on_with(
    moving: Moving, tmp_path: Path, number: int, when: When
) -> None:
    await _two(moving.source, tmp_path)
    moving.line.watch(lambda count, _: count == number, when, lambda: None, cuts=True)
    with pytest.raises(RemoteError):
        await moving.run()
    assert moving.line.hit.is_set()
    report = await moving.run()
    assert report.differences == {}
    for was, now in await moving.pairs():
        _same(was, now)
    ids = {each.id for each in await moving.source.chamados()}
    titled = moving.redmine.rows(project_id="chamados", status_id="*", limit=100)
    held = [str(row["custom_fields"]) for row in titled]
    assert [sum(id in fields for fields in held) for id in ids] == [1, 1]
    moving.line.writes.clear()
    again = await moving.run()
    assert moving.line.writes == []
    assert (again.chamados, again.events, again.complete, again.differences) == (0, 0, 2, {})


async def test_what_happened_here_since_comes_along_and_what_happened_there_stays(
    moving: Moving, tmp_path: Path
) -> None:
    first, double = await _two(moving.source, tmp_path)
    await moving.run()
    await moving.source.comment(double.id, "de novo", event=f"{double.id}-2", who="Ana")
    await moving.source.announce(double.id, f"{double.id}-1", "sessão")
    onward = Move(to=STATUS.A_FAZER)
    await moving.target().move(first.id, onward, event=f"{first.id}-lá", who="Dev")
    report = await moving.run()
    assert (report.events, report.announced, report.complete) == (1, 1, 1)
    assert report.differences == {}
    (_, there_double), (_, there) = await moving.pairs()
    assert there.status is STATUS.A_FAZER
    assert there_double.events[-1].comment == "de novo"
    assert f"{double.id}-1" in there_double.announced


async def test_two_who_migrate_at_once_take_it_over_once(moving: Moving, tmp_path: Path) -> None:
    await _two(moving.source, tmp_path)
    await asyncio.gather(moving.run(), moving.run())
    for was, now in await moving.pairs():
        _same(was, now)


async def test_one_that_cannot_be_taken_is_told_and_the_others_are(moving: Moving, tmp_path: Path) -> None:
    first, double = await _two(moving.source, tmp_path)
    kept = next(Path(entry) for entry in first.files if not entry.startswith("https"))
    kept.unlink()
    report = await moving.run()
    assert "tela inteira.png" in report.differences[first.number][0]
    assert report.chamados == 1
    assert await moving.target().chamado(double.id) is not None
    kept.write_bytes(b"\x89PNG tela")
    assert (await moving.run()).differences == {}
    assert await moving.target().chamado(first.id) is not None


async def test_where_the_workflow_does_not_lead_the_history_is_told_all_the_same(
    moving: Moving, tmp_path: Path
) -> None:
    sent = await moving.source.submit(draft(), author="Marina")
    for number, move in enumerate(WAY[2:4]):
        await moving.source.move(sent.id, move, event=f"{sent.id}-{number}", who="Téo")
    target = moving.target()
    layout = await target.layout()
    received = await target.receive(await _of(moving.source, sent.id))
    # a developer was there first, and nothing leads from where he put it to where it was
    lab = moving.redmine
    reproved = {"issue": {"status_id": layout.statuses[STATUS.REPROVADO]}}
    assert lab.ask("PUT", f"/issues/{received.number}.json", body=reproved).status_code == 204
    report = await moving.run()
    ((was, now),) = await moving.pairs()
    assert {event.id for event in was.events} <= {event.id for event in now.events}
    assert now.status is STATUS.REPROVADO
    assert report.events == 2


async def _of(board: LocalBoard, id: str) -> Chamado:
    found = await board.chamado(id)
    assert found is not None
    return found
