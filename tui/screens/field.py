"""One value on one line, with what is understood of it below; kept as it is typed."""

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from clients.models.text import safe_text
from tui.commands.dialogs import LINE
from widgets.bound import bound
from widgets.cells import Tone
from widgets.inputs import TextInput
from widgets.key_line import KeyLine
from widgets.tone_styles import STYLES

from .dialog import Dialog


@dataclass(frozen=True)
class Understood:
    """A value that can be used."""

    echo: str
    """How it was read."""
    warning: str = ""
    """Why it may not be what was meant."""


@dataclass(frozen=True)
class NotUnderstood:
    """Why it cannot."""

    reason: str


class FieldScreen(Dialog[str | None]):
    """Gives what was typed once it can be used; None where one goes back."""

    ABOUT = "Abaixo do campo aparece o que foi entendido; Enter usa. O que se escreve fica guardado."
    CSS = """
    FieldScreen { align: center middle; }
    FieldScreen > Vertical {
        width: 72; max-width: 100%; height: auto; padding: 1 2; border: round $primary; background: $surface;
    }
    FieldScreen Static { height: auto; }
    FieldScreen .about { margin-bottom: 1; }
    FieldScreen .read { height: 3; }
    """
    BINDINGS = bound(LINE, priority=("linha.usar",))

    def __init__(
        self,
        title: str,
        about: str,
        text: str,
        *,
        read: Callable[[str], Understood | NotUnderstood],
        keep: Callable[[str], None],
        placeholder: str = "",
    ) -> None:
        """``about`` is what the value is of; ``keep`` is told of each change."""
        super().__init__()
        self.title = title
        self._heading = title
        self._about = safe_text(about)
        self._text = text
        self._read = read
        self._keep = keep
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """What it is about, the field, what was understood, the keys."""
        with Vertical() as card:
            card.border_title = Content(f" {self._heading} ")
            if self._text:
                card.border_subtitle = Content(" guardado ")
            yield Static(Content(self._about), classes="about")
            yield TextInput(self._text, placeholder=self._placeholder)
            yield Static(classes="read")
            yield KeyLine(self)

    def on_mount(self) -> None:
        """Say what stands in the field; what is typed comes in the place of what was kept."""
        self._field.action_select_all()
        self._tell()

    @on(Input.Changed)
    def _typed(self) -> None:
        text = self._field.value
        if text != self._text:
            self._text = text
            self.query_one(Vertical).border_subtitle = ""
            self._keep(text)
        self._tell()

    def action_take(self) -> None:
        """Back with the value, or why it cannot be used."""
        match self._read(self._field.value):
            case Understood():
                self.dismiss(self._field.value.strip())
            case NotUnderstood(reason):
                self._say(Content.styled(f"✖ {safe_text(reason)}", STYLES[Tone.BAD]))

    def action_give_up(self) -> None:
        """Back without it; what was typed stays kept."""
        self.dismiss(None)

    @property
    def _field(self) -> TextInput:
        return self.query_one(TextInput)

    def _tell(self) -> None:
        """The echo; nothing of what cannot be used yet: it may be half typed."""
        match self._read(self._field.value):
            case Understood(echo, warning):
                warned = Content.styled(f"\n▲ {warning}", STYLES[Tone.WARN]) if warning else Content("")
                self._say(Content.assemble(Content.styled(safe_text(echo), "bold"), warned))
            case NotUnderstood():
                self._say(Content(""))

    def _say(self, said: Content) -> None:
        line = self.query_one(".read", Static)
        if line.content != said:
            line.update(said, layout=False)
