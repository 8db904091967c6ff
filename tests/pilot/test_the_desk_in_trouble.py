"""Each pane says why it is empty or old, what to do about it, and how old what it shows is."""

from pathlib import Path

import pytest

from clients.errors import StoreError
from clients.models.service import ServiceState
from clients.monitors import Look
from clients.sandbox.server import Running
from tests.support.clock import NOW, Clock, frozen
from tests.support.desk import NARROW, Sitting, at_the_desk, settings_for, sitting
from tui.cache import Cache
from tui.desk import Desk
from tui.screens.chamado import ChamadoScreen
from tui.screens.chamados import ChamadosScreen
from tui.settings import FreshdeskSettings, Settings
from tui.settings_monitor import MonitorSettings

pytestmark = pytest.mark.anyio
NOBODY = "http://127.0.0.1:9"
"""An address where nothing listens."""


def freshdesk(url: str, key: str) -> FreshdeskSettings:
    return FreshdeskSettings.model_validate({"url": url, "chave": key})


async def test_a_first_run_says_what_is_missing_and_how_to_complete_it(tmp_path: Path) -> None:
    desk = Desk(Settings.model_validate({"pasta_de_dados": tmp_path / "dados"}), frozen)
    async with sitting(desk) as seat:
        await seat.sees("Monitoramento não configurado.", "Complete [monitor]")
        await seat.sees("Freshdesk não configurado.", "Complete [freshdesk]")
        assert "✖ ? em falha  ◆ ? sem resposta" in seat.lines()[0]  # nobody knows, which is not zero
        await seat.press("r")
        await seat.hears("Escolha um ticket")
        await seat.press("3", "c")
        await seat.arrives_at(ChamadoScreen)
        await seat.press("escape")
        await seat.arrives_at(ChamadosScreen)


async def test_without_freshdesk_the_services_are_watched_all_the_same(
    running: Running, tmp_path: Path
) -> None:
    desk = Desk(settings_for(running, tmp_path, freshdesk=None), frozen)
    async with sitting(desk) as seat:
        await seat.sees("✖ falha", "Freshdesk não configurado.")
        await seat.press("u")
        await seat.sees("Freshdesk não configurado.")


async def test_a_wrong_key_is_told_where_the_tickets_would_be(running: Running, tmp_path: Path) -> None:
    wrong = freshdesk(running.urls.freshdesk, "nao-e-esta")
    async with sitting(Desk(settings_for(running, tmp_path, freshdesk=wrong), frozen)) as seat:
        await seat.until(lambda: seat.app.queue.trouble)
        await seat.sees("▲", "chave")
        assert seat.app.queue.items == ()


