"""Fields that only some projects ask for of a new task: custom ones by id, core ones by name.

Everything that a form always has is not here, only that it must be filled in.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime

from clients.models.attendance import OWN_FIELD, Attendance
from clients.models.duration import Duration, read_duration
from clients.models.finding import Finding, Severity
from clients.models.project import TaskField
from clients.models.task import Named
from clients.models.task_faults import faults_of
from clients.models.task_words import LABELS
from clients.redmine_wire import SYSTEM

from .around import Around

EXAMPLES = {
    "start_date": "31/12/2026",
    "due_date": "31/12/2026",
    "estimated_hours": "2h30",
    "parent_id": "1234",
}
"""How the core fields that are not on every form are written."""
_ON_THE_FORM = {
    "description": "description",
    "priority_id": "priority",
    "category_id": "category",
    "fixed_version_id": "version",
    "assigned_to_id": "assignee",
}
_FIELD = {
    **_ON_THE_FORM,
    "subject": "subject",
    "project_id": "project",
    "tracker_id": "type",
    "status_id": "task_status",
    "hours": "time",
    "activity_id": "activity",
    "comments": "comments",
}
_BARRED = frozenset(("project_id", "tracker_id"))


def custom_fields(around: Around) -> tuple[TaskField, ...]:
    """The project's custom fields, but the one that holds the ticket's id: that fills itself in."""
    offered = around.form.fields.custom if around.form else ()
    return tuple(field for field in offered if field.id != around.ticket_field)


def core_fields(around: Around) -> tuple[str, ...]:
    """Names of core fields that are asked for and not on every form."""
    required = around.form.fields.required if around.form else frozenset()
    return tuple(name for name in EXAMPLES if name in required)


def core_values(form: Attendance, around: Around) -> dict[str, object]:
    """What was written into `core_fields`, as a new task takes it; what cannot be read is left out."""
    read = {name: core_value(name, form.fields.get(name, "")) for name in core_fields(around)}
    return {name: value for name, value in read.items() if value is not None}


def custom_values(form: Attendance, around: Around) -> dict[int, str]:
    """What was written into custom fields, and the ticket's id into the one that holds it."""
    filled = {
        int(number): value for number, value in form.fields.items() if number.isdecimal() and value.strip()
    }
    if around.ticket_field is not None:
        filled[around.ticket_field] = str(form.ticket_id)
    return filled


def told_of(form: Attendance, around: Around) -> str:
    """What a new task is given beside its texts, a line each, for reading it before it is made."""
    offered = around.form.project if around.form else None
    tracker = around.tracker(form.type)
    lists: dict[str, tuple[str, tuple[Named, ...]]] = {
        "priority_id": (form.priority, around.priorities),
        "category_id": (form.category, offered.categories if offered else ()),
        "fixed_version_id": (form.version, offered.versions if offered else ()),
        "assigned_to_id": (form.assignee, around.form.people if around.form else ()),
    }
    told = {"tracker_id": tracker.name if tracker else ""}
    told |= {name: _chosen(number, known) for name, (number, known) in lists.items()}
    told |= {name: form.fields.get(name, "") for name in core_fields(around)}
    custom = {field.id: field.name for field in (around.form.fields.custom if around.form else ())}
    lines = [f"{LABELS[name]}: {value}" for name, value in told.items() if value]
    values = custom_values(form, around).items()
    lines += [f"{custom.get(key, f'Campo {key}')}: {value}" for key, value in values]
    return "\n".join(lines)


def _chosen(number: str, known: tuple[Named, ...]) -> str:
    return next((one.name for one in known if str(one.id) == number), number)


def check_fields(form: Attendance, around: Around) -> Iterator[Finding]:
    """What Redmine said that it will refuse the new task for."""
    if around.form is None:
        return
    asked = around.form.fields
    if asked.required & _BARRED:
        told = f"O Redmine não deixa você criar tarefas em {around.form.project.name}, ou não deste tipo."
        yield Finding("atender.projeto", "project", Severity.BLOCK, told, "Escolha outro projeto.")
        return
    for name, field in _ON_THE_FORM.items():
        if name in asked.required and not getattr(form, field).strip():
            yield _missing(field, LABELS[name])
    for own in custom_fields(around):
        if own.required and not form.fields.get(str(own.id), "").strip():
            yield _missing(f"{OWN_FIELD}{own.id}", own.name, own.values[0] if own.values else "")
    for name in core_fields(around):
        typed = form.fields.get(name, "")
        if not typed.strip():
            yield _missing(f"{OWN_FIELD}{name}", LABELS[name], EXAMPLES[name])
        elif core_value(name, typed) is None:
            told = f"{LABELS[name]}: não se entende «{typed.strip()}»."
            yield Finding("atender.campo", f"{OWN_FIELD}{name}", Severity.BLOCK, told, EXAMPLES[name])
    for sentence in asked.unknown:
        yield Finding("atender.exige", "project", Severity.WARN, f"O Redmine avisa: {sentence}.")


def refused_fields(refusal: str, around: Around) -> tuple[Finding, ...]:
    """What a step was refused for, at the fields that it is about where Redmine said it, else at none.

    ``refusal`` is as the journal has it; empty for none.
    """
    if not refusal.startswith(f"{SYSTEM}: "):
        return (_refused("", refusal),) if refusal else ()
    faults = faults_of(refusal.removeprefix(f"{SYSTEM}: ").splitlines(), custom_fields(around))
    return tuple(
        _refused(_form_field(name), f"{fault.message}.") for fault in faults for name in fault.fields or ("",)
    )


def _refused(field: str, told: str) -> Finding:
    return Finding("atender.recusado", field, Severity.WARN, f"Recusado: {told}")


def _form_field(name: str | int) -> str:
    return _FIELD.get(str(name), f"{OWN_FIELD}{name}" if name else "")


def label_of(field: str, around: Around) -> str:
    """What a field of the form is called that not every project asks for; "" for the others."""
    labels = {**LABELS, **{str(own.id): own.name for own in custom_fields(around)}}
    return labels.get(field.removeprefix(OWN_FIELD), "") if field.startswith(OWN_FIELD) else ""


def _missing(field: str, label: str, example: str = "") -> Finding:
    told = f"O Redmine exige {label} nesta tarefa."
    return Finding("atender.exige", field, Severity.BLOCK, told, example)


def core_value(name: str, typed: str) -> date | float | int | None:
    """What was typed into one of `core_fields`, as a task takes it; None where it cannot be read."""
    text = typed.strip()
    match name:
        case "estimated_hours":
            reading = read_duration(text)
            return reading.minutes / 60 if isinstance(reading, Duration) else None
        case "parent_id":
            return int(text) if text.isdecimal() else None
    with suppress(ValueError):
        return datetime.strptime(text, "%d/%m/%Y").date()
    return None
