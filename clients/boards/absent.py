"""The place of a board that is not connected yet."""

from typing import NoReturn

from ..errors import Unreachable
from ..models.chamado import Chamado, ChamadoDraft
from ..models.licence import LicenceCheck
from ..models.moves import Move


class AbsentBoard:
    """A `Board` that nothing can be read from nor written to; nothing is done, and that is certain."""

    def __init__(self, name: str) -> None:
        self.name = name

    async def submit(
        self, draft: ChamadoDraft, *, author: str = "", licence: LicenceCheck | None = None
    ) -> Chamado:
        """Raise Unreachable, as all of these do."""
        self._refuse()

    async def chamados(self) -> tuple[Chamado, ...]:
        """Not read."""
        self._refuse()

    async def chamado(self, id: str) -> Chamado | None:
        """Not read."""
        self._refuse()

    async def move(self, id: str, move: Move, *, event: str, who: str) -> Chamado:
        """Not moved."""
        self._refuse()

    async def comment(self, id: str, text: str, *, event: str, who: str) -> Chamado:
        """Not said."""
        self._refuse()

    async def announce(self, id: str, event: str, claimant: str) -> str:
        """Not taken."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        way_out = "Espere a conexão; plantao diagnostico diz o que falta."
        raise Unreachable(self.name, "ainda não há conexão", way_out=way_out)
