"""Mode 4, the services: every client × service, how it was, who knows of its failure, who is there."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from textual import on, work
from textual.reactive import var
from textual.widget import Widget

from clients.errors import PlantaoError
from clients.models.feed import Feed
from clients.models.service import Service, ServiceState
from clients.models.service_history import ServiceHistory
from clients.models.service_note import ServiceNote
from tui.commands.catalog import SERVICES
from tui.nothing_here import why_no_services
from widgets import phrases
from widgets.bound import bound
from widgets.key_bar import KeyBar
from widgets.service_text import in_one_line
from widgets.services_table import ServicesTable

from .ask_server import ask_server
from .desk_screen import DeskScreen
from .line import LineScreen
from .passing_on import pass_on
from .runbook_opening import open_runbook
from .service_finding import write_finding

if TYPE_CHECKING:
    from tui.app import PlantaoApp

FOLLOW_AFTER = 0.08
"""Seconds that the cursor rests on a service before its notes are read from the disk."""
LONGEST_NOTE = 300
ABOUT_ONE = ("roteiro", "anotar", "encaminhar", "perguntar-servidor", "ciente", "copiar")
"""Commands about the service under the cursor."""


class ServicesScreen(DeskScreen):
    """The table, with the service under the cursor in full."""

    VERBS = SERVICES
    MODE = "4"
    PAGE = "servicos"
    TITLE = "Serviços"
    ABOUT = """\
