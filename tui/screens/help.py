"""Help on what has the focus: its keys as they are bound now, and the rules of the routine that it serves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

from tui.commands.catalog import DESK, IN_DIALOGS
from tui.commands.dialogs import HELP as HELP_KEYS
from tui.commands.keys import key_names
from tui.commands.places import known_ids
from widgets.bound import bound
from widgets.keys import Key

from .desk_screen import DeskScreen
from .dialog import Dialog

WIDEST = 76
"""Cells of the page."""
_AROUND = 8
"""Of them, what border, padding and scrollbar take."""
_OVER = frozenset(key.id for key in IN_DIALOGS.keys)


@dataclass(frozen=True)
class Row:
    """A key with its purpose, and why it does nothing now."""

    keys: str
    purpose: str
    why_not: str = ""


class HelpScreen(Dialog[None]):
    """A page of text over the desk; the key that opened it closes it too."""

    CSS = f"""
    HelpScreen {{ align: center middle; }}
    HelpScreen VerticalScroll {{
        width: {WIDEST}; max-width: 100%; height: auto; max-height: 100%; padding: 0 2;
        border: round $primary; background: $surface; scrollbar-size-vertical: 1;
    }}
    HelpScreen Static {{ height: auto; padding-right: 1; }}
    """
    BINDINGS = bound(HELP_KEYS)

    def __init__(self, title: str, prose: tuple[str, ...], sections: Mapping[str, tuple[Row, ...]]) -> None:
        super().__init__()
        self._title = title
        self._prose = prose
        self._sections = sections

    @classmethod
    def on(cls, screen: Screen[object], live: Mapping[str, str]) -> "HelpScreen":
        """Help on ``screen``: what it and the focus are for, the keys of the focus, those of the desk.

        ``live`` are the keys of every command, as of `live_keys`.
        """
        sections = {
            "Teclas do que está em foco": _keys_of_focus(screen),
            "Teclas desta tela": tuple(_commands_here(screen, live)),
            _everywhere(screen): tuple(_commands_everywhere(screen, live)),
        }
        prose = tuple(dict.fromkeys(filter(None, (_about(screen), _help_of_focus(screen)))))
        return cls(screen.title or "Plantão", prose, {name: rows for name, rows in sections.items() if rows})

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        with VerticalScroll() as page:
            page.border_title = "Ajuda"
            page.border_subtitle = "↑ ↓ PgUp PgDn rolam · Esc fecha"
            yield Static(self._page())

    def on_resize(self) -> None:
        """Break the lines anew."""
        self.query_one(Static).update(self._page())

    def action_close(self) -> None:
        """Back to the work."""
        self.dismiss()

    @property
    def _width(self) -> int:
        """Cells of a line of text."""
        return min(WIDEST, self.app.size.width) - _AROUND

    def _page(self) -> Content:
        parts = [Content.styled(self._title, "bold")]
        for text in self._prose:
            parts += [Content(""), *(_emphasized(line) for line in _paragraphs(text))]
        for name, rows in self._sections.items():
            parts += [Content(""), Content.styled(name, "bold"), *_table(rows, self._width)]
        return Content("\n").join(parts)


def _table(rows: tuple[Row, ...], page: int) -> Iterator[Content]:
    width = max(len(key_names(row.keys)) for row in rows)
    for row in rows:
        said = [Content(row.purpose)]
        if row.why_not:
            said.append(Content.styled(f"agora não: {row.why_not}", "$text-muted"))
        lines = [line for text in said for line in text.wrap(max(1, page - width - 2))]
        for number, line in enumerate(lines):
            keys = key_names(row.keys) if number == 0 else ""
            yield Content.assemble((f"{keys:>{width}}", "bold $accent"), "  ", line)


def _paragraphs(text: str) -> Iterator[str]:
    """Lines joined into paragraphs, which the page breaks to its own width; items of a list stay apart."""
    for block in text.strip().split("\n\n"):
        paragraph = ""
        for line in block.splitlines():
            if line.startswith("- ") and paragraph:
                yield paragraph
                paragraph = ""
            paragraph = f"{paragraph} {line.strip()}".strip()
        yield paragraph


def _emphasized(line: str) -> Content:
    pieces = line.split("**")
    return Content.assemble(*((piece, "bold" if index % 2 else "") for index, piece in enumerate(pieces)))


def _about(screen: Screen[object]) -> str:
    return screen.ABOUT.strip() if isinstance(screen, DeskScreen | Dialog) else ""


def _help_of_focus(screen: Screen[object]) -> str:
    """The help of the focused widget, or of the nearest around it that has one."""
    focused = screen.focused
    around = [] if focused is None else [node for node in focused.ancestors_with_self if node is not screen]
    mine = (node.HELP for node in around if type(node).__module__.startswith(("widgets.", "tui.")))
    return next((text.strip() for text in mine if text), "")


def _keys_of_focus(screen: Screen[object]) -> tuple[Row, ...]:
    """The live bindings of the focused widget and what holds it, alternatives joined."""
    keys: dict[str, tuple[list[str], str]] = {}
    on_enter = screen.ON_ENTER if isinstance(screen, DeskScreen) else ""
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.id is None or active.node is screen.app or isinstance(active.node, DeskScreen):
            continue
        if binding.id in _OVER:
            continue
        purpose = (on_enter if binding.id == "lista.abrir" else "") or binding.tooltip or binding.description
        names, _ = keys.setdefault(binding.id, ([], purpose))
        names.append(binding.key)
    ordered = sorted(keys, key=known_ids().index)
    return tuple(Row(",".join(keys[name][0]), keys[name][1]) for name in ordered)


def _commands_here(screen: Screen[object], live: Mapping[str, str]) -> Iterator[Row]:
    if isinstance(screen, DeskScreen):
        for entry in screen.VERBS.keys:
            yield _row(entry, live, screen.why_not(entry.id) or "")


def _commands_everywhere(screen: Screen[object], live: Mapping[str, str]) -> Iterator[Row]:
    if isinstance(screen, DeskScreen):
        for entry in DESK.keys:
            yield _row(entry, live, screen.why_not(entry.id) or "")
    else:
        yield from (_row(entry, live) for entry in IN_DIALOGS.keys)


def _everywhere(screen: Screen[object]) -> str:
    typing = isinstance(screen.focused, Input | TextArea)
    return "Em todo lugar (as letras, só fora do texto)" if typing else "Em todo lugar"


def _row(entry: Key, live: Mapping[str, str], why_not: str = "") -> Row:
    return Row(live[entry.id], entry.purpose, why_not)
