"""The last look before a chamado leaves: as it will be read, a yes, some seconds to take it back."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from clients.models.licence import LicenceCheck, LicenceState

from .bound import bound
from .countdown import Countdown
from .key_line import key_of
from .keys import CHECKING


class SendPreview(Countdown):
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

    @dataclass
    class Agreed(Message):
        """Yes, and not taken back in time."""

        unchecked_accepted: bool

    class TakenBack(Message):
        """Back to the form."""

    def __init__(self, text: Content, licence: LicenceCheck | None, hold: int) -> None:
        """``hold`` as of `Countdown`: it begins with the yes."""
        super().__init__(hold)
        self._text = text
        self._reason = licence.reason if licence else ""
        self.unchecked = licence is None or licence.state is LicenceState.UNCHECKED

    def compose(self) -> ComposeResult:
        """The sheet, the question below."""
        with VerticalScroll(can_focus=True) as sheet:
            sheet.border_title = Content("Como será lido na triagem")
            yield Static(self._text)
        yield Static(classes="question")

    def on_mount(self) -> None:
        """The sheet takes the keys, so that it can be scrolled."""
        self.query_one(VerticalScroll).focus()
        self.call_after_refresh(self.show_left)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An unchecked licence wants a yes that no habit of the fingers gives."""
        if action == "agree":
            return self.unchecked and self.left is None
        if action == "agree_checked":
            return not self.unchecked and self.left is None
        return True

    def action_agree(self) -> None:
        """Yes, in spite of the licence."""
        self.start()

    def action_agree_checked(self) -> None:
        """Yes."""
        self.start()

    def action_take_back(self) -> None:
        """Not now."""
        self.leave(self.TakenBack())

    def departure(self) -> Message:
        """Yes, and not taken back in time."""
        return self.Agreed(unchecked_accepted=self.unchecked)

    def pause(self) -> None:
        """Ask again, and count from the beginning."""
        super().pause()
        self.seconds = self.hold

    def show_left(self) -> None:
        """Say it below the sheet."""
        self.refresh_bindings()
        if self.is_over:
            return
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
