"""What became of each of many: one line for one item."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from clients.models.text import safe_text
from tui.carrier import Result
from tui.commands.dialogs import RESULTS
from widgets.bound import bound
from widgets.key_line import KeyLine

from .dialog import Dialog


class ResultsScreen(Dialog[None]):
    """The results, those that failed first."""

    TITLE = "Resultado"
    ABOUT = "Um resultado para cada um. O que não foi feito espera em Pendências."
    CSS = """
    ResultsScreen { align: center middle; }
    ResultsScreen > Vertical {
        width: 76; max-width: 100%; height: auto; max-height: 90%; padding: 1 2; border: round $primary;
        background: $surface;
    }
    ResultsScreen VerticalScroll { height: auto; max-height: 16; }
    ResultsScreen Static { height: auto; }
    """
    BINDINGS = bound(RESULTS)

    def __init__(self, results: Sequence[Result]) -> None:
        super().__init__()
        self._results = sorted(results, key=lambda result: result.done)

    def compose(self) -> ComposeResult:
        """One line for each."""
        with Vertical() as card:
            card.border_title = Content(" Resultado ")
            with VerticalScroll():
                yield Static(Content("\n").join(_line(result) for result in self._results))
            yield KeyLine(self)

    def action_close(self) -> None:
        """Back."""
        self.dismiss()


def _line(result: Result) -> Content:
    mark, style = ("✓", "$text-success") if result.done else ("✖", "$text-error")
    told = safe_text(result.told, multiline=False)
    return Content.assemble((f"{mark} ", style), (f"{result.subject}  ", "bold"), told)
