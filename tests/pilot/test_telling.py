"""What is told in passing: whole at 80 columns, and never over what is typed into."""

from pathlib import Path

import pytest
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Input
from textual.widgets._toast import Toast

import tui
from clients.models.feed import Trouble
from tui.telling import Telling

pytestmark = pytest.mark.anyio
LINK = "https://suporte.exemplo.com.br/a/tickets/4102?aba=conversas"
REFUSED = Trouble("Dados recusados", f"Freshdesk: o texto tem {LINK}, que não abre.", "Corrija e envie.")


class Dialog(ModalScreen[None]):
    CSS = "Dialog { align: center middle; } Dialog Input { width: 60; }"

    def compose(self) -> ComposeResult:
        yield Input("o que se digita")


class Told(Telling[None]):
    CSS_PATH = Path(tui.__file__).parent / "desk.tcss"

    def shown(self) -> list[str]:
        """The screen's lines."""
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


async def test_words_and_links_are_whole_at_80_columns() -> None:
    app = Told()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.say("Passagem enviada ao terminal.")
        app.report(REFUSED)
        await pilot.pause()
        text = "\n".join(app.shown())
        assert "Passagem enviada ao terminal." in text
        assert LINK in text
        assert "Corrija e envie." in text


async def test_what_there_is_no_room_for_goes_before_what_is_new_is_cut() -> None:
    app = Told()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        for number in range(5):
            app.report(Trouble(f"Falha {number}", "linha\nlinha", f"Saída {number}."))
            await pilot.pause()
        text = "\n".join(app.shown())
        assert "Saída 4." in text
        assert "Falha 0" not in text
        assert all(toast.region.bottom <= 24 // 2 for toast in app.screen.query(Toast))


async def test_nothing_told_lies_over_what_is_typed_into_in_a_dialog() -> None:
    app = Told()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await app.push_screen(Dialog())
        for number in range(3):
            app.report(Trouble(f"Falha {number}", "Freshdesk: o texto não serve", "Corrija."))
        await pilot.pause()
        field, toasts = app.screen.query_one(Input).region, list(app.screen.query(Toast))
        assert toasts
        assert not any(field.overlaps(toast.region) for toast in toasts)
        assert max(toast.region.bottom for toast in toasts) == 22, "above the keys"
        assert "Falha 2" in "\n".join(app.shown())
