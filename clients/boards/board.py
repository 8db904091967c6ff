"""What a board of chamados does, wherever it is kept."""

from typing import Protocol

from ..models.chamado import Chamado, ChamadoDraft
from ..models.licence import LicenceCheck
from ..models.moves import Move


class Board(Protocol):
    """A place that receives chamados and moves them through their statuses.

    Every write carries an id of the caller's: the same one again changes nothing more, and returns what the
    first did. So a write whose answer was lost can be looked for, and repeated.
    """

    @property
    def name(self) -> str:
        """The board, in words for the screen."""
        ...

    async def submit(
        self, draft: ChamadoDraft, *, author: str = "", licence: LicenceCheck | None = None
    ) -> Chamado:
        """Send a draft and return the chamado, in Triagem. The same draft id again returns the same chamado.

        The local files that it names go along. Raises Rejected where title or ferramenta is missing, and the
        board's own errors.
        """
        ...

    async def chamados(self) -> tuple[Chamado, ...]:
        """Return every chamado, the newest first."""
        ...

    async def chamado(self, id: str) -> Chamado | None:
        """Return the chamado of this id (its draft's), or None."""
        ...

    async def move(self, id: str, move: Move, *, event: str, who: str) -> Chamado:
        """Bring a chamado to another status as one event of the id ``event``; return it as it is then.

        Raises Rejected, naming the moves that there are, where the table (`moves.check_move`) has no such
        move from the status that it is in *now*; NotFound where there is no such chamado; DoneInPart where it
        was moved and not all that goes along was kept.
        """
        ...

    async def comment(self, id: str, text: str, *, event: str, who: str) -> Chamado:
        """Say something of a chamado, as one event of the id ``event``. Raises as `move` does."""
        ...

    async def announce(self, id: str, event: str, claimant: str) -> str:
        """Take it upon ``claimant`` to tell by e-mail of an event; return who has it: the first."""
        ...
