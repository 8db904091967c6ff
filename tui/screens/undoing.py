"""U on a ticket: what the last edit did is shown the other way round, and done once it is confirmed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clients.models.ticket import CLOSED, RESOLVED, Ticket
from tui.flows.undoing import Undo, undo_last
from widgets.phrases import counted

from .bulk import Bulk, Plan
from .closer import Closer
from .confirm import ConfirmScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp


class Undoing:
    """Waits for the analyst: for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    async def undo(self, tickets: Sequence[Ticket]) -> bool:
        """Take back the last edit of each, all or none. True where something was begun."""
        desk = self._app.desk
        words = desk.account.vocabulary
        undone = [await desk.disk(undo_last, desk.local.journal, ticket, words) for ticket in tickets]
        closing = next((each for each in undone if each.changes.get("status") in (RESOLVED, CLOSED)), None)
        if closing is not None:
            return await self._close_again(closing, alone=len(undone) == 1)
        named = f"#{tickets[0].id}" if len(tickets) == 1 else counted(len(tickets), "ticket", "tickets")
        about = "\n".join(_told(each) for each in undone)
        kept = "O que foi escrito no ticket fica; só os campos voltam."
        if not await self._app.ask(ConfirmScreen(f"Desfazer no {named}?", f"{about}\n\n{kept}", "Desfazer")):
            return False
        plans = [Plan((each.step,)) for each in undone]
        if len(plans) == 1:
            self._app.carrier.start(plans[0].steps)
        else:
            Bulk(self._app).carry(plans)
        return True

    async def _close_again(self, undo: Undo, *, alone: bool) -> bool:
        """A ticket is closed by the rules of closing, also where that takes an edit back."""
        if not alone:
            self._app.refuse(f"Desfazer encerraria o #{undo.ticket.id}: encerre cada um pela sua tecla.")
            return False
        status = undo.changes["status"]
        assert isinstance(status, int)
        return await Closer(self._app, status).close([undo.ticket])


def _told(undo: Undo) -> str:
    said = "; ".join(f"{change.label} volta de {change.before} a {change.after}" for change in undo.told)
    return f"#{undo.ticket.id}  {said}"
