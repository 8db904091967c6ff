"""Help on what has the focus: its keys as they are bound now, and the rules of the routine that it serves."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.commands.command import Command
from tui.commands.keys import key_names


class HelpScreen(ModalScreen[None]):
    """A page of text over the desk; Esc, q or F1 close it."""

    CSS = """
    HelpScreen { align: center middle; }
    HelpScreen VerticalScroll {
        width: 76; max-width: 100%; height: auto; max-height: 100%; padding: 0 2; border: round $primary;
        background: $surface;
    }
    HelpScreen Static { height: auto; }
    """
    BINDINGS = [Binding("escape,q,f1,question_mark", "dismiss", "Fechar")]

    def __init__(self, title: str, prose: str, entries: Sequence[Command]) -> None:
        super().__init__()
        self._title = title
        self._prose = prose
        self._entries = entries

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        with VerticalScroll() as page:
            page.border_title = "Ajuda"
            page.border_subtitle = "Esc fecha"
            yield Static(self._page())

    def _page(self) -> Content:
        lines = [Content.styled(self._title, "bold"), Content("")]
        lines += [Content(line) for line in self._prose.strip().splitlines()]
        lines += [Content(""), Content.styled("Teclas", "bold")]
        width = max(len(key_names(entry.key)) for entry in self._entries)
        lines += [
            Content.assemble((f"{key_names(entry.key):>{width}}", "bold $accent"), "  ", entry.help)
            for entry in self._entries
        ]
        return Content("\n").join(lines)
