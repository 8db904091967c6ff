"""A task's description as it is in Redmine beside what was written, before one replaces the other."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from clients.models.text import safe_text
from tui.commands.dialogs import CONFIRM
from widgets.bound import bound
from widgets.cells import Piece, Tone
from widgets.comparison import Comparison
from widgets.key_line import KeyLine, key_of

from .dialog import Dialog

_NAMES = ("No Redmine agora", "O seu texto")


class Difference(Comparison):
    """Both descriptions."""

    HELP = """\
A descrição como está no Redmine e o texto que você escreveu.
Sinais: - sai da descrição, + entra, ~ muda de lugar."""


class DifferenceScreen(Dialog[bool]):
    """``s`` goes on; ``n`` and Esc do not."""

    CSS = """
    DifferenceScreen { align: center middle; }
    DifferenceScreen > Vertical {
        width: 100%; max-width: 160; height: 100%; padding: 0 1; border: heavy $warning; background: $surface;
    }
    DifferenceScreen KeyLine { padding-top: 1; }
    """
    TITLE = "Descrição"
    BINDINGS = bound(CONFIRM)
    ABOUT = "Mostra o que muda na descrição antes de gravar. Enter de propósito não responde."

    def __init__(
        self,
        question: str,
        now: str,
        written: str,
        *,
        yes: str,
        no: str = "Voltar ao texto",
        warning: str = "",
    ) -> None:
        """``now`` is in Redmine, ``written`` is to come there; ``yes`` and ``no`` are what the keys do."""
        super().__init__()
        self._question = question
        self._texts = (now, written)
        self._labels = {"answer(True)": yes, "answer(False)": no}
        self._warning = safe_text(warning, multiline=False)

    def compose(self) -> ComposeResult:
        """What is asked, both texts, the keys."""
        with Vertical() as card:
            card.border_title = Content(f" {self._question} ")
            yield Difference()
            yield KeyLine(self, labels=lambda: self._labels)

    def on_mount(self) -> None:
        """The texts can be gone through at once."""
        texts = self.query_one(Difference)
        warned = [(Piece(f"▲ {self._warning}", Tone.WARN),)] if self._warning else []
        texts.compare(*self._texts, warned, names=_NAMES)
        texts.focus()

    def key_enter(self) -> None:
        """Say why nothing happens."""
        yes, no = key_of(self, "answer(True)"), key_of(self, "answer(False)")
        self.plantao.refuse(f"Enter não responde aqui: {yes} é sim, {no} é não.")

    def action_answer(self, agreed: bool) -> None:
        """The analyst's word."""
        self.dismiss(agreed)
