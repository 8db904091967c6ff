"""Logging time on the ticket under the cursor: how long, on which task, as what, confirmed once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from clients.models.attendance import Attendance
from clients.models.doing import Suggestion
from clients.models.spent_time import LONGEST_COMMENT
from clients.models.task import Named, Task
from clients.models.ticket import Ticket
from clients.models.timer import ticket_target
from clients.models.times import day_of
from clients.models.workday import day_name
from tui.flows.around import Around
from tui.flows.hours import Worked, worked_steps
from tui.flows.step_words import step_words
from tui.intent import Step
from widgets.picker import Pick

from .confirm import ConfirmScreen
from .duration import TimeScreen
from .line import LineScreen
from .pick import PickScreen
from .ticket_pages import TicketPages

if TYPE_CHECKING:
    from tui.app import PlantaoApp
    from tui.desk import Desk

ROOM_FOR_MARK = 64
"""Characters of a comment that are left for the mark by which it is found again."""


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
        desk = app.desk
        surroundings = desk.surroundings()
        around = await surroundings.of(await desk.view(ticket), desk.clock())
        if not around.tasks:
            about = f"O #{ticket.id} não tem tarefa no Redmine, e é nela que o tempo fica. Atender cria uma."
            return await app.ask(ConfirmScreen("Sem tarefa", about, "Atender"))
        task = await self._task(ticket, around.tasks)
        minutes = await self._minutes(ticket, stretch) if task else None
        if task is None or minutes is None:
            return False
        around = await surroundings.with_form(around, Attendance(ticket_id=ticket.id, task=str(task.id)))
        activity = await self._activity(around, surroundings.activity(around))
        if activity is None:
            return False
        comments = await app.ask(
            LineScreen(
                f"#{ticket.id} · o que foi feito (pode ficar vazio)",
                optional=True,
                longest=LONGEST_COMMENT - ROOM_FOR_MARK,
            )
        )
        if comments is None:
            return False
        around = replace(around, now=desk.clock())
        worked = Worked(minutes, around.activity(activity), comments)
        day = stretch.day if stretch else day_of(around.now)
        steps = tuple(worked_steps(worked, ticket, around.now, around.times, task_id=task.id, day=day))
        if await self._agreed(ticket, steps, day, comments):
            # what runs on would be logged a second time
            app.carrier.start(steps, also=lambda workflow: answered(desk, target, stretch))
        return False

    async def _minutes(self, ticket: Ticket, stretch: Suggestion | None) -> int | None:
        """How long; what the timer or the stretch says stands there to begin with."""
        desk = self._app.desk
        timer = await desk.disk(desk.timers.get, ticket_target(ticket.id))
        counted = timer.minutes(desk.clock()) if timer else stretch.minutes if stretch else None
        return await self._app.ask(TimeScreen(f"#{ticket.id} {ticket.subject}", counted))

    async def _task(self, ticket: Ticket, tasks: Sequence[Task]) -> Task | None:
        if len(tasks) == 1:
            return tasks[0]
        picks = [Pick(str(task.id), f"{task.id} {task.subject}", task.status.name) for task in tasks]
        chosen = await self._app.ask(PickScreen(f"#{ticket.id} · em qual tarefa?", picks))
        return next((task for task in tasks if str(task.id) == chosen), None)

    async def _activity(self, around: Around, usual: str) -> str | None:
        """Id of the activity, "" where the project has none; None where the analyst goes back."""
        offered: Sequence[Named] = around.form.project.activities if around.form else ()
        if len(offered) < 2:
            return str(offered[0].id) if offered else ""
        first = sorted(offered, key=lambda one: str(one.id) != usual)
        picks = [Pick(str(one.id), one.name, "de costume" if str(one.id) == usual else "") for one in first]
        return await self._app.ask(PickScreen("Atividade", picks))

    async def _agreed(self, ticket: Ticket, steps: Sequence[Step], day: date, comments: str) -> bool:
        words = self._app.desk.account.vocabulary
        today = day == day_of(self._app.desk.clock())
        head = f"Hoje, {day:%d/%m}:" if today else f"{day_name(day)}:"
        told = [head, *(step_words(step, words) for step in steps), *([f"«{comments}»"] if comments else [])]
        return await self._app.ask(
            ConfirmScreen(f"Registrar o tempo do #{ticket.id}?", "\n".join(told), "Registrar")
        )


def answered(desk: "Desk", target: str, stretch: Suggestion | None) -> None:
    """On the store's thread: the timer stops, and what was logged is suggested no more."""
    desk.timers.stop(target)
    if stretch is not None:
        desk.set_aside.put(stretch)
