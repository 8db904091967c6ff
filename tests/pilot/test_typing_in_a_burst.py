"""Keys that arrive all at once, as over a slow link, edit the text in the order in which they were typed."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from clients.sandbox.server import Running
from tests.support.desk import NARROW, at_the_desk
from tui.commands.palette import Palette
from tui.keys_in_turn import LOST, KeysInTurn
from tui.screens.answer import AnswerScreen
from tui.screens.attach import AttachScreen
from tui.screens.chamado import ChamadoScreen
from widgets.chamado_form import ChamadoForm
from widgets.composer import Composer
from widgets.inputs import TextBox, TextInput

pytestmark = pytest.mark.anyio
NAMES = {
    **{"←": "left", "→": "right", "⌂": "home", "⇥": "end", "⌫": "backspace", "»": "tab", "\n": "enter"},
    **{" ": "space", ":": "colon", "?": "question_mark", ",": "comma"},
}
BURSTS = [
    ("ab←←cd⇥ef⌂gh", "ghcdabef"),
    ("abx⌫c dex⌫⌫f", "abc df"),
    ("ola←←←⌫x→→→y", "xolay"),
]


class Desk(KeysInTurn[None]):
    """One line and several."""

    def compose(self) -> ComposeResult:
        yield TextInput()
        yield TextBox()


def burst(app: KeysInTurn[Any], typed: str) -> None:
    """Hand every key over before any of them was handled."""
    for char in typed:
        app.post_message(events.Key(NAMES.get(char, char), None if char in "←→⌂⇥⌫»\n" else char))


@pytest.mark.parametrize(("typed", "text"), BURSTS)
async def test_a_burst_edits_one_line_in_order(typed: str, text: str) -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.query_one(Input).focus()
        await pilot.pause()
        burst(app, typed)
        await written(pilot, lambda: app.query_one(Input).value == text)


@pytest.mark.parametrize(("typed", "text"), BURSTS)
async def test_a_burst_edits_several_lines_in_order(typed: str, text: str) -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.query_one(TextArea).focus()
        await pilot.pause()
        burst(app, typed)
        await written(pilot, lambda: app.query_one(TextArea).text == text)


async def written(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until what was typed stands there; keys take their turns."""
    for _ in range(500):
        if holds():
            return
        await pilot.pause(0.01)
    assert holds()


async def test_tab_takes_what_follows_to_the_next_field() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.query_one(Input).focus()
        await pilot.pause()
        burst(app, "um»dois")
        await written(pilot, lambda: app.query_one(TextArea).text == "dois")
        assert app.query_one(Input).value == "um"


class Slow(Input):
    """Moves on at Enter, on a machine that is busy with something else."""

    async def action_submit(self) -> None:
        """Take longer than a turn whose widget has gone."""
        await asyncio.sleep(2 * LOST)
        self.app.query_one(TextBox).focus()


class SlowDesk(KeysInTurn[None]):
    """A line that is slow, and a text."""

    def compose(self) -> ComposeResult:
        yield Slow()
        yield TextBox()


async def test_what_follows_a_slow_key_waits_for_its_effect() -> None:
    app = SlowDesk()
    async with app.run_test() as pilot:
        app.query_one(Slow).focus()
        await pilot.pause()
        burst(app, "a\nNao salva")
        await written(pilot, lambda: app.query_one(TextBox).text == "Nao salva")
        assert app.query_one(Slow).value == "a"


async def test_what_is_typed_after_r_is_the_answer(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        burst(seat.app, "rOla cliente, tudo bem?")
        await seat.arrives_at(AnswerScreen)
        await seat.until(lambda: seat.app.screen.query_one(Composer).text == "Ola cliente, tudo bem?")
        assert not seat.said(), "nothing of it ran as a command"


async def test_q_typed_into_an_answer_that_opens_closes_nothing(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        burst(seat.app, "nqq ola")
        await seat.arrives_at(AnswerScreen)
        await seat.until(lambda: seat.app.screen.query_one(Composer).text == "qq ola")


async def test_a_mode_and_its_key_in_one_go(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        burst(seat.app, "3c\nNao salva")
        await seat.arrives_at(ChamadoScreen)
        await seat.until(lambda: seat.app.screen.query_one(ChamadoForm).draft.title == "Nao salva")
        assert seat.app.screen.query_one(ChamadoForm).draft.ticket_id is None


async def test_the_palette_takes_what_is_typed_at_once(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        burst(seat.app, ":nota")
        await seat.arrives_at(Palette)
        await seat.until(lambda: seat.app.screen.query_one(Input).value == "nota")


async def test_what_follows_a_refused_key_does_not_run_as_commands(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        await seat.press("f2")
        burst(seat.app, "rqq 3")
        await seat.hears("O ticket não está na tela")
        await seat.pilot.pause(0.3)
        assert seat.app.return_code is None
        assert seat.mesa.services.has_focus_within


async def test_a_path_is_completed_before_enter_takes_it(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "casa"))
    (tmp_path / "casa" / "meus docs").mkdir(parents=True)
    (tmp_path / "casa" / "meus docs" / "laudo.txt").write_bytes(b"laudo")
    async with at_the_desk(running, tmp_path / "dados") as seat:
        await seat.press("n")
        await seat.arrives_at(AnswerScreen)
        await seat.press("f5")
        await seat.arrives_at(AttachScreen)
        await seat.write("~/me")
        burst(seat.app, "»»\n")
        await seat.sees("laudo.txt  (de ")


async def test_esc_gives_up_what_opens_slowly(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        running.knobs.freshdesk.latency_ms = 60_000
        await seat.goes_to(seat.mesa.queue.shown[-1].id)
        burst(seat.app, "cabc")
        seat.app.post_message(events.Key("escape", None))
        await seat.press("f2")
        await seat.sees("━ Serviços")
