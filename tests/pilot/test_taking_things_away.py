"""Attachments to this machine, and a line to the terminal's clipboard."""

import base64
from pathlib import Path

import pytest

from clients.models.ticket import Ticket
from clients.sandbox.server import Running
from tests.support.clock import frozen
from tests.support.desk import Sitting, at_the_desk, settings_for
from tui.desk import Desk
from tui.flows.downloads import attachments_of
from tui.screens.chamados import ChamadosScreen

pytestmark = pytest.mark.anyio


async def with_attachments(seat: Sitting, *, at_least: int = 1) -> tuple[Ticket, tuple[str, ...]]:
    """Put the cursor on a ticket that has attachments; return it with their names."""
    await seat.press("V")  # the last view; the first is all of them
    await seat.press("v")
    rows = seat.mesa.queue
    desk = seat.app.desk
    for _ in range(80):
        entry = rows.highlighted
        assert entry is not None
        seen = await anext(desk.read(entry.ticket.id))
        found = attachments_of(seen)
        if len(found) >= at_least:
            return seen.ticket, tuple(attachment.name for attachment in found)
        await seat.press("down")
    raise AssertionError("no ticket with attachments in the queue")


async def test_b_saves_all_attachments_of_the_ticket(running: Running, tmp_path: Path) -> None:
    folder = tmp_path / "baixados"
    desk = Desk(settings_for(running, tmp_path, downloads_folder=folder), frozen)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        ticket, names = await with_attachments(seat)
        mine = folder / f"ticket-{ticket.id}"
        await seat.press("b")
        await seat.hears(f"em {mine}")
        assert len(list(mine.iterdir())) == len(names)
        assert all(path.stat().st_size for path in mine.iterdir())
        assert mine.stat().st_mode & 0o077 == 0
        await seat.press("b")
        await seat.until(lambda: len(list(mine.iterdir())) == 2 * len(names), "kept what was there")


async def test_what_cannot_be_saved_is_told_file_by_file(running: Running, tmp_path: Path) -> None:
    folder = tmp_path / "baixados"
    folder.write_text("um arquivo onde devia estar a pasta")
    desk = Desk(settings_for(running, tmp_path, downloads_folder=folder), frozen)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        _, names = await with_attachments(seat)
        await seat.press("b")
        await seat.hears("não foi baixado" if len(names) == 1 else "não foram baixados")
        assert all(f"{name}: " in seat.said() for name in names)
        assert "guardado" not in seat.said()


def clipboard(seat: Sitting, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the terminal is asked to take, decoded."""
    driver, taken = seat.app._driver, list[str]()
    assert driver is not None

    def write(data: str) -> None:
        start, _, rest = data.partition(";c;")
        if start == "\x1b]52":
            taken.append(base64.b64decode(rest.removesuffix("\a")).decode())

    monkeypatch.setattr(driver, "write", write)
    return taken


async def test_y_sends_the_address_of_the_ticket(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        taken = clipboard(seat, monkeypatch)
        entry = seat.mesa.queue.highlighted
        assert entry is not None
        await seat.press("y")
        address = f"{running.urls.freshdesk}/a/tickets/{entry.ticket.id}"
        await seat.hears(f"Enviado ao terminal: {address}")
        assert taken == [address]


async def test_y_sends_number_and_title_of_a_chamado(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await seat.press("3")
        await seat.arrives_at(ChamadosScreen)
        await seat.press("y")
        await seat.hears("Não há chamado na lista.")
        await seat.press("c")
        await seat.press("enter")
        await seat.write("Nota nao sai")
        await seat.press("escape")
        await seat.arrives_at(ChamadosScreen)
        await seat.sees("Nota nao sai")
        taken = clipboard(seat, monkeypatch)
        await seat.press("y")
        await seat.hears("Enviado ao terminal: Nota nao sai")
        assert taken == ["Nota nao sai"]


async def test_y_in_an_answer_says_that_there_is_nothing_to_copy(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await seat.press("r")
        await seat.sees("RESPOSTA AO CLIENTE")
        await seat.press("tab", "y")  # beside the text, where letters are keys
        await seat.hears("Este comando não tem efeito nesta tela.")
