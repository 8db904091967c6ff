"""The morning round: what is to be looked at first, ticked one by one, and closed with a summary."""

from collections.abc import Awaitable, Iterable
from typing import TYPE_CHECKING

from textual import on, work
from textual.widget import Widget

from clients.errors import PlantaoError
from clients.models.excerpt import masked
from clients.models.feed import Feed
from clients.models.morning import CheckKind, MorningRound
from clients.models.task import Task
from clients.models.text import safe_text
from tui.commands.catalog import ROUND
from tui.morning import Morning, Read, Sights
from widgets.bound import bound
from widgets.key_bar import KeyBar
from widgets.morning_pane import MorningPane

from .draft_screen import first_to_close
from .line import LineScreen
from .live_page import LivePage
from .morning_text import close_round
from .timers import TimersScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp

LONGEST_NOTE = 500
_READING = "Ainda lendo: um instante."
_CHANGES = ("marcar-feito", "anotar-item", "fechar-rotina")


class MorningScreen(LivePage):
    """A page over whatever was in view."""

    VERBS = ROUND
    FOLLOWS = ("services", "queue", "chamados")
    TITLE = "Rotina da manhã"
    ABOUT = """\
O que se confere toda manhã, antes do resto: serviços, tickets sem resposta, tarefas
concluídas e chamados que mudaram desde a última rotina, cronômetros esquecidos.

Um item só se marca com leitura recente, e guarda o que foi visto. Serviço em falha pede o que foi feito
dele: ciência, anotação ou roteiro no serviço, ou uma nota aqui. Enter leva aonde o item se resolve.

Cada analista tem uma rotina por dia; outra sessão sua vê o que já foi marcado. Fechar mostra o resumo,
que sai no Slack uma vez só, ou é copiado."""
    BINDINGS = bound(ROUND)

    def __init__(self) -> None:
        super().__init__()
        self._round: MorningRound | None = None
        self._sights: Sights = {}
        self._tasks: Feed[Task] = Feed(loading=True)

    def content(self) -> Iterable[Widget]:
        """The checklist."""
        return [MorningPane(clock=self.plantao.minute)]

    @property
    def pane(self) -> MorningPane:
        """The checklist."""
        return self.query_one(MorningPane)

    @property
    def morning(self) -> Morning:
        """The round of who sits here."""
        return Morning(self.plantao.desk)

    def sees(self, kind: CheckKind) -> bool:
        """Whether it is known by now what a check finds, or that it has no system."""
        sight = self._sights.get(kind)
        return sight is not None and bool(sight.read_at or sight.absent)

    @work(exclusive=True, group="tasks", exit_on_error=False)
    async def read_remote(self) -> None:
        """The tasks."""
        try:
            await self.plantao.desk.ready()
            self._tasks = await self.morning.concluded(self._tasks)
        except PlantaoError as error:
            self.plantao.report(error.trouble)
        self.reload()

    @work(exclusive=True, group="round", exit_on_error=False)
    async def reload(self) -> None:
        """Show the round and what its checks find by now."""
        app, end = self.plantao, ""
        try:
            await app.desk.ready()
            morning = await self.morning.with_link(await self.morning.round())
            sights = await self.morning.sights(Read(app.services, app.queue, app.chamados, self._tasks))
            if morning.closed_at is not None:
                fate = await self.morning.fate(morning)
                end = "\n".join(
                    filter(None, (f"Rotina {fate}; {app.key_of('copiar')} copia o resumo.", morning.link))
                )
        except PlantaoError as error:
            app.report(error.trouble)
            return
        self._round, self._sights = morning, sights
        self.pane.show(morning, tuple(sights.values()), end)
        self._tell_bar()

    # ── verbs ──

    def why_not(self, command_id: str) -> str | None:
        """A round that is closed stays as it is."""
        if command_id in _CHANGES:
            if self._round is None:
                return _READING
            if not self.morning.is_known_who:
                return "Ainda não se sabe de quem é a rotina: o Freshdesk não respondeu."
            if self._round.closed_at is not None:
                return "A rotina de hoje já foi fechada."
        if command_id == "copiar" and (self._round is None or not self._round.text):
            return "O resumo se copia depois de fechada a rotina."
        return None

    @on(MorningPane.Highlighted)
    def _tell_bar(self) -> None:
        """Only what can be done is named."""
        bar = self.query_one(KeyBar)
        bar.left_out = frozenset(name for name in _CHANGES if self.why_not(name))
        bar.called_for = frozenset(name for name in ("copiar",) if self.why_not(name) is None)

    def do_marcar_feito(self) -> None:
        """Tick, or take the tick back."""
        row = self.pane.highlighted
        if row is not None:
            ticking = (
                self.morning.untick(row.check.kind) if row.check.is_done else self.morning.tick(row.sight)
            )
            self._change(ticking)

    @work(exclusive=True, group="note", exit_on_error=False)
    async def do_anotar_item(self) -> None:
        """A note on the check."""
        row = self.pane.highlighted
        if row is None:
            return
        ask = LineScreen(
            f"Nota · {row.check.title}",
            " ".join(row.check.note.split()),
            placeholder="o que foi feito, ou por que não",
            optional=True,
            longest=LONGEST_NOTE,
        )
        text = await self.plantao.ask(ask)
        if text is not None:
            told = masked((text,)).told
            self._change(self.morning.note(row.check.kind, text), f"Nota com {told}." if told else "")

    @work(exclusive=True, group="close", exit_on_error=False)
    async def do_fechar_rotina(self) -> None:
        """The summary, to be read and edited, and the day's round is over."""
        if self._round is None:
            return
        if reason := self._round.still_open(self.morning.absent.keys()):
            self.plantao.refuse(reason)
            return
        await close_round(self.plantao, self.morning, self._round, self._sights)
        self._shown_everywhere()

    def do_copiar(self) -> None:
        """The summary, by OSC 52."""
        if self._round is not None:
            self.app.copy_to_clipboard(safe_text(self._round.text))
            self.plantao.say("Resumo enviado ao terminal.")

    def do_sair_rotina(self) -> None:
        """Back to what was in view."""
        self.leave()

    @on(MorningPane.Chosen)
    def _go(self, event: MorningPane.Chosen) -> None:
        """To where the check is looked at."""
        if event.kind is CheckKind.TIMERS:
            self.app.push_screen(TimersScreen())
        elif (below := first_to_close(self.app.screen_stack)) is not None:
            self.plantao.refuse(below.BELOW_FIRST)
        else:
            going = _to(self.plantao, event.kind, self._first_untold())
            self.leave()
            self.app.run_worker(going, group="go", exit_on_error=False)

    def _first_untold(self) -> str:
        """The service that something is to be said of, or the first that is not well; empty without one."""
        sight = self._sights.get(CheckKind.SERVICES)
        lines = (sight.untold or sight.lines) if sight is not None else ()
        return lines[0].key if lines else ""

    @work(group="change", exit_on_error=False)
    async def _change(self, change: Awaitable[MorningRound], told: str = "") -> None:
        """Have it changed, and say what is ``told`` of that."""
        try:
            await change
        except ValueError as error:
            self.plantao.refuse(str(error))
        except PlantaoError as error:
            self.plantao.report(error.trouble)
        else:
            if told:
                self.plantao.say(told)
        self._shown_everywhere()

    def _shown_everywhere(self) -> None:
        self.plantao.morning_count.look()
        if self.is_attached:
            self.reload()


async def _to(app: "PlantaoApp", kind: CheckKind, service: str) -> None:
    """Bring up the mode where a check is looked at: of the services, ``service``."""
    from .mesa import MesaScreen

    if kind is CheckKind.SERVICES:
        await app.show_service(service)
    elif kind is CheckKind.CHAMADOS:
        app.show_chamados_page("chamados")
    elif kind is CheckKind.CONCLUDED:
        await app.switch_mode("tarefas")
    else:
        await app.switch_mode("mesa")
        if isinstance(app.screen, MesaScreen):
            app.screen.queue.show_view("sem_resposta")
            app.screen.bring_up("queue")
