"""Services and queue: as they were last seen, and what keeps them. Knows no screen."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import TYPE_CHECKING

from clients.errors import StoreError
from clients.models.feed import Feed, Trouble
from clients.models.service import Service
from clients.models.ticket import Ticket

from .cache import Cache, Reached
from .called_tickets import CalledTickets
from .disk import Disk
from .service_log import ServiceLog
from .sync import HORIZON, Poller, QueueSync, ServicesSync

if TYPE_CHECKING:
    from clients.freshdesk import Freshdesk
    from clients.models.reading_report import SourceReading
    from clients.monitors import Monitors

    from .settings import Settings


class Sources:
    """What the Mesa lives on; nothing is asked before `connect`."""

    def __init__(
        self,
        settings: "Settings",
        cache: Cache,
        log: ServiceLog,
        disk: Disk,
        clock: Callable[[], datetime],
        *,
        statuses: Callable[[], Collection[int]],
        tell: Callable[[Trouble], None],
        unforeseen: Callable[[Exception], Trouble],
    ) -> None:
        """``statuses`` and ``tell`` as of `QueueSync`, ``unforeseen`` as of `Poller`."""
        self._settings = settings
        self._cache = cache
        self._log = log
        self._disk = disk
        self._clock = clock
        self._statuses = statuses
        self._tell = tell
        self._unforeseen = unforeseen
        self._freshdesk: Freshdesk | None = None
        self._monitor: Monitors | None = None
        self._reached = Reached()
        self.called = CalledTickets()
        self._sync: QueueSync | None = None
        self._queue: Poller[Ticket] | None = None

    async def remembered_queue(self) -> Feed[Ticket]:
        """The queue as it was last seen, without what was done long ago; or why it cannot be read."""
        try:
            tickets, self._reached = await self._disk(self._cache.queue, HORIZON)
            return Feed(tickets, as_of=await self._disk(self._cache.stamp, "queue"))
        except StoreError as error:
            return Feed(trouble=error.trouble)

    async def remembered_services(self) -> Feed[Service]:
        """The services as they were last seen; or why they cannot be read."""
        try:
            return await self._disk(self._cache.services)
        except StoreError as error:
            return Feed(trouble=error.trouble)

    def connect(self, freshdesk: "Freshdesk | None", monitor: "Monitors | None") -> None:
        """From now on these are asked; None where one is not configured."""
        self._freshdesk, self._monitor = freshdesk, monitor

    def queue_poller(self, feed: Feed[Ticket]) -> Poller[Ticket] | None:
        """What keeps the queue; None where Freshdesk is not configured. ``feed`` is where it goes on from."""
        if self._freshdesk is None or self._settings.freshdesk is None:
            return None
        if self._sync is None:
            self._sync = QueueSync(
                self._freshdesk,
                self._cache,
                self._disk,
                self._clock,
                self._reached,
                statuses=self._statuses,
                tell=self._tell,
            )
        interval = self._settings.freshdesk.interval
        self._queue = Poller(self._sync.refresh, interval, feed, unforeseen=self._unforeseen)
        return self._queue

    def services_poller(self, feed: Feed[Service]) -> Poller[Service] | None:
        """What keeps the services; None where no monitoring source is configured."""
        settings = self._settings.monitor
        if self._monitor is None or settings is None:
            return None
        longest = settings.longest_unchecked
        sync = ServicesSync(self._monitor, self._cache, self._disk, self._clock, longest, self._log)
        return Poller(sync.refresh, settings.interval, feed, unforeseen=self._unforeseen)

    @property
    def readings(self) -> "tuple[SourceReading, ...]":
        """What the newest look at each source of services met; empty before the first."""
        return self._monitor.readings if self._monitor is not None else ()

    def forget(self, ticket_id: int) -> None:
        """Leave a ticket that is no more out of the queue."""
        self.called.let_go(ticket_id)
        # kept on disk until the list answers too: a server that does not know even that has other troubles
        if self._sync is not None and self._queue is not None:
            self._sync.forget(ticket_id)
            self._queue.ask()
