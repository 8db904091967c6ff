"""What every board does, wherever it is kept: once, in order, by the table, for several analysts at once."""

import asyncio
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from clients.errors import NotFound, Rejected
from clients.models.lifecycle import ChamadoStatus
from clients.models.moves import Move
from tests.support.boards import BoardLab, draft

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]
BACKLOG = Move(to=ChamadoStatus.BACKLOG, deadline=date(2099, 3, 20))
ONWARD = (
    BACKLOG,
    Move(to=ChamadoStatus.A_FAZER),
    Move(to=ChamadoStatus.DOING, comment="começou"),
    Move(to=ChamadoStatus.PULL_REQUEST),
    Move(to=ChamadoStatus.ERROR_FIX, comment="faltou o caso sem estoque"),
    Move(to=ChamadoStatus.DOING),
    Move(to=ChamadoStatus.PULL_REQUEST),
    Move(to=ChamadoStatus.PR_APROVADO),
    Move(to=ChamadoStatus.PUBLICADO_EM_HOMOLOGACAO, url="https://homologacao.exemplo.com.br/4512"),
    Move(to=ChamadoStatus.TESTING),
    Move(to=ChamadoStatus.TEST_FINISHED),
    Move(to=ChamadoStatus.PUBLICADO, version="4.18.2"),
    Move(to=ChamadoStatus.ENCERRADO, comment="o cliente validou"),
)


async def test_a_draft_sent_is_in_triagem_for_everybody(lab: BoardLab) -> None:
    mine, yours = lab.connect(), lab.connect()
    sent = await mine.submit(draft(), author="Marina")
    found = await yours.chamado(sent.id)
    assert found is not None
    assert found == sent
    assert found.number > 0
    assert found.status is ChamadoStatus.TRIAGEM
    assert found.author == "Marina"
    assert found.title == "Emissão de NF-e: nota rejeitada ao transmitir"
    assert found.tool.value == "Sistema"
    assert found.flow == ("Fiscal", "Notas", "Transmitir")
    assert found.notify == ("ana@padaria-aurora.example", "bruno@padaria-aurora.example")
    assert found.description == "Ao transmitir, aparece\na mensagem 999."
    assert found.licence_email == "financeiro@padaria-aurora.example"
    assert found.ticket_id == 42
    assert sent.id in [each.id for each in await yours.chamados()]
    assert await yours.chamado("nunca-enviado") is None


async def test_what_a_tool_on_the_clients_machine_runs_on_is_kept(lab: BoardLab) -> None:
    sent = await lab.connect().submit(draft(tool="Mobi", tool_version="3.2", tool_system="Android 14"))
    found = await lab.connect().chamado(sent.id)
    assert found == sent
    assert (sent.tool_version, sent.tool_system) == ("3.2", "Android 14")


async def test_the_same_draft_again_is_the_same_chamado(lab: BoardLab) -> None:
    board, wanted = lab.connect(), draft()
    first = await board.submit(wanted, author="Marina")
    again = await lab.connect().submit(wanted.model_copy(update={"title": "Outro título"}), author="Marina")
    assert again == first
    assert [each.id for each in await board.chamados()].count(wanted.id) == 1


async def test_two_who_send_the_same_draft_at_once_send_one(lab: BoardLab) -> None:
    wanted = draft()
    one, other = await asyncio.gather(lab.connect().submit(wanted), lab.connect().submit(wanted))
    assert one.number == other.number
    assert [each.id for each in await lab.connect().chamados()].count(wanted.id) == 1


async def test_a_file_sent_along_can_be_read_by_the_others(lab: BoardLab, tmp_path: Path) -> None:
    picture = tmp_path / "tela inteira.png"
    picture.write_bytes(b"\x89PNG tela")
    wanted = draft(files=f"{picture}\nhttps://exemplo.example/video")
    await lab.connect().submit(wanted)
    picture.unlink()
    found = await lab.connect().chamado(wanted.id)
    assert found is not None
    kept = next(name for name in found.files if "tela" in name)
    assert kept != str(picture)
    assert "https://exemplo.example/video" in found.files


async def test_a_file_that_is_not_there_keeps_the_chamado_from_being_sent(
    lab: BoardLab, tmp_path: Path
) -> None:
    wanted = draft(files=str(tmp_path / "sumiu.png"))
    with pytest.raises(Rejected, match=r"sumiu\.png"):
        await lab.connect().submit(wanted)
    assert await lab.connect().chamado(wanted.id) is None


@pytest.mark.parametrize("changes", [{"title": "  "}, {"tool": ""}, {"tool": "Planilha"}])
async def test_what_no_board_could_read_is_refused(lab: BoardLab, changes: dict[str, str]) -> None:
    wanted = draft(**changes)
    with pytest.raises(Rejected):
        await lab.connect().submit(wanted)
    assert await lab.connect().chamado(wanted.id) is None


