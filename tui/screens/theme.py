"""Choosing the colours, each shown as one comes to it."""

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from widgets.cells import Tone
from widgets.picker import Pick, Picker
from widgets.tone_styles import STYLES

from .dialog import Dialog

SHOW_AFTER = 0.3
"""Seconds that the cursor rests on a theme before it is shown: that paints the whole screen."""
_SAMPLE = Content("\n").join(
    Content("  ").join(Content.styled(text, STYLES[tone]) for text, tone in line)
    for line in (
        (("✖ falha", Tone.BAD), ("? desconhecido", Tone.WARN), ("● ok", Tone.GOOD), ("há 12 min", Tone.DIM)),
        (("◆ sem resposta", Tone.ACCENT), ("#4102", Tone.STRONG), ("texto", Tone.PLAIN), ("link", Tone.LINK)),
    )
)


class ThemeScreen(Dialog[str | None]):
    """Gives the theme's name, empty for that of the settings; None where one goes back."""

    TITLE = "Tema"
    ABOUT = """\
As cores da tela; cada tema aparece assim que o cursor para nele, e Esc volta ao de antes.
Os temas ansi usam as 16 cores do terminal: menos bytes por tela, bons para conexão lenta."""
    CSS = """
    ThemeScreen { align: center middle; }
    ThemeScreen Picker, ThemeScreen .sample { width: 64; max-width: 100%; }
    ThemeScreen .sample { height: auto; padding: 0 2; background: $panel; }
    """

    def __init__(self, picks: Sequence[Pick], current: str, show: Callable[[str], None]) -> None:
        """``show`` is told of the theme to be shown."""
        super().__init__()
        self._picker = Picker("Tema", picks, current)
        self._show = show
        self._resting: Timer | None = None

    def compose(self) -> ComposeResult:
        """The list, and below it what the desk says most, in the colours that are shown."""
        yield self._picker
        yield Static(_SAMPLE, classes="sample")

    @on(Picker.Moved)
    def _moved(self, event: Picker.Moved) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(SHOW_AFTER, lambda: self._show(event.value))

    @on(Picker.Chosen)
    def _chosen(self, event: Picker.Chosen) -> None:
        self._end(event.value)

    @on(Picker.Dismissed)
    def _none(self) -> None:
        self._end(None)

    def _end(self, name: str | None) -> None:
        if self._resting is not None:
            self._resting.stop()
        self.dismiss(name)
