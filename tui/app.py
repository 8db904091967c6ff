"""The Textual app: modes, keys, and the life of the desk behind them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual import on, work
from textual.events import Event, Key
from textual.reactive import var
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from clients.errors import PlantaoError
from clients.models.chamado import Chamado
from clients.models.feed import Feed, Trouble
from clients.models.server_talk import Occupant
from clients.models.service import Service
from clients.models.service_history import ServiceHistory
from clients.models.service_note import ServiceNote
from clients.models.slack_talk import Question
from clients.models.task_news import TaskNews
from clients.models.task_views import TaskEntry
from clients.models.text import safe_text
from clients.models.ticket import Ticket
from clients.models.walk import Walk
from widgets.belt import install as install_belt
from widgets.bound import bound

from .account import Account
from .account_watch import AccountWatch
from .bringing import Bringing
from .carrier import Carrier
from .chamado_news import ChamadoNews
from .colours import Colours
from .commands.catalog import DESK
from .commands.keymap import keymap
from .crash import crash_message, record_crash
from .desk import Desk
from .desk_commands import DeskCommands
from .going import Going
from .handover_count import HandoverCount
from .hangup import close_on_hangup
from .mesa_watch import MesaWatch
from .modes import MODES
from .morning_count import MorningCount
from .outbox import Outbox
from .returning import Returning
from .screens.desk_screen import DeskScreen
from .server_watch import ServerWatch
from .service_news import ServiceNews
from .service_recall import ServiceRecall
from .slack_news import SlackNews
from .stylesheet import KeptStylesheet
from .task_watch import TaskWatch
from .themes import check_theme
from .timekeeper import Timekeeper

if TYPE_CHECKING:
    from .settings import Settings


class PlantaoApp(DeskCommands):
    """One analyst's desk."""

    TITLE = "Plantão"
    CSS_PATH = "desk.tcss"
    MODES: ClassVar[dict[str, Callable[[], Screen[None]]]] = MODES  # type: ignore[assignment]
    DEFAULT_MODE = "mesa"
    BINDINGS = bound(DESK)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    ENABLE_COMMAND_PALETTE = False  # ours is opened by a key of the catalogue

    services: var[Feed[Service]] = var(Feed(loading=True))
    histories: var[Mapping[str, ServiceHistory]] = var(dict)
    """How the services were, by `Service.key`."""
    acknowledged: var[Mapping[str, ServiceNote]] = var(dict)
    """The newest acknowledgement of each service that has one, by `Service.key`."""
    occupied: var[Mapping[str, tuple[Occupant, ...]]] = var(dict)
    """Who is on which server, by folded client; of a client that is left out it is not known."""
    occupied_doubt: var[str] = var("")
    """Why it is not known."""
    queue: var[Feed[Ticket]] = var(Feed(loading=True))
    questions: var[tuple[Question, ...]] = var(())
    """What was asked on Slack and is followed."""
    chamados: var[Feed[Chamado]] = var(Feed(loading=True))
    tasks: var[Feed[TaskEntry]] = var(Feed(loading=True))
    task_news: var[tuple[TaskNews, ...]] = var(())
    """What is new on tasks, seen or not, the newest first."""
    walks: var[tuple[Walk, ...]] = var(())
    """The runbooks that one goes through and has not ended, the latest first."""
    account: var[Account] = var(Account)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.stylesheet = KeptStylesheet(variables=self.get_css_variables())
        self.bringing = Bringing(self)
        self.service_news = ServiceNews(self)
        self.server_watch = ServerWatch(self)
        self.service_recall = ServiceRecall(self)
        self.outbox = Outbox(self)
        self.carrier = Carrier(self)
        self.timekeeper = Timekeeper(self)
        self.going = Going(self)
        self.colours = Colours(self)
        self.returning = Returning(self)
        self.morning_count = MorningCount(self)
        self.handover_count = HandoverCount(self)
        self.mesa_watch = MesaWatch(self)
        self.account_watch = AccountWatch(self)
        self.news = SlackNews(self)
        self.chamado_news = ChamadoNews(self)
        self.task_watch = TaskWatch(self)
        self._tickets: dict[int, Ticket] = {}
        desk.trouble = self.report
        self.set_keymap(keymap(self.keys))
        self.animation_level = "none"  # each frame is bytes over SSH
        self.colours.put_on()

    # ── life ──

    def on_mount(self) -> None:
        """Paint first; open the desk after that."""
        close_on_hangup(self._hung_up)
        self.call_after_refresh(self._open)

    @work(group="desk", exit_on_error=False)
    async def _open(self) -> None:
        try:
            await self.desk.open()
        except PlantaoError as error:
            self._nothing_comes(error.trouble)
            return
        self.account = self.desk.account
        self.timekeeper.begin()
        self.server_watch.begin()
        self.handover_count.look()
        self._every_minute()
        await self.mesa_watch.begin()
        await self.returning.begin()
        await self.news.look()
        await self.task_watch.begin()
        self.morning_count.look()  # not earlier: holidays are read for it beside what is to be seen first
        await self._connect()

    async def _connect(self) -> None:
        try:
            await self.desk.connect()
        except PlantaoError as error:
            self._nothing_comes(error.trouble)
            self.chamado_news.start()
            return
        self.mesa_watch.start()
        self.news.start()
        self.chamado_news.start()
        self.task_watch.start()
        self.account_watch.learn()
        self._settle()

    def _nothing_comes(self, trouble: Trouble) -> None:
        """Each pane says why it shows nothing, or nothing newer."""
        self.mesa_watch.fail(trouble)
        self.tasks = self.tasks.failed(trouble)

    def watch_services(self) -> None:
        """Count the red ones above; their clients are those whose servers are looked at."""
        self.server_watch.look()
        self.tell_top()

    def watch_questions(self) -> None:
        """Count the answered ones above, and show them where all that is pending is shown."""
        self.work_moved()

    def watch_task_news(self) -> None:
        """Count above what nobody saw yet."""
        self.tell_top()

    def watch_queue(self, before: Feed[Ticket], feed: Feed[Ticket]) -> None:
        """Index the tickets, count the unanswered ones above."""
        if feed.items is not before.items:
            self._tickets = {ticket.id: ticket for ticket in feed.items}
        self.tell_top()

    def watch_account(self) -> None:
        """Who we are has to be known to tell which answers and handovers are ours."""
        self.handover_count.look()
        self._settle()

    def _settle(self) -> None:
        if self.desk.is_open:
            self.outbox.settle()
            self.carrier.settle()

    def do_atualizar(self) -> None:
        """Ask all sources now; the account's words too, where they are old or were never learned."""
        self.news.look_again()
        self.refresh_sources()
        self.task_watch.ask()
        self.account_watch.ask()

    def refresh_sources(self) -> None:
        """Ask services, queue and Slack now, instead of at the end of their pause."""
        self.mesa_watch.ask()
        self.news.ask()
        self.chamado_news.ask()

    # ── what every screen asks for ──

    def ticket(self, ticket_id: int) -> Ticket | None:
        """The ticket as the queue has it."""
        return self._tickets.get(ticket_id)

    def open_screens(self) -> Iterator[Screen[object]]:
        """Every screen that is open, in view or not, of all modes."""
        for stack in self._screen_stacks.values():
            yield from stack

    def minute(self) -> datetime:
        """The time of day as the panes tell it: all ages grow together, as the minute begins."""
        return self.desk.clock().replace(second=0, microsecond=0)

    def copy(self, text: str) -> None:
        """Send one line to the terminal's clipboard (OSC 52), which never confirms that it took it."""
        self.copy_to_clipboard(safe_text(text, multiline=False))
        self.say(f"Enviado ao terminal: {text}")

    def work_moved(self) -> None:
        """A step is further on; the page that shows it shows it."""
        from .screens.pending import PendingScreen

        if isinstance(self.screen, PendingScreen):
            self.screen.reload()
        elif isinstance(self.screen, DeskScreen):
            self.screen.work_moved()
        self.timekeeper.look()
        self.tell_top()

    def read_again(self, target: str) -> None:
        """Read ``target`` anew where it is shown: its task moved, which the queue does not tell."""
        from .screens.mesa import MesaScreen

        for screen in self.screen_stack:
            if isinstance(screen, MesaScreen):
                screen.read_again(target)
        kind, _, number = target.partition(":")
        if kind == "task":
            self.task_watch.read_again(int(number))

    # ── the minute ──

    def _every_minute(self) -> None:
        seconds = self.desk.clock().second
        self.set_timer(60 - seconds, self._first_minute)

    def _first_minute(self) -> None:
        self._tick()
        self.set_interval(60, self._tick)

    def _tick(self) -> None:
        self.server_watch.tick()
        if isinstance(self.screen, DeskScreen):
            self.screen.tick()
        self.timekeeper.look()
        self.morning_count.look()
        self.handover_count.look()
        self.tell_top()

    def tell_top(self) -> None:
        """Say anew what the top line says."""
        if self.is_running and isinstance(self.screen, DeskScreen):
            self.screen.tell_top()

    # ── the end ──

    @on(Worker.StateChanged)
    def _worker_ended(self, event: Worker.StateChanged) -> None:
        self.tell_failure(event.worker)

    def tell_failure(self, worker: Worker[object]) -> None:
        """What failed behind the screen and is no error of ours: note where, and say that it happened."""
        if worker.state is WorkerState.ERROR and worker.error is not None:
            log = self.desk.settings.crash_log
            record_crash(worker.error, log, self.desk.clock())
            self.report(Trouble("Erro interno", f"A ação parou no meio; os detalhes estão em {log}."))

    async def on_event(self, event: Event) -> None:
        """As ever; a key may have led elsewhere."""
        await super().on_event(event)
        if isinstance(event, Key):
            self.returning.moved()

    def exit(
        self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """End; the next session begins where this one was."""
        self.returning.leave()
        super().exit(result, return_code, message)

    def _hung_up(self, code: int) -> None:
        self.exit(code)

    async def on_unmount(self) -> None:
        """Write what is left to write."""
        self.service_news.leave()
        await self.desk.close()

    def _fatal_error(self) -> None:
        # Textual would print the stack with all variables: tokens and clients' texts among them
        if self._exception is not None:
            record_crash(self._exception, self.desk.settings.crash_log, self.desk.clock())
        self.bell()
        self.panic(Text(crash_message(self.desk.settings.crash_log)))

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Never start a browser on the jump host: show the address."""
        self.say(f"Endereço: {url}")


def run_desk(settings: "Settings") -> int:
    """Open the desk on the terminal; return the exit code. SettingsError for a theme that is not there."""
    check_theme(settings.theme)
    install_belt()
    app = PlantaoApp(Desk(settings))
    code = app.run(mouse=False)
    return app.return_code or code or 0
