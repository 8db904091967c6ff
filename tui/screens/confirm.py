"""One question with a yes that no habit of the fingers gives: Enter does nothing here."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from clients.models.text import safe_text


class ConfirmScreen(ModalScreen[bool]):
    """``s`` says yes; ``n`` and Esc say no."""

    CSS = """
    ConfirmScreen { align: center middle; }
    ConfirmScreen > Vertical {
        width: 60; max-width: 100%; height: auto; padding: 1 2; border: heavy $warning; background: $surface;
    }
    ConfirmScreen Static { height: auto; }
    """
    BINDINGS = [
        Binding("s", "dismiss(True)", "Sim"),
        Binding("n,escape", "dismiss(False)", "Não"),
    ]

    def __init__(self, question: str, about: str, verb: str) -> None:
        super().__init__()
        self._question = question
        self._about = safe_text(about)
        self._verb = verb

    def compose(self) -> ComposeResult:
        """The question, what it is about, the keys."""
        with Vertical() as card:
            card.border_title = Content(f" {self._question} ")
            yield Static(Content(f"{self._about}\n"))
            yield Static(
                Content.assemble(("s", "bold $text-accent"), f" {self._verb}   ", ("n", "bold"), " Voltar")
            )
