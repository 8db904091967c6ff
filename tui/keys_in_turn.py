"""Keys take their turns: each goes where the focus is once everything before it has had its effect.

Textual hands a key to the focus of the moment in which it arrives, and runs its binding only once it has
bubbled up to the app. In a burst, as over a slow link, what was typed after the key that opens a page or
moves the focus would go to the old place: letters of an answer would run as commands.
"""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TypeVar

from textual.app import App
from textual.events import Event, Key, Paste
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.worker import Worker, active_worker

Result = TypeVar("Result")
Answer = TypeVar("Answer")
LOST = 0.25
"""Seconds after which a turn is over whose end nobody told, if its widget has gone."""
LONGEST = 5.0
"""Seconds after which it is over all the same: on a busy machine a widget that lives may take a while."""
LOOK_AGAIN = 0.02
"""Seconds between two looks whether a page that opens can take keys."""
LOOKS = 25
"""How often one waits for a page to give somebody the focus; some never do."""
WAY_OUT = frozenset(("escape", "ctrl+q"))
"""Keys that are not held back: they end the waiting."""


@dataclass
class TurnOver(Message):
    """Follows a key on its way up, then what its action sent; then the key has had its effect."""

    number: int
    then: MessagePump | None = None
    """Where the second round begins."""
    lost: bool = False
    """Whether nobody told it, and time has passed."""


class KeysInTurn(App[Result]):
    """An app in which a key waits for the one before it, and for the page which that one opens."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[Key | Paste] = deque()
        self._turn = 0
        self._busy = False
        self._target: MessagePump | None = None
        self._begun = 0.0
        self._looks = 0
        self._opening: Worker[object] | None = None

    def keys_wait_for(self, worker: "Worker[object]") -> None:
        """Hold what is typed from now on until ``worker`` has opened its page."""
        self._opening = worker

    async def ask(self, page: Screen[Answer]) -> Answer:
        """Open ``page`` from a worker and return its answer.

        Keys that were held back for the worker go to the page, and wait again once it is answered.
        """
        worker = self._opening
        answer = self.push_screen(page, wait_for_dismiss=True)
        if worker is None or active_worker.get(None) is not worker:
            return await asyncio.shield(answer)
        self._opening = None
        try:
            return await asyncio.shield(answer)
        finally:
            self._opening = worker

    def drop_waiting(self) -> None:
        """Forget what was typed ahead: it was meant for a page that does not open."""
        self._waiting.clear()

    async def on_event(self, event: Event) -> None:
        """Let keys and pastes queue up; everything else passes."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
        else:
            self._waiting.append(event)
            await self._next()

    async def on_turn_over(self, message: TurnOver) -> None:
        """The key was dealt with, or it is time to look again."""
        if message.number != self._turn:
            return
        if message.lost and self._is_still_at_it:
            self._over_in(LOST, lost=True)
            return
        if message.then is None or not message.then.post_message(TurnOver(self._turn)):
            self._busy = False
            await self._next()

    @property
    def _is_opening(self) -> bool:
        return self._opening is not None and not self._opening.is_finished

    def _give_up_if_told(self) -> None:
        """Esc ends the waiting, and what was typed for the page goes with it; so does quitting."""
        told = next((at for at, each in enumerate(self._waiting) if _key(each) in WAY_OUT), None)
        if self._opening is None or told is None:
            return
        self._opening.cancel()
        quitting = _key(self._waiting[told]) != "escape"
        self._waiting = deque(list(self._waiting)[told if quitting else told + 1 :])

    async def _next(self) -> None:
        if self._is_opening:
            self._give_up_if_told()
        if self._busy or not self._waiting:
            return
        self._busy = True
        self._turn += 1
        if self._is_opening or (self._nobody_listens and self._looks < LOOKS):
            self._looks += not self._is_opening
            self._over_in(LOOK_AGAIN)
            return
        self._looks = 0
        target = self._target = self.focused or self.screen
        self._begun = asyncio.get_running_loop().time()
        self._over_in(LOST, lost=True)
        await super().on_event(self._waiting.popleft())
        target.post_message(TurnOver(self._turn, target))

    @property
    def _nobody_listens(self) -> bool:
        """Whether a page is so new that none of its widgets has the focus yet."""
        return self.focused is None and bool(self.screen.focus_chain)

    @property
    def _is_still_at_it(self) -> bool:
        """Whether the widget that has the turn lives, and may yet do what the key asks for."""
        since = asyncio.get_running_loop().time() - self._begun
        return self._target is not None and self._target.is_running and since < LONGEST

    def _over_in(self, seconds: float, *, lost: bool = False) -> None:
        over = TurnOver(self._turn, lost=lost)
        asyncio.get_running_loop().call_later(seconds, self.post_message, over)


def _key(event: Key | Paste) -> str:
    return event.key if isinstance(event, Key) else ""
