"""Keys that arrive all at once, as over a slow link, edit the text in the order in which they were typed."""

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Input, TextArea

from widgets.inputs import TextBox, TextInput

pytestmark = pytest.mark.anyio
NAMES = {"←": "left", "→": "right", "⌂": "home", "⇥": "end", "⌫": "backspace", " ": "space"}
BURSTS = [
    ("ab←←cd⇥ef⌂gh", "ghcdabef"),
    ("abx⌫c dex⌫⌫f", "abc df"),
    ("ola←←←⌫x→→→y", "xolay"),
]


class Desk(App[None]):
    """One line and several."""

    def compose(self) -> ComposeResult:
        yield TextInput()
        yield TextBox()


def burst(app: App[None], typed: str) -> None:
    """Hand every key over before any of them was handled."""
    for char in typed:
        app.post_message(events.Key(NAMES.get(char, char), None if char in "←→⌂⇥⌫" else char))


@pytest.mark.parametrize(("typed", "text"), BURSTS)
async def test_a_burst_edits_one_line_in_order(typed: str, text: str) -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.query_one(Input).focus()
        await pilot.pause()
        burst(app, typed)
        await pilot.pause()
        assert app.query_one(Input).value == text


@pytest.mark.parametrize(("typed", "text"), BURSTS)
async def test_a_burst_edits_several_lines_in_order(typed: str, text: str) -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.query_one(TextArea).focus()
        await pilot.pause()
        burst(app, typed)
        await pilot.pause()
        assert app.query_one(TextArea).text == text
