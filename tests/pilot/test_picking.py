"""A list to choose from: its ends are a key away, and what is so now is marked once."""

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Input

from widgets.picker import Pick, Picker

pytestmark = pytest.mark.anyio
PICKS = [Pick(f"{number}", f"Situação {number}") for number in range(40)]


class Choosing(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.moved: list[str] = []
        self.chosen = ""

    def compose(self) -> ComposeResult:
        yield Picker("Situação", PICKS, "7", verb="Mudar")

    def on_picker_moved(self, event: Picker.Moved) -> None:
        self.moved.append(event.value)

    def on_picker_chosen(self, event: Picker.Chosen) -> None:
        self.chosen = event.value

    def shown(self) -> str:
        """The screen."""
        strips = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def test_the_ends_of_the_list_are_a_key_away() -> None:
    app = Choosing()
    async with app.run_test(size=(80, 24)) as pilot:
        for key, arrives in (("end", "39"), ("pageup", "25"), ("home", "0"), ("pagedown", "14")):
            await pilot.press(key)
            await pilot.pause()
            assert app.moved[-1] == arrives, key
        await pilot.press("2", "home", "1", "enter")  # in what is typed they go about in that
        assert app.query_one(Input).value == "12"
        assert app.chosen == "12"


async def test_what_is_so_now_is_marked_once_and_enter_says_what_it_does() -> None:
    app = Choosing()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.shown().count("atual") == 1
        assert "Enter Mudar" in app.shown()
        assert "digite para filtrar" in app.shown()
