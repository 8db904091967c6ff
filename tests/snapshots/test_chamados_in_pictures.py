"""The pages of the chamados as pictures, at 80×24 and 120×36."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.support.busy_board import fill
from tests.support.chamado_desk import chamado_settings, has_read
from tests.support.clock import NOW, Clock
from tests.support.desk import SIZES, Sitting
from tui.app import PlantaoApp
from tui.desk import Desk
from tui.screens.chamado_history import ChamadoHistoryScreen
from tui.screens.field import FieldScreen
from tui.screens.kanban import KanbanScreen
from tui.screens.last_look import WorkScreen
from tui.screens.move_asking import ChamadoTextScreen
from tui.screens.triage import TriageScreen

pytestmark = [pytest.mark.snapshot, pytest.mark.usefixtures("seconds_stand_still")]
Compare = Callable[..., bool]
Scene = Callable[[Sitting], Awaitable[None]]


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


async def on(seat: Sitting, *keys: str) -> None:
    await seat.press(*keys)
    await has_read(seat)


async def listed(seat: Sitting) -> None:
    await on(seat, "3")
    await seat.sees("11 enviados")


async def kanban(seat: Sitting) -> None:
    await on(seat, "3", "K")
    await seat.arrives_at(KanbanScreen)
    await seat.sees("11 chamados")
    await on(seat, "right", "right", "right", "right", "right")


async def kanban_filtered(seat: Sitting) -> None:
    await kanban(seat)
    await on(seat, "v", "f", *"pedido")
    await seat.sees("2 de 11")


async def triage(seat: Sitting) -> None:
    await on(seat, "3", "T")
    await seat.arrives_at(TriageScreen)
    await seat.sees("achados")


async def triage_marked(seat: Sitting) -> None:
    await triage(seat)
    await on(seat, "space", "space")
    await seat.sees("2 marcados")
    await seat.sees("O que o autor viu: ")
    await seat.until(lambda: "conferindo" not in seat.text())


async def reproving(seat: Sitting) -> None:
    await triage(seat)
    await seat.press("r")
    await seat.arrives_at(ChamadoTextScreen)
    await seat.sees("F9")


async def deadline(seat: Sitting) -> None:
    await triage(seat)
    await seat.press("a")
    await seat.arrives_at(FieldScreen)
    await seat.write("+10d")
    await seat.sees("sábado")


async def last_look(seat: Sitting) -> None:
    await deadline(seat)
    await seat.press("enter")
    await seat.arrives_at(WorkScreen)
    await seat.press("enter")
    await seat.sees("Começa em 8 s")


async def history(seat: Sitting) -> None:
    await on(seat, "3", "K")
    await seat.arrives_at(KanbanScreen)
    screen = seat.app.screen
    assert isinstance(screen, KanbanScreen)
    await seat.until(lambda: screen.pane.select("c10"))
    await seat.press("enter")
    await seat.arrives_at(ChamadoHistoryScreen)
    await has_read(seat)
    await seat.press("end")


@pytest.mark.parametrize("size", SIZES.values(), ids=list(SIZES))
@pytest.mark.parametrize(
    "scene",
    [
        listed,
        kanban,
        kanban_filtered,
        triage,
        triage_marked,
        reproving,
        deadline,
        last_look,
        history,
    ],
    ids=lambda scene: scene.__name__,
)
def test_pages(
    snap_compare: Compare, tmp_path: Path, clock: Clock, scene: Scene, size: tuple[int, int]
) -> None:
    desk = Desk(chamado_settings(tmp_path, hold=8), clock)

    async def play(pilot: Pilot[int]) -> None:
        assert isinstance(pilot.app, PlantaoApp)
        seat = Sitting(pilot.app, pilot)
        await seat.until(lambda: desk.is_open, "opened the desk")
        await fill(desk.board, clock)
        await scene(seat)
        seat.app.clear_notifications()
        await seat.until(lambda: not seat.app.screen.query("Toast"))

    assert snap_compare(PlantaoApp(desk), terminal_size=size, run_before=play)
