"""The last look over whatever is about to leave."""

from textual import on
from textual.app import ComposeResult

from widgets.last_look import LastLook

from .dialog import Dialog


class LastLookScreen(Dialog[bool]):
    """Gives True once the countdown ran out or was cut short, False where it was taken back."""

    CSS = """
    LastLookScreen { align: center middle; }
    LastLookScreen LastLook { max-width: 110; background: $background; }
    """

    def __init__(self, look: LastLook) -> None:
        super().__init__()
        self._look = look

    def compose(self) -> ComposeResult:
        """The sheet and the countdown."""
        yield self._look

    def on_screen_suspend(self) -> None:
        """Nothing leaves while help or the palette hides it."""
        self._look.pause()

    @on(LastLook.Confirmed)
    def _go(self) -> None:
        self.dismiss(True)

    @on(LastLook.TakenBack)
    def _back(self) -> None:
        self.dismiss(False)


class SendScreen(LastLookScreen):
    """Over an answer."""

    TITLE = "Antes de enviar"


class WorkScreen(LastLookScreen):
    """Over several steps."""

    TITLE = "Antes de fazer"
