"""The last look before a chamado leaves: as it will be read, a yes, some seconds to take it back."""

from collections.abc import Iterator, Sequence
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
from .phrases import counted

WARNINGS_SHOWN = 3
"""Warnings told one by one; the sheet needs the room."""


class SendPreview(Countdown):
    """Shows ``text`` and asks. With an unchecked licence only ``s`` says yes; otherwise Enter does too."""

    HELP = """O chamado como será lido na triagem. Depois do sim há alguns segundos para desfazer.

- A contagem pode ser segurada para ler com calma; desfazer volta ao formulário.
- O que ficou marcado com ▲ costuma ser motivo de reprovação, e não impede o envio.
"""
    BINDINGS = bound(CHECKING)
    DEFAULT_CSS = """
    SendPreview { height: 1fr; }
    SendPreview > VerticalScroll {
        height: 1fr; padding: 1 2; border: round $primary; scrollbar-size-vertical: 1;
    }
    SendPreview > VerticalScroll > Static { height: auto; }
    SendPreview > .warnings, SendPreview > .question { height: auto; padding: 0 2; }
    SendPreview > .warnings { text-wrap: nowrap; text-overflow: ellipsis; }
    """

    @dataclass
    class Agreed(Message):
        """Yes, and not taken back in time."""

        unchecked_accepted: bool

    class TakenBack(Message):
        """Back to the form."""

    def __init__(
        self, text: Content, licence: LicenceCheck | None, hold: int, *, warnings: Sequence[Content] = ()
    ) -> None:
        """``hold`` as of `Countdown`: it begins with the yes. ``warnings`` are told above the question."""
        super().__init__(hold)
        self._text = text
        self._warnings = warnings
        self._reason = licence.reason if licence else ""
        self._agreed = False
        self.unchecked = licence is None or licence.state is LicenceState.UNCHECKED

    def compose(self) -> ComposeResult:
        """The sheet, what is left to mend, the question."""
        with VerticalScroll(can_focus=True) as sheet:
            sheet.border_title = Content("Como será lido na triagem")
            yield Static(self._text)
        if self._warnings:
            yield Static(Content("\n").join(_told(self._warnings)), classes="warnings")
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
        return self._agreed if action == "hold" else True

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

    def start(self) -> None:
        """Count: the yes is given."""
        self._agreed = True
        super().start()

    def show_left(self) -> None:
        """Say it below the sheet."""
        self.refresh_bindings()
        if not self.is_over:
            self.query_one(".question", Static).update(self._said())

    def _said(self) -> Content:
        if self.left is not None:
            return Content.styled(
                f"Enviando em {self.left} s — {key_of(self, 'take_back')} desfaz", "bold $text-warning"
            )
        if self._agreed:
            stopped = counted(self.seconds, "segundo", "segundos")
            return Content(f"Parado a {stopped} do envio — {key_of(self, 'hold')} continua")
        if self.unchecked:
            why = f" ({self._reason})" if self._reason else ""
            return Content.assemble(
                (f"? A licença não foi verificada{why}. Enviar assim mesmo?", "bold $text-warning"),
                " O seu sim fica registrado no chamado.",
            )
        return Content("Confira: uma vez em Triagem, o chamado não se edita mais.")


def _told(warnings: Sequence[Content]) -> Iterator[Content]:
    count = counted(len(warnings), "aviso ficou", "avisos ficaram")
    yield Content.styled(f"▲ {count}:", "bold $text-warning")
    for warning in warnings[:WARNINGS_SHOWN]:
        yield Content.assemble("  ", warning)
    if len(warnings) > WARNINGS_SHOWN:
        yield Content.styled(f"  e mais {len(warnings) - WARNINGS_SHOWN}", "$foreground-muted")
