"""Redmine issues, on screen *tarefas* (contract of Redmine §2). Shapes of the REST JSON."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import AliasChoices, BeforeValidator, Field

from .base import Model, Moment, Nullable
from .text import SafeMultiline, SafeText, fold


class Named(Model):
    """An ``{id, name}`` reference."""

    id: int
    name: SafeText = ""


class TaskStatus(Named):
    """A situation; ``is_closed`` ones end the task."""

    is_closed: bool = False


class Enumeration(Named):
    """A priority or an activity."""

    is_default: bool = False
    active: bool = True


class RedmineUser(Model):
    """The key's owner. The wire also carries the API key; it is not read."""

    id: int
    login: SafeText = ""
    firstname: SafeText = ""
    lastname: SafeText = ""
    mail: SafeText | None = None
    admin: bool = False

    @property
    def name(self) -> str:
        """Full name."""
        return f"{self.firstname} {self.lastname}".strip()


def _id(value: object) -> object:
    return value.get("id") if isinstance(value, dict) else value


def _values(value: object) -> object:
    if value is None or value == "":
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


class CustomField(Named):
    """A custom field of an issue; values are always strings on the wire, a list if ``multiple``."""

    multiple: bool = False
    values: Annotated[tuple[SafeText, ...], BeforeValidator(_values)] = ()

    @classmethod
    def read(cls, wire: dict[str, object]) -> "CustomField":
        """Read ``{"id", "name", "value"}``."""
        return cls.model_validate({**wire, "values": wire.get("value")})


class JournalEntry(Model):
    """One entry of a task's history."""

    id: int
    user: Named | None = None
    notes: SafeMultiline = ""
    private_notes: bool = False
    created_on: Moment
    details: Nullable[dict[str, SafeMultiline | None]] = ()
    """What changed: of texts with all their lines."""


class TaskRelation(Model):
    """A link between two tasks: ``issue_id`` relates, blocks, precedes … ``issue_to_id``."""

    id: int
    issue_id: int
    issue_to_id: int
    relation_type: SafeText = ""


class TaskFile(Model):
    """A file of a task; downloading ``content_url`` takes the key."""

    id: int
    filename: SafeText = ""
    filesize: int = 0
    """Bytes."""
    content_type: SafeText | None = None
    content_url: str = Field(default="", repr=False)


class SubTask(Model):
    """A task below another."""

    id: int
    subject: SafeText = ""


def _fields(value: object) -> object:
    if not isinstance(value, Iterable):
        return ()
    return tuple(
        CustomField.read(item) if isinstance(item, dict) and "value" in item else item for item in value
    )


class Task(Model):
    """A task. Absent keys (unassigned, no category) are None."""

    id: int
    project: Named
    tracker: Named
    status: TaskStatus
    priority: Named | None = None
    author: Named | None = None
    assigned_to: Named | None = None
    category: Named | None = None
    fixed_version: Named | None = None
    subject: SafeText = ""
    description: SafeMultiline = ""
    parent_id: Annotated[int | None, BeforeValidator(_id)] = Field(
        default=None, validation_alias=AliasChoices("parent_id", "parent")
    )
    start_date: date | None = None
    due_date: date | None = None
    done_ratio: int = 0
    is_private: bool = False
    estimated_hours: float | None = None
    spent_hours: float | None = None
    custom_fields: Annotated[tuple[CustomField, ...], BeforeValidator(_fields)] = ()
    journals: Nullable[JournalEntry] = ()
    """Oldest first. These six are there in the view only."""
    watchers: Nullable[Named] = ()
    relations: Nullable[TaskRelation] = ()
    attachments: Nullable[TaskFile] = ()
    children: Nullable[SubTask] = ()
    allowed_statuses: Nullable[TaskStatus] = ()
    created_on: Moment
    updated_on: Moment
    closed_on: Moment | None = None

    @property
    def newest_entry(self) -> int:
        """Id of the newest entry of its history; 0 where it has none."""
        return max((entry.id for entry in self.journals), default=0)

    def field(self, field_id: int) -> CustomField | None:
        """The custom field of that id, if the task has it."""
        return next((field for field in self.custom_fields if field.id == field_id), None)

    def field_called(self, name: int | str) -> CustomField | None:
        """The custom field of that name, accents and case aside, or of that id."""
        if isinstance(name, int):
            return self.field(name)
        return next((field for field in self.custom_fields if fold(field.name) == fold(name)), None)

    def ticket_ids(self, field_id: int) -> tuple[int, ...]:
        """Tickets that the task serves: the numbers in the custom field, which may hold several."""
        field = self.field(field_id)
        text = " ".join(field.values) if field else ""
        return tuple(dict.fromkeys(int(number) for number in re.findall(r"\d+", text)))
