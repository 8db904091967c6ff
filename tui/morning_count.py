"""How far today's round is, for the top line: a word until it is closed, on working days only."""

from contextlib import suppress
from typing import TYPE_CHECKING

from clients.errors import StoreError
from clients.models.morning import MorningRound
from widgets.cells import Line, Piece, Tone

from .morning import Morning

if TYPE_CHECKING:
    from .app import PlantaoApp


class MorningCount:
    """Reads the round for the app, once a minute and when it changed."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._morning = Morning(app.desk)
        self._round: MorningRound | None = None

    def look(self) -> None:
        """Read it anew: another session may have ticked it."""
        if self._app.desk.is_open:
            self._app.run_worker(self._look(), group="morning", exit_on_error=False)

    async def _look(self) -> None:
        with suppress(StoreError):  # whoever opens the round is told
            expected = await self._morning.is_expected()
            self._round = await self._morning.round() if expected else None
            self._app.tell_top()

    def line(self, *, brief: bool) -> Line:
        """What the top line says: "☐ rotina 2/5", or nothing."""
        morning = self._round
        if morning is None or morning.closed_at is not None:
            return ()
        wanted = len(morning.checks) - len(self._morning.absent)
        count = f"{morning.done}/{wanted}"
        return (Piece(f"☐ {count}  " if brief else f"☐ rotina {count}  ", Tone.DIM),)
