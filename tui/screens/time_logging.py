"""Logging time on a task, or on the task of a ticket: what is asked, and then written, for both."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from clients.models.doing import Suggestion
from clients.models.task import Task
from clients.models.ticket import Ticket
from clients.models.timer import task_target, ticket_target
from tui.flows.around import Around
from tui.flows.hours import Worked, task_time_step, task_times, worked_steps
from widgets.picker import Pick

from .time_asking import TimeAsking

if TYPE_CHECKING:
    from tui.app import PlantaoApp


class TimeLogging:
    """Scripts of one `TimeAsking`. What is read is read once, however often one goes back.

    Without a day time is of the days that the timer or ``stretch`` has, or of today; with one it is of that
    day alone, and what the timer counted on others waits on.
    """

    def __init__(self, app: "PlantaoApp", asking: TimeAsking) -> None:
        self._app = app
        self._asking = asking
        self._tasks: dict[int, Task] = {}
        self._arounds: dict[int, Around] = {}

    async def on_task(self, task_id: int, stretch: Suggestion | None = None, day: date | None = None) -> None:
        """Log time on a task."""
        target = task_target(task_id)
        await self._asking.believed(target)
        task = await self.task(task_id)
        worked = await self._worked(target, f"tarefa {task.id}", task.subject, task, stretch, day)
        steps = [task_time_step(time, target) for time in task_times(worked, task.id, target)]
        await self._asking.log(target, steps, stretch, day)

    async def on_ticket(
        self, ticket: Ticket, stretch: Suggestion | None = None, day: date | None = None
    ) -> bool:
        """Log time on a task of the ticket; True where it has none, and is to be attended instead."""
        target = ticket_target(ticket.id)
        await self._asking.believed(target)
        around = await self._around(ticket)
        if not around.tasks:
            about = f"O #{ticket.id} não tem tarefa no Redmine, e é nela que o tempo fica. Atender cria uma."
            await self._asking.agreed("Sem tarefa", about, "Atender")
            return True
        task = await self._task_of(ticket, around.tasks)
        worked = await self._worked(target, f"#{ticket.id}", ticket.subject, task, stretch, day)
        steps = tuple(worked_steps(worked, ticket, around.times, task_id=task.id))
        await self._asking.log(target, steps, stretch, day)
        return False

    async def task(self, task_id: int) -> Task:
        """The task as Redmine has it. Raises RemoteError, SettingsError."""
        if task_id not in self._tasks:
            self._tasks[task_id] = await self._asking.redmine.task(task_id)
        return self._tasks[task_id]

    # ── below ──

    async def _worked(
        self,
        target: str,
        about: str,
        subject: str,
        task: Task,
        stretch: Suggestion | None,
        day: date | None,
    ) -> Worked:
        days = await self._asking.counted(target, stretch, day)
        done, alone = stretch.done if stretch else "", day is not None
        return await self._asking.worked(
            target, about, subject, task.project.id, days, done=done, alone=alone
        )

    async def _around(self, ticket: Ticket) -> Around:
        if ticket.id not in self._arounds:
            desk = self._app.desk
            view = await desk.view(ticket)
            self._arounds[ticket.id] = await desk.surroundings().of(view, desk.clock())
        return self._arounds[ticket.id]

    async def _task_of(self, ticket: Ticket, tasks: Sequence[Task]) -> Task:
        if len(tasks) == 1:
            return tasks[0]
        picks = [Pick(str(task.id), f"{task.id} {task.subject}", task.status.name) for task in tasks]
        chosen = await self._asking.pick("task", f"#{ticket.id} · em qual tarefa?", picks)
        return next(task for task in tasks if str(task.id) == chosen)
