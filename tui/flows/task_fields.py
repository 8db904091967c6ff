"""Changing one field of a task: what it may become, how it would look then, and the step. Knows no screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from clients.models.project import FormFields, ProjectForm
from clients.models.task import CustomField, Enumeration, Named, Task, TaskStatus
from clients.models.task_changes import CustomValue, TaskChanges, custom_values, held, values_of
from clients.models.task_words import LABELS, REFERENCES, TaskWords
from clients.models.ticket_changes import EMPTY

from .tasks import TaskEdit

CHOSEN = ("status_id", "tracker_id", "priority_id", "assigned_to_id", "fixed_version_id", "category_id")
"""Core fields whose value is one of a list."""
TYPED = ("due_date", "subject")
WRITTEN = "description"
"""The core field that is a text of several lines."""
EDITABLE = (*CHOSEN, "done_ratio", *TYPED, WRITTEN)
"""Core fields that are changed one by one, as the wire names them."""
_MAY_BE_EMPTY = frozenset(("assigned_to_id", "fixed_version_id", "category_id", "due_date"))
_TENTHS = tuple(Named(id=part, name=f"{part}%") for part in range(0, 101, 10))


@dataclass(frozen=True)
class Offered:
    """What the fields of one task may become."""

    task: Task
    """As it was just read."""
    form: ProjectForm
    people: tuple[Named, ...]
    priorities: tuple[Enumeration, ...]
    statuses: tuple[TaskStatus, ...]
    """Those that it may go to."""
    fields: FormFields = field(default_factory=FormFields)
    """What tasks of its tracker have of their own, and cannot be without."""

    def choices(self, field: str) -> Sequence[Named]:
        """The values of a field that is chosen from a list."""
        return {
            "status_id": self.statuses,
            "tracker_id": self.form.trackers,
            "priority_id": self.priorities,
            "assigned_to_id": self.people,
            "fixed_version_id": self.form.versions,
            "category_id": self.form.categories,
            "done_ratio": _TENTHS,
        }[field]

    def may_clear(self, field: str) -> bool:
        """Whether having no value may be chosen: it is so now, or Redmine does not insist on one."""
        if not may_be_empty(field):
            return False
        return field not in self.fields.required or held(self.task, field) is None


def may_be_empty(field: str) -> bool:
    """Whether the field can be cleared."""
    return field in _MAY_BE_EMPTY


def present(task: Task, field: str) -> Named | None:
    """What a field that is chosen from a list holds; None for nothing."""
    if field == "done_ratio":
        return Named(id=task.done_ratio, name=f"{task.done_ratio}%")
    now: Named | None = getattr(task, REFERENCES[field])
    return now


def field_edit(task: Task, field: str, value: int | float | str | date | None, words: TaskWords) -> TaskEdit:
    """The change of one core field of ``task``, which was just read, told in ``words``."""
    before, after = words.tell(field, held(task, field)) or EMPTY, words.tell(field, value) or EMPTY
    return TaskEdit(
        task_id=task.id,
        changes=TaskChanges.model_validate({field: value}),
        seen=task.updated_on,
        told=f"{LABELS[field]}: {before} → {after}",
        after=task.newest_entry,
    )


def custom_edit(task: Task, field: CustomField, value: CustomValue) -> TaskEdit:
    """The change of one custom field of ``task``, which was just read."""
    before = ", ".join(custom_values(task, field.id)) or EMPTY
    after = ", ".join(values_of(value)) or EMPTY
    changes = TaskChanges(custom_fields={field.id: value})
    return TaskEdit(
        task_id=task.id,
        changes=changes,
        seen=task.updated_on,
        told=f"{field.name}: {before} → {after}",
        after=task.newest_entry,
    )


def expected(task: Task, changes: TaskChanges, offered: Mapping[str, Sequence[Named]]) -> Task:
    """The task as it is asked to become; ``offered`` names what it may refer to, by field."""
    update: dict[str, object] = {}
    for name, value in changes.given().items():
        if name not in REFERENCES:
            update[name] = value
            continue
        known = next((one for one in offered.get(name, ()) if one.id == value), None)
        if value is None or known is not None:
            update[REFERENCES[name]] = known
    if changes.custom_fields:
        update["custom_fields"] = tuple(
            field.model_copy(update={"values": values_of(changes.custom_fields[field.id])})
            if field.id in changes.custom_fields
            else field
            for field in task.custom_fields
        )
    return task.model_copy(update=update)
