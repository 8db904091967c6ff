"""Time on tasks without a ticket between: logging it, changing an entry of one's own, taking one back."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from clients.errors import Forbidden, NotFound
from clients.models.day import Day, NoDay
from clients.models.doing import Suggestion
from clients.models.duration import clock
from clients.models.past_day import EXAMPLES, read_past_day
from clients.models.spent_time import SpentTime
from clients.models.task import Task
from clients.models.timer import task_target
from clients.models.times import day_of
from clients.models.workday import day_name
from clients.models.worked import minutes_of, told_of
from tui.flows.entries import change_step, entry_words, removal_step
from tui.flows.hours import task_time_step, task_times
from tui.flows.step_words import step_words
from tui.intent import Step
from widgets.picker import Pick

from .confirm import ConfirmScreen
from .duration import TimeScreen
from .line import LineScreen
from .pick import PickScreen
from .time_asking import TimeAsking

if TYPE_CHECKING:
    from tui.app import PlantaoApp


@dataclass(frozen=True)
class _Field:
    """Something of an entry that can be changed."""

    id: str
    label: str
    now: str


class EntryVerbs:
    """What mode 5 does with hours. Methods wait for the analyst, and raise PlantaoError: for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._asking = TimeAsking(app)

    async def log_on_task(self, task_id: int, stretch: Suggestion | None = None) -> None:
        """Log time on a task: of its timer or of ``stretch``, for their days, or as typed and for today."""
        await self._log(await self._asking.redmine.task(task_id), stretch)

    async def log_on_asked_task(self, stretch: Suggestion | None = None) -> None:
        """The same, on a task whose number is asked for."""
        task = await self._task("Registrar o tempo em qual tarefa?")
        if task is not None:
            await self._log(task, stretch)

    async def change(self, entry: SpentTime) -> None:
        """Change one thing of an entry, confirmed as it will be."""
        fields = (
            _Field("tempo", "Tempo", clock(minutes_of(entry))),
            _Field("dia", "Dia", day_name(entry.spent_on)),
            _Field("atividade", "Atividade", entry.activity.name),
            _Field("comentario", "Comentário", told_of(entry)),
        )
        picks = [Pick(field.id, field.label, field.now) for field in fields]
        chosen = await self._app.ask(PickScreen(f"Mudar {entry_words(entry)}", picks))
        step = await self._changed(entry, chosen) if chosen else None
        if step is None:
            return
        if await self._app.ask(ConfirmScreen("Mudar o lançamento?", self._words(step), "Mudar")):
            self._app.carrier.start([step])

    async def remove(self, entry: SpentTime) -> None:
        """Take an entry back, after a question."""
        told = "\n".join(filter(None, (entry_words(entry), told_of(entry))))
        if await self._app.ask(ConfirmScreen("Apagar o lançamento?", told, "Apagar")):
            self._app.carrier.start([removal_step(entry)])

    # ── below ──

    async def _log(self, task: Task, stretch: Suggestion | None) -> None:
        target = task_target(task.id)
        if not await self._app.timekeeper.believed(target):
            return
        days = await self._asking.counted(target, stretch)
        worked = await self._asking.worked(f"tarefa {task.id}", task.subject, task.project.id, days)
        if worked is not None:
            steps = [task_time_step(time, target) for time in task_times(worked, task.id, target)]
            await self._asking.log(target, steps, stretch)

    async def _task(self, about: str) -> Task | None:
        """The task whose number is typed, as it was just read; asked again where there is none of it."""
        typed, refused = "", ""
        while True:
            question = LineScreen(
                about,
                typed,
                placeholder="número da tarefa no Redmine",
                check=lambda text: None if _number(text) else f"“{text}” não é o número de uma tarefa.",
                refused=refused,
            )
            asked = await self._app.ask(question)
            if asked is None:
                return None
            typed = asked
            try:
                return await self._asking.redmine.task(_number(typed))
            except (NotFound, Forbidden):
                refused = f"Não há tarefa {typed} no Redmine, ou você não a vê."

    async def _changed(self, entry: SpentTime, field: str) -> Step | None:
        """The step of what was chosen; None where it stays as it is or the analyst goes back."""
        if field == "tempo":
            minutes = await self._app.ask(TimeScreen(entry_words(entry), minutes_of(entry)))
            return None if minutes is None else change_step(entry, minutes=minutes)
        if field == "dia":
            day = await self._day(entry)
            return None if day is None else change_step(entry, spent_on=day)
        if field == "atividade":
            offered = await self._asking.activities(entry.project.id)
            activity = await self._asking.activity(offered, entry.activity)
            if activity is None:
                return None
            return change_step(entry, activity_id=activity.id, activity=activity.name)
        comments = await self._asking.comments(entry_words(entry), told_of(entry))
        return None if comments is None else change_step(entry, comments=comments)

    async def _day(self, entry: SpentTime) -> date | None:
        today, text = day_of(self._app.desk.clock()), f"{entry.spent_on:%d/%m/%Y}"

        def refusal(typed: str) -> str | None:
            found = read_past_day(typed, today)
            return found.reason if isinstance(found, NoDay) else None

        typed = await self._app.ask(LineScreen("De que dia é?", text, placeholder=EXAMPLES, check=refusal))
        found = read_past_day(typed, today) if typed is not None else None
        return found.day if isinstance(found, Day) else None

    def _words(self, step: Step) -> str:
        return step_words(step, self._app.desk.account.vocabulary)


def _number(typed: str) -> int:
    """The number of a task; 0 for what is none."""
    number = typed.removeprefix("#").strip()
    return int(number) if number.isdecimal() else 0
