"""Noticing that a task changed since the analyst saw it: Redmine's last writer wins, without a word."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from .errors import Rejected
from .models.task import JournalEntry, RedmineUser, Task
from .models.task_words import LABELS, TaskWords
from .models.text import safe_text
from .models.ticket_changes import EMPTY, Change
from .redmine_projects import words_for
from .redmine_wire import SYSTEM

if TYPE_CHECKING:
    import redminelib

Detail = Mapping[str, str | None]

_OTHERS = {"attachment": "Anexo", "relation": "Relação"}
_WAY_OUT = "Nada foi gravado. Veja o que mudou e confirme de novo."


class TaskChanged(Rejected):
    """A task changed since it was seen; nothing was written."""

    title = "A tarefa mudou"
    way_out = _WAY_OUT

    def __init__(self, now: Task, changes: tuple[Change, ...]) -> None:
        told = ", ".join(change.label for change in changes)
        super().__init__(SYSTEM, f"a tarefa {now.id} mudou desde que foi aberta ({told})")
        self.now = now
        """The task as it is."""
        self.changes = changes
        """What changed, field by field, and what was noted."""


def require_unchanged(redmine: "redminelib.Redmine", task: Task, seen: datetime, after: int | None) -> None:
    """Raise `TaskChanged` where the history tells of a change after ``seen``, an ``updated_on``.

    ``updated_on`` alone is no proof: it moves with every write, also with one that changes nothing. Nor does
    it tell of what others did later in that very second, or of relations, which leave it where it is: what is
    newer is what came after the entry ``after``, the newest one that was seen; None where no history was.
    """
    if after is None:
        entries = [entry for entry in task.journals if entry.created_on > seen and not _is_hidden(entry)]
    else:
        entries = [entry for entry in task.journals if entry.id > after]
        if any(entry.created_on <= seen for entry in entries):
            me = RedmineUser.model_validate(redmine.user.get("current").raw()).id
            entries = [
                one for one in entries if one.created_on > seen or one.user is None or one.user.id != me
            ]
    if entries and (changes := _told(task, entries, words_for(redmine, task))):
        raise TaskChanged(task, changes)


def _is_hidden(entry: JournalEntry) -> bool:
    """Whether it is one that ``updated_on`` does not follow."""
    return not entry.notes and all(detail.get("property") == "relation" for detail in entry.details)


def _told(task: Task, entries: list[JournalEntry], words: TaskWords) -> tuple[Change, ...]:
    details: dict[tuple[str, str], list[Detail]] = {}
    for detail in (_in_a_line(detail) for entry in entries for detail in entry.details):
        kind, name = detail.get("property") or "", detail.get("name") or ""
        details.setdefault((kind, name), []).append(detail)
    fields = [_merged(task, kind, name, told, words) for (kind, name), told in details.items()]
    notes = [
        Change(f"Nota de {entry.user.name if entry.user else 'alguém'}", EMPTY, entry.notes)
        for entry in entries
        if entry.notes
    ]
    return (*(change for change in fields if change.before != change.after), *notes)


def _in_a_line(detail: Detail) -> Detail:
    return {name: value and safe_text(value, multiline=False) for name, value in detail.items()}


def _merged(task: Task, kind: str, name: str, told: list[Detail], words: TaskWords) -> Change:
    """One change out of all that happened to a field, one after another."""
    old, new = told[0].get("old_value") or "", told[-1].get("new_value") or ""
    if kind == "attr":
        label = LABELS.get(name, name)
        return Change(label, words.tell(name, old) or EMPTY, words.tell(name, new) or EMPTY)
    if kind != "cf":
        return Change(_OTHERS.get(kind, kind), old or EMPTY, new or EMPTY)
    field = task.field(int(name)) if name.isdecimal() else None
    if field is not None and field.multiple:
        old, new = ", ".join(_before(field.values, told)), ", ".join(field.values)
    return Change(field.name if field else f"Campo {name}", old or EMPTY, new or EMPTY)


def _before(now: tuple[str, ...], told: list[Detail]) -> list[str]:
    """Values that a field of several had: each one that came or went is told on its own."""
    values = list(now)
    for detail in reversed(told):
        gone, came = detail.get("old_value"), detail.get("new_value")
        if came in values:
            values.remove(came)
        if gone:
            values.append(gone)
    return values
