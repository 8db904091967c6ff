"""Tickets that were called by their number and that the queue does not hold: it shows them all the same."""

from dataclasses import replace

from clients.models.feed import Feed
from clients.models.ticket import Ticket


class CalledTickets:
    """Kept until the queue has them itself, they are gone over there, or the session ends."""

    def __init__(self) -> None:
        self._called: dict[int, Ticket] = {}

    def call(self, ticket: Ticket) -> None:
        """From now on the queue has ``ticket``."""
        self._called[ticket.id] = ticket

    def let_go(self, ticket_id: int) -> None:
        """It is no more."""
        self._called.pop(ticket_id, None)

    def among(self, feed: Feed[Ticket]) -> Feed[Ticket]:
        """Return the feed with those that it lacks; the very same where it lacks none."""
        if not self._called:
            return feed
        for listed in feed.items:
            self._called.pop(listed.id, None)
        return replace(feed, items=(*feed.items, *self._called.values())) if self._called else feed
