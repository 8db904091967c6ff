"""A page with a draft on it: every change goes to the disk, and the page says whether it got there."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import work
from textual.screen import Screen

from tui.desk import Desk
from tui.modes import MODES
from tui.saver import Fate, Kept, Refused, Saving
from widgets.phrases import hour_minute

from .confirm import ConfirmScreen
from .ticket_page import TicketPage


class DraftScreen(TicketPage):
    """Keeps what is written; is left at once where that is on disk, and only after a question where not."""

    CLOSE_FIRST: ClassVar[str] = "Feche primeiro esta página: o rascunho fica guardado."
    """Why one does not leave it for another mode."""
    BELOW_FIRST: ClassVar[str] = "Há um rascunho aberto abaixo: volte a ele e feche-o; ele fica guardado."
    """The same, said by a page that lies over it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._fate: Fate = Kept()

    def say_kept(self, kept: str, unkept: str) -> None:
        """Show since when the draft is kept, or why it is not; one of the two is empty."""
        raise NotImplementedError

    @property
    def is_kept(self) -> bool:
        """Whether the last change is on disk."""
        return isinstance(self._fate, Kept) and self._desk.saver.idle

    def keep(self, key: str, write: Callable[[], object]) -> None:
        """Have ``write`` done soon, in the place of what waits under ``key``."""
        self._begin()
        self._desk.saver.save(key, write, self._told)

    def then(self, write: Callable[[], object]) -> None:
        """Have ``write`` done after everything before it, and in nobody's place."""
        self._begin()
        self._desk.saver.then(write, self._told)

    def why_not(self, command_id: str) -> str | None:
        """One closes the page first: its draft could be opened twice, and letters are mostly text here."""
        if command_id in MODES or command_id == "sair-confirmando":
            return self.CLOSE_FIRST
        return super().why_not(command_id)

    def _begin(self) -> None:
        if not isinstance(self._fate, Refused):  # until it is taken, what was refused stays said
            self._fate = Saving()

    def _told(self, fate: Fate) -> None:
        if isinstance(self._fate, Refused) and isinstance(fate, Saving):
            return
        self._fate = fate
        if not self.is_attached:
            return
        if isinstance(fate, Refused):
            self.say_kept("", f"não guardado: {fate.error.trouble.message}")
        else:
            now = hour_minute(self._desk.clock())
            self.say_kept(f"guardado {now}" if isinstance(fate, Kept) else "guardando…", "")

    def close_kept(self, said: str) -> None:
        """Leave and say ``said``; with a change that the disk does not take, ask first and say nothing."""
        if self.is_kept:
            self._close(said)
        else:
            self._close_once_kept(said)

    @work(exclusive=True, group="leaving", exit_on_error=False)
    async def _close_once_kept(self, said: str) -> None:
        await self._desk.saver.flush()
        if not isinstance(self._fate, Refused):
            self._close(said)
            return
        trouble = self._fate.error.trouble
        why = f"{trouble.message}\n{trouble.way_out}".strip()
        about = f"{why}\n\nO que você escreveu por último não está no disco e pode se perder."
        if await self.app.push_screen_wait(ConfirmScreen("Fechar sem guardar?", about, "Fechar")):
            self.leave()

    def _close(self, said: str) -> None:
        self.leave()
        if said:
            self.plantao.say(said)


def first_to_close(screens: Iterable[Screen[object]]) -> DraftScreen | None:
    """The topmost page with a draft among ``screens``, which are in the order in which they were opened."""
    return next((screen for screen in reversed([*screens]) if isinstance(screen, DraftScreen)), None)