Os serviços de todos os clientes, conferidos toda manhã: vermelho primeiro; o que não se
conseguiu ler é desconhecido, nunca verde. O detalhe mostra a última semana em sinais e em
palavras, e o que se anotou.
Ciente de uma falha não a apaga: ela segue vermelha, com o nome de quem sabe dela.
Só se entra no servidor do cliente quando algo está vermelho nele, e depois de ver se alguém
já está lá. Nada aqui para ou reinicia um serviço."""
    BINDINGS = bound(SERVICES)

    notes: var[tuple[str, tuple[ServiceNote, ...]]] = var(("", ()), init=False)
    """What was written of the service under the cursor, with its key."""
    _left = False
    """Whether another mode was in view."""

    def content(self) -> Iterable[Widget]:
        """The table."""
        return [
            ServicesTable(
                clock=self.plantao.minute,
                never=why_no_services(self.plantao.desk.settings),
                longest=self.plantao.desk.longest_unchecked,
            )
        ]

    @property
    def pane(self) -> ServicesTable:
        """The table."""
        return self.query_one(ServicesTable)

    @property
    def kept_pane(self) -> ServicesTable:
        """The table."""
        return self.pane

    def select(self, key: str) -> None:
        """Put the cursor on the service of that key."""
        self.pane.select(key)
        self.pane.focus()

    # ── what the app has ──

    def on_mount(self) -> None:
        """Follow what is read of the services, from the monitoring and from the disk."""
        self.watch(self.app, "acknowledged", self._show_acknowledged)
        self.watch(self.app, "histories", self._show_histories)
        self.watch(self.app, "occupied", self._show_people)
        self.watch(self.app, "occupied_doubt", self._show_people)
        self.watch(self.app, "services", self._show_services)
        self.watch(self.app, "walks", self._tell_bar, init=False)
        self.pane.focus()

    def on_screen_suspend(self) -> None:
        """Another mode, or something over this one."""
        self._left = self.app.current_mode != "servicos"

    def on_screen_resume(self) -> None:
        """Something may have turned red meanwhile, or been written down.

        Only who comes from another mode is led to it: under a dialog the cursor stays on what that is about.
        """
        super().on_screen_resume()
        if self._left:
            self._left = False
            self.pane.to_what_is_new()
        self._read_notes()

    def _show_services(self, feed: Feed[Service]) -> None:
        self.pane.show(feed)
        self._tell_bar()

    def _show_histories(self, histories: Mapping[str, ServiceHistory]) -> None:
        self.pane.show_histories(histories)

    def _show_acknowledged(self, acknowledged: Mapping[str, ServiceNote]) -> None:
        self.pane.show_acknowledged(acknowledged)
        self._read_notes()

    def _show_people(self) -> None:
        self.pane.show_people(self.plantao.occupied, self.plantao.occupied_doubt)

    def watch_notes(self, notes: tuple[str, tuple[ServiceNote, ...]]) -> None:
        """Tell them."""
        self.pane.show_notes(*notes)

    @on(ServicesTable.Highlighted)
    def _another(self) -> None:
        self._read_notes()
        self._tell_bar()

    @work(exclusive=True, group="notes", exit_on_error=False)
    async def _read_notes(self) -> None:
        await asyncio.sleep(FOLLOW_AFTER)
        service, desk = self.pane.highlighted, self.plantao.desk
        if service is None:
            return
        try:
            await desk.ready()
            self.notes = (service.key, await desk.disk(desk.local.service_log.notes, service.key))
        except PlantaoError as error:
            self.plantao.report(error.trouble)

    @on(ServicesTable.Chosen)
    def _chosen(self, event: ServicesTable.Chosen) -> None:
        self.plantao.going.note_service(event.service)

    def _tell_bar(self) -> None:
        bar = self.query_one(KeyBar)
        bar.left_out = frozenset(name for name in ("ciente",) if self.why_not(name) is not None)
        bar.called_for = frozenset(("anunciar-saida",) if self.plantao.server_watch.inside else ())

    def tick(self) -> None:
        """Ages grow."""
        self.pane.tick()
        self._tell_bar()

    # ── verbs ──

    def why_not(self, command_id: str) -> str | None:
        """Only a failure can be known of; only what is there can be copied."""
        service = self.pane.highlighted
        if command_id in ABOUT_ONE and service is None:
            return "Não há serviço sob o cursor."
        if command_id == "ciente" and service is not None:
            if service.state is not ServiceState.FAIL:
                word = phrases.state(service.state)[1]
                return f"Só de uma falha se dá ciência; este serviço está {word}."
            if not self.plantao.desk.is_open:
                return "Os dados desta máquina não estão abertos: a anotação se perderia."
        return super().why_not(command_id)

    def do_roteiro(self) -> None:
        """Its runbook."""
        self._take_up(open_runbook)

    def do_anotar(self) -> None:
        """What was seen of it."""
        self._take_up(write_finding)

    def do_encaminhar(self) -> None:
        """What was seen of it goes on."""
        self._take_up(pass_on)

    def do_perguntar_servidor(self) -> None:
        """Who is on its client's server?"""
        self._take_up(lambda app, service: ask_server(app, service.client))

    def _take_up(self, verb: "Callable[[PlantaoApp, Service], Awaitable[object]]") -> None:
        service = self.pane.highlighted
        if service is not None:
            self.plantao.going.note_service(service)
            self.plantao.keys_wait_for(self._carry_out(verb, service))

    @work(group="verb", exit_on_error=False)
    async def _carry_out(
        self, verb: "Callable[[PlantaoApp, Service], Awaitable[object]]", service: Service
    ) -> None:
        await verb(self.plantao, service)
        self._read_notes()

    def do_ciente(self) -> None:
        """Say that one knows of the failure, and what is done about it."""
        service = self.pane.highlighted
        if service is not None:
            self.plantao.keys_wait_for(self._acknowledge(service))

    @work(group="verb", exit_on_error=False)
    async def _acknowledge(self, service: Service) -> None:
        question = LineScreen(
            f"Ciente · {service.client} · {service.service}",
            placeholder="o que se sabe da falha, ou o que se faz dela",
            longest=LONGEST_NOTE,
        )
        text = await self.plantao.ask(question)
        if text is None:
            return
        try:
            told = await self.plantao.service_recall.acknowledge(service, text)
        except PlantaoError as error:
            self.plantao.report(error.trouble)
        else:
            if told:
                self.plantao.say(f"Ciência anotada com {told}.")

    def do_copiar(self) -> None:
        """Client, service, state and since when, by OSC 52."""
        service = self.pane.highlighted
        if service is not None:
            self.plantao.copy(in_one_line(service, self.plantao.desk.clock()))
