"""What Redmine insists on and a task would lack after a change: filled in with it. Knows no screen."""

from collections.abc import Iterator
from datetime import date

from clients.models.project import FormFields, TaskField
from clients.models.task import CustomField, Named, Task
from clients.models.task_changes import CustomValue, TaskChanges, custom_values, held, values_of
from clients.models.task_words import LABELS, TaskWords

from .around import TaskForm
from .task_fields import custom_edit, field_edit
from .tasks import TaskEdit

LISTED = ("category_id", "fixed_version_id", "assigned_to_id")
"""Core fields that may be empty, and whose value is one of a list."""
_TYPED = ("start_date", "due_date", "estimated_hours", "parent_id", "description")


def lacking(task: Task, changes: TaskChanges, fields: FormFields) -> Iterator[str | CustomField]:
    """Yield what ``task`` would lack once changed: core fields by name, and then its own ones.

    ``fields`` are of the tracker that it would have.
    """
    given = changes.given()
    for name in (*LISTED, *_TYPED):
        if name in fields.required and given.get(name, held(task, name)) in (None, ""):
            yield name
    for own in fields.custom:
        asked = changes.custom_fields
        values = values_of(asked[own.id]) if own.id in asked else custom_values(task, own.id)
        if is_required(own, fields) and not values:
            yield CustomField(id=own.id, name=own.name, multiple=own.multiple)


def is_required(own: TaskField, fields: FormFields) -> bool:
    """Whether Redmine insists on one of its own fields.

    Where a core one is called the same it does not say which it means: that one is taken to be it.
    """
    return own.required and own.name not in {LABELS.get(name) for name in fields.required}


def choices(name: str, form: TaskForm, me: int) -> tuple[Named, ...]:
    """The values of one of `LISTED`; giving the task to others than ``me`` takes an answer (R12)."""
    return {
        "category_id": form.project.categories,
        "fixed_version_id": form.project.versions,
        "assigned_to_id": tuple(one for one in form.people if one.id == me),
    }[name]


def filled(
    task: Task, field: str | CustomField, value: CustomValue | date, known: tuple[Named, ...] = ()
) -> TaskEdit:
    """One field of ``task`` filled in, as a change; ``known`` names what it may refer to."""
    if isinstance(field, CustomField):
        assert not isinstance(value, date)
        return custom_edit(task, field, value)
    assert not isinstance(value, tuple)
    words = TaskWords({field: {one.id: one.name for one in known}}).of(task)
    return field_edit(task, field, value, words)


def joined(edit: TaskEdit, *more: TaskEdit) -> TaskEdit:
    """``edit`` and what is filled in with it, as one change of the task."""
    changes = edit.changes
    for one in more:
        update = one.changes.given()
        if one.changes.custom_fields:
            update["custom_fields"] = {**changes.custom_fields, **one.changes.custom_fields}
        changes = changes.model_copy(update=update)
    return edit.model_copy(update={"changes": changes, "told": "; ".join((edit.told, *told_of(more)))})


def told_of(more: tuple[TaskEdit, ...]) -> tuple[str, ...]:
    """What is filled in, in words."""
    return tuple(one.told for one in more)
