"""Starting and stopping a task: one in progress per person, no minute of the other lost (R11)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from clients.errors import Forbidden, NotFound, RemoteError
from clients.models.duration import clock
from clients.models.task import Task, TaskStatus
from clients.models.timer import Timer, target_name, task_target
from tui.flows.hours import task_times
from tui.flows.task_fields import expected
from tui.flows.task_progress import (
    Stopping,
    counted_by_none,
    is_in_progress,
    move,
    named,
    progress_steps,
)
from tui.flows.task_required import joined
from tui.flows.tasks import TaskEdit
from tui.intent import Step
from widgets.picker import Pick

from .confirm import ConfirmScreen
from .pick import PickScreen
from .task_required import RequiredFields
from .time_asking import TimeAsking

if TYPE_CHECKING:
    from clients.redmine import Redmine
    from tui.app import PlantaoApp
    from tui.desk import Desk

_LOG, _LATER = "registrar", "depois"
_STOP, _PAUSE, _GO_ON = "parar", "pausar", "retomar"


class _GaveUpError(Exception):
    """The analyst went back from a question: nothing is done."""


class TaskProgress:
    """What ``i`` does to a task. Methods wait for the analyst, and raise PlantaoError: for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    async def toggle(self, task_id: int) -> None:
        """Start the task, or stop it; without Redmine only its time passes or stands still."""
        app, desk, target = self._app, self._app.desk, task_target(task_id)
        if not await app.timekeeper.believed(target):
            return
        redmine, offers = desk.redmine, desk.offers
        if redmine is None or offers is None:
            await app.timekeeper.toggle(target)
            return
        try:
            task, me = await redmine.task(task_id), await offers.me()
        except NotFound:
            raise
        except RemoteError as error:  # whatever Redmine does, time is counted
            app.report(error.trouble)
            await app.timekeeper.toggle(target)
            return
        try:
            await _Change(app, redmine, me).of(task)
        except _GaveUpError:
            return


