"""Asks where to go: a number, a link, or something that was opened lately."""

from collections.abc import Sequence
from datetime import datetime

from textual import on
from textual.app import ComposeResult

from clients.models.reference import NUMBERED, Asked, ForeignLink, Reference, RefKind, read_asked
from tui.recents import Recent
from widgets import phrases
from widgets.number_picker import NumberPicker
from widgets.picker import Pick, Picker

from .dialog import Dialog

TYPED = "typed"


class NumberScreen(Dialog[Asked | Reference | None]):
    """Gives the number that was typed or what was chosen of the recent; None where one goes back."""

    TITLE = "Ir a"
    CSS = """
    NumberScreen { align: center middle; }
    NumberScreen Picker { width: 76; max-width: 100%; }
    """

    def __init__(self, recent: Sequence[Recent], now: datetime, *, freshdesk: str, redmine: str) -> None:
        """``freshdesk`` and ``redmine`` as of `read_asked`."""
        super().__init__()
        self._recent = {each.id: each for each in recent}
        self._freshdesk, self._redmine = freshdesk, redmine
        self._asked: Asked | None = None
        picks = [_pick(each, now) for each in recent]
        self._picker = NumberPicker("Ir ao número, ou ao que foi aberto há pouco", picks, self._offer)

    def compose(self) -> ComposeResult:
        """The picker."""
        yield self._picker

    def _offer(self, typed: str) -> Pick | None:
        try:
            self._asked = read_asked(typed, self._freshdesk, self._redmine)
        except ForeignLink:
            self._asked = None
            return Pick(TYPED, "link", refusal="é de outro endereço; digite só o número")
        if self._asked is None:
            return None
        if self._asked.kinds == NUMBERED:
            return Pick(TYPED, f"Ir ao nº {self._asked.number}", "ticket, tarefa ou chamado")
        kind = self._asked.kinds[0]
        return Pick(TYPED, f"Ir {'à' if kind is RefKind.TASK else 'ao'} {kind} {self._asked.number}")

    @on(Picker.Chosen)
    def _chosen(self, event: Picker.Chosen) -> None:
        self.dismiss(self._asked if event.value == TYPED else self._recent[event.value])

    @on(Picker.Dismissed)
    def _none(self) -> None:
        self.dismiss(None)


def _pick(recent: Recent, now: datetime) -> Pick:
    return Pick(recent.id, f"{recent.label} · {recent.title}", phrases.ago(recent.at, now))
