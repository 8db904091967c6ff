"""Closing without the client's answered OK: three ways to go on, none of them by habit."""

from enum import StrEnum

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from clients.models.text import safe_text
from tui.commands.dialogs import CLOSING
from widgets.bound import bound
from widgets.key_line import KeyLine

from .dialog import Dialog


class WayOn(StrEnum):
    """What is done about a ticket that should not be closed yet."""

    CLOSE = "close"
    ANSWER = "answer"
    BACK = "back"


class ClosingScreen(Dialog[WayOn]):
    """Says what stands against closing. Enter does nothing here."""

    TITLE = "Sem o OK do cliente"
    ABOUT = """\
O ticket se resolve e se encerra depois do OK do cliente, e de esse OK ter sido respondido. Sem isso,
responda antes; ou siga dizendo o motivo, que fica numa nota interna do ticket."""
    CSS = """
    ClosingScreen { align: center middle; }
    ClosingScreen > Vertical {
        width: 72; max-width: 100%; height: auto; padding: 1 2; border: heavy $warning; background: $surface;
    }
    ClosingScreen Static { height: auto; }
    ClosingScreen VerticalScroll { height: auto; max-height: 14; margin-bottom: 1; }
    """
    BINDINGS = bound(CLOSING)

    def __init__(self, question: str, about: str) -> None:
        super().__init__()
        self._question = question
        self._about = safe_text(about)

    def compose(self) -> ComposeResult:
        """The question, what stands against a yes, the keys."""
        with Vertical() as card:
            card.border_title = Content(f" {self._question} ")
            with VerticalScroll(can_focus=False):
                yield Static(Content(self._about))
            yield KeyLine(self)

    def action_go(self, way: str) -> None:
        """The analyst's word."""
        self.dismiss(WayOn(way))
