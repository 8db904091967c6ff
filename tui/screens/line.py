"""One line of text, asked for over whatever wants it."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.commands.dialogs import LINE
from widgets.bound import bound
from widgets.inputs import TextInput
from widgets.key_line import KeyLine

from .dialog import Dialog

_EMPTY = "Escreva alguma coisa, ou volte."


class LineScreen(Dialog[str | None]):
    """Gives what was typed, trimmed and empty only where that is allowed; None where one goes back.

    What cannot be taken stays where it was typed, with the reason below it.
    """

    ABOUT = "Escreva uma linha e use Enter; se ela não serve assim, diz-se por quê e o texto fica."
    CSS = """
    LineScreen { align: center middle; }
    LineScreen > Vertical {
        width: 76; max-width: 100%; height: auto; padding: 1 2; border: round $primary; background: $surface;
    }
    LineScreen Static { height: auto; }
    LineScreen .refused { margin-bottom: 1; color: $text-error; }
    """
    BINDINGS = bound(LINE, priority=("linha.usar",))

    def __init__(
        self,
        title: str,
        text: str = "",
        *,
        placeholder: str = "",
        optional: bool = False,
        longest: int = 0,
        verb: str = "",
        replaced: bool = False,
        keep: Callable[[str], None] = lambda text: None,
        check: Callable[[str], str | None] = lambda text: None,
        refused: str = "",
    ) -> None:
        """``optional`` lets it be empty; ``longest`` is how many characters it takes, 0 for any.

        ``replaced`` selects the text, so that what is typed stands in its place; ``keep`` is told of each
        change; ``verb`` is what Enter does with the line, where it does it at once. ``check`` says why a text
        that is not empty cannot be taken, or None; ``refused`` why ``text`` could not, where that was found
        out after it closed.
        """
        super().__init__()
        self.title = title
        self._heading = title
        self._text = text
        self._placeholder = placeholder
        self._optional = optional
        self._longest = longest
        self._verb = verb
        self._replaced = replaced
        self._keep = keep
        self._check = check
        self._refused = refused

    def compose(self) -> ComposeResult:
        """The field, what is wrong with it, the keys."""
        with Vertical() as card:
            card.border_title = Content(f" {self._heading} ")
            field = TextInput(self._text, placeholder=self._placeholder)
            field.max_length = self._longest
            yield field
            yield Static(_told(self._refused), classes="refused")
            yield KeyLine(self, labels=lambda: {"take": self._verb} if self._verb else {})

    def on_mount(self) -> None:
        """Go on writing, or write over what stands there."""
        if self._replaced:
            self.query_one(TextInput).select_all()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if event.value != self._text:
            self._text = event.value
            self._keep(event.value)
            self.query_one(".refused", Static).update(Content(""))

    def action_take(self) -> None:
        """Take what is typed."""
        text = self.query_one(TextInput).value.strip()
        refused = self._check(text) if text else None if self._optional else _EMPTY
        if refused is None:
            self.dismiss(text)
        else:
            self.query_one(".refused", Static).update(_told(refused))

    def action_give_up(self) -> None:
        """Nothing."""
        self.dismiss(None)


def _told(refused: str) -> Content:
    return Content(f"✖ {refused}" if refused else "")
