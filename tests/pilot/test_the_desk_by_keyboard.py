"""Each key does its thing once; on 80 columns every pane is a key away."""

from pathlib import Path

import pytest
from textual.widget import Widget

from clients.sandbox.server import Running
from tests.support.desk import NARROW, Sitting, at_the_desk
from tui.screens.answer import AnswerScreen
from tui.screens.help import HelpScreen
from tui.screens.template import TemplateScreen
from widgets.queue_head import FilterInput

pytestmark = pytest.mark.anyio


async def test_a_key_acts_once(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        queue = seat.mesa.queue
        await seat.press("v")
        assert queue.view.id == "sem_resposta"
        await seat.press("f1")
        await seat.arrives_at(HelpScreen)
        await seat.press("f1")
        await seat.until(lambda: seat.app.screen is seat.app.screen_stack[0])
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.press("f7")
        await seat.arrives_at(TemplateScreen)
        assert len(seat.app.screen_stack) == 3


async def test_one_q_does_not_close(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await seat.press("q")
        await seat.hears("q de novo")
        assert seat.app.return_code is None
        await seat.press("q")
        assert seat.app.return_code == 0


async def test_on_80_columns_every_pane_is_a_key_away(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        mesa = seat.mesa
        assert panes(seat) == ["queue"]
        await seat.press("f2")
        assert panes(seat) == ["services"]
        assert within(seat, mesa.services)
        await seat.press("f4")
        assert panes(seat) == ["preview"]
        await seat.press("f3")
        assert panes(seat) == ["queue"]
        await seat.press("enter")
        assert panes(seat) == ["preview"]
        assert within(seat, mesa.preview)
        await seat.press("escape")
        assert panes(seat) == ["queue"]
        assert within(seat, mesa.queue)


async def test_esc_leads_back_to_the_queue_and_stops_there(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        await seat.press("f2", "escape")
        assert panes(seat) == ["queue"]
        await seat.press("escape", "escape")
        assert panes(seat) == ["queue"]
        await seat.press("f")
        await seat.write("zzz")
        await seat.press("escape")
        assert seat.mesa.queue.query_one(FilterInput).value == ""
        assert panes(seat) == ["queue"]


async def test_tab_walks_the_panes_side_by_side(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        mesa, walked = seat.mesa, []
        for _ in range(3):
            walked.append(next(pane.id for pane in all_panes(seat) if within(seat, pane)))
            await seat.press("tab")
        assert sorted(filter(None, walked)) == ["preview", "queue", "services"]
        assert within(seat, mesa.queue)
        assert panes(seat) == ["services", "queue", "preview"]


def all_panes(seat: Sitting) -> tuple[Widget, ...]:
    return seat.mesa.services, seat.mesa.queue, seat.mesa.preview


def panes(seat: Sitting) -> list[str | None]:
    """The panes in view."""
    return [pane.id for pane in all_panes(seat) if pane.region.area]


def within(seat: Sitting, pane: Widget) -> bool:
    """Whether ``pane`` has the keys."""
    return seat.focused is not None and pane in seat.focused.ancestors