async def test_with_the_server_down_the_desk_shows_what_it_remembers_and_its_age(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        known = len(seat.app.queue.items)
    clock = Clock(NOW)
    clock.forward(minutes=25)
    down = freshdesk(NOBODY, "qualquer")
    async with sitting(Desk(settings_for(running, tmp_path, freshdesk=down), clock)) as seat:
        await seat.until(lambda: seat.app.queue.trouble)
        assert len(seat.app.queue.items) == known
        assert "há 25 min" in seat.line("Fila")
        await seat.sees("▲")
        await seat.press("down")
        assert seat.mesa.queue.highlighted is not None


async def test_the_accounts_limit_is_told_and_what_is_known_stays(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        known = seat.app.queue.items
        running.knobs.freshdesk.retry_after = 60
        running.knobs.freshdesk.next_429 = 99
        await seat.press("u")
        await seat.until(lambda: seat.app.queue.trouble)
        assert seat.app.queue.items == known
        await seat.sees("limite")


async def test_an_expired_session_of_the_monitor_logs_in_again(running: Running, tmp_path: Path) -> None:
    clock = Clock(NOW)
    desk = Desk(settings_for(running, tmp_path), clock)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        assert len(running.journal.of("monitor", "POST", "/login")) == 1
        running.knobs.clock.offset_seconds = 3600
        clock.forward(hours=1)
        await seat.press("u")
        await seat.until(lambda: seat.app.services.as_of == clock())
        assert seat.app.services.trouble is None
        assert len(running.journal.of("monitor", "POST", "/login")) == 2


async def test_a_page_that_cannot_be_read_any_more_is_never_green(running: Running, tmp_path: Path) -> None:
    running.knobs.monitor.markup_changed = True
    desk = Desk(settings_for(running, tmp_path), frozen)
    async with sitting(desk) as seat:
        await seat.until(lambda: seat.app.services.trouble or seat.app.services.items)
        assert not _green(seat)
        assert "● ok" not in seat.text()
        await seat.sees("▲")


async def test_what_was_read_before_the_page_changed_is_shown_with_its_age(
    running: Running, tmp_path: Path
) -> None:
    clock = Clock(NOW)
    async with at_the_desk(running, tmp_path, desk=Desk(settings_for(running, tmp_path), clock)) as seat:
        known = seat.app.services.items
        running.knobs.monitor.markup_changed = True
        clock.forward(minutes=40)
        await seat.press("u")
        await seat.until(lambda: seat.app.services.trouble)
        assert seat.app.services.items == known
        seat.app._tick()
        await seat.until(lambda: "há 40 min" in seat.line("─ Serviços"))
        await seat.sees("▲")


def _green(seat: Sitting) -> list[str]:
    return [service.key for service in seat.app.services.items if service.state is ServiceState.OK]


async def test_a_monitor_that_is_down_leaves_the_queue_alone(running: Running, tmp_path: Path) -> None:
    down = MonitorSettings.model_validate({"url": NOBODY, "usuario": "x", "senha": "x"})
    desk = Desk(settings_for(running, tmp_path, monitor=down), frozen)
    async with sitting(desk, NARROW) as seat:
        await seat.until(lambda: seat.app.services.trouble and seat.app.queue.as_of)
        await seat.press("f2")
        await seat.sees("▲", "Monitoramento")
        await seat.press("f3")
        assert seat.mesa.queue.highlighted is not None


async def test_a_store_that_cannot_be_opened_is_told_and_nothing_that_would_be_lost_is_begun(
    running: Running, tmp_path: Path
) -> None:
    settings = settings_for(running, tmp_path)
    settings.store_file.parent.mkdir(parents=True, exist_ok=True)
    settings.store_file.mkdir()
    async with sitting(Desk(settings, frozen)) as seat:
        await seat.until(lambda: seat.app.queue.trouble and seat.app.services.trouble)
        await seat.sees("▲")
        await seat.press("r", "3")
        await seat.arrives_at(ChamadosScreen)
        await seat.sees("▲")
        await seat.press("c")
        await seat.hears("um rascunho se perderia")
        await seat.press("1", "u")
        assert seat.app.return_code is None


async def test_what_cannot_be_remembered_is_told_and_the_desk_connects_all_the_same(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object) -> None:
        raise StoreError("o arquivo está danificado")

    desk = Desk(settings_for(running, tmp_path), frozen)
    monkeypatch.setattr(Cache, "_fitting_tickets", damaged)
    monkeypatch.setattr(Cache, "services", damaged)
    assert (await remembered(desk)) == ("o arquivo está danificado",) * 2
    async with at_the_desk(running, tmp_path, desk=Desk(settings_for(running, tmp_path), frozen)) as seat:
        assert seat.app.queue.items
        assert seat.app.services.items


async def remembered(desk: Desk) -> tuple[str, str]:
    """Why queue and services cannot be remembered."""
    await desk.open()
    queue, services = await desk.sources.remembered_queue(), await desk.sources.remembered_services()
    await desk.close()
    assert queue.trouble is not None
    assert services.trouble is not None
    return queue.trouble.message, services.trouble.message


async def test_a_source_that_breaks_in_a_new_way_is_told_noted_and_asked_again(
    running: Running, tmp_path: Path
) -> None:
    async def broken(*, again: bool = True) -> Look:
        raise KeyError("texto da página")

    async with at_the_desk(running, tmp_path) as seat:
        connections = seat.app.desk._connections
        assert connections is not None
        assert connections.monitor is not None
        known, look = seat.app.services.items, connections.monitor.look
        connections.monitor.look = broken  # type: ignore[method-assign]
        await seat.press("u")
        await seat.until(lambda: seat.app.services.trouble)
        assert seat.app.services.items == known
        await seat.sees("Erro interno")
        log = seat.app.desk.settings.crash_log.read_text()
        assert "KeyError" in log
        assert "texto da página" not in log
        connections.monitor.look = look  # type: ignore[method-assign]
        await seat.press("u")
        await seat.until(lambda: seat.app.services.trouble is None)


async def test_what_fails_inside_is_told_and_noted_and_the_desk_goes_on(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(desk: Desk, ticket: object) -> None:
        raise RuntimeError("texto do cliente")

    async with at_the_desk(running, tmp_path) as seat:
        monkeypatch.setattr(Desk, "view", broken)
        await seat.press("down")
        await seat.hears("Erro interno")
        log = seat.app.desk.settings.crash_log.read_text()
        assert "RuntimeError" in log
        assert "texto do cliente" not in log
        await seat.press("3")
        await seat.arrives_at(ChamadosScreen)
