"""What is asked of a task, what of that it does not have yet, and what happened to it between two looks."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from .base import Model
from .task import Task
from .task_words import LABELS, REFERENCES, TaskWords
from .text import safe_text
from .ticket_changes import EMPTY, Change

CustomValue = bool | int | float | str | tuple[str, ...] | None
"""A custom field's value, days in ISO form; empty ones clear the field."""

LONGEST_SUBJECT = 255
_CLEARABLE = frozenset(
    "assigned_to_id category_id fixed_version_id parent_id start_date due_date estimated_hours".split()
)
_HOURS_APART = 0.005
_NUMBER = re.compile(r"(-?(?:0|[1-9][0-9]{0,14}))(?:\.([0-9]+))?")
"""Longer ones and those that zeros lead are keys and codes, of which every digit counts."""


class TaskFields(Model):
    """Fields asked for. One that is not given stays as it is.

    None, where given, clears assignee, category, version, parent, dates and estimate; the other fields
    cannot be without a value, and it asks for nothing.
    """

    tracker_id: int | None = None
    status_id: int | None = None
    priority_id: int | None = None
    assigned_to_id: int | None = None
    category_id: int | None = None
    fixed_version_id: int | None = None
    parent_id: int | None = None
    subject: str | None = None
    description: str | None = None
    start_date: date | None = None
    due_date: date | None = None
    done_ratio: int | None = None
    is_private: bool | None = None
    estimated_hours: float | None = None
    custom_fields: dict[int, CustomValue] = {}
    """By field id. Only these are sent: the whole list would undo what a colleague wrote meanwhile."""

    def given(self) -> dict[str, object]:
        """The core fields asked for, by name."""
        asked = {name: getattr(self, name) for name in LABELS if name in self.model_fields_set}
        return {name: value for name, value in asked.items() if value is not None or name in _CLEARABLE}


class TaskChanges(TaskFields):
    """A change of a task. Files that come along with a private note are not private."""

    notes: str = ""
    private_notes: bool = False


class NewTask(TaskFields):
    """A task to be created."""

    project_id: int
    subject: str
    watcher_ids: tuple[int, ...] = ()


def difference(task: Task, wanted: TaskFields) -> dict[str, object]:
    """Return the part of ``wanted`` that ``task`` does not have, custom fields under "custom_fields".

    Line ends, outer blank space and the spelling of numbers make no difference: Redmine changes the first.
    """
    changes = {
        name: value for name, value in wanted.given().items() if not _same(name, value, held(task, name))
    }
    fields = {
        number: value
        for number, value in wanted.custom_fields.items()
        if not same_values(values_of(value), custom_values(task, number))
    }
    return {**changes, "custom_fields": fields} if fields else changes


def body_of(changes: Mapping[str, object]) -> dict[str, object]:
    """Return ``changes`` (of `difference`) as Redmine takes them: "" clears, null would be ignored."""
    body: dict[str, object] = {}
    for name, value in changes.items():
        if name == "custom_fields" and isinstance(value, Mapping):
            body[name] = [{"id": number, "value": _sent(one)} for number, one in value.items()]
        else:
            body["parent_issue_id" if name == "parent_id" else name] = _plain(value)
    return body


def task_changes(before: Task, now: Task, words: TaskWords) -> tuple[Change, ...]:
    """Return what changed from ``before`` to ``now``, field by field. Times and logged hours are left out."""
    words = words.of(before, now)
    return tuple(_changes(before, now, words))


def held(task: Task, name: str) -> object:
    """The value of a core field: an id where it is a reference."""
    if name in REFERENCES:
        reference = getattr(task, REFERENCES[name])
        return None if reference is None else reference.id
    value: object = getattr(task, name)
    return value


def custom_values(task: Task, number: int) -> tuple[str, ...]:
    """Values of a custom field; none where the task does not have it."""
    field = task.field(number)
    return field.values if field else ()


def values_of(value: CustomValue) -> tuple[str, ...]:
    """A custom field's value as texts, as the wire has them."""
    if isinstance(value, tuple):
        return tuple(text for text in value if text)
    text = _sent(value)
    return (str(text),) if text else ()


def same_values(wanted: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Whether two values of a custom field are one: "1.0" is "1", and the order of several is none."""
    if len(wanted) != len(found):
        return False
    return sorted(map(_comparable, wanted)) == sorted(map(_comparable, found))


def same_text(wanted: str, found: str) -> bool:
    """Whether ``found``, a text as it was read, is ``wanted``, the text as it was written."""
    return safe_text(wanted).strip() == safe_text(found).strip()


def _changes(before: Task, now: Task, words: TaskWords) -> Iterator[Change]:
    for name, label in LABELS.items():
        old, new = held(before, name), held(now, name)
        if not _same(name, new, old):
            yield Change(label, words.tell(name, old) or EMPTY, words.tell(name, new) or EMPTY)
    for field in {field.id: field for field in (*before.custom_fields, *now.custom_fields)}.values():
        was, is_ = custom_values(before, field.id), custom_values(now, field.id)
        if not same_values(was, is_):
            yield Change(field.name, ", ".join(was) or EMPTY, ", ".join(is_) or EMPTY)


def _same(name: str, wanted: object, found: object) -> bool:
    if isinstance(wanted, str):
        return same_text(wanted, str(found or ""))
    if name == "estimated_hours" and isinstance(wanted, int | float) and isinstance(found, int | float):
        return abs(wanted - found) < _HOURS_APART
    return wanted == found


def _comparable(text: str) -> str:
    cleaned = safe_text(text, multiline=False).strip()
    number = _NUMBER.fullmatch(cleaned)
    if number is None:
        return cleaned
    whole, fraction = number[1], (number[2] or "").rstrip("0")
    if not fraction:
        return "0" if whole == "-0" else whole
    return f"{whole}.{fraction}"


def _plain(value: object) -> object:
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
    return value


def _sent(value: object) -> object:
    match value:
        case bool():
            return "1" if value else "0"
        case tuple():
            return list(value) or ""
    return str(_plain(value))
