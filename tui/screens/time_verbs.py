"""Logging time on the ticket under the cursor: how long, on which task, as what, confirmed once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clients.models.doing import Suggestion
from clients.models.task import Task
from clients.models.ticket import Ticket
from clients.models.timer import ticket_target
from tui.flows.hours import worked_steps
from widgets.picker import Pick

from .confirm import ConfirmScreen
from .pick import PickScreen
from .ticket_pages import TicketPages
from .time_asking import TimeAsking

if TYPE_CHECKING:
    from tui.app import PlantaoApp


class TimeVerbs:
    """What ``h`` does on tickets. Methods wait for the analyst, and raise PlantaoError: for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    async def log(self, tickets: Sequence[Ticket]) -> bool:
        """Log time on a task of the first of ``tickets``; one without a task is attended, if wanted."""
        return await self._log_or_attend(tickets[0])

    async def log_stretch(self, ticket: Ticket, stretch: Suggestion) -> None:
        """Log the time of what was done on ``ticket``, for its day; it is then suggested no more."""
        await self._log_or_attend(ticket, stretch)

    async def _log_or_attend(self, ticket: Ticket, stretch: Suggestion | None = None) -> bool:
        if await self._log(ticket, stretch):
            await TicketPages(self._app).attend(ticket.id)
        return True

    async def _log(self, ticket: Ticket, stretch: Suggestion | None) -> bool:
        """True where it has no task, and is to be attended instead."""
        app, target = self._app, ticket_target(ticket.id)
        if not await app.timekeeper.believed(target):
            return False
        around = await app.desk.surroundings().of(await app.desk.view(ticket), app.desk.clock())
        if not around.tasks:
            about = f"O #{ticket.id} não tem tarefa no Redmine, e é nela que o tempo fica. Atender cria uma."
            return await app.ask(ConfirmScreen("Sem tarefa", about, "Atender"))
        task = await self._task(ticket, around.tasks)
        if task is None:
            return False
        asking = TimeAsking(app)
        days = await asking.counted(target, stretch)
        worked = await asking.worked(f"#{ticket.id}", ticket.subject, task.project.id, days)
        if worked is not None:
            steps = tuple(worked_steps(worked, ticket, around.times, task_id=task.id))
            await asking.log(target, steps, stretch)
        return False

    async def _task(self, ticket: Ticket, tasks: Sequence[Task]) -> Task | None:
        if len(tasks) == 1:
            return tasks[0]
        picks = [Pick(str(task.id), f"{task.id} {task.subject}", task.status.name) for task in tasks]
        chosen = await self._app.ask(PickScreen(f"#{ticket.id} · em qual tarefa?", picks))
        return next((task for task in tasks if str(task.id) == chosen), None)
