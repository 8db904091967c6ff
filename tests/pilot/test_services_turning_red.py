"""A service turns red: it rings once, it is named with the key that opens it, and the title counts it."""

from pathlib import Path

import pytest

from clients.models.feed import Feed
from clients.models.service import Service, ServiceState
from clients.sandbox.server import Running
from tests.support.clock import NOW
from tests.support.desk import Sitting, at_the_desk

pytestmark = pytest.mark.anyio
OK, FAIL = ServiceState.OK, ServiceState.FAIL


def _in(state: ServiceState, *names: str) -> tuple[Service, ...]:
    return tuple(Service(client=name, service="CTE", state=state, since=NOW) for name in names)


def _reading(seat: Sitting, *services: Service) -> None:
    seat.app.mesa_watch.take_services(Feed(services, as_of=NOW))


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A bell for each ring."""
    bells: list[str] = []
    monkeypatch.setattr("tui.app.PlantaoApp.bell", lambda app: bells.append("bell"))
    return bells


async def test_what_turns_red_rings_once_and_is_named(
    running: Running, tmp_path: Path, rung: list[str]
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        _reading(seat, *_in(OK, "Loja Sol", "Loja Lua"))
        rung.clear()
        _reading(seat, *_in(FAIL, "Loja Sol"), *_in(OK, "Loja Lua"))
        await seat.sees("Ficou vermelho:", "Loja Sol · CTE", "4 abre os serviços.", "✖ 1 em falha")
        _reading(seat, *_in(FAIL, "Loja Sol"), *_in(OK, "Loja Lua"))
        assert rung == ["bell"]
        _reading(seat, *_in(FAIL, "Loja Sol", "Loja Lua"))
        assert rung == ["bell", "bell"]


async def test_what_was_red_when_one_sat_down_does_not_ring(
    running: Running, tmp_path: Path, rung: list[str]
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        assert any(each.state is FAIL for each in seat.app.services.items)
        assert rung == []


async def test_many_at_once_ring_once_and_are_counted(
    running: Running, tmp_path: Path, rung: list[str]
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        names = [f"Loja {number}" for number in range(5)]
        _reading(seat, *_in(OK, *names))
        rung.clear()
        _reading(seat, *_in(FAIL, *names))
        await seat.sees("Ficaram vermelhos:", "e mais 2")
        assert rung == ["bell"]


async def test_the_title_counts_what_is_red_and_is_given_back(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    async with at_the_desk(running, tmp_path) as seat:
        assert seat.app._driver is not None
        monkeypatch.setattr(seat.app._driver, "write", written.append)
        _reading(seat, *_in(FAIL, "Loja Sol", "Loja Lua"))
        _reading(seat, *_in(FAIL, "Loja Sol", "Loja Lua"))
        _reading(seat, *_in(OK, "Loja Sol", "Loja Lua"))
    titles = [text for text in written if text.startswith("\x1b]2;")]
    assert titles == ["\x1b]2;✖ 2 em falha · Plantão\x07", "\x1b]2;Plantão\x07", "\x1b]2;\x07"]
