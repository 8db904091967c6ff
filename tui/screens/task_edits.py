"""Changing a field of a task in place; what the server left out is told (R10, R12, R20)."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from clients.models.day import EXAMPLES, NoDay, read_day
from clients.models.slack_talk import newest_question
from clients.models.task import CustomField, Named, Task
from clients.models.task_changes import LONGEST_SUBJECT, CustomValue, held
from clients.models.task_words import LABELS, TaskWords
from clients.models.times import BRAZIL
from tui.flows.directing import PLACE
from tui.flows.own_values import offered, own_value
from tui.flows.task_fields import (
    EDITABLE,
    TYPED,
    WRITTEN,
    Offered,
    custom_edit,
    expected,
    field_edit,
    may_be_empty,
)
from tui.flows.tasks import TaskEdit, edit_step
from widgets.phrases import counted
from widgets.picker import Pick

from .line import LineScreen
from .pick import PickScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp

_NOBODY = "0"
_OTHER = "outro"


class TaskEdits:
    """Asks what is to change and begins it. Methods wait for the analyst, and raise PlantaoError."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    async def change(self, task_id: int, field: str = "") -> None:
        """Change a field of a task as it is now: the one named, or the one that is chosen."""
        offered = await self._offered(task_id)
        chosen = field or await self._field(offered.task)
        if not chosen:
            return
        custom = next((one for one in offered.task.custom_fields if str(one.id) == chosen), None)
        if custom is not None:
            await self._custom(offered.task, custom)
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
        form = await desk.offers.form(task.project.id, task.tracker.name)
        statuses = task.allowed_statuses or await desk.redmine.statuses()
        return Offered(task, form.project, form.people, await desk.offers.priorities(), statuses)

    async def _field(self, task: Task) -> str | None:
        held = {name: self._held(task, name) for name in EDITABLE}
        lines = task.description.strip().splitlines()
        held[WRITTEN] = counted(len(lines), "linha", "linhas") if lines else ""
        picks = [Pick(name, LABELS[name], held[name]) for name in EDITABLE]
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
        if field in TYPED:
            typed = await self._typed(task, field)
            if typed is not None:
                self._begin(task, field_edit(task, field, typed or None, TaskWords()), ())
            return
        choices = offered.choices(field)
        chosen = await self._pick(task, field, choices)
        if chosen is None:
            return
        words = TaskWords({field: {one.id: one.name for one in choices}}).of(task)
        cleared = chosen == _NOBODY and may_be_empty(field)
        edit = field_edit(task, field, None if cleared else int(chosen), words)
        if field == "assigned_to_id":
            directed = await self._directed(task, edit)
            if directed is None:
                return
            edit = directed
        self._begin(task, edit, choices)

    async def _pick(self, task: Task, field: str, choices: Sequence[Named]) -> str | None:
        now = self._held(task, field)
        picks = [Pick(str(one.id), one.name) for one in choices]
        if may_be_empty(field):
            picks.append(Pick(_NOBODY, "ninguém" if field == "assigned_to_id" else "(vazio)"))
        if not choices:
            lack = f"O Redmine não oferece {LABELS[field]} nesta tarefa"
            self._app.refuse(f"{lack}: cadastre no projeto, ou peça a quem o administra.")
            return None
        current = next((str(one.id) for one in choices if one.name == now), "")
        title = f"Tarefa {task.id} · {LABELS[field]}"
        chosen = await self._app.ask(PickScreen(title, picks, current, verb="Mudar"))
        return None if chosen == current else chosen

    async def _typed(self, task: Task, field: str) -> str | date | None:
        """What is typed; "" clears, None where one goes back."""
        if field == "subject":
            title = f"Tarefa {task.id} · {LABELS[field]}"
            return await self._app.ask(LineScreen(title, task.subject, longest=LONGEST_SUBJECT, verb="Mudar"))
        first = f"{task.due_date:%d/%m/%Y}" if task.due_date else ""
        title = f"Tarefa {task.id} · prazo"
        question = LineScreen(title, first, placeholder=EXAMPLES, optional=True, verb="Mudar")
        text = await self._app.ask(question)
        if not text:
            return text
        found = read_day(text, self._today())
        if isinstance(found, NoDay):
            self._app.refuse(found.reason)
            return None
        return found.day

    def _today(self) -> date:
        return self._app.desk.clock().astimezone(BRAZIL).date()

    async def _custom(self, task: Task, field: CustomField) -> None:
        offers = self._app.desk.offers
        form = await offers.form(task.project.id, task.tracker.name) if offers is not None else None
        known = next((one for one in form.fields.custom if one.id == field.id), None) if form else None
        now, met = ", ".join(field.values), known.values if known else ()
        picks = [Pick(value, name) for value, name in offered(met)]
        chosen: str | None = _OTHER
        if picks and not field.multiple:
            picks.append(Pick(_OTHER, "Outro valor…", "escrever"))
            title = f"Tarefa {task.id} · {field.name}"
            chosen = await self._app.ask(PickScreen(title, picks, now, verb="Mudar"))
        if chosen == _OTHER:
            several = " (separe por vírgula)" if field.multiple else ""
            chosen = await self._app.ask(
                LineScreen(f"Tarefa {task.id} · {field.name}{several}", now, optional=True, verb="Mudar")
            )
        if chosen is None or chosen == now:
            return
        value: CustomValue = own_value(chosen, met, self._today())
        if value is None:
            self._app.refuse(f"“{field.name}” é sim ou não: «{chosen}» não seria entendido.")
            return
        if field.multiple:
            value = tuple(part.strip() for part in chosen.split(",") if part.strip())
        self._begin(task, custom_edit(task, field, value), ())

    async def _directed(self, task: Task, edit: TaskEdit) -> TaskEdit | None:
        """With the private note that says why the task goes to somebody else (R12)."""
        desk, to = self._app.desk, edit.changes.assigned_to_id
        if to is None or desk.offers is None or to == await desk.offers.me():
            return edit
        name = edit.told.rpartition(" → ")[2]
        tickets = await desk.task_room.tickets(task) if desk.task_room is not None else ()
        asked = [await desk.disk(desk.questions.of_ticket, number) for number in tickets]
        question = newest_question(sorted((q for each in asked for q in each), key=lambda q: q.asked_at))
        if question is not None and question.answer is not None:
            answer = question.answer
            quoted = f"> {answer.who}: {' '.join(answer.text.split())}"
            told = f"Direcionada para {name} conforme {question.place or PLACE}.\n{quoted}"
            note = f"{told}\n{question.link_to(answer)}".rstrip()
        else:
            reason = await self._app.ask(LineScreen(f"Por que passar sem a resposta de {PLACE}"))
            if reason is None:
                return None
            note = f"Direcionada para {name} sem a resposta de {PLACE}.\nMotivo: {reason}"
        changes = edit.changes.model_copy(update={"notes": note, "private_notes": True})
        return edit.model_copy(update={"changes": changes})

    def _begin(self, task: Task, edit: TaskEdit, choices: Sequence[Named]) -> None:
        """Show it as it is asked to become, and write it; the list is read again whatever comes of it."""
        asked = expected(task, edit.changes, choices)
        self._app.task_watch.change([edit_step(edit)], [asked], f"{edit.told}.")
