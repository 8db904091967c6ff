"""What was seen of a service goes on: to Slack, into a ticket's note, a task or a chamado, each prefilled."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from clients.errors import PlantaoError
from clients.models.answer import Kind
from clients.models.attendance import NEW_TASK, Attendance
from clients.models.client_key import client_key
from clients.models.passing_on import chamado_fields, description, question, subject, ticket_note
from clients.models.service import Service
from clients.models.service_note import Destination, Passed, ServiceNote
from clients.models.ticket import Ticket
from tui.drafts import draft_key
from widgets.phrases import date_time
from widgets.picker import Pick

from .pick import PickScreen
from .slack_question import ask_on_slack
from .ticket_pages import TicketPages

if TYPE_CHECKING:
    from tui.app import PlantaoApp


async def pass_on(app: "PlantaoApp", service: Service) -> None:
    """Ask what of ``service`` goes on and where to, and open that, prefilled: for a worker.

    Where nothing was written down yet, that is asked for first.
    """
    try:
        await app.desk.ready()
        notes = await app.desk.disk(app.desk.local.service_log.notes, service.key)
        note = await _which(app, service, [one for one in notes if not one.acknowledges])
    except PlantaoError as error:
        app.report(error.trouble)
        return
    if note is not None:
        await pass_note_on(app, service, note)


async def pass_note_on(app: "PlantaoApp", service: Service, note: ServiceNote) -> None:
    """Ask where ``note`` of ``service`` goes, and open that, prefilled: for a worker."""
    try:
        await PassingOn(app, service, note).pass_on()
    except PlantaoError as error:
        app.report(error.trouble)


async def _which(app: "PlantaoApp", service: Service, notes: Sequence[ServiceNote]) -> ServiceNote | None:
    if not notes:
        from .service_finding import write_finding

        return await write_finding(app, service)
    if len(notes) == 1:
        return notes[0]
    picks = [Pick(note.id, note.gist, date_time(note.at, app.desk.clock())) for note in notes]
    chosen = await app.ask(PickScreen("Encaminhar o quê?", picks))
    return next((note for note in notes if note.id == chosen), None)


class PassingOn:
    """One note on its way. Every method waits for the analyst."""

    def __init__(self, app: "PlantaoApp", service: Service, note: ServiceNote) -> None:
        self._app = app
        self._service = service
        self._note = note

    async def pass_on(self) -> None:
        """Ask where to, and go there. Raises PlantaoError."""
        title = f"Encaminhar · {self._service.client} · {self._service.service}"
        chosen = await self._app.ask(PickScreen(title, self._picks()))
        ways: dict[Destination, Callable[[], Awaitable[None]]] = {
            Destination.SERVERS: lambda: self._ask(Destination.SERVERS),
            Destination.LEAD: lambda: self._ask(Destination.LEAD),
            Destination.NOTE: self._write_note,
            Destination.TASK: self._attend,
            Destination.CHAMADO: self._open_chamado,
        }
        if chosen is not None:
            await ways[Destination(chosen)]()

    def _picks(self) -> list[Pick]:
        desk = self._app.desk
        slack, freshdesk = desk.settings.slack, desk.settings.freshdesk
        no_slack = "" if slack else "o Slack não está configurado"
        no_tickets = "" if freshdesk else "o Freshdesk não está configurado"
        no_tasks = no_tickets or ("" if desk.settings.redmine else "o Redmine não está configurado")
        servers = slack.servers_channel if slack else "quem está nos servidores"
        lead = slack.manager_channel if slack else "gestor"
        labels = {
            Destination.SERVERS: (f"Pergunta em {servers}", no_slack),
            Destination.LEAD: (f"Pergunta em {lead}", no_slack),
            Destination.NOTE: ("Nota interna de um ticket", no_tickets),
            Destination.TASK: ("Tarefa no Redmine, atendendo um ticket", no_tasks),
            Destination.CHAMADO: ("Chamado técnico", ""),
        }
        return [Pick(to, label, self._done(to), refusal) for to, (label, refusal) in labels.items()]

    def _done(self, to: Destination) -> str:
        """That it went there already."""
        went = [one for one in self._note.passed if one.to is to]
        return f"já {went[-1].told}" if went else ""

    def _passed(self, to: Destination, place: str = "") -> Passed:
        return Passed(to=to, place=place, at=self._app.desk.clock(), who=self._app.desk.author)

    # ── Slack ──

    async def _ask(self, to: Destination) -> None:
        """That it was asked is kept in the same moment as the plan to post it."""
        settings = self._app.desk.settings.slack
        if settings is None:
            return
        await ask_on_slack(
            self._app,
            f"passing:{self._note.id}:{to}",
            settings.servers_channel if to is Destination.SERVERS else settings.manager_channel,
            question(self._service, self._note),
            also=lambda place: self._app.desk.local.service_log.passed_on(
                self._note.id, self._passed(to, place)
            ),
        )

    # ── a ticket ──

    async def _write_note(self) -> None:
        """A draft of a note, unless the ticket has one; the page for answers shows either."""
        app, desk = self._app, self._app.desk
        ticket = await self._pick_ticket("Nota em qual ticket?")
        if ticket is None:
            return
        await desk.saver.flush()
        key, text = draft_key(ticket.id, Kind.NOTE), ticket_note(self._service, self._note)
        if await desk.disk(desk.local.drafts.begin, key, text):
            await self._keep(self._passed(Destination.NOTE, f"#{ticket.id}"))
            await TicketPages(app).answer(ticket, Kind.NOTE, welcome="Nota preenchida com o que foi visto")
        else:
            app.refuse(f"O #{ticket.id} já tem uma nota começada, que fica como está: termine-a antes.")
            await TicketPages(app).answer(ticket, Kind.NOTE)

    async def _attend(self) -> None:
        """The form that attends a ticket, with a new task for what was seen."""
        desk = self._app.desk
        ticket = await self._pick_ticket("Tarefa de qual ticket?")
        if ticket is None:
            return
        if await TicketPages(self._app).attend(ticket.id, fill=self._fill):
            await self._keep(self._passed(Destination.TASK, f"#{ticket.id}"))
        elif await desk.disk(desk.local.attendances.load, ticket.id) is not None:
            self._app.refuse(f"O #{ticket.id} não foi preenchido: o atendimento dele já tinha começado.")

    def _fill(self, form: Attendance) -> Attendance:
        return form.model_copy(
            update={
                "task": NEW_TASK,
                "subject": subject(self._service, self._note),
                "description": f"{description(self._service, self._note)}\n\n{form.description}".rstrip(),
            }
        )

    async def _pick_ticket(self, title: str) -> Ticket | None:
        """One of the queue; those of the client come first."""
        client = client_key(self._service.client)
        open_ones = [ticket for ticket in self._app.queue.items if ticket.is_open]
        if not open_ones:
            self._app.refuse("Não há tickets abertos na fila.")
            return None
        theirs = sorted(open_ones, key=lambda ticket: client_key(ticket.client) != client)
        picks = [
            Pick(str(ticket.id), f"#{ticket.id} {ticket.subject}", ticket.client or "sem empresa")
            for ticket in theirs
        ]
        if client_key(theirs[0].client) != client:  # Enter must not take another client's for theirs
            title = f"{title} Nenhum aberto de {self._service.client}"
        chosen = await self._app.ask(PickScreen(title, picks))
        return next((ticket for ticket in theirs if str(ticket.id) == chosen), None)

    # ── a chamado ──

    async def _open_chamado(self) -> None:
        """A draft that is kept from the start, so that it is found again; one that there is goes on."""
        from tui.flows.chamado import new_draft

        from .chamado import ChamadoScreen

        desk = self._app.desk
        await desk.saver.flush()
        begun = {one.draft_id for one in self._note.passed if one.to is Destination.CHAMADO}
        drafts = await desk.disk(desk.local.chamado_drafts.list)
        draft = next((each for each in drafts if each.id in begun), None)
        if draft is not None:
            await self._app.push_screen(ChamadoScreen(desk, draft))
            self._app.say("Rascunho retomado.")
            return
        fields = chamado_fields(self._service, self._note)
        draft = await desk.disk(desk.local.chamado_drafts.save, new_draft().model_copy(update=dict(fields)))
        passed = self._passed(Destination.CHAMADO).model_copy(update={"draft_id": draft.id})
        await self._keep(passed)
        await self._app.push_screen(ChamadoScreen(desk, draft))

    async def _keep(self, passed: Passed) -> None:
        await self._app.desk.disk(self._app.desk.local.service_log.passed_on, self._note.id, passed)
