"""Time logged on a task (contract of Redmine §2)."""

from datetime import date
from decimal import Decimal

from .base import Model, Moment
from .task import Named
from .text import SafeText

LONGEST_COMMENT = 1024
"""Characters."""
MOST_HOURS = 24
"""A day; Redmine itself would take more."""


class Numbered(Model):
    """A reference of which the wire gives no name."""

    id: int


class SpentTime(Model):
    """A time entry. The server keeps hours exactly and shows two decimals."""

    id: int
    project: Named
    issue: Numbered | None = None
    user: Named
    activity: Named
    hours: float
    comments: SafeText = ""
    spent_on: date
    created_on: Moment
    updated_on: Moment
    client: SafeText = ""
    """Whom the task was for; empty where that is not known. Redmine does not tell it: it is found out."""


class TimeChanges(Model):
    """A change of a time entry; what is None stays."""

    hours: Decimal | None = None
    activity_id: int | None = None
    spent_on: date | None = None
    comments: str | None = None


class NewTime(TimeChanges):
    """Time of the key's owner to be logged on a task; without an activity it is the server's default one."""

    task_id: int
    hours: Decimal
    spent_on: date
