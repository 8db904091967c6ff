"""R16 at the desk: a reply that names a colleague waits, a note does not."""

from pathlib import Path

import pytest

from clients.sandbox.server import Running
from tests.support.clock import frozen
from tests.support.desk import at_the_desk, settings_for
from tui.desk import Desk
from tui.screens.answer import AnswerScreen, SendScreen
from widgets.answer_preview import AnswerPreview

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("seconds_stand_still")]


@pytest.mark.parametrize(("key", "waits"), [("r", True), ("n", False)], ids=["reply", "note"])
async def test_a_colleague_in_a_reply(running: Running, tmp_path: Path, key: str, waits: bool) -> None:
    desk = Desk(settings_for(running, tmp_path, team_names=("fulana",)), frozen)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        me = desk.account.me
        assert me is not None
        colleague = next(name for name in desk.account.vocabulary.agents.values() if name != me.name)
        await seat.press(key)
        await seat.arrives_at(AnswerScreen)
        await seat.write(f"Passei a {colleague} e Fulana.\n{me.name}")
        await seat.press("f9")
        await seat.arrives_at(SendScreen)
        preview = seat.app.screen.query_one(AnswerPreview)
        if waits:
            await seat.sees(f"Alguém da equipe no texto: {colleague} (linha 1); Fulana (linha 1)")
            assert preview.left is None
            await seat.press("enter")
        await seat.until(lambda: preview.left is not None, "counted down")
        await seat.press("escape")
        await seat.arrives_at(AnswerScreen)
