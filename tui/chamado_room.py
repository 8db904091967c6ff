"""The board as the settings name it: read at intervals, its news told by e-mail. Knows no screen."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from clients.models.chamado import Chamado
from clients.models.feed import Feed, Trouble
from clients.models.lifecycle import Labels

from .disk import Disk
from .flows.announcing import Announcing
from .flows.remotes import board_remotes, mail_remotes
from .flows.workflows import WorkRemote
from .sync import Poller

if TYPE_CHECKING:
    from clients.boards.board import Board
    from clients.mail import Mail

    from .journal import Journal


class ChamadoRoom:
    """One board, and the e-mail server by which is told what happens on it, where there is one."""

    def __init__(
        self,
        board: "Board",
        mail: "Mail | None",
        journal: "Journal",
        disk: Disk,
        clock: Callable[[], datetime],
        labels: Labels,
    ) -> None:
        self._board = board
        self._mail = mail
        self._clock = clock
        self._labels = labels
        self._announcing = Announcing(journal, disk, clock, board.name, labels)

    def remotes(self) -> dict[str, WorkRemote]:
        """Steps on chamados, and the letters that tell of them."""
        letters = {} if self._mail is None else mail_remotes(self._board, self._mail)
        return {**board_remotes(self._board, self._labels), **letters}

    def poller(
        self, interval: float, feed: Feed[Chamado], unforeseen: Callable[[Exception], Trouble]
    ) -> Poller[Chamado]:
        """What reads the board; ``feed`` is where it goes on from, ``unforeseen`` as of `Poller`."""
        return Poller(self.refresh, interval, feed, unforeseen=unforeseen)

    async def refresh(self, feed: Feed[Chamado]) -> AsyncIterator[Feed[Chamado]]:
        """Read the board once."""
        chamados = await self._board.chamados()
        same = chamados == feed.items
        yield Feed(feed.items if same else chamados, as_of=self._clock())

    async def letters(self, feed: Feed[Chamado]) -> tuple[str, ...]:
        """Plan the letters of what is new; return the workflows that are to be carried on now."""
        if self._mail is None:
            return ()
        planned = await self._announcing.plan(feed.items)
        return tuple(dict.fromkeys((*planned, *await self._announcing.due())))
