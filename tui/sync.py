"""Pollers: each asks one source, says what it got, and re-arms only after the answer. Knows no screen."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

from clients.errors import PlantaoError, Throttled, Unauthorized
from clients.models.feed import Feed
from clients.models.service import Service
from clients.models.ticket import Ticket

if TYPE_CHECKING:
    from clients.freshdesk import Freshdesk
    from clients.monitor import MonitorSource

    from .cache import Cache

Item = TypeVar("Item")
OnDisk = Callable[..., Awaitable[object]]
HORIZON = timedelta(days=90)
"""How far back a first synchronisation of the queue looks."""
OVERLAP = timedelta(seconds=2)
"""Asked again at each refresh: ``updated_since`` has whole seconds."""
LONGEST_WAIT = 15 * 60.0


class Poller(Generic[Item]):
    """Runs ``refresh`` for ever: at its interval, slower while it fails, at once when asked."""

    def __init__(
        self,
        refresh: Callable[[Feed[Item]], AsyncIterator[Feed[Item]]],
        interval: float,
        feed: Feed[Item] | None = None,
    ) -> None:
        self._refresh = refresh
        self._interval = interval
        self._wanted = asyncio.Event()
        self.feed: Feed[Item] = feed or Feed()

    def ask(self) -> None:
        """Refresh now instead of at the end of the pause."""
        self._wanted.set()

    async def run(self, publish: Callable[[Feed[Item]], None]) -> None:
        """Publish each state of the feed until cancelled. A refused key stops it until `ask`."""
        failures = 0
        while True:
            # the marks of a refresh that nobody asked for would cost bytes for nothing
            if self.feed.as_of is None or self._wanted.is_set():
                self._publish(self.feed.busy(), publish)
            self._wanted.clear()
            pause: float | None = self._interval
            try:
                async for feed in self._refresh(self.feed):
                    self._publish(feed, publish)
                failures = 0
            except PlantaoError as error:
                failures += 1
                self._publish(self.feed.failed(error.trouble), publish)
                pause = self._pause_after(error, failures)
            await self._rest(pause)

    def _publish(self, feed: Feed[Item], publish: Callable[[Feed[Item]], None]) -> None:
        self.feed = feed
        publish(feed)

    def _pause_after(self, error: PlantaoError, failures: int) -> float | None:
        if isinstance(error, Unauthorized):
            return None
        if isinstance(error, Throttled) and error.retry_after is not None:
            return max(self._interval, error.retry_after)
        longest = min(LONGEST_WAIT, self._interval * float(2 ** min(failures, 6)))
        return random.uniform(self._interval, longest)  # noqa: S311 (spreads analysts, protects nothing)

    async def _rest(self, pause: float | None) -> None:
        try:
            async with asyncio.timeout(pause):
                await self._wanted.wait()
        except TimeoutError:
            return


class QueueSync:
    """Keeps the tickets equal to Freshdesk's: everything once, afterwards only what changed."""

    def __init__(
        self, freshdesk: "Freshdesk", cache: "Cache", on_disk: OnDisk, clock: Callable[[], datetime]
    ) -> None:
        self._freshdesk = freshdesk
        self._cache = cache
        self._on_disk = on_disk
        self._clock = clock

    async def refresh(self, feed: Feed[Ticket]) -> AsyncIterator[Feed[Ticket]]:
        """Yield the feed after each page that changed something, and once at the end.

        One list call when nothing is new; ⌈N ÷ 100⌉ when N tickets are.
        """
        asked_at = self._clock()
        known = {ticket.id: ticket for ticket in feed.items}
        items = feed.items
        async for page in self._freshdesk.tickets(updated_since=self._cursor(feed)):
            news = [ticket for ticket in page if _newer(ticket, known.get(ticket.id))]
            if news:
                known.update((ticket.id, _keeping_text(ticket, known.get(ticket.id))) for ticket in news)
                items = tuple(known.values())
                await self._on_disk(self._cache.keep_tickets, news, (), asked_at)
                yield Feed(items, as_of=feed.as_of, loading=True)
        if items is feed.items:
            await self._on_disk(self._cache.keep_tickets, (), (), asked_at)
        yield Feed(items, as_of=asked_at)

    def _cursor(self, feed: Feed[Ticket]) -> datetime:
        if feed.as_of is None or not feed.items:
            return self._clock() - HORIZON
        # the newest change by the server's own clock: ours may be wrong
        return max(ticket.updated_at for ticket in feed.items) - OVERLAP


def _newer(ticket: Ticket, known: Ticket | None) -> bool:
    return known is None or ticket.updated_at > known.updated_at or _differs(ticket, known)


def _differs(ticket: Ticket, known: Ticket) -> bool:
    if ticket.updated_at < known.updated_at:
        return False
    return (ticket.status, ticket.responder_id, ticket.type, ticket.stats) != (
        (known.status, known.responder_id, known.type, known.stats)
    )


def _keeping_text(ticket: Ticket, known: Ticket | None) -> Ticket:
    if known is None or ticket.text is not None:
        return ticket
    return ticket.model_copy(update={"text": known.text, "attachments": known.attachments})


class ServicesSync:
    """Reads the monitoring source and remembers since when each service is in its state."""

    def __init__(
        self, source: "MonitorSource", cache: "Cache", on_disk: OnDisk, clock: Callable[[], datetime]
    ) -> None:
        self._source = source
        self._cache = cache
        self._on_disk = on_disk
        self._clock = clock

    async def refresh(self, feed: Feed[Service]) -> AsyncIterator[Feed[Service]]:
        """Yield the services as they are now, worst first."""
        found = await self._source.services()
        now = self._clock()
        services = tuple(sorted(with_since(found, feed.items, now), key=worst_first))
        await self._on_disk(self._cache.keep_services, services, now)
        yield Feed(services, as_of=now)


def with_since(found: Iterable[Service], before: Iterable[Service], now: datetime) -> list[Service]:
    """Return ``found`` with ``since`` filled in: the source's word, else what was known, else now."""
    known = {service.key: service for service in before}
    dated = []
    for service in found:
        previous = known.get(service.key)
        if service.since is None:
            same = previous is not None and previous.state == service.state
            since = previous.since if same and previous else now
            service = service.model_copy(update={"since": since})
        dated.append(service)
    return dated


def worst_first(service: Service) -> tuple[int, str, str]:
    """Sort key: red, then unknown, then green; by client and service within."""
    return service.state.rank, service.client, service.service
