"""The search's own copy of the tickets, which lags behind writes."""

from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta

from ..rows import TicketRow


class SearchIndex:
    """Tickets as the search sees them. After a restart it is up to date."""

    def __init__(self, tickets: Iterable[TicketRow]) -> None:
        self._seen = {ticket["id"]: ticket for ticket in tickets}
        self._waiting: deque[tuple[datetime, TicketRow]] = deque()

    def changed(self, ticket: TicketRow, now: datetime) -> None:
        """Note a write."""
        self._waiting.append((now, ticket))

    def rows(self, now: datetime, lag: timedelta) -> Iterable[TicketRow]:
        """The tickets as they were ``lag`` ago."""
        while self._waiting and self._waiting[0][0] <= now - lag:
            ticket = self._waiting.popleft()[1]
            self._seen[ticket["id"]] = ticket
        return self._seen.values()
