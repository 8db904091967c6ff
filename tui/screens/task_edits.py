"""Changing a field of a task in place; what the server left out is told (R10, R12, R20)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clients.models.slack_talk import newest_question
from clients.models.task import CustomField, Named, Task
from clients.models.task_changes import held
from clients.models.task_words import LABELS, TaskWords
from clients.models.timer import task_target
from tui.flows.directing import PLACE, directed_note
from tui.flows.task_fields import (
    EDITABLE,
    TYPED,
    WRITTEN,
    Offered,
    custom_edit,
    expected,
    field_edit,
    present,
)
from tui.flows.task_required import is_required, joined, told_of
from tui.flows.tasks import TaskEdit, edit_step
from tui.journal import Busy
from widgets.phrases import counted
from widgets.picker import Pick

from .confirm import ConfirmScreen
from .line import LineScreen
from .pick import PickScreen
from .task_required import RequiredFields
from .task_values import NONE, TaskValues

if TYPE_CHECKING:
    from tui.app import PlantaoApp


class TaskEdits:
    """Asks what is to change and begins it. Methods wait for the analyst, and raise PlantaoError."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._values = TaskValues(app, verb="Mudar")

    async def change(self, task_id: int, field: str = "") -> None:
        """Change a field of a task as it is now: the one named, or the one that is chosen.

        Busy, before anything is asked, where something of the task waits to be settled.
        """
        waiting = await self._app.desk.workflows.waiting_on(task_target(task_id))
        if waiting is not None:
            raise Busy(waiting)
        offered = await self._offered(task_id)
        chosen = field or await self._field(offered.task)
        if not chosen:
            return
        custom = next((one for one in offered.task.custom_fields if str(one.id) == chosen), None)
        if custom is not None:
            await self._custom(offered, custom)
        elif chosen == WRITTEN:
            await self._description(offered.task)
        else:
            await self._core(offered, chosen)

    # ── below ──

    async def _offered(self, task_id: int) -> Offered:
        desk = self._app.desk
        assert desk.redmine is not None
        assert desk.offers is not None
        task = await desk.redmine.task(task_id)
        form = await desk.offers.form(task.project.id, task.tracker.name, new=True)
        statuses = task.allowed_statuses or await desk.redmine.statuses()
        priorities = await desk.offers.priorities()
        return Offered(task, form.project, form.people, priorities, statuses, form.fields)

    async def _field(self, task: Task) -> str | None:
        now = {name: self._held(task, name) for name in EDITABLE}
        lines = task.description.strip().splitlines()
        now[WRITTEN] = counted(len(lines), "linha", "linhas") if lines else ""
        picks = [Pick(name, LABELS[name], now[name]) for name in EDITABLE]
        picks += [Pick(str(one.id), one.name, ", ".join(one.values)) for one in task.custom_fields]
        return await self._app.ask(PickScreen(f"Tarefa {task.id} · mudar", picks))

    async def _description(self, task: Task) -> None:
        from .task_description import TaskDescription

        redmine = self._app.desk.redmine
        assert redmine is not None
        await TaskDescription(self._app, redmine).edit(task)

    def _held(self, task: Task, name: str) -> str:
        return TaskWords().of(task).tell(name, held(task, name))

    async def _core(self, offered: Offered, field: str) -> None:
        task = offered.task
        title, optional = f"Tarefa {task.id} · {LABELS[field]}", offered.may_clear(field)
        if field in TYPED:
            now = self._held(task, field)
            typed = await self._values.typed(title, field, now, optional=optional)
            if typed is not None:
                await self._begin(task, field_edit(task, field, typed or None, TaskWords()))
            return
        choices = offered.choices(field)
        if not choices:
            lack = f"O Redmine não oferece {LABELS[field]} nesta tarefa"
            self._app.refuse(f"{lack}: cadastre no projeto, ou peça a quem o administra.")
            return
        none = "ninguém" if field == "assigned_to_id" else "(vazio)"
        chosen = await self._values.chosen(
            title, choices, present(task, field), empty=none if optional else ""
        )
        if chosen is None:
            return
        words = TaskWords({field: {one.id: one.name for one in choices}}).of(task)
        cleared = chosen == NONE and optional
        edit = field_edit(task, field, None if cleared else int(chosen), words)
        if field == "assigned_to_id":
            directed = await self._directed(task, edit, choices)
            if directed is None:
                return
            edit = directed
        await self._begin(task, edit, field, choices)

    async def _custom(self, offered: Offered, field: CustomField) -> None:
        task = offered.task
        known = next((one for one in offered.fields.custom if one.id == field.id), None)
        optional = known is None or not is_required(known, offered.fields) or not field.values
        value = await self._values.own(f"Tarefa {task.id} · {field.name}", field, known, optional=optional)
        if value is not None:
            await self._begin(task, custom_edit(task, field, value))

    async def _directed(self, task: Task, edit: TaskEdit, choices: Sequence[Named]) -> TaskEdit | None:
        """With the private note that says why the task goes to somebody else (R12)."""
        desk, to = self._app.desk, edit.changes.assigned_to_id
        if to is None or desk.offers is None or to == await desk.offers.me():
            return edit
        name = next((one.name for one in choices if one.id == to), f"{to}")
        tickets = await desk.task_room.tickets(task) if desk.task_room is not None else ()
        asked = [await desk.disk(desk.local.questions.of_ticket, number) for number in tickets]
        question = newest_question(sorted((q for each in asked for q in each), key=lambda q: q.asked_at))
        reason = ""
        if question is None or question.answer is None:
            typed = await self._app.ask(
                LineScreen(f"Tarefa {task.id} → {name} · por que sem a resposta de {PLACE}?")
            )
            if typed is None:
                return None
            reason = typed
        note = directed_note(name, question, reason)
        changes = edit.changes.model_copy(update={"notes": note, "private_notes": True})
        return edit.model_copy(update={"changes": changes})

    async def _begin(
        self, task: Task, edit: TaskEdit, field: str = "", choices: Sequence[Named] = ()
    ) -> None:
        """Show it as it is asked to become, and write it; the list is read again whatever comes of it.

        What Redmine insists on and the task lacks is asked for and goes with it; that, and a note, are seen
        before they are sent.
        ``choices`` are those of ``field``.
        """
        parts = await RequiredFields(self._app).ask(task, edit.changes)
        if parts is None:
            return
        whole = joined(edit, *parts)
        if parts or edit.changes.notes:
            note = f"\nNota privada:\n{edit.changes.notes}" if edit.changes.notes else ""
            told = "\n".join((edit.told, *told_of(parts), note)).rstrip()
            if not await self._app.ask(ConfirmScreen(f"Mudar a tarefa {task.id}?", told, "Mudar")):
                return
        asked = expected(task, whole.changes, {field: choices})
        self._app.task_watch.change([edit_step(whole)], [asked], f"{whole.told}.", once=True)
