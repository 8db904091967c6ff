"""Attending a ticket: from what the analyst filled in to the steps that carry it out, in their order.

Tipo, task, time, answer, status: the routine's order (R9, R11, R13).
"""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import JsonValue

from clients.models.answer import Answer, Kind
from clients.models.attendance import NEW_TASK, NO_TASK, AnswerKind, Attendance
from clients.models.client_key import client_key
from clients.models.client_words import bare_subject, client_words
from clients.models.task import Task
from clients.models.task_changes import NewTask, TaskChanges
from clients.models.text import fold
from clients.models.ticket import Ticket
from clients.models.timer import ticket_target
from clients.models.timer_days import worked_until

from ..intent import Intent, State, Step
from .answer import KINDS, message_step
from .around import Around
from .directing import TOLD, task_note
from .hours import TASK_HOURS, TICKET_HOURS, Worked, worked_steps
from .new_task_fields import core_values, custom_values, told_of
from .tasks import CREATE, Creation, TaskEdit, creation_step
from .tasks import edit_step as task_edit_step
from .ticket_fields import edit_after_answer, edit_step


def begin(around: Around, project: str) -> Attendance:
    """The form as it opens: everything that the ticket already tells. ``project`` is the one guessed."""
    ticket = around.ticket
    existing = str(around.tasks[0].id) if len(around.tasks) == 1 else NEW_TASK
    words = client_words(ticket, around.conversations)
    source = f"Ticket #{ticket.id} {around.link}".rstrip()
    return Attendance(
        ticket_id=ticket.id,
        type=ticket.type or "",
        task=existing if around.projects or around.tasks else NO_TASK,
        project=project,
        subject=bare_subject(ticket.subject),
        description=f"{source}\n\n{words}".rstrip(),
        status=str(ticket.status),
    )


def guess_project(around: Around, by_company: Mapping[str, str], default: str) -> str:
    """Id of the project that the settings give the ticket's company, or of the default one; "" for none."""
    company = client_key(around.ticket.client)
    named = next((name for key, name in by_company.items() if client_key(key) == company), default)
    wanted = fold(named).strip()
    found = (
        project
        for project in around.projects
        if wanted and wanted in (fold(project.identifier), fold(project.name), str(project.id))
    )
    return next((str(project.id) for project in found), "")


def remaining(form: Attendance, steps: Sequence[Intent], tasks: Sequence[Task]) -> Attendance:
    """``form`` without what its operation has done already: planned again, nothing is done twice.

    What only sets something (Tipo, fields, status) is left in: where it is so, there is no step for it.
    ``tasks`` are the ticket's: of a task that the analyst alone knows to be there the number is not known.
    """
    newest = max((task.id for task in tasks), default=None)
    left: dict[str, object] = {}
    for step in steps:
        if step.state is not State.DONE:
            continue
        if step.kind == CREATE and (made := step.remote_id or newest):
            left["task"] = str(made)
        elif step.kind in (TASK_HOURS, TICKET_HOURS):
            left |= {"time": "", "comments": ""}
        elif step.kind in KINDS.values():
            left |= {"answer": AnswerKind.NONE, "text": ""}
    return form.model_copy(update=left)


def plan(
    form: Attendance, around: Around, minutes: int, closing: Mapping[str, JsonValue] | None = None
) -> tuple[Step, ...]:
    """The steps that carry ``form`` out; ``minutes`` is its time as it was read, 0 for none.

    ``closing`` are fields that are filled as the ticket is closed, as `Freshdesk.update` takes them.
    The form has been checked: what is missing in it here is a mistake of the caller.
    """
    return tuple(_steps(form, around, minutes, closing or {}))


