"""What the keys act on is what is under the cursor, also in a hurry, and also where it was never read."""

from functools import partial
from pathlib import Path

import pytest

from clients.sandbox.server import Running
from tests.support.desk import NARROW, at_the_desk
from tui.screens.answer import AnswerScreen
from tui.screens.chamado import ChamadoScreen
from tui.screens.mesa import MesaScreen

pytestmark = pytest.mark.anyio


async def test_down_and_up_in_a_hurry_shows_and_answers_the_same_ticket(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        mesa = seat.mesa
        under_the_cursor = mesa.queue.highlighted
        assert under_the_cursor is not None
        await seat.until(lambda: mesa.preview.ticket_id == under_the_cursor.id)
        mesa.queue.select(mesa.queue.shown[1].id)
        await seat.pilot.pause()
        mesa.queue.select(under_the_cursor.id)
        await seat.pilot.pause(0.3)
        assert mesa.preview.ticket_id == under_the_cursor.id
        await seat.press("f4")
        await seat.until(lambda: mesa.preview.ticket_id == under_the_cursor.id)
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.sees(f"#{under_the_cursor.id}")


async def test_a_chamado_from_a_ticket_that_was_never_read_quotes_the_client(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        entry = seat.mesa.queue.highlighted
        assert entry is not None
        await seat.press("c")
        await seat.arrives_at(ChamadoScreen)
        screen = seat.app.screen
        assert isinstance(screen, ChamadoScreen)
        assert "> " in screen.form.draft.description


async def test_a_second_chamado_of_a_ticket_goes_on_with_the_first(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await seat.press("c")
        await seat.arrives_at(ChamadoScreen)
        await seat.press("enter")
        await seat.write("X")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)
        await seat.press("c")
        await seat.arrives_at(ChamadoScreen)
        await seat.hears("Rascunho retomado.")
        desk = seat.app.desk
        await desk.saver.flush()
        assert len(await desk.disk(desk.local.chamado_drafts.list)) == 1


async def test_refreshing_by_hand_does_not_learn_the_account_anew_each_time(
    running: Running, tmp_path: Path
) -> None:
    words = "freshdesk /api/v2/agents/me"  # the fields are read by the first reading of the queue too
    async with at_the_desk(running, tmp_path) as seat:
        await seat.until(lambda: running.journal.reads[words] == 1)
        for refreshes in (2, 3, 4):
            await seat.press("u")
            await seat.until(partial(_read_at_least, running, refreshes))
        assert running.journal.reads[words] == 1


def _read_at_least(running: Running, times: int) -> bool:
    return running.journal.reads["freshdesk /api/v2/tickets"] >= times
