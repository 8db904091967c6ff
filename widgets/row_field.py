"""A field of a form on one row: its name to the left of its control."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from .form_field import MARKS, FormField, heaviest_first


class RowField(FormField):
    """As `FormField`, in a third of the rows. Its rule belongs into the control, where that is empty."""

    DEFAULT_CSS = """
    RowField { margin-bottom: 0; }
    RowField > Horizontal { height: auto; }
    RowField .rule { width: 22; height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    RowField > Horizontal > Widget { width: 1fr; }
    RowField > .note, RowField > .findings { padding-left: 23; }
    """

    def compose(self) -> ComposeResult:
        """Name and control on one row, then what there is to say of the value."""
        with Horizontal():
            yield Static(self._heading(), classes="rule")
            yield self.control
        yield Static(classes="note")
        yield Static(classes="findings")

    def _heading(self) -> Content:
        glyph, colour = ("✓", "$text-success") if self.filled else ("○", "$foreground-muted")
        if self.findings:
            glyph, colour = MARKS[heaviest_first(self.findings)[0].severity]
        return Content.assemble((f"{glyph} ", colour), (self.label, "bold"))
