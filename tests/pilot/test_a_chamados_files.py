"""Files of a chamado: those of its ticket are brought, and paths are completed, without a key too many."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from clients.models.ticket import Ticket
from clients.sandbox.server import Running
from tests.pilot.test_taking_things_away import with_attachments
from tests.support.clock import frozen
from tests.support.desk import NARROW, Sitting, at_the_desk, settings_for
from tui.desk import Desk
from tui.screens.chamado import ChamadoScreen
from tui.screens.chamados import ChamadosScreen
from tui.screens.mesa import MesaScreen
from widgets.chamado_form import ChamadoForm

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("seconds_stand_still")]


def form(seat: Sitting) -> ChamadoForm:
    return seat.app.screen.query_one(ChamadoForm)


def named(seat: Sitting) -> list[str]:
    return form(seat).sheet.value("files").splitlines()


def of_ticket(folder: Path, ticket: Ticket) -> list[Path]:
    return sorted((folder / f"ticket-{ticket.id}").iterdir())


@contextmanager
def held_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[asyncio.Event]:
    """Attachments arrive only once the event is set."""
    gate = asyncio.Event()
    assert desk.freshdesk is not None
    download = desk.freshdesk.download

    async def slow(ticket_id: int, attachment_id: int, folder: Path) -> Path:
        await gate.wait()
        return await download(ticket_id, attachment_id, folder)

    monkeypatch.setattr(desk.freshdesk, "download", slow)
    yield gate


async def opens_the_form(seat: Sitting) -> None:
    await seat.press("c")
    await seat.arrives_at(ChamadoScreen)
    await seat.sees("Entendi")


async def test_the_attachments_of_the_ticket_are_in_the_form_beside_what_was_typed(
    running: Running, tmp_path: Path
) -> None:
    folder = tmp_path / "baixados"
    desk = Desk(settings_for(running, tmp_path, downloads_folder=folder), frozen)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        ticket, names = await with_attachments(seat)
        await opens_the_form(seat)
        await seat.hears(f"do #{ticket.id} em Arquivos")
        await seat.press("enter")
        files = of_ticket(folder, ticket)
        assert len(files) == len(names)
        assert sorted(named(seat)) == [str(path) for path in files]
        await seat.until(lambda: not form(seat).incoming)
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        await seat.press("c")
        await seat.arrives_at(ChamadoScreen)
        await seat.hears("Rascunho retomado.")
        assert sorted(named(seat)) == [str(path) for path in files]
        assert of_ticket(folder, ticket) == files, "not downloaded again"


async def test_left_at_the_notice_and_begun_anew_nothing_is_downloaded_twice(
    running: Running, tmp_path: Path
) -> None:
    folder = tmp_path / "baixados"
    desk = Desk(settings_for(running, tmp_path, downloads_folder=folder), frozen)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        ticket, names = await with_attachments(seat)
        for _ in range(3):
            await opens_the_form(seat)
            await seat.press("escape")
            await seat.arrives_at(MesaScreen)
        await opens_the_form(seat)
        await seat.until(lambda: len(named(seat)) == len(names), "named the files")
        assert sorted(named(seat)) == [str(path) for path in of_ticket(folder, ticket)]


async def test_what_comes_while_one_types_leaves_every_letter(running: Running, tmp_path: Path) -> None:
    desk = Desk(settings_for(running, tmp_path, downloads_folder=tmp_path / "baixados"), frozen)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        _, _ = await with_attachments(seat)
        await opens_the_form(seat)
        await seat.press("enter")
        form(seat).sheet.focus_field("files")
        form(seat).sheet.write("files", "")
        await seat.write("https")
        assert isinstance(seat.app.screen, ChamadoScreen)
        seat.app.screen.add_files(["/a/um.png", "/a/dois.png"])
        await seat.write("x")
        assert named(seat)[0] == "httpsx"
        assert named(seat)[1:3] == ["/a/um.png", "/a/dois.png"]
        seat.app.screen.add_files(["/a/dois.png", "/a/tres.png"])
        await seat.pilot.pause()
        assert named(seat).count("/a/dois.png") == 1
        assert form(seat).draft.files == form(seat).sheet.value("files")


async def test_into_a_draft_whose_form_was_closed(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "baixados"
    desk = Desk(settings_for(running, tmp_path, downloads_folder=folder), frozen)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        ticket, _ = await with_attachments(seat)
        with held_back(desk, monkeypatch) as gate:
            await opens_the_form(seat)
            await seat.press("enter")
            await seat.sees("baixando os anexos do ticket: 1 de")
            form(seat).sheet.write("title", "Pedido não salva")
            await seat.until(lambda: not form(seat).waiting)
            await seat.press("escape")
            await seat.arrives_at(MesaScreen)
            gate.set()
            await seat.hears(f"do #{ticket.id} em Arquivos")
        await desk.saver.flush()
        draft = desk.local.chamado_drafts.of_ticket(ticket.id)
        assert draft is not None
        assert draft.title == "Pedido não salva"
        assert sorted(draft.files.splitlines()) == [str(path) for path in of_ticket(folder, ticket)]


async def test_a_discarded_draft_does_not_come_back_with_the_files(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(settings_for(running, tmp_path, downloads_folder=tmp_path / "baixados"), frozen)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        ticket, _ = await with_attachments(seat)
        with held_back(desk, monkeypatch) as gate:
            await opens_the_form(seat)
            await seat.press("enter")
            await seat.until(lambda: form(seat).incoming)
            await seat.write("Pedido")
            await seat.press("escape")
            await seat.arrives_at(MesaScreen)
            await seat.press("3")
            await seat.arrives_at(ChamadosScreen)
            await seat.sees("1 rascunho")
            await seat.press("x")
            await seat.sees("Descartar o rascunho?")
            await seat.press("s")
            await seat.until(lambda: "rascunho" not in seat.text().splitlines()[1])
            gate.set()
            await seat.hears(f"O chamado do #{ticket.id} não foi adiante")
        assert desk.local.chamado_drafts.list() == ()


async def test_what_cannot_be_downloaded_is_told_and_the_form_goes_on(
    running: Running, tmp_path: Path
) -> None:
    folder = tmp_path / "baixados"
    folder.write_text("um arquivo onde devia estar a pasta")
    keys = {"baixar-anexos": "z"}
    desk = Desk(settings_for(running, tmp_path, downloads_folder=folder, keys=keys), frozen)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        _, names = await with_attachments(seat)
        await opens_the_form(seat)
        await seat.hears("não foi baixado" if len(names) == 1 else "não foram baixados")
        await seat.hears("z, na fila, tenta de novo.")
        await seat.press("enter")
        assert named(seat) == []
        await seat.until(lambda: not form(seat).incoming)


@pytest.mark.parametrize("size", [NARROW, (120, 36)])
async def test_a_path_is_completed_on_the_line_of_the_cursor(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "prints").mkdir()
    for name in ("pedido-1.png", "pedido-2.png", "nota.xml"):
        (tmp_path / "prints" / name).write_bytes(b"x")
    async with at_the_desk(running, tmp_path / "dados", size) as seat:
        await seat.press("3")
        await seat.arrives_at(ChamadosScreen)
        await seat.press("c")
        await seat.arrives_at(ChamadoScreen)
        await seat.sees("Entendi")
        await seat.press("enter")
        await seat.sees("Título")
        form(seat).sheet.focus_field("files")
        await seat.paste("https://drive.exemplo.com.br/v\n~/pri")
        await seat.sees("F6 Completar")
        await seat.press("f6")
        await seat.until(lambda: named(seat)[1:] == ["~/prints/"], "completed the folder")
        await seat.press("p", "f6")
        await seat.until(lambda: named(seat)[1:] == ["~/prints/pedido-"], "went on")
        await seat.sees("pedido-1.png   pedido-2.png")
        await seat.press("2", "f6")
        await seat.until(lambda: named(seat)[1:] == ["~/prints/pedido-2.png"], "completed the file")
        await seat.until(lambda: "pedido-1.png" not in seat.text(), "forgot what was offered")
        await seat.press("enter")
        await seat.write("nada")
        await seat.press("f6")
        await seat.sees("Nada mais começa assim nesta máquina.")
        await seat.press("up", "up", "f6")
        await seat.sees("Isto é um link")
        assert named(seat) == ["https://drive.exemplo.com.br/v", "~/prints/pedido-2.png", "nada"]
        assert form(seat).draft.files == "\n".join(named(seat))
