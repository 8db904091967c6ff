"""Where text is typed: the cursor does not blink (bytes over SSH), and pasted text is cleaned at the door."""

from textual import events
from textual.binding import Binding
from textual.widgets import Input, TextArea

from clients.models.text import safe_text


class TextInput(Input):
    """One line of text. Pasted lines are joined by blanks instead of being cut at the first."""

    DEFAULT_CSS = """
    TextInput, TextInput:focus {
        height: 1; padding: 0 1; border: none; background: $foreground 8%; background-tint: transparent 0%;
    }
    TextInput:focus { background: $foreground 14%; }
    """

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(
            safe_text(value, multiline=False), placeholder=placeholder, id=id, select_on_focus=False
        )
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.replace(safe_text(event.text.strip("\r\n"), multiline=False), *sorted(self.selection))


class TextBox(TextArea):
    """Several lines of text; Tab leaves it."""

    BINDINGS = [
        # the desk's own function keys go past the text area to the form or composer around it
        Binding("f6", "pass_on", show=False),
        Binding("f7", "pass_on", show=False),
    ]
    DEFAULT_CSS = """
    TextBox, TextBox:focus { padding: 0 1; border: none; background: $foreground 8%; }
    TextBox:focus { background: $foreground 14%; }
    TextBox .text-area--cursor-line { background: transparent; }
    """

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(
            safe_text(text), placeholder=placeholder, id=id, compact=True, highlight_cursor_line=False
        )
        self.cursor_blink = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the function keys through that `TextArea` would use for selecting."""
        return action != "pass_on" and super().check_action(action, parameters)

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        if not self.read_only:
            self.insert(safe_text(event.text), maintain_selection_offset=False)
