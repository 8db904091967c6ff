"""Help on what has the focus: its keys as they are bound now, and the rules of the routine that it serves."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.commands.command import Command, Scope
from tui.commands.keys import key_names

from .desk_screen import DeskScreen


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

    def __init__(self, title: str, prose: str, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title = title
        self._prose = prose
        self._rows = rows

    @classmethod
    def on(cls, screen: DeskScreen, catalog: Sequence[Command]) -> "HelpScreen":
        """Help on ``screen``: its commands, then the keys of the widget in focus, then those of the desk."""
        here = [entry for entry in catalog if entry.scope is screen.SCOPE]
        everywhere = [entry for entry in catalog if entry.scope is Scope.DESK]
        rows = [(entry.key, entry.help) for entry in here]
        rows += _keys_of_focus(screen, {entry.id for entry in (*here, *everywhere)})
        rows += [(entry.key, entry.help) for entry in everywhere]
        return cls(screen.title or "Plantão", screen.ABOUT, rows)

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
        width = max(len(key_names(keys)) for keys, _ in self._rows)
        lines += [
            Content.assemble((f"{key_names(keys):>{width}}", "bold $accent"), "  ", purpose)
            for keys, purpose in self._rows
        ]
        return Content("\n").join(lines)


def _keys_of_focus(screen: DeskScreen, told: set[str]) -> list[tuple[str, str]]:
    """The live bindings of the focused widget and what holds it, alternatives joined."""
    keys: dict[str, tuple[list[str], str]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.id in told or not binding.description or active.node in (screen, screen.app):
            continue
        names, _ = keys.setdefault(binding.action, ([], binding.tooltip or binding.description))
        names.append(binding.key)
    return [(",".join(names), purpose) for names, purpose in keys.values()]
