"""A text over the desk, to be edited in full before it goes anywhere; kept as it is typed."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from widgets.inputs import TextBox
from widgets.key_line import KeyLine

from .dialog import Dialog


class TextScreen(Dialog[str | None]):
    """Gives the text, not empty and not too long; None where one goes back. Its keys are the subclass's."""

    DEFAULT_CSS = """
    TextScreen { align: center middle; }
    TextScreen > Vertical {
        width: 78; max-width: 100%; height: auto; padding: 1 2; border: round $primary; background: $surface;
    }
    TextScreen Static { height: auto; }
    TextScreen TextBox { height: auto; min-height: 5; max-height: 10; margin: 1 0; }
    TextScreen .refused { color: $text-error; }
    """

    READ_FIRST: ClassVar[bool] = False
    """Whether it is read from its beginning; else one goes on writing at its end."""

    def __init__(
        self,
        title: str,
        text: str,
        *,
        keep: Callable[[str], None],
        above: Sequence[Content] = (),
        longest: int | None = None,
    ) -> None:
        """``above`` is read before the text; ``longest`` in characters; ``keep`` is told of each change."""
        super().__init__()
        self.title = title
        self._heading = title
        self._text = text
        self._above = above
        self._longest = longest
        self._keep = keep

    def compose(self) -> ComposeResult:
        """What is to be known, the text, the keys."""
        with Vertical() as card:
            card.border_title = Content(f" {self._heading} ")
            for content in self._above:
                yield Static(content)
            yield TextBox(self._text)
            yield Static(classes="refused")
            yield KeyLine(self)

    def on_mount(self) -> None:
        """Go on writing at the end, or read from the beginning."""
        box = self.query_one(TextBox)
        box.move_cursor((0, 0) if self.READ_FIRST else box.document.end)
        box.focus()

    @on(TextArea.Changed)
    def _typed(self) -> None:
        text = self.query_one(TextBox).text
        if text != self._text:
            self._text = text
            self._keep(text)
            self.query_one(".refused", Static).update(Content(""))

    def action_take(self) -> None:
        """Go on with the text as it stands."""
        text = self.query_one(TextBox).text.strip()
        if not text:
            self._refuse("✖ Escreva o texto, ou volte.")
        elif fault := self.fault(text):
            self._refuse(f"✖ {fault}")
        elif self._longest is not None and len(text) > self._longest:
            self._refuse(f"✖ São {len(text)} letras; cabem {self._longest}. Encurte.")
        else:
            self.take(text)

    def take(self, text: str) -> None:
        """Nothing stands against ``text``: go on with it."""
        self.dismiss(text)

    def fault(self, text: str) -> str:
        """What stands against going on with ``text``; empty where nothing does."""
        return ""

    def action_give_up(self) -> None:
        """Go back; what was typed stays kept."""
        self.dismiss(None)

    def _refuse(self, reason: str) -> None:
        self.query_one(".refused", Static).update(Content(reason))

    def show_instead(self, text: str, told: str) -> None:
        """Put ``text`` in the place of what is written, keep it, and tell why below it."""
        box = self.query_one(TextBox)
        box.replace(text, box.document.start, box.document.end)
        self._text = box.text  # the change itself, which arrives later, says nothing of this
        self._keep(self._text)
        self.query_one(".refused", Static).update(Content.styled(told, "$text-warning"))
