"""The local board takes each chamado once, numbers it, and finds it again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clients.boards.board import Board
from clients.boards.local import LocalBoard
from clients.errors import Rejected
from clients.models.assistant.record import Decision, Rewriting
from clients.models.chamado import ChamadoDraft, Tool
from clients.models.licence import LicenceCheck, LicenceState
from clients.models.lifecycle import ChamadoStatus
from clients.store import Store

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)


def draft(id: str = "a", **changes: str) -> ChamadoDraft:
    fields: dict[str, object] = {
        "title": " Emissão de NF-e: nota rejeitada ao transmitir ",
        "licence_email": "financeiro@padaria-aurora.example",
        "tool": "Sistema",
        "notify": "ana@padaria-aurora.example, bruno@padaria-aurora.example",
        "flow": "Fiscal > Notas > Transmitir",
        "description": "Ao transmitir, aparece\na mensagem 999.",
        "files": "\nhttps://exemplo.example/video\n",
        "ticket_id": 42,
    }
    return ChamadoDraft.model_validate({"id": id, **fields, **changes})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "plantao.db"


@pytest.fixture
def board(path: Path) -> LocalBoard:
    return LocalBoard(Store(path), lambda: NOW)


async def test_a_draft_becomes_a_chamado_in_triagem(board: LocalBoard) -> None:
    check = LicenceCheck(
        email="financeiro@padaria-aurora.example", state=LicenceState.VALID, source="lista", checked_at=NOW
    )
    chamado = await board.submit(draft(), author="Marina", licence=check)
    assert chamado.number == 1
    assert chamado.title == "Emissão de NF-e: nota rejeitada ao transmitir"
    assert chamado.tool is Tool.SISTEMA
    assert chamado.flow == ("Fiscal", "Notas", "Transmitir")
    assert chamado.notify == ("ana@padaria-aurora.example", "bruno@padaria-aurora.example")
    assert chamado.files == ("https://exemplo.example/video",)
    assert chamado.description == "Ao transmitir, aparece\na mensagem 999."
    assert chamado.ticket_id == 42
    assert chamado.status is ChamadoStatus.TRIAGEM
    assert chamado.created_at == chamado.updated_at == NOW
    assert [(event.at, event.who, event.status) for event in chamado.events] == [
        (NOW, "Marina", ChamadoStatus.TRIAGEM)
    ]
    assert chamado.licence == check


async def test_version_and_system_go_along_where_the_tool_asks_for_them(board: LocalBoard) -> None:
    typed = {"integration": "Shopee", "tool_version": " 3.2.1 ", "tool_system": "Moto G84, Android 14"}
    mobi = await board.submit(draft("a", tool="Mobi", **typed))
    assert (mobi.tool_version, mobi.tool_system) == ("3.2.1", "Moto G84, Android 14")
    assert mobi.integration == "", "that of the tool chosen before"
    erp = await board.submit(draft("b", tool="Sistema", **typed))
    assert (erp.integration, erp.tool_version, erp.tool_system) == ("", "", "")
    shop = await board.submit(draft("c", tool="Central de Integrações", **typed))
    assert (shop.integration, shop.tool_version) == ("Shopee", "")
    assert await board.chamados() == (shop, erp, mobi)


async def test_another_process_finds_the_same_chamado(board: LocalBoard, path: Path) -> None:
    sent = await board.submit(draft(), author="Marina")
    other: Board = LocalBoard(Store(path), lambda: NOW)
    assert await other.chamado("a") == sent
    assert await other.chamados() == (sent,)
    assert await other.chamado("b") is None


async def test_the_same_draft_again_is_the_same_chamado(path: Path) -> None:
    moments = iter(NOW + timedelta(minutes=n) for n in range(9))
    board = LocalBoard(Store(path), lambda: next(moments))
    first = await board.submit(draft())
    assert await board.submit(draft(title="Outro título depois de enviado")) == first
    assert await LocalBoard(Store(path), lambda: NOW).submit(draft()) == first
    assert len(await board.chamados()) == 1


async def test_numbers_follow_each_other_over_several_boards_and_the_newest_comes_first(path: Path) -> None:
    boards = [LocalBoard(Store(path), lambda: NOW) for _ in range(2)]
    for n in range(6):
        await boards[n % 2].submit(draft(f"id{n}"))
    assert [(chamado.id, chamado.number) for chamado in await boards[0].chamados()] == [
        (f"id{n}", n + 1) for n in reversed(range(6))
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": "  "}, "Quadro local: o chamado não tem título"),
        ({"tool": ""}, "Quadro local: o chamado não diz a ferramenta"),
        ({"tool": "Planilha"}, "Quadro local: o chamado não diz a ferramenta"),
    ],
)
async def test_what_no_board_could_read_is_refused(
    board: LocalBoard, changes: dict[str, str], message: str
) -> None:
    with pytest.raises(Rejected) as caught:
        await board.submit(draft(**changes))
    assert caught.value.message == message
    assert await board.chamados() == ()


async def test_what_became_of_the_assistants_proposals_goes_along(board: LocalBoard, path: Path) -> None:
    rewriting = Rewriting(
        original="não salva",
        proposal="O que acontece: não salva",
        text="O que acontece: não salva",
        decision=Decision.ACCEPTED,
        model="redator",
        who="Ana",
        at=NOW,
    )
    sent = await board.submit(draft().model_copy(update={"rewritings": (rewriting,)}))
    assert sent.rewritings == (rewriting,)
    assert (await board.chamado("a")) == sent
