"""The board as the settings name it: read at intervals, its news told by e-mail. Knows no screen."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
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
        self._reading = asyncio.Lock()
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

    async def read(self) -> Feed[Chamado]:
        """Read the board: one reading at a time, so that what comes later was not read before."""
        async with self._reading:
            return Feed(await self._board.chamados(), as_of=self._clock())

    async def refresh(self, feed: Feed[Chamado]) -> AsyncIterator[Feed[Chamado]]:
        """Read the board once; what did not change stays the very same."""
        now = await self.read()
        yield replace(now, items=feed.items) if now.items == feed.items else now

    async def letters(self, feed: Feed[Chamado]) -> tuple[str, ...]:
        """Plan the letters of what is new; return the workflows that are to be carried on now."""
        if self._mail is None:
            return ()
        planned = await self._announcing.plan(feed.items)
        return tuple(dict.fromkeys((*planned, *await self._announcing.due())))
