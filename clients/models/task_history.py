"""A task's history as people read it: who did what, with names in the place of ids."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from .task import JournalEntry, Task
from .task_words import LABELS, PROJECT, TaskWords
from .text import safe_text
from .ticket_changes import EMPTY

_LONG = frozenset(("description", "notes"))
"""Texts that are read in the task itself."""
_RELATIONS = {
    "relates": "relacionada a",
    "duplicates": "duplica",
    "duplicated": "duplicada por",
    "blocks": "bloqueia",
    "blocked": "bloqueada por",
    "precedes": "precede",
    "follows": "vem depois de",
    "copied_to": "copiada para",
    "copied_from": "copiada de",
}
_OTHER_END = {
    "duplicates": "duplicated",
    "blocks": "blocked",
    "precedes": "follows",
    "copied_to": "copied_from",
}


@dataclass(frozen=True)
class TaskEvent:
    """What somebody did to a task at once."""

    id: int
    who: str
    who_id: int | None
    when: datetime
    changes: tuple[str, ...]
    """One sentence each: "Situação: Nova → Em andamento"."""
    notes: str
    private: bool
    moves: frozenset[str]
    """Core fields that it changed, as the wire names them."""


def history(task: Task, words: TaskWords) -> tuple[TaskEvent, ...]:
    """What happened to ``task``, oldest first; ``words`` names what its journals have ids for."""
    words = words.of(task)
    return tuple(_event(entry, task, words) for entry in task.journals)


def relation_words(task: Task) -> Iterator[tuple[str, int]]:
    """How ``task`` is related to others, each by its number: ("bloqueada por", 8)."""
    for relation in task.relations:
        kind, other = relation.relation_type, relation.issue_to_id
        if relation.issue_to_id == task.id:
            kind, other = _OTHER_END.get(kind, kind), relation.issue_id
        yield _RELATIONS.get(kind, kind), other


def _event(entry: JournalEntry, task: Task, words: TaskWords) -> TaskEvent:
    return TaskEvent(
        id=entry.id,
        who=entry.user.name if entry.user else "alguém",
        who_id=entry.user.id if entry.user else None,
        when=entry.created_on,
        changes=tuple(filter(None, (_change(detail, task, words) for detail in entry.details))),
        notes=entry.notes.strip(),
        private=entry.private_notes,
        moves=frozenset(
            detail.get("name") or "" for detail in entry.details if detail.get("property") == "attr"
        ),
    )


def _change(detail: Mapping[str, str | None], task: Task, words: TaskWords) -> str:
    name, old, new = detail.get("name") or "", _line(detail.get("old_value")), _line(detail.get("new_value"))
    match detail.get("property"):
        case "attr" if name in _LONG:
            return f"{LABELS[name]} alterada" if name in LABELS else ""
        case "attr" if name == "child_id":
            return f"subtarefa nº {new}" if new else f"não mais subtarefa nº {old}"
        case "attr" if name == PROJECT:
            return _moved("Projeto", words.tell(name, old), words.tell(name, new))
        case "attr":
            told = (words.tell(name, old), words.tell(name, new))
            return _moved(LABELS.get(name, name), *told)
        case "cf":
            return _moved(_field_name(task, name), old or "", new or "")
        case "attachment":
            return f"anexou {new}" if new else f"tirou o anexo {old}"
        case "relation":
            kind = _RELATIONS.get(name, name)
            return f"{kind} nº {new}" if new else f"não mais {kind} nº {old}"
    return ""


def _line(text: str | None) -> str | None:
    return None if text is None else safe_text(text, multiline=False)


def _moved(label: str, old: str, new: str) -> str:
    return f"{label}: {old or EMPTY} → {new or EMPTY}"


def _field_name(task: Task, name: str) -> str:
    field = task.field(int(name)) if name.isdecimal() else None
    return field.name if field is not None else f"Campo {name}"


def by_others(
    events: Iterable[TaskEvent], me: int, *, after: int = 0, since: datetime | None = None
) -> tuple[TaskEvent, ...]:
    """What others than ``me`` did after the event of that id; where none is known, later than ``since``."""
    return tuple(
        event
        for event in events
        if event.who_id != me and (event.id > after if after else since is None or event.when > since)
    )
