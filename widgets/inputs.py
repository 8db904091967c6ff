"""Where text is typed: the cursor does not blink (bytes over SSH), and pasted text is cleaned at the door."""

from typing import Self

from textual import events
from textual.binding import Binding
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input, TextArea

from clients.models.text import safe_text


class TextInput(Input):
    """One line of text. Pasted lines are joined by blanks instead of being cut at the first."""

    DEFAULT_CSS = """
    TextInput, TextInput:focus {
        height: 1; padding: 0 1; border: none; background: $foreground 10%; background-tint: transparent 0%;
    }
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
    """Several lines of text; Tab leaves it. A key repaints the lines it changed: `TextArea` repaints all."""

    BINDINGS = [
        # the desk's own function keys go past the text area to the form or composer around it
        Binding("f6", "pass_on", show=False),
        Binding("f7", "pass_on", show=False),
    ]
    DEFAULT_CSS = """
    TextBox, TextBox:focus { padding: 0 1; border: none; background: $foreground 10%; }
    TextBox .text-area--cursor-line { background: transparent; }
    """

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(
            safe_text(text), placeholder=placeholder, id=id, compact=True, highlight_cursor_line=False
        )
        self.cursor_blink = False
        self._painted: dict[int, Strip] = {}
        self._compare_due = False

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Mark for repainting; a refresh of everything is narrowed to what looks different afterwards."""
        if regions or layout or recompose or not repaint or not getattr(self, "_painted", None):
            return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        if not self._compare_due:  # one key asks for several
            self._compare_due = True
            self.call_later(self._repaint_changed)
        return self

    def _on_resize(self) -> None:
        """`TextArea` wraps anew, and repaints only where the number of lines has changed."""
        self._painted.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line, and remember how."""
        strip = self._painted[y] = super().render_line(y)
        return strip

    def _repaint_changed(self) -> None:
        self._compare_due = False
        self._theme.apply_css(self)  # as `TextArea` does before it draws: the ground below may be another
        for y in range(self.size.height):
            if y in self._painted and super().render_line(y) != self._painted[y]:
                self.refresh(Region(0, y, self.size.width, 1))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the function keys through that `TextArea` would use for selecting."""
        return action != "pass_on" and super().check_action(action, parameters)

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.put(safe_text(event.text))

    def put(self, text: str) -> None:
        """Write ``text`` where the cursor is, in the place of what is selected; the cursor goes behind it."""
        if (done := self._replace_via_keyboard(text, *self.selection)) is not None:
            self.move_cursor(done.end_location)
