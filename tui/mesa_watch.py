"""Services and queue while the desk is open: read at intervals, what turned red told."""

from typing import TYPE_CHECKING

from clients.models.feed import Feed, Trouble
from clients.models.service import Service
from clients.models.ticket import Ticket

from .sync import Poller

if TYPE_CHECKING:
    from .app import PlantaoApp


class MesaWatch:
    """Keeps `PlantaoApp.services` and `PlantaoApp.queue` as the sources have them."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._services: Poller[Service] | None = None
        self._queue: Poller[Ticket] | None = None

    async def begin(self) -> None:
        """Show both as they were last seen."""
        app = self._app
        app.services = await app.desk.sources.remembered_services()
        app.service_recall.read()
        app.queue = await app.desk.sources.remembered_queue()

    def start(self) -> None:
        """Begin to ask the sources that are configured."""
        app = self._app
        self._queue = app.desk.sources.queue_poller(app.queue)
        self._services = app.desk.sources.services_poller(app.services)
        if self._services is not None:
            app.run_worker(self._services.run(self.take_services), group="services", exit_on_error=False)
        if self._queue is not None:
            app.run_worker(self._queue.run(self._take_queue), group="queue", exit_on_error=False)

    def ask(self) -> None:
        """Ask now, instead of at the end of the pause."""
        for poller in (self._services, self._queue):
            if poller is not None:
                poller.ask()

    def ask_queue(self) -> None:
        """The same for the queue alone."""
        if self._queue is not None:
            self._queue.ask()

    def fail(self, trouble: Trouble) -> None:
        """Say at both why nothing, or nothing newer, comes."""
        self._app.services = self._app.services.failed(trouble)
        self._app.queue = self._app.queue.failed(trouble)

    def take_services(self, feed: Feed[Service]) -> None:
        """Show what was read of the services, and tell what it changes."""
        app = self._app
        app.services, before = feed, app.services
        app.service_news.told(before, feed)
        if feed.as_of != before.as_of:
            app.service_recall.read()

    def call_ticket(self, ticket: Ticket) -> None:
        """Have the queue show ``ticket`` too, which it does not hold."""
        self._app.desk.sources.called.call(ticket)
        self._take_queue(self._app.queue)

    def _take_queue(self, feed: Feed[Ticket]) -> None:
        self._app.queue = self._app.desk.sources.called.among(feed)
