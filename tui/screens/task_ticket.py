"""From a task to its ticket, with the answer ready where the task was concluded (R22)."""

from typing import TYPE_CHECKING

from clients.models.answer import Kind, Request
from clients.models.concluded_text import concluded_text
from clients.models.reference import Asked, RefKind
from clients.models.task import Task
from clients.models.ticket import Ticket
from clients.models.timer import ticket_target
from widgets.picker import Pick

from .mesa_pages import asking
from .pick import PickScreen
from .ticket_pages import TicketPages

if TYPE_CHECKING:
    from tui.app import PlantaoApp


class TaskTicket:
    """Opens what belongs to a task's ticket. Methods wait for the analyst, and raise PlantaoError."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    async def answer(self, task: Task) -> None:
        """Open the composer on the task's ticket, or on the one that is chosen of several."""
        ticket_id = await self._which(task)
        if ticket_id is None:
            return
        app = self._app
        known = app.ticket(ticket_id)
        seen = await app.desk.view(known) if known is not None else await anext(app.desk.read(ticket_id))
        app.timekeeper.note(ticket_target(ticket_id))
        request = asking(app, seen.ticket) or self._ready(task, seen.ticket)
        await TicketPages(app).answer(seen.ticket, Kind.REPLY, seen, request=request)

    async def show(self, task: Task) -> None:
        """Go to the task's ticket on the Mesa, or to the one that is chosen of several."""
        ticket_id = await self._which(task)
        if ticket_id is not None:
            await self._app.going.to_number(Asked(ticket_id, (RefKind.TICKET,)))

    def _ready(self, task: Task, ticket: Ticket) -> Request | None:
        """What tells the client that it is done, where it is and the ticket is still open."""
        if not task.status.is_closed or not ticket.is_open:
            return None
        return Request(text=concluded_text(ticket))

    async def _which(self, task: Task) -> int | None:
        room = self._app.desk.task_room
        tickets = await room.named_tickets(task) if room is not None else ()
        if not tickets:
            key = self._app.key_of("editar-tarefa")
            self._app.refuse(f"A tarefa {task.id} não diz de que ticket é: {key} preenche o campo do ticket.")
            return None
        if len(tickets) == 1:
            return tickets[0]
        picks = [Pick(str(number), f"#{number} {self._subject(number)}", "") for number in tickets]
        chosen = await self._app.ask(PickScreen(f"Tarefa {task.id} · qual ticket?", picks))
        return int(chosen) if chosen else None

    def _subject(self, ticket_id: int) -> str:
        ticket = self._app.ticket(ticket_id)
        return ticket.subject if ticket is not None else ""
