"""What a board of chamados does, wherever it is kept."""

from typing import Protocol

from ..models.chamado import Chamado, ChamadoDraft
from ..models.licence import LicenceCheck


class Board(Protocol):
    """A place that receives chamados and moves them through their statuses."""

    async def submit(
        self, draft: ChamadoDraft, *, author: str = "", licence: LicenceCheck | None = None
    ) -> Chamado:
        """Send a draft and return the chamado, in Triagem. The same draft id again returns the same chamado.

        Raises Rejected where title or ferramenta is missing, and the board's own errors.
        """
        ...

    async def chamados(self) -> tuple[Chamado, ...]:
        """Return every chamado, the newest first."""
        ...

    async def chamado(self, id: str) -> Chamado | None:
        """Return the chamado of this id (its draft's), or None."""
        ...
