"""One ticket as it is shown: what is remembered of it, then as the servers have it. Knows no screen."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from clients.errors import NotFound, PlantaoError
from clients.models.feed import Feed
from clients.models.task import Task
from clients.models.ticket import Ticket
from clients.models.ticket_view import TicketView

from .cache import Cache
from .disk import Disk

if TYPE_CHECKING:
    from clients.freshdesk import Freshdesk
    from clients.redmine import Redmine

REMEMBERED_VIEWS = 100
"""Tickets that are shown at once, as they were last read, when one comes back to them."""


class TicketViews:
    """Remembers what was read of tickets, and reads them."""

    def __init__(
        self, cache: Cache, disk: Disk, clock: Callable[[], datetime], *, gone: Callable[[int], None]
    ) -> None:
        """``gone`` is told of a ticket that is no more."""
        self._cache = cache
        self._disk = disk
        self._clock = clock
        self._gone = gone
        self._seen: dict[int, TicketView] = {}

    async def remembered(self, ticket: Ticket, *, with_tasks: bool) -> TicketView:
        """The ticket with what is remembered of it; ``with_tasks`` where its tasks are still to come."""
        seen = self._seen.get(ticket.id)
        if seen is not None and seen.ticket.updated_at >= ticket.updated_at:
            return seen
        read_at, conversations = await self._disk(self._cache.conversation, ticket.id)
        return TicketView(ticket, Feed(conversations, as_of=read_at), Feed[Task](loading=with_tasks))

    async def read(
        self, freshdesk: "Freshdesk", redmine: "Redmine | None", ticket_id: int
    ) -> AsyncIterator[TicketView]:
        """Yield the ticket as the servers have it; see `Desk.read`."""
        try:
            ticket, conversations = await asyncio.gather(
                freshdesk.ticket(ticket_id), freshdesk.conversations(ticket_id)
            )
        except NotFound:
            self._leave_out(ticket_id)
            raise
        if ticket.deleted or ticket.spam:
            self._leave_out(ticket_id)
            why = "excluído" if ticket.deleted else "marcado como spam"
            raise NotFound("Freshdesk", f"o ticket {ticket_id} foi {why}")
        now = self._clock()
        await self._disk(self._cache.keep_conversation, ticket, conversations, now)
        seen = TicketView(ticket, Feed(tuple(conversations), as_of=now))
        if redmine is None:
            yield self._keep(seen)
            return
        before = self._seen.get(ticket_id)
        yield replace(seen, tasks=before.tasks.busy() if before else Feed(loading=True))
        try:
            tasks = Feed(await redmine.find_by_ticket(ticket_id), as_of=now)
        except PlantaoError as error:
            tasks = Feed[Task]().failed(error.trouble)
        yield self._keep(replace(seen, tasks=tasks))

    def _keep(self, view: TicketView) -> TicketView:
        self._seen.pop(view.ticket.id, None)
        self._seen[view.ticket.id] = view
        while len(self._seen) > REMEMBERED_VIEWS:
            del self._seen[next(iter(self._seen))]
        return view

    def _leave_out(self, ticket_id: int) -> None:
        self._seen.pop(ticket_id, None)
        self._gone(ticket_id)
