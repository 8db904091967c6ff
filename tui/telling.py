"""What the app tells in passing: what went well, why a key does nothing, what went wrong."""

from time import monotonic
from typing import TypeVar

from clients.models.feed import Trouble
from clients.models.text import safe_text

from .keys_in_turn import KeysInTurn

Result = TypeVar("Result")
REFUSAL_SECONDS = 6.0
MOST_TOLD = 3
"""Toasts at once."""


class Telling(KeysInTurn[Result]):
    """An app that tells things for a few seconds, never as markup."""

    def __init__(self) -> None:
        super().__init__()
        self._refusal, self._refusal_ends = "", 0.0

    def on_notify(self) -> None:
        """Where as many are told as there may be, the oldest goes before another comes."""
        told = [*self._notifications]
        for oldest in told[: max(0, len(told) + 1 - MOST_TOLD)]:
            self._unnotify(oldest, refresh=False)

    def say(self, text: str) -> None:
        """Tell that something went as it should."""
        self.notify(safe_text(text), timeout=3, markup=False)

    def refuse(self, reason: str) -> None:
        """Tell why a key does nothing now; once while it can be read, however often it is pressed."""
        if reason == self._refusal and monotonic() < self._refusal_ends:
            return
        self._refusal, self._refusal_ends = reason, monotonic() + REFUSAL_SECONDS
        said = safe_text(reason)
        self.notify(said, title="Agora não dá", severity="warning", timeout=REFUSAL_SECONDS, markup=False)

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
