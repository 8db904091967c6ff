"""Pollers: each asks one source, says what it got, and re-arms only after the answer. Knows no screen."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

from clients.errors import (
    Forbidden,
    NotFound,
    PlantaoError,
    Rejected,
    RemoteError,
    ScopeMissing,
    Throttled,
    Unauthorized,
)
from clients.freshdesk_search import Search
from clients.models.feed import Feed, Trouble
from clients.models.service import Service, standing
from clients.models.service_reading import missing, not_ahead, unread, worst_of
from clients.models.ticket import CLOSED, OPEN, PENDING, RESOLVED, Ticket

from .cache import Reached

if TYPE_CHECKING:
    from clients.freshdesk import Freshdesk
    from clients.monitors import Monitors

    from .cache import Cache
    from .service_log import ServiceLog

Item = TypeVar("Item")
OnDisk = Callable[..., Awaitable[object]]
HORIZON = timedelta(days=90)
"""How far back a first synchronisation of the queue looks."""
OVERLAP = timedelta(seconds=2)
"""Asked again at each refresh: ``updated_since`` has whole seconds."""
LOOK_FOR_GONE_EVERY = 5
"""Refreshes between two looks at what was deleted or marked as spam: the list of changes leaves it out."""
FIRST_SYNC_TAKES = timedelta(hours=1)
"""At the very most. What was put away meanwhile may have been read before."""
LONGEST_WAIT = 15 * 60.0
MOST_VIEWED = 30
"""Tickets viewed one by one within a refresh."""
_TOO_MANY = "Há mais tickets abertos e parados há mais de 90 dias do que os 300 que a busca entrega."


class Poller(Generic[Item]):
    """Runs ``refresh`` for ever: at its interval, slower while it fails, at once when asked."""

    def __init__(
        self,
        refresh: Callable[[Feed[Item]], AsyncIterator[Feed[Item]]],
        interval: float,
        feed: Feed[Item] | None = None,
        *,
        unforeseen: Callable[[Exception], Trouble],
    ) -> None:
        """``unforeseen`` is told of errors that are none of ours; it notes them and says what to show."""
        self.refresh = refresh
        self._unforeseen = unforeseen
        self._interval = interval
        self._wanted = asyncio.Event()
        self.feed: Feed[Item] = feed or Feed()

    def ask(self) -> None:
        """Refresh now instead of at the end of the pause."""
        self._wanted.set()

    async def run(self, publish: Callable[[Feed[Item]], None]) -> None:
        """Publish each state of the feed until cancelled.

        A refused key, or one that lacks a scope, stops it until `ask`.
        """
        failures = 0
        while True:
            # the marks of a refresh that nobody asked for would cost bytes for nothing
            if self.feed.as_of is None or self._wanted.is_set():
                self._publish(self.feed.busy(), publish)
            self._wanted.clear()
            pause: float | None = self._interval
            try:
                async for feed in self.refresh(self.feed):
                    self._publish(feed, publish)
                failures = 0
            except PlantaoError as error:
                failures += 1
                self._publish(self.feed.failed(error.trouble), publish)
                pause = self._pause_after(error, failures)
            # a page in a shape that nobody foresaw must not leave the desk blind for the rest of the day
            except Exception as error:  # noqa: BLE001
                failures += 1
                self._publish(self.feed.failed(self._unforeseen(error)), publish)
                pause = self._pause_after(error, failures)
            await self._rest(pause)

    def _publish(self, feed: Feed[Item], publish: Callable[[Feed[Item]], None]) -> None:
        self.feed = feed
        publish(feed)

    def _pause_after(self, error: Exception, failures: int) -> float | None:
        if isinstance(error, Unauthorized | ScopeMissing):
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
        self,
        freshdesk: "Freshdesk",
        cache: "Cache",
        on_disk: OnDisk,
        clock: Callable[[], datetime],
        reached: Reached,
        *,
        statuses: Callable[[], Collection[int]] = tuple,
        tell: Callable[[Trouble], None] = lambda trouble: None,
    ) -> None:
        """``reached`` belongs to the feed that the first refresh is given.

        ``statuses`` are the account's, empty while they are not known; ``tell`` is told
        what the queue leaves out.
        """
        self._freshdesk = freshdesk
        self._cache = cache
        self._on_disk = on_disk
        self._clock = clock
        self._reached = reached
        self._statuses = statuses
        self._tell = tell
        self._gone: set[int] = set()
        self._viewed: set[int] = set()
        self._searched = False
        self._until_look = 0
        self._may_look = True

    def forget(self, ticket_id: int) -> None:
        """Leave a ticket out from the next refresh on, unless it is listed again."""
        self._gone.add(ticket_id)

    async def refresh(self, feed: Feed[Ticket]) -> AsyncIterator[Feed[Ticket]]:
        """Yield the feed after each page that changed something, and once at the end.

        One list call when nothing is new; ⌈N ÷ 100⌉ when N tickets are. Two more each fifth time. The first
        time also a search (and the fields, where the statuses are not known), and a call for each ticket
        that only the search finds, up to `MOST_VIEWED` a time.
        """
        asked_at = self._clock()
        before = self._reached if feed.items else Reached()
        newest = before.changes
        known = {ticket.id: ticket for ticket in feed.items}
        items = feed.items
        since = before.changes - OVERLAP if before.changes else asked_at - HORIZON
        async for page in self._freshdesk.tickets(updated_since=since):
            newest = max(filter(None, (newest, *(ticket.updated_at for ticket in page))), default=None)
            self._gone.difference_update(ticket.id for ticket in page)
            if news := _news(page, known):
                known.update((ticket.id, ticket) for ticket in news)
                items = tuple(known.values())
                await self._on_disk(self._cache.keep_tickets, news)
                yield Feed(items, as_of=feed.as_of, loading=True)
        if before.changes is None and not self._searched:
            news = await self._left_lying(since, known)
            known.update((ticket.id, ticket) for ticket in news)
            newest = newest or (since if known else None)
            await self._on_disk(self._cache.keep_tickets, news)
        if news := await self._view_unclear(known):
            known.update((ticket.id, ticket) for ticket in news)
            await self._on_disk(self._cache.keep_tickets, news)
        if len(known) != len(items) or news:
            items = tuple(known.values())
        put_away, known_up_to = await self._look_for_gone(before, newest)
        gone = (self._gone | put_away).intersection(known)
        if gone:
            items = tuple(ticket for ticket in items if ticket.id not in gone)
        reached = Reached(newest, known_up_to)
        await self._on_disk(self._cache.keep_queue, reached, gone, asked_at)
        # only now: a refresh that broke off may have missed some of what it passed
        self._reached = reached
        self._searched = True
        self._gone -= gone
        yield Feed(items, as_of=asked_at)

    async def _left_lying(self, since: datetime, known: Mapping[int, Ticket]) -> list[Ticket]:
        """Return open tickets that nobody touched since then; the list of changes leaves them out."""
        try:
            statuses = {OPEN, PENDING, *(self._statuses() or await self._ask_for_statuses())}
            open_ones = sorted(statuses - {RESOLVED, CLOSED})
            search = Search().where("status", *open_ones).until("updated_at", since.astimezone(UTC).date())
            found = await self._freshdesk.search(search)
        except (Forbidden, Rejected) as error:
            self._tell(error.trouble)
            return []
        if not found.complete:
            self._tell(Trouble("Fila incompleta", _TOO_MANY, "Encerre no Freshdesk o que já foi resolvido."))
        return [ticket for ticket in found.tickets if ticket.id not in known and ticket.is_open]

    async def _ask_for_statuses(self) -> list[int]:
        fields = await self._freshdesk.fields()
        choices = [choice for field in fields if field.type == "default_status" for choice in field.choices]
        return [choice.value for choice in choices if isinstance(choice.value, int)]

    async def _view_unclear(self, known: Mapping[int, Ticket]) -> list[Ticket]:
        """Return, as the view has them, open tickets of which it is not known who spoke last: a search
        does not say it."""
        unclear = [ticket.id for ticket in known.values() if ticket.is_open and ticket.stats is None]
        viewed: list[Ticket] = []
        for number in [number for number in unclear if number not in self._viewed][:MOST_VIEWED]:
            try:
                ticket = await self._freshdesk.ticket(number)
            except NotFound:
                self._gone.add(number)
            except (Forbidden, Rejected):  # not for this key: it stays unclear
                pass
            except RemoteError:  # the rest at the next refresh, whose list says what is wrong
                break
            else:
                viewed.append(ticket)
                if ticket.deleted or ticket.spam:
                    self._gone.add(number)
            self._viewed.add(number)
        return viewed

    async def _look_for_gone(
        self, before: Reached, newest: datetime | None
    ) -> tuple[frozenset[int], datetime | None]:
        """Return what was deleted or marked as spam, if it is time to look, and up to when that is known."""
        if before.changes is None:  # all was just read
            self._until_look = LOOK_FOR_GONE_EVERY - 1
            return frozenset(), newest - FIRST_SYNC_TAKES if newest else None
        if self._until_look or not self._may_look:
            self._until_look = max(0, self._until_look - 1)
            return frozenset(), before.put_away
        since = before.put_away or before.changes - HORIZON
        try:
            gone = await self._freshdesk.put_away(updated_since=since - OVERLAP)
        except (Forbidden, Rejected):  # not for this key: a ticket that is gone is noticed when it is read
            self._may_look = False
            return frozenset(), before.put_away
        self._until_look = LOOK_FOR_GONE_EVERY - 1
        return gone, before.changes


def _news(page: Iterable[Ticket], known: Mapping[int, Ticket]) -> list[Ticket]:
    """Return the tickets of ``page`` that are not known like this, with the text that is known of them."""
    news = []
    for listed in page:
        old = known.get(listed.id)
        ticket = _keeping_text(listed, old)
        if old is None or (ticket.updated_at >= old.updated_at and ticket != old):
            news.append(ticket)
    return news


def _keeping_text(ticket: Ticket, known: Ticket | None) -> Ticket:
    if known is None or ticket.text is not None:
        return ticket
    return ticket.model_copy(update={"text": known.text, "attachments": known.attachments})


class ServicesSync:
    """Reads the monitoring sources and remembers since when each service is in its state."""

    def __init__(
        self,
        monitors: "Monitors",
        cache: "Cache",
        on_disk: OnDisk,
        clock: Callable[[], datetime],
        longest: timedelta,
        log: "ServiceLog",
    ) -> None:
        """``longest`` is how long ago the source itself may have looked; ``log`` keeps how they have been."""
        self._monitors = monitors
        self._cache = cache
        self._on_disk = on_disk
        self._clock = clock
        self._longest = longest
        self._log = log

    async def refresh(self, feed: Feed[Service]) -> AsyncIterator[Feed[Service]]:
        """Yield the services as they are now, worst first.

        What a source that failed last said goes on ageing beside what the others say, with the trouble; what
        vanished from one that was read is unknown.
        """
        look = await self._monitors.look(again=feed.loading)
        error = look.error
        if error is not None and len(look.failed) == len(look.heard):
            raise error
        now = self._clock()
        before = self._monitors.client_names.applied(feed.items)
        read = not_ahead(look.services, before, now)
        kept = unread(before, look.failed, read, feed.as_of)
        found = worst_of((*read, *kept))
        found = (*found, *missing(found, before, self._monitors.names, now))
        services = standing(with_since(found, before, now), now, self._longest)
        unseen = {item.key for item in kept}
        seen = tuple(item for item in services if item.key not in unseen)
        await self._on_disk(self._cache.keep_services, services, now)
        await self._on_disk(self._log.note_look, seen, now)
        yield Feed(services, as_of=now, trouble=error.trouble if error is not None else None)


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
