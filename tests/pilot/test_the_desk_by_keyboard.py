"""Each key does its thing once; on 80 columns every pane is a key away."""

from pathlib import Path

import pytest

from clients.sandbox.server import Running
from tests.support.desk import at_the_desk
from tui.screens.answer import AnswerScreen, TemplateScreen
from tui.screens.help import HelpScreen

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
