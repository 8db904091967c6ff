"""Starting and stopping a task: one in progress per person, no minute of the other lost (R11)."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from clients.errors import Forbidden, NotFound, RemoteError
from clients.models.duration import clock
from clients.models.task import Task
from clients.models.timer import target_name, task_target
from tui.flows.task_fields import expected
from tui.flows.task_progress import (
    Stopping,
    named,
    progress_steps,
)
from tui.flows.tasks import TaskEdit
from tui.intent import Step
from widgets.picker import Pick

from .task_stopping import TaskStopping
from .time_asking import TimeAsking

if TYPE_CHECKING:
    from clients.redmine import Redmine
    from tui.app import PlantaoApp
    from tui.desk import Desk

_STOP, _LOG_ON, _PAUSE, _GO_ON = "parar", "registrar", "pausar", "retomar"


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
        await _Change(app, redmine, me).of(task)


class _Change:
    """One task started or stopped, with all that goes with it."""

    def __init__(self, app: "PlantaoApp", redmine: "Redmine", me: int) -> None:
        self._app = app
        self._redmine = redmine
        self._me = me
        self._asking = TimeAsking(app)
        self._still = TaskStopping(app, redmine, me, self._asking)
        self._others: list[Task] | None = None
        """What the analyst is at besides; None: it was not read yet."""
        self._unseen: list[str] = []
        """What is said of that of which nothing can be asked."""

    async def of(self, task: Task) -> None:
        """Start it; of one that is begun the analyst says whether it stops."""
        timer = await self._still.timer(task)
        runs = timer is not None and timer.is_running
        if runs or self._still.in_progress(task):
            await self._asking.through(partial(self._begun_already, task, runs))
        else:
            await self._asking.through(partial(self._start, task))

    async def _begun_already(self, task: Task, runs: bool) -> None:
        chosen = await self._what_of(task, runs)
        if chosen in (_STOP, _LOG_ON):
            await self._stop(task, stays=chosen == _LOG_ON)
        elif chosen == _PAUSE:
            await self._app.timekeeper.toggle(task_target(task.id))
        else:
            await self._start(task)

    # ── starting ──

    async def _start(self, task: Task) -> None:
        try:
            await self._start_written(task)
        except NotFound:
            raise
        except RemoteError as error:  # whatever Redmine does, time is counted
            self._app.report(error.trouble)
            await self._only_count(task_target(task.id), self._unseen)

    async def _start_written(self, task: Task) -> None:
        self._still.told.clear()
        target = task_target(task.id)
        if self._others is None:
            self._others = await self._found_besides(task)
        stopping = await self._still.stopped_by_another(self._others)
        if stopping is None:
            await self._only_count(target, ["As outras ficam como estão.", *self._unseen])
            return
        begun = await self._begun(task)
        steps = progress_steps(target, stopping, begun)
        told = [*self._unseen, *self._still.told]
        if not steps:
            for one in stopping:
                if one.uncounted is not None:
                    await self._desk.disk(self._desk.local.timers.keep, one.uncounted)
            await self._only_count(target, told)
            return
        told.append(f"O tempo da tarefa {task.id} passa a contar.")
        await self._agreed(f"Começar a tarefa {task.id}?", steps, told, "Começar")
        await self._write(steps, stopping, (task, begun), starts=target)

    async def _only_count(self, target: str, told: Sequence[str]) -> None:
        await self._app.timekeeper.start(target)
        self._app.say(" ".join((f"Contando o tempo da {target_name(target)}.", *told)))

    async def _found_besides(self, task: Task) -> list[Task]:
        """What the analyst is at besides: as Redmine has it now, and as the timers run here."""
        mine = await self._redmine.tasks(assigned_to="me", status="open")
        numbers = {one.id for one in mine if self._still.in_progress(one)}
        for timer in await self._desk.disk(self._desk.local.timers.running):
            kind, _, number = timer.target.partition(":")
            if kind == "task":
                numbers.add(int(number))
            else:
                self._unseen.append(f"Pausado: {target_name(timer.target)}.")
        others = []
        for task_id in sorted(numbers - {task.id}):
            try:
                others.append(await self._redmine.task(task_id))
            except (NotFound, Forbidden):  # its timer stands still like any other; nothing is written to it
                self._unseen.append(f"Pausado: {target_name(task_target(task_id))} (não se vê).")
        return others

    async def _begun(self, task: Task) -> TaskEdit | None:
        """The change that tells the others; what it cannot be is said."""
        name, told = self._desk.settings.tasks.in_progress, self._still.told
        if task.assigned_to is None or task.assigned_to.id != self._me:
            whose = f"está com {task.assigned_to.name}" if task.assigned_to else "não está com ninguém"
            told.append(f"A tarefa {whose}: a situação dela fica.")
            return None
        status = named(await self._still.allowed(task), name)
        if status is None:
            if not self._still.in_progress(task):
                told.append(f"A situação fica: o Redmine não oferece “{name}” para ela.")
            return None
        return await self._still.whole(task, status)

    # ── stopping ──

    async def _what_of(self, task: Task, runs: bool) -> str:
        counted = await self._still.counted(task)
        minutes = counted.minutes(self._desk.clock()) if counted else 0
        picks = [Pick(_STOP, "Parar e registrar o tempo", clock(minutes))]
        if self._still.in_progress(task):
            picks.append(Pick(_LOG_ON, "Registrar o tempo", f"continua {task.status.name}"))
        if runs:
            picks.append(Pick(_PAUSE, "Só pausar o cronômetro", "o tempo até agora fica guardado"))
        else:
            picks.append(Pick(_GO_ON, "Retomar o cronômetro", "ela continua em andamento"))
        return await self._asking.pick("what", f"Tarefa {task.id} · em andamento", picks)

    async def _stop(self, task: Task, *, stays: bool) -> None:
        self._still.told.clear()
        stopping = await self._still.stopped(task, stays=stays)
        steps = progress_steps(task_target(task.id), [stopping], None)
        question, verb = (
            (f"Registrar o tempo da tarefa {task.id}?", "Registrar")
            if stays
            else (f"Parar a tarefa {task.id}?", "Parar")
        )
        await self._agreed(question, steps, self._still.told, verb)
        await self._write(steps, [stopping])

    # ── below ──

    @property
    def _desk(self) -> "Desk":
        return self._app.desk

    async def _agreed(self, question: str, steps: Sequence[Step], told: Sequence[str], verb: str) -> None:
        await self._asking.agreed(question, "\n".join((*self._asking.told(steps), *told)), verb)

    async def _write(
        self,
        steps: Sequence[Step],
        stopping: Sequence[Stopping],
        *begun: tuple[Task, TaskEdit | None],
        starts: str = "",
    ) -> None:
        """Show the tasks as they are asked to become, and write all of it; the timers go with it."""
        asked = [
            expected(task, edit.changes, {"status_id": await self._still.allowed(task)})
            for task, edit in (*((one.task, one.edit) for one in stopping), *begun)
            if edit is not None
        ]
        await self._desk.saver.flush()
        timers = self._desk.local.timers

        def timed(workflow: str) -> None:
            for one in stopping:
                if one.times:  # what runs on would be logged a second time
                    self._asking.used(task_target(one.task.id))
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
