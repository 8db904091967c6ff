"""Asking how long something took."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from clients.models.duration import Duration, Reading, Refusal, UnitQuestion, clock, read_duration
from clients.models.text import safe_text
from tui.commands.dialogs import TIME, UNIT
from widgets.bound import bound
from widgets.cells import Tone
from widgets.inputs import TextInput
from widgets.key_line import KeyLine
from widgets.tone_styles import STYLES

from .dialog import Dialog

_TAKES = "1h30 · 1:30 · 90min · 1,5 · meia hora"


class TimeScreen(Dialog[int | None]):
    """A time on one line, with what is understood below it; gives minutes, or None where it is given up."""

    TITLE = "Tempo"
    ABOUT = (
        f"Escreva como preferir: {_TAKES}. Abaixo do campo aparece o que foi entendido, em horas e minutos "
        "e em horas decimais, como o Redmine guarda. Um número sozinho, a partir de 8, pergunta se são "
        "minutos ou horas. Um aviso (▲) pede Enter de novo."
    )
    CSS = """
    TimeScreen { align: center middle; }
    TimeScreen > Vertical {
        width: 70; max-width: 100%; height: auto; padding: 1 2; border: round $primary; background: $surface;
    }
    TimeScreen Static { height: auto; }
    TimeScreen .about { margin-bottom: 1; }
    TimeScreen .read { height: 3; }
    """
    BINDINGS = bound(TIME, priority=("tempo.usar",))

    def __init__(
        self,
        about: str,
        minutes: int | None = None,
        *,
        text: str = "",
        keep: Callable[[str], None] = lambda text: None,
    ) -> None:
        """``about`` says what the time is of; ``minutes`` stand in the field to begin with.

        So does ``text``, in their place, where it was typed before; ``keep`` is told of each change.
        """
        super().__init__()
        counted = clock(minutes) if minutes else ""
        is_other = bool(text and counted and text != counted)
        self._about = safe_text(f"{about}\nContado: {counted}." if is_other else about)
        self._text = text or counted
        self._keep = keep
        self._warned_of = ""

    def compose(self) -> ComposeResult:
        """What it is about, the field, what was understood, the keys."""
        with Vertical() as card:
            card.border_title = Content(" Quanto tempo? ")
            yield Static(Content(self._about), classes="about")
            yield TextInput(self._text, placeholder=_TAKES)
            yield Static(classes="read")
            yield KeyLine(self)

    def on_mount(self) -> None:
        """Say what stands in the field, which what is typed replaces."""
        self._field.select_all()
        self._read()

    @on(Input.Changed)
    def _typed(self) -> None:
        if self._field.value != self._text:
            self._text = self._field.value
            self._keep(self._text)
        self._read()

    def _read(self) -> None:
        self._warned_of = ""
        self._tell(_understood(read_duration(self._field.value)))

    def action_take(self) -> None:
        """Back with the minutes, if it is clear how many; a warning is passed with a second Enter."""
        typed = self._field.value
        match read_duration(typed):
            case UnitQuestion() as asked:
                self.app.push_screen(UnitScreen(asked), self._take_unit)
            case Refusal() as refusal:
                self._tell(_refused(refusal))
            case Duration() as duration if duration.warning and self._warned_of != typed:
                self._warned_of = typed
                self._tell(_understood(duration, " Enter de novo usa assim."))
            case Duration(minutes=minutes):
                self.dismiss(minutes)

    def action_give_up(self) -> None:
        """Back without a time."""
        self.dismiss(None)

    def _take_unit(self, chosen: Duration | Refusal | None) -> None:
        if isinstance(chosen, Duration):
            self.dismiss(chosen.minutes)
        elif isinstance(chosen, Refusal):
            self._tell(_refused(chosen))

    @property
    def _field(self) -> TextInput:
        return self.query_one(TextInput)

    def _tell(self, said: Content) -> None:
        line = self.query_one(".read", Static)
        if line.content != said:
            line.update(said, layout=False)


def _understood(reading: Reading, more: str = "") -> Content:
    """The echo; nothing of what is not a time yet: it may be half typed."""
    match reading:
        case Duration(warning=warning) as duration:
            warned = Content.styled(f"\n▲ {warning}{more}", STYLES[Tone.WARN]) if warning else Content("")
            return Content.assemble(Content.styled(duration.echo, "bold"), warned)
        case UnitQuestion(question=question):
            return Content.styled(f"? {question}", STYLES[Tone.WARN])
        case Refusal():
            return Content("")


def _refused(refusal: Refusal) -> Content:
    return Content.styled(f"✖ {refusal.reason}", STYLES[Tone.BAD])


class UnitScreen(Dialog[Duration | Refusal | None]):
    """Minutes or hours? Gives the reading that was chosen; None: the number is to be corrected."""

    TITLE = "Minutos ou horas"
    ABOUT = "O Redmine lê um número sozinho como horas: 90 vira noventa horas. Por isso a pergunta."
    CSS = """
    UnitScreen { align: center middle; }
    UnitScreen > Vertical {
        width: 60; max-width: 100%; height: auto; padding: 1 2; border: heavy $warning; background: $surface;
    }
    UnitScreen Static { height: auto; }
    UnitScreen .readings { margin-bottom: 1; }
    """
    BINDINGS = bound(UNIT)

    def __init__(self, asked: UnitQuestion) -> None:
        super().__init__()
        self._asked = asked

    def compose(self) -> ComposeResult:
        """Both readings, the keys."""
        asked = self._asked
        minutes, hours = _said(asked.as_minutes), _said(asked.as_hours)
        with Vertical() as card:
            card.border_title = Content(f" {asked.question} ")
            yield Static(Content(f"Minutos: {minutes}\nHoras:   {hours}"), classes="readings")
            yield KeyLine(self)

    def action_answer(self, minutes: bool) -> None:
        """The analyst's word."""
        self.dismiss(self._asked.as_minutes if minutes else self._asked.as_hours)

    def action_correct(self) -> None:
        """Back to the field."""
        self.dismiss(None)


def _said(reading: Duration | Refusal) -> str:
    return reading.echo if isinstance(reading, Duration) else "passa de 24 horas"
