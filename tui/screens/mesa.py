"""Mode 1, the Mesa: services, queue and conversation side by side, or one at a time on 80 columns."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from textual import events, on, work
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from clients.errors import PlantaoError
from clients.models.chamado import Chamado
from clients.models.feed import Feed
from clients.models.service import Service
from clients.models.service_note import ServiceNote
from clients.models.ticket import Ticket
from clients.models.ticket_view import TicketView
from clients.models.timer import ticket_target
from tui.commands.catalog import MESA
from tui.company_words import company_words
from tui.nothing_here import why_no_queue, why_no_services
from widgets.bound import bound
from widgets.phrases import counted
from widgets.preview_pane import PreviewPane
from widgets.queue_pane import QueuePane
from widgets.services_pane import ServicesPane

from .mesa_pages import PAGES, Page
from .mesa_panes import MesaPanes
from .mesa_reasons import why_not
from .mesa_verbs import VERBS, MesaVerb, carry_out
from .ticket_pages import TicketPages

BROAD = 160
"""Columns from which services, queue and conversation stand side by side, each as high as the screen."""
FOLLOW_AFTER = 0.08
"""Seconds that the cursor rests on a ticket before its conversation is shown from the cache."""
READ_AFTER = 0.5
"""Seconds more before it is read anew: going down the queue must not cost the account its limit."""


class MesaScreen(MesaPanes):
    """Which services are red, which tickets wait for us, what was said on the one under the cursor."""

    VERBS = MESA
    MODE = "1"
    PAGE = "mesa"
    TITLE = "Mesa"
    ABOUT = """\
