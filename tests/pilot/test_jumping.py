"""Letters beside what is in view; the next one goes there."""

from pathlib import Path

import pytest

from clients.sandbox.server import Running
from tests.support.desk import NARROW, Sitting, at_the_desk
from tui.screens.answer import AnswerScreen
from widgets.inputs import TextBox
from widgets.jump import JumpLetter, JumpLine

pytestmark = pytest.mark.anyio


async def test_a_letter_goes_to_its_row_and_back_the_keys_go(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        queue = seat.mesa.queue
        before, focus = seat.text(), seat.focused
        third = queue.shown[2]
        await seat.press("J")
        shown = await seat.sees("Saltar: aperte a letra", f"d◆ #{third.id}")
        assert all(ord(letter.letter) < 128 for letter in seat.app.screen.query(JumpLetter))
        assert len(shown.splitlines()) <= 24
        await seat.press("d")
        await gone(seat)
        assert seat.focused is focus
        assert queue.highlighted is not None
        assert queue.highlighted.id == third.id

        await seat.press("g", "J", "escape")
        await gone(seat)
        assert seat.focused is focus
        assert seat.text() == before

        await seat.press("J", "Z")  # nothing has that letter
        await gone(seat)
        assert seat.text() == before


async def test_panes_side_by_side_and_fields_of_a_form(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await seat.press("J", "a")  # the first row of the services, which are above
        await gone(seat)
        assert seat.focused is not None
        assert seat.mesa.services in seat.focused.ancestors
        await seat.press("f3", "r")
        await seat.arrives_at(AnswerScreen)
        await seat.write("J")
        assert seat.app.screen.query_one(TextBox).text.endswith("J")
        await seat.press("ctrl+o")
        await seat.until(lambda: seat.app.screen.query(JumpLine), "showed the letters")
        await seat.press("escape")
        await gone(seat)
        assert isinstance(seat.app.screen, AnswerScreen)
        assert isinstance(seat.focused, TextBox)


async def test_on_a_broad_screen_three_columns_stand_side_by_side_and_the_list_in_hand_has_letters(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, (160, 60)) as seat:
        mesa = seat.mesa
        columns = [pane.region for pane in (mesa.services, mesa.queue, mesa.preview)]
        assert [region.x for region in columns] == sorted({region.x for region in columns})
        assert len({region.height for region in columns}) == 1
        await seat.press("J")
        await seat.until(lambda: seat.app.screen.query(JumpLine), "showed the letters")
        beside = {letter.region.y for letter in seat.app.screen.query(JumpLetter)}
        rows = mesa.queue.walked.content_region
        wanted = range(rows.y, min(rows.bottom, rows.y + 52))
        assert beside >= set(wanted)


async def test_a_letter_stands_before_text_and_not_over_it(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        await seat.press("5", "v", "v")
        before = await seat.sees("[Gráficos]", "Horas por dia")
        await seat.press("J")
        shown = await seat.sees("Saltar: aperte a letra", "Horas por dia")
        await seat.press("escape")
        await gone(seat)
        at = next(y for y, line in enumerate(before.splitlines()) if "Horas por dia" in line)
        assert shown.splitlines()[at][1:] == before.splitlines()[at][1:]
        assert shown.splitlines()[at][0] == "a"


async def gone(seat: Sitting) -> None:
    await seat.until(lambda: not seat.app.screen.query("JumpLetter, JumpLine"), "took the letters away")
