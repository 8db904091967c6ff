"""The last look before a workflow whose texts can still be changed, and the page on which they are."""

from collections.abc import Callable, Collection, Sequence
from enum import StrEnum

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from tui.commands.dialogs import WORDING, WORDING_TEXT
from widgets.bound import bound
from widgets.work_preview import PlannedStep, WorkPreview

from .dialog import Dialog
from .text import TextScreen


class Word(StrEnum):
    """The analyst's word on what is shown."""

    GO = "go"
    BACK = "back"


class Part(StrEnum):
    """A text that is to be another one."""

    REPLY = "reply"
    """What the client reads."""
    COMMENT = "comment"
    """What is said on the chamado."""


class WordingPreview(WorkPreview):
    """The last look, from which the texts can still be changed."""

    BINDINGS = bound(WORDING)

    class EditAsked(Message):
        """A text is to be another one."""

        def __init__(self, part: Part) -> None:
            super().__init__()
            self.part = part

    def __init__(
        self,
        title: str,
        steps: Sequence[PlannedStep],
        *,
        parts: Collection[Part],
        warnings: Sequence[str],
        hold: int,
        back: str,
    ) -> None:
        """``parts`` are the texts that there are; the rest as of `WorkPreview`."""
        super().__init__(title, steps, warnings=warnings, hold=hold, back=back)
        self._parts = parts

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A text that is not there is not offered."""
        if action == "edit":
            return parameters[0] in self._parts
        return super().check_action(action, parameters)

    def _labels(self) -> dict[str, str]:
        shorter = {"edit('reply')": "Texto"} if self.left is not None else {}  # all keys fit on 80 columns
        return super()._labels() | shorter

    def action_edit(self, part: str) -> None:
        """To a text."""
        self.leave(self.EditAsked(Part(part)))


class WordingScreen(Dialog[Word | Part]):
    """Over the desk, until the analyst's word."""

    TITLE = "Conferência"
    CSS = """
    WordingScreen { align: center middle; }
    WordingScreen WorkPreview { max-width: 110; background: $background; }
    """

    def __init__(self, preview: WordingPreview) -> None:
        super().__init__()
        self._preview = preview

    def compose(self) -> ComposeResult:
        """The sheet and the countdown."""
        yield self._preview

    def on_screen_suspend(self) -> None:
        """Nothing leaves while help or the palette hides it."""
        self._preview.pause()

    @on(WordingPreview.EditAsked)
    def _edit(self, event: WordingPreview.EditAsked) -> None:
        self.dismiss(event.part)

    @on(WorkPreview.Confirmed)
    def _go(self) -> None:
        self.dismiss(Word.GO)

    @on(WorkPreview.TakenBack)
    def _back(self) -> None:
        self.dismiss(Word.BACK)


class WordingTextScreen(TextScreen):
    """One of the texts, to be changed."""

    ABOUT = "O texto fica guardado enquanto se escreve. Nada sai antes da conferência."
    BINDINGS = bound(WORDING_TEXT, priority=("texto.usar",))

    def __init__(self, title: str, text: str, *, keep: Callable[[str], None]) -> None:
        super().__init__(title, text, keep=keep)
