"""One value out of a short list, chosen by its first letter or from the list that Enter opens in place."""

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from clients.models.text import fold

from .bound import bound
from .cells import fit
from .key_line import key_by_id
from .keys import CHOICE


@dataclass(frozen=True)
class Option:
    """A value and what it covers."""

    value: str
    scope: str = ""


class Choice(Widget, can_focus=True):
    """A closed line with the value, or the open list. Letters jump; Enter opens and takes; Esc gives up."""

    BINDINGS = bound(CHOICE)
    DEFAULT_CSS = """
    Choice {
        height: auto; padding: 0 1; background: $foreground 10%; text-wrap: nowrap; text-overflow: ellipsis;
    }
    Choice:focus { background: $foreground 18%; }
    """

    value: reactive[str] = reactive("", layout=True)
    """The chosen value; empty while nothing is chosen."""
    opened: reactive[bool] = reactive(False, layout=True)
    cursor: reactive[int] = reactive(0)

    @dataclass
    class Changed(Message):
        """Another value was chosen."""

        choice: "Choice"
        value: str

        @property
        def control(self) -> "Choice":
            """The list that it was chosen from."""
            return self.choice

    def __init__(self, options: tuple[Option, ...], *, value: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self.options = options
        self.set_reactive(Choice.value, value if any(value == option.value for option in options) else "")

    def render(self) -> Content:
        """The value and what it covers, or all of them."""
        if not self.opened:
            return self._closed_line()
        width = max(cell_len(option.value) for option in self.options)
        return Content("\n").join(
            self._open_line(option, width, index == self.cursor) for index, option in enumerate(self.options)
        )

    def _closed_line(self) -> Content:
        chosen = next((option for option in self.options if option.value == self.value), None)
        if chosen is None:
            opens = key_by_id(self, "escolha.abrir")
            return Content.styled(f"{opens} abre a lista; a primeira letra escolhe", "$foreground-muted")
        return Content.assemble(
            (chosen.value, "bold"), (f"  {chosen.scope}", "$foreground-muted"), ("  ▾", "dim")
        )

    def _open_line(self, option: Option, width: int, current: bool) -> Content:
        style = "reverse" if current else ""
        mark = "▸ " if current else "  "
        room = max(0, self.content_size.width - width - 4)
        return Content.assemble(
            (mark + fit(option.value, width), f"bold {style}"),
            ("  " + fit(option.scope, room), style or "$foreground-muted"),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the list is closed, Esc, Home and End belong to whoever is around."""
        return self.opened if action in ("give_up", "jump") else True

    def action_take(self) -> None:
        """Open the list, or take what the cursor is on."""
        if self.opened:
            self.opened = False
            self._choose(self.cursor)
        else:
            self._open()

    def action_move(self, by: int) -> None:
        """Move in the list; opens it."""
        if not self.opened:
            self._open()
        else:
            self.cursor = (self.cursor + by) % len(self.options)

    def action_jump(self, to: int) -> None:
        """Go to the first or last option."""
        self.cursor = to % len(self.options)

    def action_give_up(self) -> None:
        """Close the list; the value stays."""
        self.opened = False

    def on_blur(self) -> None:
        """Leaving closes the list."""
        self.opened = False

    def on_key(self, event: events.Key) -> None:
        """A letter goes to the next option that begins with it."""
        if not event.is_printable or event.character is None:
            return
        event.stop()
        event.prevent_default()
        here = self.cursor if self.opened else self._index()
        count = len(self.options)
        for index in ((here + step) % count for step in range(1, count + 1)):
            if fold(self.options[index].value).startswith(fold(event.character)):
                if self.opened:
                    self.cursor = index
                else:
                    self._choose(index)
                return

    def _open(self) -> None:
        self.cursor = max(self._index(), 0)
        self.opened = True
        self.call_after_refresh(self.scroll_visible, animate=False)

    def _index(self) -> int:
        return next((i for i, option in enumerate(self.options) if option.value == self.value), -1)

    def _choose(self, index: int) -> None:
        value = self.options[index].value
        if value != self.value:
            self.value = value
            self.post_message(self.Changed(self, value))