class _Change:
    """One task started or stopped, with all that goes with it."""

    def __init__(self, app: "PlantaoApp", redmine: "Redmine", me: int) -> None:
        self._app = app
        self._redmine = redmine
        self._me = me
        self._asking = TimeAsking(app)
        self._settings = app.desk.settings.tasks
        self._told: list[str] = []
        """What is said beside the steps."""

    async def of(self, task: Task) -> None:
        """Start it; of one that is begun the analyst says whether it stops."""
        timer = await self._timer(task)
        runs = timer is not None and timer.is_running
        if not runs and not self._in_progress(task):
            await self._start(task)
            return
        chosen = await self._what_of(task, runs)
        if chosen == _STOP:
            await self._stop(task)
        elif chosen == _PAUSE:
            await self._app.timekeeper.toggle(task_target(task.id))
        else:
            await self._start(task)

    # ── starting ──

    async def _start(self, task: Task) -> None:
        stopping = [await self._interrupt(other) for other in await self._others(task)]
        begun = await self._begun(task)
        target = task_target(task.id)
        steps = progress_steps(target, stopping, begun)
        if not steps:
            for one in stopping:
                if one.uncounted is not None:
                    await self._desk.disk(self._desk.timers.keep, one.uncounted)
            await self._app.timekeeper.start(target)
            self._app.say(" ".join((f"Contando o tempo da {target_name(target)}.", *self._told)))
            return
        self._told.append(f"O tempo da tarefa {task.id} passa a contar.")
        if await self._agreed(f"Começar a tarefa {task.id}?", steps, "Começar"):
            await self._write(steps, stopping, (task, begun), starts=target)

    async def _others(self, task: Task) -> list[Task]:
        """What the analyst is at besides: as Redmine has it now, and as the timers run here."""
        mine = await self._redmine.tasks(assigned_to="me", status="open")
        numbers = {one.id for one in mine if self._in_progress(one)}
        for timer in await self._desk.disk(self._desk.timers.running):
            kind, _, number = timer.target.partition(":")
            if kind == "task":
                numbers.add(int(number))
            else:
                self._told.append(f"Pausado: {target_name(timer.target)}.")
        others = []
        for task_id in sorted(numbers - {task.id}):
            try:
                others.append(await self._redmine.task(task_id))
            except (NotFound, Forbidden):  # its timer stands still like any other; nothing is written to it
                self._told.append(f"Pausado: {target_name(task_target(task_id))} (não se vê).")
        return others

    async def _interrupt(self, task: Task) -> Stopping:
        """Another task, stopped because this one starts."""
        on_disk = await self._timer(task)
        counted = on_disk or self._counted_by_none(task)
        title = f"Você está na tarefa {task.id} «{task.subject}» · e o tempo dela?"
        picks = [
            Pick(_LOG, "Registrar agora", clock(counted.minutes(self._desk.clock())) if counted else ""),
            Pick(_LATER, "Registrar depois", "fica no cronômetro" if counted else "nada o contou"),
        ]
        if await self._asked(PickScreen(title, picks)) == _LOG:
            stopping = await self._stopping(task)
        else:
            stopping = Stopping(task, uncounted=None if on_disk else counted)
        return replace(stopping, edit=await self._back(task))

    async def _begun(self, task: Task) -> TaskEdit | None:
        """The change that tells the others; what it cannot be is said."""
        name = self._settings.in_progress
        if task.assigned_to is None or task.assigned_to.id != self._me:
            whose = f"está com {task.assigned_to.name}" if task.assigned_to else "não está com ninguém"
            self._told.append(f"A tarefa {whose}: a situação dela fica.")
            return None
        status = named(await self._allowed(task), name)
        if status is None:
            if not self._in_progress(task):
                self._told.append(f"A situação fica: o Redmine não oferece “{name}” para ela.")
            return None
        return await self._whole(task, move(task, status))

    # ── stopping ──

    async def _what_of(self, task: Task, runs: bool) -> str:
        counted = await self._counted(task)
        minutes = counted.minutes(self._desk.clock()) if counted else 0
        picks = [Pick(_STOP, "Parar e registrar o tempo", clock(minutes))]
        if runs:
            picks.append(Pick(_PAUSE, "Só pausar o cronômetro", "o tempo até agora fica guardado"))
        else:
            picks.append(Pick(_GO_ON, "Retomar o cronômetro", "ela continua em andamento"))
        return await self._asked(PickScreen(f"Tarefa {task.id} · em andamento", picks))

    async def _stop(self, task: Task) -> None:
        stopping = await self._stopping(task)
        stopping = replace(stopping, edit=await self._back(task))
        steps = progress_steps(task_target(task.id), [stopping], None)
        if await self._agreed(f"Parar a tarefa {task.id}?", steps, "Parar"):
            await self._write(steps, [stopping])

    async def _stopping(self, task: Task) -> Stopping:
        """The task with its time, asked for."""
        if not await self._app.timekeeper.believed(task_target(task.id)):
            raise _GaveUpError
        days = self._asking.days(await self._counted(task))
        worked = await self._asking.worked(f"tarefa {task.id}", task.subject, task.project.id, days)
        if worked is None:
            raise _GaveUpError
        return Stopping(task, tuple(task_times(worked, task.id, task_target(task.id))))

    async def _back(self, task: Task) -> TaskEdit | None:
        """The change to the situation of what stands still; the analyst says which, where none is offered."""
        if not self._in_progress(task):
            return None
        others = [one for one in await self._allowed(task) if one.id != task.status.id]
        status = named(others, self._settings.stopped)
        if status is None and others:
            picks = [Pick(str(one.id), one.name) for one in others]
            chosen = await self._asked(PickScreen(f"Tarefa {task.id} parada · em que situação fica?", picks))
            status = next(one for one in others if str(one.id) == chosen)
        if status is None:
            self._told.append(f"A situação da tarefa {task.id} fica: o Redmine não oferece outra.")
            return None
        return await self._whole(task, move(task, status))

    # ── below ──

    async def _whole(self, task: Task, edit: TaskEdit | None) -> TaskEdit | None:
        """With what Redmine insists on and the task lacks, asked for."""
        if edit is None:
            return None
        parts = await RequiredFields(self._app).ask(task, edit.changes)
        if parts is None:
            raise _GaveUpError
        return joined(edit, *parts)

    @property
    def _desk(self) -> "Desk":
        return self._app.desk

    def _in_progress(self, task: Task) -> bool:
        return is_in_progress(task, self._me, self._settings.in_progress)

    async def _allowed(self, task: Task) -> Sequence[TaskStatus]:
        return task.allowed_statuses or await self._redmine.statuses()

    async def _timer(self, task: Task) -> Timer | None:
        return await self._desk.disk(self._desk.timers.get, task_target(task.id))

    def _counted_by_none(self, task: Task) -> Timer | None:
        return counted_by_none(task, self._me, self._desk.clock()) if self._in_progress(task) else None

    async def _counted(self, task: Task) -> Timer | None:
        """The timer; without one what it would have counted since the analyst put the task in progress."""
        return await self._timer(task) or self._counted_by_none(task)

    async def _asked(self, question: PickScreen) -> str:
        chosen = await self._app.ask(question)
        if chosen is None:
            raise _GaveUpError
        return chosen

    async def _agreed(self, question: str, steps: Sequence[Step], verb: str) -> bool:
        told = [*self._asking.told(steps), *self._told]
        return await self._app.ask(ConfirmScreen(question, "\n".join(told), verb))

    async def _write(
        self,
        steps: Sequence[Step],
        stopping: Sequence[Stopping],
        *begun: tuple[Task, TaskEdit | None],
        starts: str = "",
    ) -> None:
        """Show the tasks as they are asked to become, and write all of it; the timers go with it."""
        asked = [
            expected(task, edit.changes, {"status_id": await self._allowed(task)})
            for task, edit in (*((one.task, one.edit) for one in stopping), *begun)
            if edit is not None
        ]
        timers = self._desk.timers

        def timed(workflow: str) -> None:
            for one in stopping:
                if one.times:  # what runs on would be logged a second time
                    timers.stop(task_target(one.task.id))
                if one.uncounted is not None:
                    timers.keep(one.uncounted)
            if starts:
                timers.start(starts)

        self._app.task_watch.change(steps, asked, _said(stopping, begins=bool(starts)), also=timed)


def _said(stopping: Sequence[Stopping], *, begins: bool) -> str:
    """What is told once all of it is done, short enough for a line."""
    logged = [
        f"{clock(sum(time.minutes for time in one.times))} na {one.task.id}" for one in stopping if one.times
    ]
    told = "começou" if begins else "parou"
    return f"{told}; registrado: {', '.join(logged)}." if logged else f"{told}."
