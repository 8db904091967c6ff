"""The last look before a chamado leaves: as it will be read, a yes, some seconds to take it back."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import Static

from clients.models.licence import LicenceCheck, LicenceState

from .bound import bound
from .key_line import key_of
from .keys import CHECKING


class SendPreview(Vertical):
    """Shows ``text`` and asks. With an unchecked licence only ``s`` says yes; otherwise Enter does too."""

    HELP = "O chamado como será lido na triagem. Depois do sim há alguns segundos para voltar atrás."
    BINDINGS = bound(CHECKING)
    DEFAULT_CSS = """
    SendPreview { height: 1fr; }
    SendPreview > VerticalScroll {
        height: 1fr; padding: 1 2; border: round $primary; scrollbar-size-vertical: 1;
    }
    SendPreview > VerticalScroll > Static { height: auto; }
    SendPreview > .question { height: auto; padding: 0 2; }
    """

    left: reactive[int | None] = reactive(None)
    """Seconds until it leaves, once the yes was said."""

    @dataclass
    class Agreed(Message):
        """Yes, and not taken back in time."""

        unchecked_accepted: bool

    class TakenBack(Message):
        """Back to the form."""

    def __init__(self, text: Content, licence: LicenceCheck | None, hold: int) -> None:
        super().__init__()
        self._text = text
        self._reason = licence.reason if licence else ""
        self.unchecked = licence is None or licence.state is LicenceState.UNCHECKED
        self._hold = hold
        self._ticking: Timer | None = None

    def compose(self) -> ComposeResult:
        """The sheet, the question below."""
        with VerticalScroll(can_focus=True) as sheet:
            sheet.border_title = Content("Como será lido na triagem")
            yield Static(self._text)
        yield Static(classes="question")

    def on_mount(self) -> None:
        """The sheet takes the keys, so that it can be scrolled."""
        self.query_one(VerticalScroll).focus()
        self.call_after_refresh(self._ask)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An unchecked licence wants a yes that no habit of the fingers gives."""
        if action == "agree":
            return self.unchecked and self.left is None
        if action == "agree_checked":
            return not self.unchecked and self.left is None
        return True

    def action_agree(self) -> None:
        """Yes, in spite of the licence."""
        self._count_down()

    def action_agree_checked(self) -> None:
        """Yes."""
        self._count_down()

    def action_take_back(self) -> None:
        """Not now."""
        self._stop()
        self.post_message(self.TakenBack())

    def pause(self) -> None:
        """Ask again: what leaves is to be seen leaving."""
        self._stop()
        self.left = None

    def watch_left(self) -> None:
        """One second less."""
        self.refresh_bindings()
        if self.is_mounted:
            self._ask()

    def _count_down(self) -> None:
        self.left = self._hold
        if self._hold <= 0:
            self._leave()
        else:
            self._ticking = self.set_interval(1, self._tick)

    def _tick(self) -> None:
        self.left = (self.left or 0) - 1
        if self.left <= 0:
            self._leave()

    def _leave(self) -> None:
        self._stop()
        self.post_message(self.Agreed(unchecked_accepted=self.unchecked))

    def _stop(self) -> None:
        if self._ticking is not None:
            self._ticking.stop()
            self._ticking = None

    def _ask(self) -> None:
        if self.left is not None:
            said = Content.styled(
                f"Enviando em {self.left} s. {key_of(self, 'take_back')} segura.", "bold $text-warning"
            )
        elif self.unchecked:
            why = f" ({self._reason})" if self._reason else ""
            said = Content.assemble(
                (f"? A licença não foi verificada{why}. Enviar assim mesmo?", "bold $text-warning"),
                " O seu sim fica registrado no chamado.",
            )
        else:
            said = Content("Confira: depois de enviado não há como voltar atrás.")
        self.query_one(".question", Static).update(said)
