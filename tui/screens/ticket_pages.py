"""What the Mesa opens on one ticket: the composer, the chamado's form, its files."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from clients.errors import PlantaoError
from clients.models.answer import Kind, Request
from clients.models.attendance import Attendance
from clients.models.chamado import Chamado
from clients.models.feed import Feed, Trouble
from clients.models.ticket import Ticket
from clients.models.ticket_view import TicketView
from clients.models.timer import ticket_target
from tui.drafts import draft_key
from tui.flows.downloads import attachments_of, download_all
from tui.intent import Intent, State
from widgets.phrases import counted

if TYPE_CHECKING:
    from tui.app import PlantaoApp


class TicketPages:
    """Opens pages and fetches files. Methods wait for disk or network: for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    async def answer(
        self,
        ticket: Ticket,
        kind: Kind,
        seen: TicketView | None = None,
        *,
        begin_with: str = "",
        request: Request | None = None,
        welcome: str = "Rascunho retomado",
    ) -> None:
        """The composer, with what was kept of either kind; ``seen`` is the ticket as it was shown.

        ``begin_with`` and ``request`` as of `AnswerScreen`; ``welcome`` says where a draft comes from.
        """
        desk = self._app.desk
        if self._app.outbox.is_going(ticket.id):
            self._app.refuse(f"A mensagem anterior ao #{ticket.id} ainda está a caminho: espere.")
            return
        seen = seen or await desk.view(ticket)
        await desk.saver.flush()
        found = {each: await desk.disk(desk.local.drafts.load, draft_key(ticket.id, each)) for each in Kind}
        drafts = {each: draft for each, draft in found.items() if draft is not None}
        from .answer import AnswerScreen  # not before it is needed: a start should not wait for the composer

        page = AnswerScreen(desk, seen, kind, drafts, begin_with=begin_with, request=request)
        await self._app.push_screen(page)
        if kind in drafts:
            ready = "pedido de validação" if request and request.chamado_id else "texto"
            instead = f", em vez do {ready} que estava pronto" if request else ""
            self._app.say(f"{welcome}{instead}.")

    async def attend(
        self, ticket_id: int, *, refusal: str = "", fill: Callable[[Attendance], Attendance] | None = None
    ) -> bool:
        """The form that attends, as it was left; an operation that is still open comes first.

        ``refusal`` is what the step that stopped was refused for. ``fill`` goes on with a form that nobody
        began yet, which is then kept. True where it did.
        """
        desk = self._app.desk
        from tui.flows.attending import begin, remaining

        from .attend import AttendScreen
        from .pending import PendingScreen

        await desk.saver.flush()
        begun = await desk.disk(desk.local.attendances.load, ticket_id)
        steps: tuple[Intent, ...] = ()
        if begun is not None and begun.workflow:
            steps = await desk.disk(desk.local.journal.workflow, begun.workflow)
            if any(step.is_open for step in steps):
                await self._app.push_screen(PendingScreen(begun.workflow))
                return False
            if all(step.state is State.DONE for step in steps):  # or forgotten since
                await desk.disk(desk.local.attendances.discard, ticket_id)
                begun, steps = None, ()
        if refusal and desk.offers is not None:
            desk.offers.forget()
        try:
            surroundings = desk.surroundings()
            seen = await anext(desk.read(ticket_id))
            around = await surroundings.of(seen, desk.clock())
            await self._app.timekeeper.believed(ticket_target(ticket_id))
            await self._app.timekeeper.start(ticket_target(ticket_id))
        except PlantaoError as error:
            self._app.report(error.trouble)
            return False
        if desk.redmine is not None:
            seen = replace(seen, tasks=Feed(around.tasks, as_of=around.now))
        form = begun or begin(around, surroundings.project(around))
        form = remaining(form, steps, around.tasks).model_copy(
            update={"workflow": "", "refusal": refusal or form.refusal}
        )
        filled = begun is None and fill is not None
        if fill is not None and filled:
            form = fill(form)
        if steps or filled:  # what is left of it, or was filled in, is nowhere else now
            await desk.disk(desk.local.attendances.save, form)
        await self._app.push_screen(AttendScreen(desk, seen, around, form))
        if begun is not None:
            self._app.say("Atendimento retomado.")
        return filled

    async def chamado(self, seen: TicketView) -> None:
        """A chamado that starts from what the client wrote."""
        desk = self._app.desk
        from tui.flows.chamado import prefill

        from .chamado import ChamadoScreen

        begun = await desk.disk(desk.local.chamado_drafts.of_ticket, seen.ticket.id)
        link = self.address(seen.ticket.id)
        draft = begun or prefill(seen.ticket, seen.conversations.items, link=link)
        await self._app.push_screen(ChamadoScreen(desk, draft))
        if begun is None:
            self._app.bringing.bring(seen.ticket.id, draft.id)
        else:
            self._app.say("Rascunho retomado.")
        about = self._tell_of_chamados(seen.ticket.id)  # neither form nor keys wait for the board
        self._app.run_worker(about, exclusive=True, group="board", exit_on_error=False)

    async def download(self, ticket_id: int) -> None:
        """All files of the ticket, into a folder of its own."""
        desk = self._app.desk
        if desk.freshdesk is None:
            return
        try:
            found = attachments_of(await anext(desk.read(ticket_id)))  # the list names no attachments
        except PlantaoError as error:
            self._app.report(error.trouble)
            return
        if not found:
            self._app.say(f"O #{ticket_id} não tem anexos.")
            return
        self._app.say(f"Baixando {counted(len(found), 'anexo', 'anexos')} do #{ticket_id}…")
        done = await download_all(desk.freshdesk, ticket_id, found, desk.settings.downloads_folder)
        if done.saved:
            count = counted(len(done.saved), "anexo guardado", "anexos guardados")
            self._app.say(f"{count} em {done.saved[0].parent}")
        if done.failed:
            reasons = "\n".join(f"{name}: {reason}" for name, reason in done.failed)
            count = counted(len(done.failed), "anexo não foi baixado", "anexos não foram baixados")
            self._app.report(Trouble(count, reasons))

    def address(self, ticket_id: int) -> str:
        """Where the ticket is in the browser; empty where Freshdesk is not configured."""
        settings = self._app.desk.settings.freshdesk
        return f"{settings.url}/a/tickets/{ticket_id}" if settings else ""

    async def history(self, ticket_id: int) -> None:
        """The newest chamado of the ticket, with all that happened to it."""
        try:
            newest = await self._newest_chamado(ticket_id)
        except PlantaoError as error:
            self._app.report(error.trouble)
            return
        if newest is None:
            begun = await self._app.desk.disk(self._app.desk.local.chamado_drafts.of_ticket, ticket_id)
            key = self._app.key_of("chamado")
            draft = f": há um rascunho, que {key} retoma" if begun is not None else ""
            self._app.refuse(f"O #{ticket_id} ainda não tem chamado enviado{draft}.")
            return
        from .chamado_history import ChamadoHistoryScreen

        await self._app.push_screen(ChamadoHistoryScreen(newest))

    async def _newest_chamado(self, ticket_id: int) -> Chamado | None:
        sent = [each for each in await self._app.desk.board.chamados() if each.ticket_id == ticket_id]
        return max(sent, key=lambda chamado: chamado.number, default=None)

    async def _tell_of_chamados(self, ticket_id: int) -> None:
        """Say that the ticket has one already."""
        try:
            newest = await self._newest_chamado(ticket_id)
        except PlantaoError:
            return
        if newest is not None:
            label = self._app.desk.settings.chamados.labels[newest.status]
            self._app.say(f"Este ticket já tem o chamado nº {newest.number} ({label}).")
