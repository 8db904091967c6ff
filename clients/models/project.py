"""Redmine projects, and what a task form needs to know of them (contract of Redmine §2)."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator

from .base import Model, Nullable
from .task import Named
from .text import SafeText

ACTIVE = 1


class Project(Named):
    """A project that the key's owner sees; ``identifier`` is its name in addresses."""

    identifier: SafeText = ""
    parent: Named | None = None
    status: int = ACTIVE
    """1 active, 5 closed (nothing can be written), 9 archived."""


class Version(Named):
    """A version that tasks can be planned for."""

    status: SafeText = "open"
    """open, locked or closed."""
    due_date: date | None = None


class ProjectForm(Project):
    """A project with the choices that its tasks have."""

    trackers: Nullable[Named] = ()
    categories: Nullable[Named] = ()
    activities: Nullable[Named] = ()
    issue_custom_fields: Nullable[Named] = ()
    """Custom fields that were put into this project; those that all projects have are not among them."""
    versions: tuple[Version, ...] = ()
    """Open ones."""


class Membership(Model):
    """Who takes part in a project; groups have no ``user``."""

    id: int
    user: Named | None = None


class Role(Named):
    """What somebody may do in a project."""

    permissions: Nullable[SafeText] = ()


class Part(Model):
    """A project that somebody takes part in, and as what."""

    project: Named
    roles: Nullable[Named] = ()


def _unique(value: object) -> object:
    return tuple(dict.fromkeys(value)) if isinstance(value, list | tuple) else value


class TaskField(Named):
    """A custom field that tasks of a project and tracker have, as learned from such tasks."""

    multiple: bool = False
    values: Annotated[tuple[SafeText, ...], BeforeValidator(_unique)] = ()
    """Values met, the newest first: suggestions, not all that are allowed."""
    required: bool = False
    """Whether the server refuses a new task without it."""


class FormFields(Model):
    """What the server lets a new task of a project and tracker be filled in with, and what it insists on."""

    custom: tuple[TaskField, ...] = ()
    required: frozenset[str] = frozenset()
    """Core fields that it insists on, by name; ``project_id`` where it takes no task of this person."""
    unknown: tuple[SafeText, ...] = ()
    """What else it said, of fields that are not known here."""
    asked: bool = False
    """Whether it said what it insists on."""
