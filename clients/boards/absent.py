"""The place of a board that is not connected yet, or could not be opened."""

from typing import NoReturn

from ..errors import Unreachable
from ..models.chamado import Chamado, ChamadoDraft
from ..models.feed import Trouble
from ..models.licence import LicenceCheck
from ..models.moves import Move

_NOT_YET = Trouble(
    Unreachable.title, "ainda não há conexão", "Espere a conexão; plantao diagnostico diz o que falta."
)


class AbsentBoard:
    """A `Board` that nothing can be read from nor written to; nothing is done, and that is certain."""

    def __init__(self, name: str, trouble: Trouble | None = None) -> None:
        """``trouble`` is why it is away; without it, it is not connected yet."""
        self.name = name
        self._trouble = trouble or _NOT_YET

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
        away = self._trouble
        raise Unreachable(self.name, away.message, title=away.title, way_out=away.way_out)