A Mesa mostra os serviços dos clientes (vermelho primeiro; o que não se conseguiu ler é
desconhecido, nunca verde), a fila de tickets e a conversa do ticket em foco.
A vez é de quem não falou por último, qualquer que seja a situação. Nenhum ticket fica sem
resposta: se ainda não há solução, responda que está em análise.
≠ na conversa: o Tipo do ticket não é o da tarefa. Encerra-se com o OK respondido e tempo lançado.
Na fila: ◆ sem resposta, ◄ nossa vez, ► vez do cliente, ✓ encerrado; ! urgente; ▲ prazo vencido.
★ chamado publicado: a resposta que pede a validação está pronta; com o retorno, valide o chamado.
Nos serviços: ✖ falha, ? desconhecido, ● ok.
Ticket aguardando desenvolvimento ainda é nosso: o cliente espera notícia."""
    BINDINGS = bound(MESA)
    CSS = """
    MesaScreen #left { width: 1fr; }
    MesaScreen #services { height: 11; }
    MesaScreen.-wide #left { width: 5fr; }
    MesaScreen.-wide #preview { width: 3fr; display: block; }
    MesaScreen.-wide #services, MesaScreen.-wide #queue { display: block; }
    MesaScreen.-broad #left { layout: horizontal; width: 13fr; }
    MesaScreen.-broad #services { width: 5fr; height: 1fr; border-right: solid $foreground 20%; }
    MesaScreen.-broad #queue { width: 8fr; }
    MesaScreen.-broad #preview { width: 6fr; }
    MesaScreen.-narrow #services, MesaScreen.-narrow #queue, MesaScreen.-narrow #preview { display: none; }
    MesaScreen.-narrow #services { height: 1fr; }
    MesaScreen.-narrow.-services #services { display: block; }
    MesaScreen.-narrow.-queue #queue { display: block; }
    MesaScreen.-narrow.-preview #left { display: none; }
    MesaScreen.-narrow.-preview #preview { display: block; border-left: none; }
    """

    def __init__(self) -> None:
        super().__init__(classes="-queue")
        self._view: TicketView | None = None
        self._chamados: tuple[Chamado, ...] = ()
        """Those of the ticket that is shown."""
        self._unread = False
        """Whether what is shown is remembered, and was not read anew yet."""
        self._drafts_told = False

    def content(self) -> list[Widget]:
        """Services above the queue, the conversation to the right."""
        clock = self.plantao.minute
        services = ServicesPane(
            clock=clock,
            never=why_no_services(self.plantao.desk.settings),
            longest=self.plantao.desk.longest_unchecked,
            id="services",
        )
        queue = QueuePane(clock=clock, never=why_no_queue(self.plantao.desk.settings), id="queue")
        preview = PreviewPane(
            clock=clock,
            trackers=self.plantao.desk.settings.attend.trackers,
            mended_by=self.plantao.key_of("igualar"),
            labels=self.plantao.desk.settings.chamados.labels,
            validated_by=self.plantao.key_of("validar"),
            id="preview",
        )
        preview.add_class("-divided")
        return [Horizontal(Vertical(services, queue, id="left"), preview)]

    def on_mount(self) -> None:
        """Follow what the pollers bring."""
        self.watch(self.app, "services", self._show_services)
        self.watch(self.app, "acknowledged", self._show_acknowledged)
        self.watch(self.app, "queue", self._show_queue)
        self.watch(self.app, "account", self._show_account)
        self.watch(self.app, "chamados", self._show_chamados)
        self.queue.focus()

    def on_screen_resume(self) -> None:
        """An answer may have been begun meanwhile, or sent."""
        super().on_screen_resume()
        self._mark_drafts()

    def on_resize(self, event: events.Resize) -> None:
        """Three columns where there is room; where the conversation has some now, it is read."""
        self.set_class(event.size.width >= BROAD, "-broad")
        self.call_after_refresh(self._follow_news)

    @work(exclusive=True, group="drafts", exit_on_error=False)
    async def _mark_drafts(self) -> None:
        desk = self.plantao.desk
        try:
            await desk.ready()
            await desk.saver.flush()
            drafted = await desk.disk(desk.local.drafts.tickets) | await desk.disk(
                desk.local.attendances.tickets
            )
        except PlantaoError:
            return  # each pane says why the local data cannot be read
        self.queue.mark_drafts(drafted)
        if drafted and not self._drafts_told:
            self.plantao.say(f"{counted(len(drafted), 'rascunho', 'rascunhos')} por enviar: ✎ na fila.")
        self._drafts_told = True

    # ── what the pollers bring ──

    def _show_services(self, feed: Feed[Service]) -> None:
        self.services.show(feed)

    def _show_acknowledged(self, acknowledged: Mapping[str, ServiceNote]) -> None:
        self.services.show_acknowledged(acknowledged)

    def _show_queue(self, feed: Feed[Ticket]) -> None:
        account = self.plantao.desk.account
        self.queue.show(
            feed,
            me=account.me.id if account.me else None,
            vocabulary=account.vocabulary,
            published=self.plantao.chamado_news.published(),
        )
        self._follow_news()

    def _show_chamados(self, before: Feed[Chamado], feed: Feed[Chamado]) -> None:
        """What was published comes up, what was validated goes; the ticket shown tells its own."""
        if feed.items is before.items:
            return
        self._show_queue(self.plantao.queue)
        if self._view is not None and self._of_shown(self._view) != self._chamados:
            self._show_preview(self._view)

    def _follow_news(self) -> None:
        """Read the shown ticket again where the queue has a newer one, or where it was only remembered."""
        shown = self._view.ticket if self._view is not None else None
        newer = self.plantao.ticket(shown.id) if shown is not None else None
        under = self.queue.highlighted
        if shown is None or newer is None or under is None or under.id != shown.id:
            return  # the cursor went elsewhere, and what it is on now comes by itself
        readable = self._unread and self.preview.display and self.plantao.desk.freshdesk is not None
        if newer.updated_at > shown.updated_at or readable:
            self._follow(newer.id)

    def _show_account(self) -> None:
        self._show_queue(self.plantao.queue)
        self._show_preview(self._view)

    def tick(self) -> None:
        """Ages grow."""
        for pane in (self.services, self.queue, self.preview):
            pane.tick()
        self._look_around()

    @work(exclusive=True, group="company", exit_on_error=False)
    async def _look_around(self) -> None:
        """Say who else works on the ticket that is shown; looked up as it comes up, and once a minute."""
        ticket_id = self.preview.ticket_id
        if ticket_id is not None:
            others = await asyncio.to_thread(self.plantao.desk.presence.others, ticket_id)
            self.preview.tell_company(ticket_id, company_words(others))

    # ── the conversation follows the cursor ──

    @on(QueuePane.Highlighted)
    def _highlighted(self, event: QueuePane.Highlighted) -> None:
        # also where the cursor came back to what is shown: its neighbour must not come up any more
        self.workers.cancel_group(self, "follow")
        if event.ticket_id is None:
            self._show_preview(None)
        elif self._view is None or event.ticket_id != self._view.ticket.id:
            self._follow(event.ticket_id)

    @on(QueuePane.Chosen)
    def _chosen(self, event: QueuePane.Chosen) -> None:
        self.bring_up("preview")
        self._note_opened(event.ticket_id)
        self._follow(event.ticket_id, at_once=True)

    def _note_opened(self, ticket_id: int) -> None:
        if (ticket := self.plantao.ticket(ticket_id)) is not None:
            self.plantao.going.note_ticket(ticket)

    @on(ServicesPane.Chosen)
    def _service_chosen(self, event: ServicesPane.Chosen) -> None:
        self.plantao.keys_wait_for(self._show_service(event.service))

    @work(exclusive=True, group="service", exit_on_error=False)
    async def _show_service(self, service: Service) -> None:
        await self.plantao.show_service(service.key)

    @work(exclusive=True, group="follow", exit_on_error=False)
    async def _follow(self, ticket_id: int, *, at_once: bool = False) -> None:
        desk = self.plantao.desk
        ticket = self.plantao.ticket(ticket_id)
        if ticket is None:
            return
        if not at_once:
            await asyncio.sleep(FOLLOW_AFTER)
        view = await desk.view(ticket)
        self._unread = True
        self._show_preview(view)
        self._look_around()
        if desk.freshdesk is None:
            return
        if not at_once:
            if not self.preview.display:  # a narrow screen shows the queue alone
                return
            await asyncio.sleep(READ_AFTER)
        try:
            async for newer in desk.read(ticket_id):
                view = newer
                self._unread = False
                self._show_preview(view)
        except PlantaoError as error:
            self._unread = False  # it says why, and F4 or the next news try again
            self._show_preview(replace(view, conversations=view.conversations.failed(error.trouble)))

    def read_again(self, target: str) -> None:
        """Read the ticket beside the queue anew, if it is ``target``."""
        under = self.queue.highlighted
        if under is not None and ticket_target(under.id) == target and self.preview.display:
            self._follow(under.id, at_once=True)

    def _show_preview(self, view: TicketView | None) -> None:
        self._view, self._chamados = view, self._of_shown(view)
        self.preview.show(view, self.plantao.desk.account.vocabulary, self._chamados)

    def _of_shown(self, view: TicketView | None) -> tuple[Chamado, ...]:
        return self.plantao.chamado_news.of_ticket(view.ticket.id) if view is not None else ()

    def do_atualizar(self) -> None:
        """All sources, and the conversation that is shown."""
        self.plantao.do_atualizar()
        if self.preview.display and self.queue.highlighted is not None:
            self._follow(self.queue.highlighted.id, at_once=True)

    def do_ver_conversa(self) -> None:
        """F4."""
        super().do_ver_conversa()
        if self.queue.highlighted is not None:
            self._note_opened(self.queue.highlighted.id)
            self._follow(self.queue.highlighted.ticket.id, at_once=True)

    def go_to(self, ticket_id: int) -> None:
        """Show a ticket of the queue; a view or filter that leaves it out ends."""
        self.queue.reveal(ticket_id)
        self.bring_up("preview")
        self._follow(ticket_id, at_once=True)

    # ── verbs ──

    def why_not(self, command_id: str) -> str | None:
        """Verbs need a ticket that was seen."""
        return why_not(self, command_id)

    @work(group="timer", exit_on_error=False)
    async def do_cronometro(self) -> None:
        """The time of the ticket passes, or stands still."""
        entry = self.queue.highlighted
        if entry is None:
            return
        try:
            await self.plantao.timekeeper.toggle(ticket_target(entry.id))
        except PlantaoError as error:
            self.plantao.report(error.trouble)

    async def action_command(self, command_id: str) -> None:
        """Pages and verbs on tickets are elsewhere; keys wait for what they open."""
        page, verb = PAGES.get(command_id), VERBS.get(command_id)
        if self.why_not(command_id) is not None:
            await super().action_command(command_id)
        elif page is not None:
            self.plantao.keys_wait_for(self._open(page))
        elif verb is not None:
            self.plantao.keys_wait_for(self._carry_out(verb))
        else:
            await super().action_command(command_id)

    @work(exclusive=True, group="open", exit_on_error=False)
    async def _open(self, page: Page) -> None:
        if (entry := self.queue.highlighted) is None:
            return
        self.plantao.going.note_ticket(entry.ticket)
        try:
            await page(self, entry.ticket)
        except PlantaoError as error:
            self.plantao.report(error.trouble)

    @work(group="verb", exit_on_error=False)
    async def _carry_out(self, verb: MesaVerb) -> None:
        await carry_out(self, verb)

    def shown(self, ticket_id: int) -> TicketView | None:
        """The ticket as it is shown beside the queue, if it is that one."""
        view = self._view
        return view if view is not None and view.ticket.id == ticket_id else None

    def as_shown(self, ticket: Ticket) -> Ticket:
        """A ticket of the queue as it was seen last: there, or beside it."""
        shown = self.shown(ticket.id) if self.preview.display else None
        return shown.ticket if shown and shown.ticket.updated_at > ticket.updated_at else ticket

    @property
    def _pages(self) -> TicketPages:
        return TicketPages(self.plantao)

    @work(group="download", exit_on_error=False)
    async def do_baixar_anexos(self) -> None:
        """All files of the ticket, into a folder of its own."""
        entry = self.queue.highlighted
        if entry is not None:
            await self._pages.download(entry.id)