def _steps(
    form: Attendance, around: Around, minutes: int, closing: Mapping[str, JsonValue]
) -> Iterator[Step]:
    ticket, target = around.ticket, ticket_target(around.ticket.id)
    count = 0
    made_by: int | None = None
    if form.type and form.type != ticket.type:
        yield edit_step(ticket, {"type": form.type})
        count += 1
    if form.task == NEW_TASK and around.form is not None:
        yield creation_step(_creation(form, around), target)
        made_by = count
        count += 1
        if note := task_note(form, around):
            changes = TaskChanges(notes=note, private_notes=True)
            yield task_edit_step(TaskEdit(task_id=0, changes=changes, seen=None, told=TOLD), target, made_by)
            count += 1
    elif (task := _linked(form, around)) is not None and (edit := _edit(form, task, around)) is not None:
        yield task_edit_step(edit, target)
        count += 1
    if minutes:
        activity = around.activity(form.activity)
        days = (worked_until(around.now, minutes),)
        worked = Worked(days, activity, form.comments.strip(), on_task=form.task != NO_TASK)
        yield from worked_steps(worked, ticket, around.times, task_id=form.task_id or 0, made_by=made_by)
    answering = form.answer is not AnswerKind.NONE
    if answering:
        yield message_step(_answer(form, ticket), around.last, around.me.id)
    if form.status and form.status != str(ticket.status):
        set_on = edit_after_answer if answering else edit_step
        yield set_on(ticket, {**closing, "status": int(form.status)})


def _answer(form: Attendance, ticket: Ticket) -> Answer:
    kind = Kind(form.answer.value)
    cc = ticket.copied if kind is Kind.REPLY else ()
    return Answer(ticket_id=ticket.id, kind=kind, text=form.text, cc=cc)


def _creation(form: Attendance, around: Around) -> Creation:
    assert around.form is not None
    project, tracker = around.form.project, around.tracker(form.type)
    asked: dict[str, object] = {
        "project_id": project.id,
        "subject": form.subject.strip(),
        "description": form.description,
        "custom_fields": custom_values(form, around),
        **core_values(form, around),
    }
    if tracker is not None:
        asked["tracker_id"] = tracker.id
    for name, chosen in (
        ("priority_id", form.priority),
        ("category_id", form.category),
        ("fixed_version_id", form.version),
        ("assigned_to_id", form.assignee),
    ):
        if chosen:
            asked[name] = int(chosen)
    return Creation(
        ticket_id=form.ticket_id,
        task=NewTask.model_validate(asked),
        project=project.name,
        told=told_of(form, around),
        known=tuple(task.id for task in around.tasks),
    )


def _linked(form: Attendance, around: Around) -> Task | None:
    return next((task for task in around.tasks if task.id == form.task_id), None)


def _edit(form: Attendance, task: Task, around: Around) -> TaskEdit | None:
    """What of the linked task changes: tracker, priority, situation, whom it is directed to and why."""
    asked: dict[str, object] = {}
    told: list[str] = []
    tracker = around.tracker(form.type)
    if tracker is not None and tracker.id != task.tracker.id and len(around.tasks) <= 1:  # R14
        asked["tracker_id"] = tracker.id
        told.append(f"Tipo: {task.tracker.name} → {tracker.name}")
    if form.priority and (task.priority is None or str(task.priority.id) != form.priority):
        asked["priority_id"] = int(form.priority)
        names = {str(one.id): one.name for one in around.priorities}
        told.append(f"Prioridade: {names.get(form.priority, form.priority)}")
    if form.task_status and str(task.status.id) != form.task_status:
        asked["status_id"] = int(form.task_status)
        names = {str(one.id): one.name for one in around.statuses}
        told.append(f"Situação: {task.status.name} → {names.get(form.task_status, form.task_status)}")
    if form.assignee and (task.assigned_to is None or str(task.assigned_to.id) != form.assignee):
        asked["assigned_to_id"] = int(form.assignee)
        people = {str(one.id): one.name for one in (around.form.people if around.form else ())}
        told.append(f"Atribuída para: {people.get(form.assignee, form.assignee)}")
    if note := task_note(form, around):
        asked |= {"notes": note, "private_notes": True}
        told.append(TOLD)
    if not asked:
        return None
    changes = TaskChanges.model_validate(asked)
    return TaskEdit(task_id=task.id, changes=changes, seen=task.updated_on, told="; ".join(told))
