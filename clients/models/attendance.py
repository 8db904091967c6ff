"""What the analyst fills in to attend a ticket: as typed, so that nothing typed is ever lost."""

from enum import StrEnum

from .base import Model, Moment

NEW_TASK, NO_TASK = "nova", "nenhuma"
OWN_FIELD = "campo-"
"""What the names of the project's own fields begin with on the form; a key of `Attendance.fields` follows."""


class AnswerKind(StrEnum):
    """What is said on the ticket when it is attended."""

    REPLY = "reply"
    NOTE = "note"
    NONE = "none"


class Attendance(Model):
    """One ticket being attended. Everything is text: ids as their digits, empty where nothing is chosen."""

    ticket_id: int
    type: str = ""
    task: str = NEW_TASK
    """`NEW_TASK`, `NO_TASK`, or the id of the task that it is linked to."""
    project: str = ""
    subject: str = ""
    description: str = ""
    priority: str = ""
    task_status: str = ""
    """New situation of the task that it is linked to; empty where that stays."""
    category: str = ""
    version: str = ""
    assignee: str = ""
    fields: dict[str, str] = {}
    """Fields that not every project asks for: custom ones by id, core ones by Redmine's name."""
    time: str = ""
    activity: str = ""
    comments: str = ""
    answer: AnswerKind = AnswerKind.REPLY
    text: str = ""
    status: str = ""
    undirected: str = ""
    """Why it is directed to somebody without the answer of gestor_suporte; empty where that is not so."""
    refusal: str = ""
    """What the step that stopped was refused for, until the field that it names is changed."""
    workflow: str = ""
    """The operation that it became once confirmed."""
    saved_at: Moment | None = None

    def value(self, field: str) -> str:
        """What a field of the form says: one of the above by name, or one of `fields` behind `OWN_FIELD`."""
        if field.startswith(OWN_FIELD):
            return self.fields.get(field.removeprefix(OWN_FIELD), "")
        return str(getattr(self, field))

    def with_value(self, field: str, value: str) -> "Attendance":
        """The form with another value in a field, named as by `value`."""
        if field.startswith(OWN_FIELD):
            fields = {**self.fields, field.removeprefix(OWN_FIELD): value}
            return self.model_copy(update={"fields": fields})
        if field == "answer":
            return self.model_copy(update={"answer": AnswerKind(value or AnswerKind.NONE)})
        return self.model_copy(update={field: value})

    @property
    def task_id(self) -> int | None:
        """The task that it is linked to."""
        return int(self.task) if self.task.isdigit() else None
