"""What an analyst sees on sitting down: red services first, the tickets that nobody answered, the filter."""

from datetime import timedelta
from pathlib import Path

import pytest

from clients.models.service import ServiceState
from clients.models.text import fold
from clients.models.ticket import Turn
from clients.sandbox.server import Running
from tests.support.clock import NOW, Clock
from tests.support.desk import at_the_desk, settings_for
from tui.desk import Desk

pytestmark = pytest.mark.anyio


async def test_red_services_are_on_top_and_counted(running: Running, tmp_path: Path) -> None:
    running.knobs.monitor.states = {"Papelaria Lume/CTE": "falha"}
    async with at_the_desk(running, tmp_path) as seat:
        states = [service.state for service in seat.app.services.items]
        red = states.count(ServiceState.FAIL)
        lines = seat.lines()
        services = next(row for row, line in enumerate(lines) if "─ Serviços" in line)
        assert red >= 2
        assert all("✖ falha" in line for line in lines[services + 1 : services + 1 + red])
        assert "✖ falha" not in lines[services + 1 + red]
        assert any("Papelaria Lume" in line for line in lines[services + 1 : services + 1 + red])
        assert f"✖ {red} em falha" in lines[0]
        assert f"{red} falhas" in lines[services]


async def test_the_tickets_that_nobody_answered(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        unanswered = {ticket.id for ticket in seat.app.queue.items if ticket.turn is Turn.UNANSWERED}
        assert f"◆ {len(unanswered)} sem resposta" in seat.lines()[0]
        await seat.press("v")
        assert {entry.id for entry in seat.mesa.queue.shown} == unanswered
        assert 0 < len(unanswered) < len(seat.app.queue.items)
        assert f"{len(unanswered)} de {len(seat.app.queue.items)}" in seat.line("Fila")


async def test_the_filter_ignores_accents_and_case(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        wanted = next(ticket for ticket in seat.app.queue.items if "ç" in ticket.client)
        await seat.press("f")
        await seat.write(fold(wanted.client).upper())
        shown = seat.mesa.queue.shown
        assert wanted.id in {entry.id for entry in shown}
        assert 0 < len(shown) < len(seat.app.queue.items)
        await seat.press("escape")
        assert len(seat.mesa.queue.shown) == len(seat.app.queue.items)


async def test_the_conversation_follows_the_cursor(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await seat.press("down", "down")
        entry = seat.mesa.queue.highlighted
        assert entry is not None
        await seat.until(lambda: seat.mesa.preview.ticket_id == entry.id)
        await seat.sees(f"Ticket #{entry.id}", "situação")


async def test_what_a_client_says_meanwhile_is_read_on_request(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        answered = next(ticket for ticket in seat.app.queue.items if ticket.turn is Turn.CLIENT)
        running.knobs.clock.offset_seconds = 90
        running.say(answered.id, "<div>Continua igual.</div>")
        await seat.press("u")
        await seat.until(lambda: _turn(seat.app.ticket(answered.id)) is Turn.OURS)


def _turn(ticket: object) -> object:
    return getattr(ticket, "turn", None)


async def test_the_services_are_whole_when_they_come_into_view(running: Running, tmp_path: Path) -> None:
    """Read while they were hidden, on a screen of 80 columns."""
    async with at_the_desk(running, tmp_path, (80, 24)) as seat:
        await seat.press("f2")
        shown = seat.text()
        assert "Lendo" not in shown
        assert shown.count("✖ falha") == sum(
            service.state is ServiceState.FAIL for service in seat.app.services.items
        )
        assert "● ok" in shown


async def test_ages_grow_with_the_minute_and_not_with_each_reading(running: Running, tmp_path: Path) -> None:
    clock = Clock(NOW + timedelta(seconds=5))
    desk = Desk(settings_for(running, tmp_path), clock)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        await seat.goes_to(seat.mesa.queue.shown[0].id)
        before = seat.text()
        clock.forward(seconds=50)
        read = seat.app.queue.as_of
        seat.app.refresh_sources()
        await seat.until(lambda: seat.app.queue.as_of != read and not seat.app.queue.loading)
        await seat.until(lambda: not seat.app.services.loading)
        assert seat.text() == before
        clock.forward(minutes=20)
        seat.mesa.tick()
        await seat.until(lambda: seat.text() != before, "told the time")
