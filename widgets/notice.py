"""What has to be done before a chamado is opened, and the *Entendi* that the form waits for (C1)."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from clients.models.notice import NOTICE
from clients.models.text import safe_text

from .bound import bound
from .key_line import KeyLine
from .keys import BEFORE_FORM


class Notice(VerticalScroll, can_focus=True):
    """The notice. Enter or ``e`` is *Entendi*; Esc goes back."""

    HELP = "Leia antes de abrir o chamado. O momento da leitura fica no chamado."
    BINDINGS = bound(BEFORE_FORM)
    DEFAULT_CSS = """
    Notice { align: center middle; padding: 1 2; }
    Notice > #notice-card {
        width: 100%; max-width: 76; height: auto; padding: 1 3;
        border: round $warning; border-title-color: $text-warning;
    }
    Notice > #notice-keys { width: 100%; max-width: 76; height: auto; padding: 1 3; }
    """

    class Understood(Message):
        """*Entendi* was given: the caller notes when."""

    class Left(Message):
        """Gone back without it."""

    def __init__(self, text: str = NOTICE, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = safe_text(text)

    def compose(self) -> ComposeResult:
        """The text in a frame, the two keys below."""
        card = Static(Content(self._text), id="notice-card")
        card.border_title = Content.assemble(("▲ Antes de abrir um chamado", "bold"))
        yield card
        yield KeyLine(self, gap="      ", id="notice-keys")

    def action_understand(self) -> None:
        """*Entendi*."""
        self.post_message(self.Understood())

    def action_leave(self) -> None:
        """Back."""
        self.post_message(self.Left())
