"""Logging time on the ticket under the cursor: how long, on which task, as what, confirmed once."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from clients.models.ticket import Ticket

from .ticket_pages import TicketPages
from .time_asking import TimeAsking
from .time_logging import TimeLogging

if TYPE_CHECKING:
    from tui.app import PlantaoApp


class TimeVerbs:
    """What ``h`` does on tickets. Methods wait for the analyst, and raise PlantaoError: for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    async def log(self, tickets: Sequence[Ticket]) -> bool:
        """Log time on a task of the first of ``tickets``; one without a task is attended, if wanted."""
        ticket, asking = tickets[0], TimeAsking(self._app)
        script = partial(TimeLogging(self._app, asking).on_ticket, ticket)
        if await asking.through(script):
            await TicketPages(self._app).attend(ticket.id)
        return True