async def test_the_whole_way_from_triagem_to_encerrado_is_told_event_by_event(lab: BoardLab) -> None:
    board = lab.connect()
    sent = await board.submit(draft(), author="Marina")
    before = ChamadoStatus.TRIAGEM
    for number, move in enumerate(ONWARD):
        moved = await board.move(sent.id, move, event=f"{sent.id}-e{number}", who="Téo")
        event = moved.events[-1]
        assert moved.status is move.to
        assert (event.before, event.status, event.comment) == (before, move.to, move.comment)
        assert (event.url, event.version, event.deadline) == (move.url, move.version, move.deadline)
        assert event.who
        before = move.to
    found = await lab.connect().chamado(sent.id)
    assert found is not None
    assert [event.status for event in found.events] == [ChamadoStatus.TRIAGEM, *(each.to for each in ONWARD)]
    assert (found.url, found.version) == ("https://homologacao.exemplo.com.br/4512", "4.18.2")
    assert found.deadline == date(2099, 3, 20)


async def test_an_illegal_move_is_refused_with_the_legal_ones_named(lab: BoardLab) -> None:
    board = lab.connect()
    sent = await board.submit(draft())
    with pytest.raises(Rejected, match=r"De Triagem .* Doing: só a Backlog, Reprovado ou Aguardando"):
        await board.move(sent.id, Move(to=ChamadoStatus.DOING), event="x", who="Téo")
    with pytest.raises(Rejected, match="Motivo"):
        await board.move(sent.id, Move(to=ChamadoStatus.REPROVADO), event="x", who="Téo")
    found = await board.chamado(sent.id)
    assert found is not None
    assert found.status is ChamadoStatus.TRIAGEM
    assert len(found.events) == 1


async def test_the_same_move_again_is_one_event(lab: BoardLab) -> None:
    board = lab.connect()
    sent = await board.submit(draft())
    first = await board.move(sent.id, BACKLOG, event=f"{sent.id}-e", who="Téo")
    again = await lab.connect().move(sent.id, BACKLOG, event=f"{sent.id}-e", who="Téo")
    assert again.events == first.events


async def test_a_comment_is_kept_and_moves_nothing(lab: BoardLab) -> None:
    board = lab.connect()
    sent = await board.submit(draft())
    for _ in range(2):
        said = await board.comment(sent.id, "O cliente ligou.\nEstá parado.", event=f"{sent.id}-c", who="Ana")
    assert said.status is ChamadoStatus.TRIAGEM
    assert [event.comment for event in said.events] == ["", "O cliente ligou.\nEstá parado."]
    assert not said.events[-1].is_move
    with pytest.raises(Rejected):
        await board.comment(sent.id, "  ", event=f"{sent.id}-v", who="Ana")


async def test_what_is_not_on_the_board_cannot_be_moved(lab: BoardLab) -> None:
    board = lab.connect()
    with pytest.raises(NotFound):
        await board.move("nunca-enviado", BACKLOG, event="x", who="Téo")
    with pytest.raises(NotFound):
        await board.comment("nunca-enviado", "oi", event="x", who="Téo")


async def test_of_two_who_want_to_tell_of_an_event_one_does(lab: BoardLab) -> None:
    sent = await lab.connect().submit(draft())
    moved = await lab.connect().move(sent.id, BACKLOG, event=f"{sent.id}-e", who="Téo")
    event = moved.events[-1].id
    winners = await asyncio.gather(
        *(lab.connect().announce(sent.id, event, f"sessao-{number}") for number in range(3))
    )
    assert len(set(winners)) == 1
    assert winners[0].startswith("sessao-")
    assert await lab.connect().announce(sent.id, event, winners[0]) == winners[0]
    found = await lab.connect().chamado(sent.id)
    assert found is not None
    assert found.announced == (event,)
    assert len(found.events) == 2, "who tells of it is no event"


def _at_once(lab: BoardLab, what: str, id: str, *, count: int = 5) -> list[str]:
    writers = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.support.board_writer"),
                *(what, id, f"{id}-w{number}", str(count), *lab.command),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    told = [writer.communicate(timeout=180)[0].strip() for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 4
    return told


async def test_four_processes_send_at_once_and_every_number_is_its_own(lab: BoardLab) -> None:
    prefix = draft().id
    await asyncio.to_thread(_at_once, lab, "submit", prefix)
    sent = [each for each in await lab.connect().chamados() if each.id.startswith(prefix)]
    assert len(sent) == 20
    assert len({each.number for each in sent}) == 20


async def test_four_processes_comment_at_once_and_nothing_is_lost_or_doubled(lab: BoardLab) -> None:
    sent = await lab.connect().submit(draft())
    await asyncio.to_thread(_at_once, lab, "comment", sent.id)
    found = await lab.connect().chamado(sent.id)
    assert found is not None
    said = [event.comment for event in found.events if event.comment]
    assert len(said) == len(set(said)) == 20


async def test_of_four_processes_that_approve_at_once_one_does(lab: BoardLab) -> None:
    sent = await lab.connect().submit(draft())
    assert sorted(await asyncio.to_thread(_at_once, lab, "move", sent.id)) == ["lost"] * 3 + ["won"]
    found = await lab.connect().chamado(sent.id)
    assert found is not None
    assert [event.status for event in found.events] == [ChamadoStatus.TRIAGEM, ChamadoStatus.BACKLOG]


async def test_of_four_processes_that_would_tell_of_an_event_one_does(lab: BoardLab) -> None:
    sent = await lab.connect().submit(draft())
    told = await asyncio.to_thread(_at_once, lab, "announce", sent.id)
    assert sorted(told) == ["lost"] * 3 + ["won"]
