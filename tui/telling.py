"""What the app tells in passing: what went well, why a key does nothing, what went wrong."""

from time import monotonic
from typing import TypeVar

from textual.notifications import Notification, Notify
from textual.screen import ModalScreen

from clients.models.feed import Trouble
from clients.models.text import safe_text
from widgets.cells import wrap

from .keys_in_turn import KeysInTurn

Result = TypeVar("Result")
REFUSAL_SECONDS = 6.0
MOST_TOLD = 3
"""Toasts at once."""
IN_A_DIALOG = 4
"""Lines of toasts over a dialog, of which nothing should be hidden that is typed into."""
WIDEST = 78
"""Cells of a toast, three of which are its edge, as of ``desk.tcss``."""


class Telling(KeysInTurn[Result]):
    """An app that tells things for a few seconds, never as markup."""

    def __init__(self) -> None:
        super().__init__()
        self._refusal, self._refusal_ends = "", 0.0

    def on_notify(self, event: Notify) -> None:
        """Where there is no room for another, the oldest go before it comes."""
        in_a_dialog = any(isinstance(screen, ModalScreen) for screen in self.screen_stack[-1:])
        room = IN_A_DIALOG if in_a_dialog else self.size.height // 3
        left = room - _lines(event.notification, self.size.width)
        fit = 0
        for one in reversed(told := [*self._notifications]):
            left -= _lines(one, self.size.width)
            if left < 0 or fit == MOST_TOLD - 1:
                break
            fit += 1
        for oldest in told[: len(told) - fit]:
            self._unnotify(oldest, refresh=False)

    def say(self, text: str) -> None:
        """Tell that something went as it should."""
        self.notify(safe_text(text), timeout=3, markup=False)

    def refuse(self, reason: str, title: str = "Agora não dá") -> None:
        """Tell why a key does nothing now; once while it can be read, however often it is pressed."""
        if reason == self._refusal and monotonic() < self._refusal_ends:
            return
        self._refusal, self._refusal_ends = reason, monotonic() + REFUSAL_SECONDS
        said = safe_text(reason)
        self.notify(said, title=title, severity="warning", timeout=REFUSAL_SECONDS, markup=False)

    def refuse_key(self, reason: str) -> None:
        """The same for the key itself: what was typed behind it must not run as commands."""
        self.drop_waiting()
        self.refuse(reason)

    def warn(self, text: str) -> None:
        """Tell what happened out there and wants to be looked at."""
        self.notify(safe_text(text), severity="warning", timeout=12, markup=False)

    def report(self, trouble: Trouble) -> None:
        """Tell what went wrong and the way out."""
        text = safe_text(f"{trouble.message}\n{trouble.way_out}".strip())
        self.notify(text, title=safe_text(trouble.title), severity="error", timeout=12, markup=False)


def _lines(told: Notification, screen: int) -> int:
    """How many a toast takes on a screen that is so wide."""
    width = min(WIDEST, screen) - 3
    said = [*([told.title] if told.title else []), *told.message.split("\n")]
    return sum(len(list(wrap(line, width))) for line in said)
