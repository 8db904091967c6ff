"""Chamados on the board that may be about the same problem as one that is being written."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from clients.errors import PlantaoError
from clients.models.chamado import ChamadoDraft
from clients.models.feed import Feed
from clients.models.similar import Lookalikes, Similar

if TYPE_CHECKING:
    from clients.boards.board import Board

READ_AGAIN = timedelta(minutes=1)
"""After so long a colleague may have sent the very same."""


class SimilarChamados:
    """Holds a draft against the board, which is listed now and then, not at every pause of the typing."""

    def __init__(self, board: Callable[[], "Board"], clock: Callable[[], datetime]) -> None:
        """``board`` is asked for at each listing: it may be connected only after a form was opened."""
        self._board = board
        self._clock = clock
        self._known = Feed[Similar]()
        self._lookalikes = Lookalikes(())

    async def of(self, draft: ChamadoDraft) -> Feed[Similar]:
        """Return what is alike, the likest first; the trouble where the board cannot be listed."""
        now = self._clock()
        if self._known.as_of is None or now - self._known.as_of >= READ_AGAIN:
            try:
                chamados = await self._board().chamados()
            except PlantaoError as error:
                self._known = self._known.failed(error.trouble)
            else:
                self._lookalikes = await asyncio.to_thread(Lookalikes, chamados)
                self._known = Feed(as_of=now)
        items = await asyncio.to_thread(self._lookalikes.of, draft)
        return Feed(items, as_of=self._known.as_of, trouble=self._known.trouble)
