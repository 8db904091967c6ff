"""Colours are shown before they are chosen, and are there again at the next start."""

from pathlib import Path

import pytest

from clients.sandbox.server import Running
from tests.support.desk import NARROW, Sitting, app_on, at_the_desk, settings_for
from tui.screens.tasks import TasksScreen
from tui.screens.theme import ThemeScreen

pytestmark = pytest.mark.anyio


async def test_a_theme_of_the_terminals_colours_leaves_no_other_colour_on_a_page(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        await seat.press("2")
        await seat.sees("[minhas")
        assert mixed(seat), "the theme that comes with Textual mixes its colours"
        await seat.press("A")
        await seat.arrives_at(ThemeScreen)
        await seat.write("ansi dark")
        await seat.press("enter")
        await seat.hears("Tema ansi-dark")
        await seat.arrives_at(TasksScreen)
        await seat.until(lambda: not mixed(seat), "painted all of it anew")


def mixed(seat: Sitting) -> list[str]:
    """What is on screen in a colour that is none of the terminal's own."""
    return [
        segment.text
        for strip in seat.app.screen._compositor.render_strips()
        for segment in strip
        if segment.style
        and any(each and each.triplet for each in (segment.style.color, segment.style.bgcolor))
    ]


async def test_a_theme_is_shown_then_chosen_and_kept(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        app, before = seat.app, seat.app.theme
        await seat.press("A")
        await seat.arrives_at(ThemeScreen)
        await seat.sees("● ok", "como na configuração")
        await seat.write("ansi")
        await seat.until(lambda: app.theme == "ansi-dark", "showed the theme")
        await seat.press("escape")
        assert app.theme == before
        await seat.press("A")
        await seat.arrives_at(ThemeScreen)
        await seat.write("ansi dark")
        await seat.press("enter")
        await seat.hears("Tema ansi-dark")
        assert app.theme == "ansi-dark"

    again = app_on(running, tmp_path)
    assert again.theme == "ansi-dark"
    again.desk.disk.close()
    (settings_for(running, tmp_path).state_folder / "tema").write_text("tema-que-saiu")
    gone = app_on(running, tmp_path)
    assert gone.theme == before
    gone.desk.disk.close()
