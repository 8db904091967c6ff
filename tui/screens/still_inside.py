"""The question as one closes Plantão while one is on a client's server (R3)."""

from collections.abc import Sequence
from enum import StrEnum

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from clients.models.text import safe_text
from tui.commands.dialogs import STILL_INSIDE
from widgets.bound import bound
from widgets.key_line import KeyLine

from .dialog import Dialog


class StillInside(StrEnum):
    """What becomes of the servers that one is on."""

    ANNOUNCE = "announce"
    CLOSE = "close"


class StillInsideScreen(Dialog[StillInside | None]):
    """Announce that one left? None: one stays. Enter does nothing here."""

    TITLE = "No servidor do cliente"
    ABOUT = (
        "Para a equipe, você está no servidor até avisar que saiu. Fechar o Plantão não avisa ninguém; ao "
        "abrir de novo, ele pergunta outra vez."
    )
    CSS = """
    StillInsideScreen { align: center middle; }
    StillInsideScreen > Vertical {
        width: 66; max-width: 100%; height: auto; max-height: 90%; padding: 1 2; border: heavy $warning;
        background: $surface;
    }
    StillInsideScreen VerticalScroll { height: auto; max-height: 8; margin-bottom: 1; }
    StillInsideScreen Static { height: auto; }
    """
    BINDINGS = bound(STILL_INSIDE)

    def __init__(self, places: Sequence[str]) -> None:
        """``places`` say where one is and since when, a line each."""
        super().__init__()
        self._places = places

    def compose(self) -> ComposeResult:
        """Where one is; the keys."""
        with Vertical() as card:
            card.border_title = Content(" Você já saiu do servidor? ")
            with VerticalScroll(can_focus=False):
                yield Static(Content(safe_text("\n".join(self._places))))
            yield KeyLine(self)

    def action_announce(self) -> None:
        """See what would be announced, then go."""
        self.dismiss(StillInside.ANNOUNCE)

    def action_close(self) -> None:
        """Go, and stay on the server for the team."""
        self.dismiss(StillInside.CLOSE)

    def action_stay(self) -> None:
        """Do not go."""
        self.dismiss(None)
