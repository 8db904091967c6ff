"""What is typed into a core field of a task: as the task takes it, or why it does not. Knows no screen."""

from dataclasses import dataclass
from datetime import date

from clients.models.day import EXAMPLES as DAYS
from clients.models.day import NoDay, read_day
from clients.models.task_changes import LONGEST_SUBJECT
from clients.models.task_words import LABELS

from .new_task_fields import EXAMPLES, core_value

TypedValue = str | date | float | int


@dataclass(frozen=True)
class NotTaken:
    """What was typed cannot be sent."""

    reason: str


def typed_value(field: str, typed: str, today: date) -> TypedValue | NotTaken:
    """Return what ``typed``, which is not empty, means in a core field, seen from ``today``."""
    match field:
        case "subject" if len(typed) > LONGEST_SUBJECT:
            return NotTaken(f"O título tem {len(typed)} caracteres; cabem {LONGEST_SUBJECT}.")
        case "subject" | "description":
            return typed
        case "due_date":
            found = read_day(typed, today)
            return NotTaken(found.reason) if isinstance(found, NoDay) else found.day
    value = core_value(field, typed)
    if value is None:
        return NotTaken(
            f"{LABELS[field]}: não se entende «{typed}». Escreva, por exemplo: {EXAMPLES[field]}."
        )
    return value


def example_of(field: str) -> str:
    """How it is written; "" for a text."""
    return DAYS if field == "due_date" else EXAMPLES.get(field, "")
