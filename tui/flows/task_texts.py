"""Rewriting a task's description and noting on it: the steps, and what others did meanwhile."""

from collections.abc import Iterator

from clients.models.task import Task
from clients.models.task_changes import TaskChanges, same_text

from .tasks import TaskEdit

_DESCRIPTION = ("attr", "description")


def description_edit(task: Task, text: str) -> TaskEdit:
    """The change of the description of ``task``, which was just read, over nobody's change since."""
    changes = TaskChanges(description=text)
    return TaskEdit(
        task_id=task.id,
        changes=changes,
        seen=task.updated_on,
        told="descrição mudada",
        after=task.newest_entry,
    )


def note_edit(task: Task, text: str, *, private: bool) -> TaskEdit:
    """A note on the task, which was just read."""
    told = "nota privada" if private else "nota"
    changes = TaskChanges(notes=text, private_notes=private)
    return TaskEdit(
        task_id=task.id, changes=changes, seen=task.updated_on, told=told, after=task.newest_entry
    )


def described_by(task: Task) -> str:
    """Who changed the description last; "" where the history does not say it."""
    for entry in reversed(task.journals):
        told = ((detail.get("property"), detail.get("name")) for detail in entry.details)
        if _DESCRIPTION in told:
            return entry.user.name if entry.user is not None else ""
    return ""


def note_warnings(before: Task, now: Task, text: str, me: int) -> Iterator[str]:
    """Yield what speaks against writing ``text`` on ``now``, which was ``before`` when one began to write."""
    others = {
        entry.user.name: None
        for entry in now.journals
        if entry.created_on > before.updated_on and entry.user is not None and entry.user.id != me
    }
    if others:
        verb = "mexeu" if len(others) == 1 else "mexeram"
        yield f"{' e '.join(others)} {verb} na tarefa enquanto você escrevia: leia antes de gravar."
    if any(same_text(text, entry.notes) for entry in now.journals if entry.notes):
        yield "Esta nota já está na tarefa."
