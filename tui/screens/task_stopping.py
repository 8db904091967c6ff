"""What becomes of a task that stands still: its time, and the situation that it is left in."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from clients.models.duration import clock
from clients.models.spent_time import SpentTime
from clients.models.task import Task, TaskStatus
from clients.models.timer import Timer, task_target
from tui.flows.hours import task_times
from tui.flows.task_progress import (
    Stopping,
    counted_by_none,
    is_in_progress,
    move,
    named,
    offered_by_all,
)
from tui.flows.task_required import joined
from tui.flows.tasks import TaskEdit
from widgets.cells import clip
from widgets.picker import Pick

from .task_required import RequiredFields
from .time_asking import TimeAsking

if TYPE_CHECKING:
    from clients.redmine import Redmine
    from tui.app import PlantaoApp

_LOG, _LOG_ON, _LATER, _LEAVE = "registrar", "registrar e ficar", "depois", "deixar"
_STAYS = "fica"
_SHORT = 16
"""Cells of a subject that leave a title its question."""


class TaskStopping:
    """Asks about tasks that stand still: a part of the script of a `TimeAsking`."""

    def __init__(self, app: "PlantaoApp", redmine: "Redmine", me: int, asking: TimeAsking) -> None:
        self._app = app
        self._redmine = redmine
        self._me = me
        self._asking = asking
        self._required = RequiredFields(app)
        self._settings = app.desk.settings.tasks
        self._logged: dict[int, tuple[SpentTime, ...]] = {}
        """What one logged on a task, by its number."""
        self.told: list[str] = []
        """What is said beside the steps; a script begins by emptying it."""

    # ── several ──

    async def stopped_by_another(self, others: Sequence[Task]) -> list[Stopping] | None:
        """What becomes of each of the tasks that the analyst is at because another one starts.

        Those that stay as they are are not among them. None where nothing is to be written to any task.
        """
        how = await self._how(others) if len(others) > 1 else _LOG
        if how == _LEAVE:
            return None
        if how == _LATER:
            return await self._all_stopped(others)
        found = [await self._interrupted(task) for task in others]
        return [one for one in found if one is not None]

    async def _how(self, others: Sequence[Task]) -> str:
        status = self._usual(await self._offered_by_all(others))
        after = f"→ {status.name}" if status else "a situação, você diz"
        picks = [
            Pick(_LEAVE, "Deixar todas, só contar o tempo desta", "nada é escrito"),
            Pick(_LOG, "Decidir uma a uma"),
            Pick(_LATER, "Parar todas, tempo no cronômetro", after),
        ]
        return await self._asking.pick("how", f"Você está em {len(others)} outras tarefas · e elas?", picks)

    async def _all_stopped(self, others: Sequence[Task]) -> list[Stopping]:
        """All of them in the same situation, or each in its own; their time waits in their timers."""
        offered = await self._offered_by_all(others)
        status = self._usual(offered)
        if status is None and offered:
            picks = [
                Pick(_STAYS, "Cada uma fica na situação dela"),
                *(Pick(str(one.id), one.name) for one in offered),
            ]
            chosen = await self._asking.pick("all back", "Paradas · em que situação ficam?", picks)
            status = next((one for one in offered if str(one.id) == chosen), None)
        elif status is None:
            self.told.append("A situação delas fica: o Redmine não oferece a mesma para todas.")
        self.told.append("O tempo contado das outras fica nos cronômetros.")
        return [
            Stopping(
                task,
                edit=await self.whole(task, status if self.in_progress(task) else None),
                uncounted=await self._uncounted(task),
            )
            for task in others
        ]

    # ── one ──

    async def _interrupted(self, task: Task) -> Stopping | None:
        """One of them, stopped because another starts; None where it stays as it is."""
        counted = await self.counted(task)
        picks = [
            Pick(_LOG, "Registrar agora", clock(counted.minutes(self._app.desk.clock())) if counted else ""),
            Pick(_LATER, "Registrar depois", "fica no cronômetro" if counted else "nada o contou"),
            Pick(_LEAVE, "Deixar como está", "só o cronômetro dela pausa"),
        ]
        if self.in_progress(task) and self._usual(await self.allowed(task)):  # else it is asked
            picks.insert(1, Pick(_LOG_ON, "Registrar, sem mudar a situação", f"continua {task.status.name}"))
        title = f"Você está na {self._name(task)} · e o tempo?"
        chosen = await self._asking.pick(f"interrupted {task.id}", title, picks)
        if chosen == _LEAVE:
            self.told.append(f"A tarefa {task.id} fica como está.")
            return None
        if chosen in (_LOG, _LOG_ON):
            return await self.stopped(task, stays=chosen == _LOG_ON)
        return Stopping(task, edit=await self._back(task), uncounted=await self._uncounted(task))

    async def stopped(self, task: Task, *, stays: bool = False) -> Stopping:
        """The task with its time, asked for; ``stays`` leaves its situation."""
        target = task_target(task.id)
        await self._asking.believed(target)
        days = self._asking.days(await self.counted(task))
        worked = await self._asking.worked(target, f"tarefa {task.id}", task.subject, task.project.id, days)
        stopping = Stopping(task, tuple(task_times(worked, task.id, target)))
        return stopping if stays else replace(stopping, edit=await self._back(task))

    async def _back(self, task: Task) -> TaskEdit | None:
        """The change to the situation of what stands still; the analyst says which, where none is usual."""
        if not self.in_progress(task):
            return None
        offered = _others(task, await self.allowed(task))
        status = self._usual(offered)
        if status is None and offered:
            picks = [
                *(Pick(str(one.id), one.name) for one in offered),
                Pick(_STAYS, f"Continua {task.status.name}"),
            ]
            title = f"Parada a {self._name(task)} · e a situação?"
            chosen = await self._asking.pick(f"back {task.id}", title, picks)
            status = next((one for one in offered if str(one.id) == chosen), None)
        elif status is None:
            self.told.append(f"A situação da tarefa {task.id} fica: o Redmine não oferece outra.")
        return await self.whole(task, status)

    async def whole(self, task: Task, status: TaskStatus | None) -> TaskEdit | None:
        """The change to a situation, with what Redmine insists on and the task lacks: asked for once."""
        edit = move(task, status) if status else None
        if edit is None:
            return None
        parts = await self._required.ask(task, edit.changes)
        if parts is None:
            self._asking.back()
        return joined(edit, *parts)

    # ── what is known ──

    def in_progress(self, task: Task) -> bool:
        """Whether the analyst is at it, as Redmine has it."""
        return is_in_progress(task, self._me, self._settings.in_progress)

    async def allowed(self, task: Task) -> Sequence[TaskStatus]:
        """The situations that it may go to."""
        return task.allowed_statuses or await self._redmine.statuses()

    async def timer(self, task: Task) -> Timer | None:
        """What counts its time."""
        return await self._app.desk.disk(self._app.desk.local.timers.get, task_target(task.id))

    async def counted(self, task: Task) -> Timer | None:
        """The timer; without one what it would have counted since the analyst put the task in progress."""
        return await self.timer(task) or await self._counted_by_none(task)

    # ── below ──

    async def _counted_by_none(self, task: Task) -> Timer | None:
        if not self.in_progress(task):
            return None
        if task.id not in self._logged:
            self._logged[task.id] = await self._redmine.spent_times(task.id)
        return counted_by_none(task, self._me, self._app.desk.clock(), self._logged[task.id])

    async def _uncounted(self, task: Task) -> Timer | None:
        return None if await self.timer(task) else await self._counted_by_none(task)

    def _usual(self, offered: Sequence[TaskStatus]) -> TaskStatus | None:
        return named(offered, self._settings.stopped)

    async def _offered_by_all(self, tasks: Sequence[Task]) -> tuple[TaskStatus, ...]:
        begun = [task for task in tasks if self.in_progress(task)]
        return offered_by_all([_others(task, await self.allowed(task)) for task in begun])

    def _name(self, task: Task) -> str:
        return f"tarefa {task.id} «{clip(task.subject, _SHORT)}»"


def _others(task: Task, allowed: Sequence[TaskStatus]) -> tuple[TaskStatus, ...]:
    return tuple(one for one in allowed if one.id != task.status.id)
