"""Asking for what Redmine insists on and a change of a task would leave empty: without it all is refused."""

from typing import TYPE_CHECKING

from clients.errors import RemoteError
from clients.models.task import CustomField, Named, Task
from clients.models.task_changes import TaskChanges
from clients.models.task_words import LABELS
from tui.flows.around import TaskForm
from tui.flows.task_required import LISTED, choices, filled, lacking
from tui.flows.tasks import TaskEdit

from .task_values import TaskValues

if TYPE_CHECKING:
    from tui.app import PlantaoApp


class RequiredFields:
    """Keeps what was answered, so that it is asked once. Methods wait for the analyst: for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._values = TaskValues(app)
        self._answered: dict[tuple[int, str], TaskEdit] = {}

    async def ask(self, task: Task, changes: TaskChanges) -> tuple[TaskEdit, ...] | None:
        """What has to be filled in with ``changes`` of ``task``, as it was just read; None to go back.

        Mostly nothing. What is required and cannot be chosen here is left to Redmine to tell.
        """
        form = await self._form(task, changes)
        parts = []
        for field in lacking(task, changes, form.fields) if form is not None else ():
            key = (task.id, field if isinstance(field, str) else str(field.id))
            if key not in self._answered:
                if form is None or not await self._can_be_asked(field, form):
                    continue
                part = await self._asked(task, field, form)
                if part is None:
                    return None
                self._answered[key] = part
            parts.append(self._answered[key])
        return tuple(parts)

    # ── below ──

    async def _form(self, task: Task, changes: TaskChanges) -> TaskForm | None:
        """Of the tracker that the task would have; None where Redmine does not tell."""
        offers = self._app.desk.offers
        if offers is None:
            return None
        try:
            form = await offers.form(task.project.id, task.tracker.name, new=True)
            after = next((one for one in form.project.trackers if one.id == changes.tracker_id), None)
            return form if after is None else await offers.form(task.project.id, after.name, new=True)
        except RemoteError:  # the change itself will tell what is wrong, and in its own place
            return None

    async def _can_be_asked(self, field: str | CustomField, form: TaskForm) -> bool:
        return isinstance(field, CustomField) or field not in LISTED or bool(await self._choices(field, form))

    async def _asked(self, task: Task, field: str | CustomField, form: TaskForm) -> TaskEdit | None:
        label = field.name if isinstance(field, CustomField) else LABELS[field]
        title = f"Tarefa {task.id} · {label} (o Redmine exige)"
        if isinstance(field, CustomField):
            known = next((one for one in form.fields.custom if one.id == field.id), None)
            own = await self._values.own(title, field, known, optional=False)
            return None if own is None else filled(task, field, own)
        if field in LISTED:
            offered = await self._choices(field, form)
            chosen = await self._values.chosen(title, offered, None)
            return None if chosen is None else filled(task, field, int(chosen), offered)
        typed = await self._values.typed(title, field)
        return None if typed is None else filled(task, field, typed)

    async def _choices(self, field: str, form: TaskForm) -> tuple[Named, ...]:
        offers = self._app.desk.offers
        return choices(field, form, await offers.me() if offers is not None else 0)
