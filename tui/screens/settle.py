"""The question that looking could not answer: did it arrive or not?"""

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from clients.models.fields import Vocabulary
from clients.models.text import safe_text
from tui.commands.dialogs import SETTLE
from tui.flows.step_words import step_text, step_words, subject_of
from tui.intent import Intent
from widgets.bound import bound
from widgets.key_line import KeyLine

from .dialog import Dialog


class SettleScreen(Dialog[bool | None]):
    """Shows the text and the evidence. True: it arrived; False: it did not; None: decide later."""

    CSS = """
    SettleScreen { align: center middle; }
    SettleScreen > Vertical {
        width: 76; max-width: 100%; height: auto; max-height: 90%; padding: 1 2; border: heavy $warning;
        background: $surface;
    }
    SettleScreen VerticalScroll { height: auto; max-height: 12; margin: 1 0; border-left: thick $warning; }
    SettleScreen Static { height: auto; }
    """
    TITLE = "Resposta do servidor perdida"
    BINDINGS = bound(SETTLE)
    ABOUT = "O passo pode ter sido feito ou não: olhe lá e diga o que viu. Na dúvida, decida depois."

    def __init__(self, intent: Intent, words: Vocabulary) -> None:
        super().__init__()
        self._intent = intent
        self._words = words

    def compose(self) -> ComposeResult:
        """What was sent, what is known, the three answers."""
        with Vertical() as card:
            card.border_title = Content(f" {subject_of(self._intent)} · foi feito? ")
            yield Static(Content("A resposta do servidor se perdeu, e conferir não bastou:"))
            yield Static(Content.styled(safe_text(self._intent.evidence), "bold"))
            with VerticalScroll():
                text = step_text(self._intent) or step_words(self._intent, self._words)
                yield Static(Content(safe_text(text)))
            yield Static(Content("Confira lá antes de responder. Na dúvida, decida depois."))
            yield KeyLine(self)

    def action_answer(self, arrived: bool) -> None:
        """The analyst's word."""
        self.dismiss(arrived)

    def action_later(self) -> None:
        """The question comes again at the next start."""
        self.dismiss(None)
