"""The last look before a ticket turns into planning, and its text to be changed."""

from enum import StrEnum

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from tui.commands.dialogs import PLANNING as KEYS
from tui.commands.dialogs import PLANNING_TEXT
from widgets.bound import bound
from widgets.work_preview import WorkPreview

from .dialog import Dialog
from .text import TextScreen


class Word(StrEnum):
    """The analyst's word on what is shown."""

    GO = "go"
    EDIT = "edit"
    BACK = "back"


class PlanningPreview(WorkPreview):
    """The last look, from which the text can still be changed."""

    BINDINGS = bound(KEYS)

    class EditAsked(Message):
        """The text is to be another one."""

    def action_edit(self) -> None:
        """To the text."""
        self.leave(self.EditAsked())


class PlanningScreen(Dialog[Word]):
    """Over the desk, until the analyst's word."""

    TITLE = "Virou planejamento"
    CSS = """
    PlanningScreen { align: center middle; }
    PlanningScreen WorkPreview { max-width: 110; background: $background; }
    """

    def __init__(self, preview: PlanningPreview) -> None:
        super().__init__()
        self._preview = preview

    def compose(self) -> ComposeResult:
        """The sheet and the countdown."""
        yield self._preview

    def on_screen_suspend(self) -> None:
        """Nothing leaves while help or the palette hides it."""
        self._preview.pause()

    @on(PlanningPreview.EditAsked)
    def _edit(self) -> None:
        self.dismiss(Word.EDIT)

    @on(WorkPreview.Confirmed)
    def _go(self) -> None:
        self.dismiss(Word.GO)

    @on(WorkPreview.TakenBack)
    def _back(self) -> None:
        self.dismiss(Word.BACK)


class PlanningTextScreen(TextScreen):
    """The reply, to be changed."""

    ABOUT = "O texto fica guardado enquanto se escreve. Nada sai antes da conferência."
    BINDINGS = bound(PLANNING_TEXT, priority=("texto-planejamento.usar",))
