"""Redmine tasks as steps: create one, change one, observe one. What the server left out is said."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from clients.errors import PlantaoError
from clients.models.base import Model, Moment
from clients.models.mark import mark
from clients.models.task import JournalEntry, Task
from clients.models.task_changes import NewTask, TaskChanges, difference, same_text
from clients.models.timer import task_target
from clients.models.written import Written

from ..intent import Intent, Step
from .engine import Did, Found, Missing, Unclear

if TYPE_CHECKING:
    from clients.redmine import Redmine

Record = TypeVar("Record")
CREATE, UPDATE, WATCH = "redmine.create", "redmine.update", "redmine.watch"


class TaskExists(PlantaoError):
    """A task of the ticket came into being after the analyst looked."""

    title = "Já existe tarefa"
    way_out = "Olhe a tarefa; se for a mesma, pule este passo e vincule a ela."


class Creation(Model):
    """A task to be created for a ticket."""

    ticket_id: int
    task: NewTask
    project: str
    """Its name, for telling."""
    told: str = ""
    """What its fields are given, in words: a line each."""
    known: tuple[int, ...] = ()
    """Tasks of the ticket that the analyst knows of."""


class TaskEdit(Model):
    """A change of a task."""

    task_id: int
    changes: TaskChanges
    seen: Moment | None
    """Its ``updated_on`` when the analyst looked; None for a task that a step before this one makes."""
    told: str
    """What changes, in words."""
    after: int | None = None
    """The newest entry of its history then: a note of this change is a newer one, and one of somebody else a
    conflict. 0 where it had none, None where none was read."""


class Watch(Model):
    """Observing a task or not."""

    task_id: int
    user_id: int
    observe: bool = True


def creation_step(creation: Creation, target: str) -> Step:
    """Plan to create a task; ``target`` is the ticket that it is for."""
    return Step(CREATE, target, creation.model_dump(mode="json", exclude_unset=True))


def edit_step(edit: TaskEdit, target: str | None = None, made_by: int | None = None) -> Step:
    """Plan to change a task, as part of what is done on ``target``; ``made_by`` is the step that makes it."""
    payload = edit.model_dump(mode="json", exclude_unset=True)
    uses = {} if made_by is None else {"task_id": made_by}
    return Step(UPDATE, target or task_target(edit.task_id), payload, uses=uses)


def watch_step(watch: Watch, target: str | None = None) -> Step:
    """Plan to observe a task."""
    return Step(WATCH, target or task_target(watch.task_id), watch.model_dump(mode="json"))


class CreatingTask:
    """The remote step ``redmine.create``: found again by its mark in the description."""

    def __init__(self, redmine: "Redmine") -> None:
        self._redmine = redmine

    async def ready(self, intent: Intent) -> None:
        """Raise TaskExists where the ticket got a task that the analyst has not seen."""
        creation = Creation.model_validate(intent.payload)
        tasks = await self._redmine.find_by_ticket(creation.ticket_id)
        new = [task for task in tasks if task.id not in creation.known]
        if new:
            raise TaskExists(f"o ticket #{creation.ticket_id} ganhou a tarefa {_named(new)}.")

    async def do(self, intent: Intent) -> Did:
        """Create it, its mark below the description; tell where somebody else made one at the same time."""
        creation = Creation.model_validate(intent.payload)
        task = creation.task
        marked = f"{(task.description or '').rstrip()}\n\n{mark(intent.op_id)}".lstrip()
        made = did(await self._redmine.create(task.model_copy(update={"description": marked})))
        told = (made.left_out, await self._made_meanwhile(creation, made.remote_id))
        return Did(made.remote_id, "\n".join(filter(None, told)))

    async def look(self, intent: Intent) -> Found | Missing | Unclear:
        """Tell by the mark."""
        found = await self._redmine.find_marked(intent.op_id, since=intent.planned_at)
        if len(found) == 1:
            return Found(found[0].id, "Encontrada no Redmine depois de perdida a resposta.")
        if found:
            return Unclear(f"Há {len(found)} tarefas com esta marca: {_named(found)}.")
        return Missing("O Redmine foi conferido e a tarefa não está lá.")

    def conclude(self, intent: Intent) -> None:
        """Nothing here hangs on it."""

    async def _made_meanwhile(self, creation: Creation, made: int | str | None) -> str:
        """Redmine bars no second task: what came between `ready` and our own is told afterwards."""
        try:
            tasks = await self._redmine.find_by_ticket(creation.ticket_id)
        except PlantaoError:  # ours is there for certain, and that is what counts
            return ""
        others = [task for task in tasks if task.id not in (made, *creation.known)]
        told = f"Ao mesmo tempo o ticket ganhou a tarefa {_named(others)}: fique com uma e encerre a outra."
        return told if others else ""


class EditingTask:
    """The remote step ``redmine.update``: only what the task does not have yet, and over nobody's change."""

    def __init__(self, redmine: "Redmine") -> None:
        self._redmine = redmine

    async def ready(self, intent: Intent) -> None:
        """Nothing: `Redmine.update` itself looks whether the task changed, just before it writes."""

    async def do(self, intent: Intent) -> Did:
        """Change it; TaskChanged, with nothing sent, where somebody else did meanwhile."""
        edit = TaskEdit.model_validate(intent.payload)
        written = await self._redmine.update(edit.task_id, edit.changes, seen=edit.seen, after=edit.after)
        return Did(edit.task_id, did(written).left_out)

    async def look(self, intent: Intent) -> Found | Missing | Unclear:
        """Tell by the task's fields and history; of a private note also whether everybody sees it."""
        from clients.redmine_checking import exposed_note

        edit = TaskEdit.model_validate(intent.payload)
        task = await self._redmine.task(edit.task_id)
        left = difference(task, edit.changes)
        noted = _noted(task, edit)
        alarm = exposed_note(task, edit.changes, noted)
        if not left and (noted or not edit.changes.notes.strip()):
            told = alarm.message if alarm else "Conferida no Redmine: está como foi pedido."
            return Found(edit.task_id, told, alarm.trouble if alarm else None)
        if noted:
            told = f"{alarm.message}. " if alarm else "A nota está na tarefa. "
            return Unclear(f"{told}Isto não mudou: {', '.join(left)}.")
        if not _touched(task, edit.seen):
            return Missing("O Redmine foi conferido e a tarefa está como antes.")
        return Unclear("A tarefa mudou desde então e não está como foi pedido.")

    def conclude(self, intent: Intent) -> None:
        """Nothing here hangs on it."""


