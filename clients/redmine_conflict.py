"""Noticing that a task changed since the analyst saw it: Redmine's last writer wins, without a word."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from .errors import Rejected
from .models.task import JournalEntry, Task
from .models.task_words import LABELS, TaskWords
from .models.ticket_changes import EMPTY, Change
from .redmine_projects import words_for
from .redmine_wire import SYSTEM

if TYPE_CHECKING:
    import redminelib

_OTHERS = {"attachment": "Anexo", "relation": "Relação"}
_WAY_OUT = "Nada foi gravado. Veja o que mudou e confirme de novo."


class TaskChanged(Rejected):
    """A task changed since it was seen; nothing was written."""

    title = "A tarefa mudou"
    way_out = _WAY_OUT

    def __init__(self, now: Task, changes: tuple[Change, ...]) -> None:
        told = "; ".join(f"{change.label}: {change.before} → {change.after}" for change in changes)
        super().__init__(SYSTEM, f"a tarefa {now.id} mudou desde que foi aberta: {told}")
        self.now = now
        """The task as it is."""
        self.changes = changes
        """What changed, field by field, and what was noted."""


def require_unchanged(redmine: "redminelib.Redmine", task: Task, seen: datetime) -> None:
    """Raise `TaskChanged` where the history tells of a change after ``seen``, an ``updated_on``.

    ``updated_on`` alone is no proof: it moves with every write, also with one that changes nothing.
    """
    if task.updated_on <= seen:
        return
    entries = [entry for entry in task.journals if entry.created_on > seen]
    if entries:
        raise TaskChanged(task, _told(task, entries, words_for(redmine, task)))


def _told(task: Task, entries: list[JournalEntry], words: TaskWords) -> tuple[Change, ...]:
    merged: dict[str, Change] = {}
    for entry in entries:
        for change in _details(task, entry, words):
            first = merged.get(change.label, change)
            merged[change.label] = Change(change.label, first.before, change.after)
    notes = [
        Change(f"Nota de {entry.user.name if entry.user else 'alguém'}", EMPTY, entry.notes)
        for entry in entries
        if entry.notes
    ]
    return (*(change for change in merged.values() if change.before != change.after), *notes)


def _details(task: Task, entry: JournalEntry, words: TaskWords) -> Iterator[Change]:
    for detail in entry.details:
        kind, name = detail.get("property"), detail.get("name") or ""
        old, new = detail.get("old_value") or "", detail.get("new_value") or ""
        if kind == "attr":
            yield Change(
                LABELS.get(name, name), words.tell(name, old) or EMPTY, words.tell(name, new) or EMPTY
            )
        elif kind == "cf":
            field = task.field(int(name)) if name.isdecimal() else None
            yield Change(field.name if field else f"Campo {name}", old or EMPTY, new or EMPTY)
        else:
            yield Change(_OTHERS.get(kind or "", kind or ""), old or EMPTY, new or EMPTY)
