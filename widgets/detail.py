"""What the row under the cursor says in full, beside its list or below it."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from .bound import bound
from .form_foot import show
from .keys import DETAIL

_MARGIN = 1
"""Cells right of the text."""


class Detail(VerticalScroll, can_focus=True):
    """One row in full."""

    BINDINGS = bound(DETAIL)
    DEFAULT_CSS = """
    Detail { padding: 0 2; scrollbar-size-vertical: 1; }
    Detail > Static { height: auto; padding-right: 1; }
    """

    class Left(Message):
        """Back to the list."""

    class Resized(Message):
        """Its lines have another width."""

    @property
    def text_width(self) -> int:
        """Cells of a line, as far as the screen is laid out."""
        return self.scrollable_content_region.width - _MARGIN

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static()

    def tell(self, text: Content, *, from_top: bool = True) -> None:
        """Show ``text``, which belongs to another row where it is read ``from_top``."""
        show(self.query_one(Static), text)
        if from_top:
            self.scroll_home(animate=False)

    def on_resize(self) -> None:
        """Say it."""
        self.post_message(self.Resized())

    def action_back(self) -> None:
        """Give the keys back."""
        self.post_message(self.Left())
