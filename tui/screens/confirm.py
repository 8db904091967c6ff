"""One question with a yes that no habit of the fingers gives: Enter does nothing here."""

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from clients.models.text import safe_text
from tui.commands.dialogs import CONFIRM
from widgets.bound import bound
from widgets.key_line import KeyLine

from .dialog import Dialog

SHOWN_LINES = 14
"""Lines that are in view; where there are more the keys of a list go through them."""


class ConfirmScreen(Dialog[bool]):
    """``s`` says yes; ``n`` and Esc say no."""

    CSS = """
    ConfirmScreen { align: center middle; }
    ConfirmScreen > Vertical {
        width: 60; max-width: 100%; height: auto; padding: 1 2; border: heavy $warning; background: $surface;
    }
    ConfirmScreen Static { height: auto; }
    ConfirmScreen VerticalScroll { height: auto; max-height: 14; margin-bottom: 1; }
    """
    TITLE = "Pergunta"
    BINDINGS = bound(CONFIRM)
    ABOUT = "Uma pergunta antes do que não tem volta. Enter de propósito não responde."

    def __init__(self, question: str, about: str, verb: str) -> None:
        super().__init__()
        self._question = question
        self._about = safe_text(about)
        self._verb = verb

    def compose(self) -> ComposeResult:
        """The question, what it is about, the keys."""
        with Vertical() as card:
            card.border_title = Content(f" {self._question} ")
            with VerticalScroll(can_focus=self._about.count("\n") >= SHOWN_LINES):
                yield Static(Content(self._about))
            yield KeyLine(self, labels=lambda: {"answer(True)": self._verb, "answer(False)": "Voltar"})

    def key_enter(self) -> None:
        """Say why nothing happens."""
        self.plantao.refuse("Enter não responde aqui: s é sim, n é não.")

    def action_answer(self, agreed: bool) -> None:
        """The analyst's word."""
        self.dismiss(agreed)
