"""A chamado from a ticket: the form refuses what the triagem would reprove, then lets it go once."""

from pathlib import Path

import httpx
import pytest

from clients.errors import StoreError
from clients.sandbox.server import Running
from tests.support.chamado_desk import on_the_board
from tests.support.clock import frozen
from tests.support.desk import Sitting, at_the_desk, settings_for
from tests.support.form_desk import GOOD
from tui.desk import Desk
from tui.screens.chamado import ChamadoScreen
from tui.screens.chamado_history import ChamadoHistoryScreen
from tui.screens.chamados import ChamadosScreen
from tui.screens.mesa import MesaScreen
from tui.settings import ReplySettings
from widgets.chamado_form import ChamadoForm
from widgets.send_preview import SendPreview

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("seconds_stand_still")]


def valid_licence(running: Running) -> str:
    """An e-mail that the licence list knows as valid."""
    rows = httpx.get(f"{running.urls.licences}/licencas.json").json()["licencas"]
    today = frozen().date().isoformat()
    good = [
        row for row in rows if row["expiracao"] > today and "experi" not in f"{row['tipo']}{row['situacao']}"
    ]
    return str(good[0]["email"])


def form(seat: Sitting) -> ChamadoForm:
    return seat.app.screen.query_one(ChamadoForm)


async def begin_from_a_ticket(seat: Sitting) -> int:
    entry = seat.mesa.queue.highlighted
    assert entry is not None
    await seat.press("c")
    await seat.arrives_at(ChamadoScreen)
    await seat.sees("Entendi")
    await seat.press("enter")
    await seat.sees("Título")
    return entry.id


async def fill(seat: Sitting, email: str) -> None:
    """Write what a good chamado says."""
    sheet = form(seat).sheet
    for name in ("title", "flow", "description", "notify"):
        sheet.write(name, str(getattr(GOOD, name)))
    sheet.write("licence_email", email)
    sheet.focus_field("tool")
    await seat.press("s")
    await seat.until(lambda: form(seat).draft.tool == GOOD.tool)
    await seat.until(lambda: form(seat).known_licence is not None and not form(seat).waiting)


async def test_refused_first_then_sent_and_listed_in_triagem(running: Running, tmp_path: Path) -> None:
    email = valid_licence(running)
    desk = Desk(settings_for(running, tmp_path, replies=ReplySettings(undo_seconds=1)), frozen)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        ticket_id = await begin_from_a_ticket(seat)
        assert form(seat).draft.ticket_id == ticket_id
        await seat.press("f9")
        await seat.sees("Não enviado.", "impedem o envio")
        assert not form(seat).query(SendPreview)
        await fill(seat, email)
        await seat.press("f9")
        await seat.until(lambda: form(seat).query(SendPreview))
        await seat.sees("Como será lido na triagem", GOOD.title)
        await seat.press("enter")
        await seat.lets_a_second_pass()
        await seat.arrives_at(MesaScreen)
        assert seat.mesa.queue.highlighted is not None
        assert seat.mesa.queue.highlighted.id == ticket_id
        await seat.hears("está em Triagem")
        await seat.press("3")
        await seat.arrives_at(ChamadosScreen)
        shown = await seat.sees("1 enviado", "Triagem", f"#{ticket_id}")
        assert "rascunho" not in shown.splitlines()[1]
        await seat.press("1")
        await seat.arrives_at(MesaScreen)
        await begin_from_a_ticket(seat)
        await seat.hears("Este ticket já tem o chamado nº 1 (Triagem).")


async def test_the_seconds_for_taking_it_back_are_configured(running: Running, tmp_path: Path) -> None:
    desk = Desk(settings_for(running, tmp_path, replies=ReplySettings(undo_seconds=40)), frozen)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        await begin_from_a_ticket(seat)
        await fill(seat, valid_licence(running))
        await seat.press("f9")
        await seat.until(lambda: form(seat).query(SendPreview))
        await seat.press("enter")
        await seat.sees("Enviando em 40 s")


async def test_without_seconds_to_take_it_back_it_waits_for_the_key(running: Running, tmp_path: Path) -> None:
    desk = Desk(settings_for(running, tmp_path, replies=ReplySettings(undo_seconds=0)), frozen)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        await begin_from_a_ticket(seat)
        await fill(seat, valid_licence(running))
        await seat.press("f9")
        await seat.until(lambda: form(seat).query(SendPreview))
        sheet = form(seat).query_one(SendPreview)
        sheet.tick()
        await seat.pilot.pause()
        assert not sheet.is_over
        await seat.press("enter")
        assert sheet.is_over, "nothing is counted"
        await seat.hears("está em Triagem")


async def test_another_mode_waits_until_the_form_is_closed(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await seat.press("c")
        await seat.arrives_at(ChamadoScreen)
        await seat.sees("Entendi")
        await seat.press("3")
        await seat.hears("Feche primeiro esta página")
        assert isinstance(seat.app.screen, ChamadoScreen)


async def test_taken_back_it_stays_a_draft(running: Running, tmp_path: Path) -> None:
    email = valid_licence(running)
    async with at_the_desk(running, tmp_path) as seat:
        await begin_from_a_ticket(seat)
        await fill(seat, email)
        await seat.press("f9")
        await seat.until(lambda: form(seat).query(SendPreview))
        await seat.press("enter")
        await seat.until(lambda: form(seat).query_one(SendPreview).left)
        await seat.press("escape")
        await seat.sees("Não enviado; o rascunho continua guardado.")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        await seat.press("3")
        await seat.sees("0 enviados", "1 rascunho", "Rascunho, ainda não enviado")


async def test_a_draft_goes_on_the_next_time(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await begin_from_a_ticket(seat)
        form(seat).sheet.write("title", GOOD.title)
        await seat.until(lambda: not form(seat).waiting)
    async with at_the_desk(running, tmp_path) as seat:
        await seat.press("3")
        await seat.sees("1 rascunho", GOOD.title[:20])
        await seat.press("enter")
        await seat.arrives_at(ChamadoScreen)
        assert form(seat).draft.title == GOOD.title
        await seat.sees("Título")


async def test_what_was_checked_counts_once_the_notice_was_read(running: Running, tmp_path: Path) -> None:
    """Entendi is a rule too: its finding goes at once, not at the next letter."""
    async with at_the_desk(running, tmp_path) as seat:
        await begin_from_a_ticket(seat)
        assert not [found for found in form(seat).findings if "aviso" in found.rule]


async def test_the_keys_of_the_form_are_told(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, (80, 24)) as seat:
        await begin_from_a_ticket(seat)
        await seat.until(lambda: "F9 Enviar" in seat.lines()[-1])
        assert "Esc Fechar" in seat.lines()[-1]


async def test_a_page_that_the_disk_keeps_from_opening_says_why(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(ticket_id: int) -> None:
        raise StoreError("o disco não respondeu.")

    async with at_the_desk(running, tmp_path) as seat:
        monkeypatch.setattr(seat.app.desk.local.chamado_drafts, "of_ticket", broken)
        await seat.press("c")
        await seat.hears("o disco não respondeu.")
        assert "Erro interno" not in seat.said()


async def test_the_history_of_a_ticket_s_chamado_is_one_key_away(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        entry = seat.mesa.queue.highlighted
        assert entry is not None
        await seat.press("K")
        await seat.hears(f"O #{entry.id} ainda não tem chamado enviado.")
        await on_the_board(seat.app.desk.board, ticket_id=entry.id)
        await seat.press("K")
        await seat.arrives_at(ChamadoHistoryScreen)
        await seat.sees(f"#{entry.id}", GOOD.title)
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