class Watching:
    """The remote step ``redmine.watch``; observing twice is observing once."""

    def __init__(self, redmine: "Redmine") -> None:
        self._redmine = redmine

    async def ready(self, intent: Intent) -> None:
        """Nothing can have got in the way."""

    async def do(self, intent: Intent) -> Did:
        """Observe, or no longer."""
        watch = Watch.model_validate(intent.payload)
        change = self._redmine.watch if watch.observe else self._redmine.unwatch
        return did(await change(watch.task_id, watch.user_id))

    async def look(self, intent: Intent) -> Found | Missing | Unclear:
        """Tell by who observes it."""
        watch = Watch.model_validate(intent.payload)
        task = await self._redmine.task(watch.task_id)
        there = any(person.id == watch.user_id for person in task.watchers)
        if there is watch.observe:
            return Found(watch.task_id, "Conferido na tarefa.")
        return Missing("A tarefa foi conferida e está como antes.")

    def conclude(self, intent: Intent) -> None:
        """Nothing here hangs on it."""


def did(written: Written[Record]) -> Did:
    """What was done, and in words what of it the server left out or could not be checked."""
    told = [
        f"{one.label}: pedido {one.wanted}, ficou {one.got}. {one.hint}".strip() for one in written.dropped
    ]
    if written.trouble is not None:
        told.append(f"Gravado, mas não deu para reler: {written.trouble.message}")
    return Did(written.id, "\n".join(told))


def _noted(task: Task, edit: TaskEdit) -> tuple[JournalEntry, ...]:
    """Where the edit's note is in the history; nowhere where there is none to look for."""
    notes, since = edit.changes.notes, edit.seen or task.created_on
    if not notes.strip():
        return ()
    newer = (entry for entry in task.journals if entry.id > (edit.after or 0) and entry.created_on >= since)
    return tuple(entry for entry in newer if same_text(notes, entry.notes))


def _touched(task: Task, since: datetime | None) -> bool:
    """Whether it changed since then; a task that was just made has changed with its history."""
    if since is not None and task.updated_on <= since:
        return False
    return any(entry.created_on > (since or task.created_on) for entry in task.journals)


def _named(tasks: Sequence[Task]) -> str:
    return ", ".join(f"{task.id} «{task.subject}»" for task in tasks)
