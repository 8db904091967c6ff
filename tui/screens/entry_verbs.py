"""Time on tasks without a ticket between: logging it, changing an entry of one's own, taking one back."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from clients.models.duration import clock
from clients.models.spent_time import SpentTime
from clients.models.workday import day_name
from clients.models.worked import minutes_of, task_of, told_of
from tui.flows.entries import change_step, entry_target, entry_words, removal_step
from tui.flows.step_words import step_words
from tui.intent import Step
from widgets.picker import Pick

from .confirm import ConfirmScreen
from .time_asking import TimeAsking
from .time_logging import TimeLogging

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

    async def log_on_task(self, task_id: int) -> None:
        """Log time on a task: of its timer, for the days that it counted, or as typed and for today."""
        logging = TimeLogging(self._app, self._asking)
        await self._asking.through(partial(logging.on_task, task_id))

    async def change(self, entry: SpentTime) -> None:
        """Change one thing of an entry, confirmed as it will be."""
        fields = (
            _Field("tempo", "Tempo", clock(minutes_of(entry))),
            _Field("dia", "Dia", day_name(entry.spent_on)),
            _Field("atividade", "Atividade", entry.activity.name),
            _Field("comentario", "Comentário", told_of(entry)),
        )
        picks = [Pick(field.id, field.label, field.now) for field in fields]
        step = await self._asking.through(partial(self._asked, entry, picks))
        if step is not None:
            await self._app.desk.saver.flush()
            self._app.carrier.start([step], also=lambda workflow: self._asking.used(entry_target(entry.id)))

    async def remove(self, entry: SpentTime) -> None:
        """Take an entry back, after a question."""
        told = "\n".join(filter(None, (entry_words(entry), told_of(entry))))
        if await self._app.ask(ConfirmScreen("Apagar o lançamento?", told, "Apagar")):
            self._app.carrier.start([removal_step(entry)])

    # ── below ──

    async def _asked(self, entry: SpentTime, picks: Sequence[Pick]) -> Step | None:
        """A script: what changes, how, and the last look. None where it stays as it is."""
        chosen = await self._asking.pick("field", f"Mudar {entry_words(entry)}", picks)
        step = await self._changed(entry, chosen)
        if step is not None:
            await self._asking.agreed("Mudar o lançamento?", self._words(step), "Mudar")
        return step

    async def _changed(self, entry: SpentTime, field: str) -> Step | None:
        """The step of what was chosen."""
        asking, target = self._asking, entry_target(entry.id)
        if field == "tempo":
            minutes = await asking.minutes(target, entry_words(entry), minutes_of(entry), field)
            return change_step(entry, minutes=minutes)
        if field == "dia":
            return change_step(entry, spent_on=await asking.day(entry.spent_on))
        if field == "atividade":
            offered = await asking.activities(entry.project.id)
            activity = await asking.activity(target, offered, entry.activity)
            return change_step(entry, activity_id=activity.id, activity=activity.name)
        about = f"{clock(minutes_of(entry))} na tarefa {task_of(entry)}"
        return change_step(entry, comments=await asking.comments(target, about, told_of(entry)))

    def _words(self, step: Step) -> str:
        return step_words(step, self._app.desk.account.vocabulary)
