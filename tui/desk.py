"""The composition root: settings in, a working desk out. App, command line and tests all open it here.

Nothing heavy is imported before `Desk.open`: httpx, redminelib and tinydb come after the first paint.
"""

import asyncio
import getpass
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from clients.errors import PlantaoError, SettingsError, StoreError
from clients.models.chamado import Chamado, ChamadoDraft
from clients.models.feed import Feed, Trouble
from clients.models.licence import LicenceCheck
from clients.models.service import FRESH, LONGEST_UNCHECKED
from clients.models.ticket import Ticket
from clients.models.ticket_view import TicketView

from .account import Account, AccountBook
from .crash import record_crash
from .disk import Disk
from .flows.answer import Answering
from .flows.engine import QUARANTINE
from .flows.remotes import freshdesk_remotes, redmine_remotes
from .flows.surroundings import Surroundings
from .flows.task_offers import TaskOffers
from .flows.workflows import Workflows, WorkRemote
from .presence import Presence, account_of
from .saver import Saver
from .sources import Sources
from .sync import Poller
from .ticket_views import TicketViews

if TYPE_CHECKING:
    from clients.assistant import Assistant
    from clients.boards.board import Board
    from clients.freshdesk import Freshdesk
    from clients.licences import LicenceSource
    from clients.mail import Mail
    from clients.redmine import Redmine
    from clients.slack import Slack
    from clients.store import Store

    from .connections import Connections
    from .settings import Settings
    from .slack_room import SlackRoom
    from .task_room import TaskRoom

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time of day; everything below takes it as an argument."""
    return datetime.now(UTC)


class Desk:
    """Everything behind the screen. Open it once, use it from one event loop, close it."""

    def __init__(
        self, settings: "Settings", clock: Clock = utc_now, *, quarantine: timedelta = QUARANTINE
    ) -> None:
        """``quarantine`` is how long after a lost answer looking for it is conclusive."""
        self.settings = settings
        self.clock = clock
        self.disk = Disk()
        self.account = Account()
        self.saver = Saver(self.disk, self._not_saved)
        account = account_of(settings.freshdesk.url) if settings.freshdesk else ""
        self.presence = Presence(account)
        self._on_servers = Presence(account, kind="server")
        self.trouble: Callable[[Trouble], None] = lambda trouble: None
        """Told of what goes wrong behind the screen's back."""
        self.store: Store | None = None
        self._shared: Store | None = None
        self._shared_handovers: Store | None = None
        self.freshdesk: Freshdesk | None = None
        self.redmine: Redmine | None = None
        self.slack: Slack | None = None
        self.mail: Mail | None = None
        self.assistant: Assistant | None = None
        """The model that proposes another description, where one is configured."""
        self.room: SlackRoom | None = None
        """What is said and read on Slack, where it is connected."""
        self.answering: Answering | None = None
        self.offers: TaskOffers | None = None
        self.task_room: TaskRoom | None = None
        """Redmine's tasks, where it is connected."""
        self.remotes: dict[str, WorkRemote] = {}
        self._connections: Connections | None = None
        self._quarantine = quarantine
        self._opening = asyncio.Event()
        self._connecting = asyncio.Event()
        self._no_connection: PlantaoError | None = None
        self._failure: PlantaoError | None = None

    # ── opening: first what is on this machine, then the network ──

    async def open(self) -> None:
        """Open the local store and what lives in it. StoreError or SettingsError where that fails."""
        try:
            await self._open()
        except PlantaoError as error:
            self._failure = error
            raise
        finally:
            self._opening.set()

    async def ready(self) -> None:
        """Return once the desk is open; raises what `open` raised where it could not be."""
        await self._opening.wait()
        if self._failure is not None:
            raise self._failure

    @property
    def is_open(self) -> bool:
        """Whether drafts and chamados can be read and kept."""
        return self._opening.is_set() and self._failure is None

    async def _open(self) -> None:
        from clients.licences import NoLicences

        from .local_data import LocalData
        from .server_room import ServerRoom
        from .shared_handovers import open_handovers

        self.store = await self.disk(open_store, self.settings)
        self.local = local = LocalData(self.store, self.clock)
        self.sources = Sources(
            self.settings,
            local.cache,
            local.service_log,
            self.disk,
            self.clock,
            statuses=lambda: self.account.vocabulary.statuses,
            tell=lambda trouble: self.trouble(trouble),
            unforeseen=self._unforeseen,
        )
        self._views = TicketViews(local.cache, self.disk, self.clock, gone=self.sources.forget)
        self.workflows = Workflows(
            local.journal, self.disk, self.clock, self.remotes, quarantine=self._quarantine
        )
        self.server_room = ServerRoom(
            self.settings.servers, self._on_servers, local.walks, self.clock, lambda: self.author
        )
        handed = await self.disk(open_handovers, self.settings, self.store, self.clock)
        self.handovers, self._shared_handovers = handed.handovers, handed.store
        if self.handovers.trouble is not None:
            self.trouble(self.handovers.trouble)
        await self._open_board(self.store)
        self._enter_chamados()
        self.licences: LicenceSource = NoLicences(self.clock)
        self._book = AccountBook(
            local.cache, self.disk, self.clock, self.settings.replies, lambda trouble: self.trouble(trouble)
        )
        self.account = await self.disk(self._book.remembered)
        with suppress(StoreError):  # a full disk: what is old can wait
            await self.disk(local.forget_old, self.clock())
        self._start_answering()

    async def _open_board(self, store: "Store") -> None:
        from clients.boards.absent import AbsentBoard

        from .own_board import open_own_board

        own = await self.disk(open_own_board, self.settings, store, self.clock)
        in_redmine = self.settings.chamados.board == "redmine"
        self.local_board, self._shared = own.board, own.shared
        self.board: Board = AbsentBoard("Quadro no Redmine") if in_redmine else own.board
        if own.trouble is not None and not in_redmine:
            self.trouble(own.trouble)

    async def connect(self) -> None:
        """Make the clients of the configured systems; nothing is asked of them yet."""
        try:
            await self._connect()
        except PlantaoError as error:
            self._no_connection = error
            raise
        finally:
            self._connecting.set()

    async def connected(self) -> None:
        """Return once the clients are made; raises what `open` or `connect` raised where they are not."""
        await self.ready()
        await self._connecting.wait()
        if self._no_connection is not None:
            raise self._no_connection

    async def _connect(self) -> None:
        # importing httpx and redminelib and reading certificates takes the time of many keys
        self._connections = await asyncio.to_thread(_connections, self.settings, self.clock)
        self.freshdesk, self.redmine = self._connections.freshdesk, self._connections.redmine
        self.slack, self.mail = self._connections.slack, self._connections.mail
        self.licences = self._connections.licences
        self.assistant = self._connections.assistant
        if self.is_open:  # the diagnosis connects without local data, too
            self.sources.connect(self.freshdesk, self._connections.monitor)
            self._enter_slack()
            self._enter_board()
            self._enter_chamados()
            self._start_answering()

    def _enter_board(self) -> None:
        if self.settings.chamados.board == "redmine":
            from .team_board import team_board

            self.board = team_board(self.settings, self.redmine, self.clock, self.store)

    def _enter_chamados(self) -> None:
        from .chamado_room import ChamadoRoom

        labels = self.settings.chamados.labels
        self.chamado_room = ChamadoRoom(
            self.board, self.mail, self.local.journal, self.disk, self.clock, labels
        )
        if self.settings.chamados.board == "local" or self.redmine is not None:
            self.remotes |= self.chamado_room.remotes()

    def _enter_slack(self) -> None:
        from .slack_room import SlackRoom

        if self.slack is not None and self.settings.slack is not None:
            self.room = SlackRoom(
                self.slack, self.settings.slack, self.local.questions, self.disk, self.clock, self._unforeseen
            )
            self.server_room.connect(self.room)
            self.remotes |= self.room.remotes() | self.server_room.remotes()

    def _start_answering(self) -> None:
        if self.freshdesk is not None and self.account.me is not None and self.answering is None:
            me = self.account.me.id
            self.answering = Answering(
                self.freshdesk,
                self.local.journal,
                self.local.drafts,
                me,
                self.clock,
                disk=self.disk,
                quarantine=self._quarantine,
                noted=self.local.service_log.note_arrived,
            )
            self.remotes |= freshdesk_remotes(
                self.freshdesk, self.answering, me, lambda: self.account.vocabulary, self.local.timers.settle
            )
        if self.redmine is not None and self.offers is None:
            self.offers = TaskOffers(self.redmine)
            self.remotes |= redmine_remotes(self.redmine, self.local.timers.settle)
            self._enter_tasks(self.redmine, self.offers)

    def _enter_tasks(self, redmine: "Redmine", offers: TaskOffers) -> None:
        from .task_room import TaskRoom

        self.task_room = TaskRoom(
            redmine,
            offers,
            self.settings.tasks,
            self.local.task_shelf,
            self.disk,
            self.clock,
            self._unforeseen,
        )

    async def close(self) -> None:
        """Finish what is being written, close connections and store."""
        self.presence.close()
        self._on_servers.close()
        await self.saver.close()
        if self._connections is not None:
            await self._connections.aclose()
        for store in (self._shared, self._shared_handovers, self.store):
            if store is not None:
                await self.disk(store.close)
        self.disk.close()

    def _not_saved(self, error: StoreError) -> None:
        self.trouble(error.trouble)

    # ── the account ──

    async def learn_account(self) -> Account:
        """Ask who we are, what the account's statuses and people are called, and for the templates."""
        if self.freshdesk is None:
            return self.account
        self.account = await self._book.with_words(self.account, self.freshdesk)
        self._start_answering()
        self.account = await self._book.with_templates(self.account, self.freshdesk)
        if self.offers is not None:
            self.account = await self._book.with_members(self.account, self.offers)
        return self.account

    # ── services ──

    @property
    def longest_unchecked(self) -> timedelta:
        """How long ago the monitoring source may have looked at a service that counts as green."""
        monitor = self.settings.monitor
        return LONGEST_UNCHECKED if monitor is None else monitor.longest_unchecked

    @property
    def fresh_services(self) -> timedelta:
        """How old a reading of the services may be that lets one onto a client's server."""
        return FRESH if self.settings.monitor is None else self.settings.monitor.fresh

    def _unforeseen(self, error: Exception) -> Trouble:
        log = self.settings.crash_log
        with suppress(OSError):  # a full disk must not end what goes on without it
            record_crash(error, log, self.clock())
        return Trouble("Erro interno", f"A leitura parou no meio; os detalhes estão em {log}.")

    # ── chamados ──

    @property
    def author(self) -> str:
        """Who sends and moves chamados from here, as the board notes it."""
        return self.account.me.name if self.account.me else getpass.getuser()

    @property
    def knows_author(self) -> bool:
        """Whether it is known who sits here: Freshdesk tells once, and it is remembered."""
        return self.settings.freshdesk is None or self.account.me is not None

    def chamados_poller(self, feed: Feed[Chamado]) -> Poller[Chamado]:
        """What keeps the chamados; ``feed`` is where it goes on from."""
        return self.chamado_room.poller(self.settings.chamados.interval, feed, self._unforeseen)

    async def check_licence(self, email: str) -> LicenceCheck:
        """Ask the licence source about ``email``; a source that cannot say gives an unchecked result."""
        return await self.licences.check(email)

    async def submit(self, draft: ChamadoDraft, *, unchecked_accepted: bool) -> Chamado:
        """Send a draft to the board, once. Raises what `Submitting.send` raises."""
        from .flows.chamado import Submitting

        sending = Submitting(
            self.board,
            self.local.chamado_drafts,
            self.licences,
            self.author,
            email=self.account.me.email if self.account.me else "",
            disk=self.disk,
            lexicon=self.settings.chamados.words.lexicon,
            sent=self.local.service_log.chamado_arrived,
        )
        return await sending.send(draft, unchecked_accepted=unchecked_accepted)

    def surroundings(self) -> Surroundings:
        """What attending looks around with. SettingsError while the account is not known."""
        if self.freshdesk is None or self.account.me is None or self.settings.freshdesk is None:
            raise SettingsError("sem conexão com o Freshdesk não se atende.")
        return Surroundings(
            self.freshdesk,
            self.redmine,
            self.offers,
            self.settings.attend,
            self.account.me,
            self.account.vocabulary,
            self.settings.freshdesk.url,
            asked=lambda ticket_id: self.disk(self.local.questions.of_ticket, ticket_id),
        )

    # ── one ticket ──

    async def view(self, ticket: Ticket) -> TicketView:
        """The ticket with what is remembered of it."""
        return await self._views.remembered(ticket, with_tasks=self.redmine is not None)

    async def read(self, ticket_id: int) -> AsyncIterator[TicketView]:
        """Yield the ticket as the servers have it: first with its messages, then with its tasks.

        NotFound where it is gone, deleted or spam; it then leaves the queue as well.
        """
        if self.freshdesk is None:
            raise SettingsError("[freshdesk] não está na configuração.")
        async for view in self._views.read(self.freshdesk, self.redmine, ticket_id):
            yield view


def _connections(settings: "Settings", clock: Clock) -> "Connections":
    from .connections import Connections

    return Connections(settings, clock)


def open_store(settings: "Settings") -> "Store":
    """Open the store that the settings name."""
    from clients.store import Store

    return Store(settings.store_file)
