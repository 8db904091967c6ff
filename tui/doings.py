"""What one did in Plantão, as this machine remembers it: operations, walks, forms. Knows no screen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from clients.models.answer import Kind
from clients.models.attendance import Attendance
from clients.models.doing import Doing, LoggedTime, Stretch, client_target
from clients.models.spent_time import SpentTime
from clients.models.timer import Timer, task_target, ticket_target
from clients.models.times import day_of
from clients.models.walk import Walk
from clients.models.worked import task_of

from .flows.answer import KINDS
from .flows.hours import TASK_HOURS, TICKET_HOURS, TaskTime, TicketTime
from .flows.slack_posting import POST
from .flows.tasks import CREATE, UPDATE
from .flows.ticket_fields import KIND as FIELDS
from .intent import Intent

_ANSWERS = {KINDS[Kind.REPLY]: "respondido", KINDS[Kind.NOTE]: "nota interna"}
_TASKS = {CREATE: "tarefa criada", UPDATE: "tarefa mudada"}
_WORDS: Mapping[str, str] = {**_ANSWERS, **_TASKS, FIELDS: "campos mudados", POST: "pergunta no Slack"}
"""Kinds of steps that are work, in the analyst's words."""
ATTENDED = "atendido"
"""An answer and a task in one operation."""
_TICKET, _TASK = "ticket:", "task:"
_TIMED = (_TICKET, _TASK)


def operations(done: Sequence[Intent]) -> Iterator[Doing]:
    """Yield what was done on tickets and tasks, operation by operation."""
    for _, steps in groupby(sorted(done, key=_place), key=lambda step: step.workflow):
        work = [step for step in steps if step.kind in _WORDS and step.target.startswith(_TIMED)]
        if not work:
            continue
        kinds = {step.kind for step in work}
        attended = kinds & set(_ANSWERS) and kinds & set(_TASKS)
        word = ATTENDED if attended else _WORDS[work[0].kind]
        yield Doing(work[0].target, work[0].planned_at, max(map(_when, work)), word)


def walked(walks: Iterable[Walk]) -> Iterator[Doing]:
    """Yield the runbooks that one went through, from the begin to the last step."""
    for walk in walks:
        if walk.footprints:
            ended = max(mark.at for mark in walk.footprints)
            about = " · ".join(filter(None, (walk.client, walk.service)))
            yield Doing(client_target(walk.client), walk.begun_at, ended, "roteiro", about)


def begun(forms: Iterable[Attendance]) -> Iterator[Doing]:
    """Yield the tickets whose attending was begun and is not confirmed."""
    for form in forms:
        if form.saved_at is not None and not form.workflow:
            at = form.saved_at
            yield Doing(ticket_target(form.ticket_id), at, at, "atendimento começado")


def links(done: Iterable[Intent]) -> dict[int, frozenset[str]]:
    """The targets that a task stands for: the tickets that it was made or worked on for.

    Steps on another task stand for nothing: a task is stopped because that one begins.
    """
    found: dict[int, frozenset[str]] = {}
    for step in done:
        number = step.remote_id if step.kind == CREATE else step.payload.get("task_id")
        if isinstance(number, int) and step.target.startswith(_TICKET):
            found[number] = found.get(number, frozenset()) | {step.target}
    return found


def logged(done: Iterable[Intent], entries: Iterable[SpentTime]) -> Iterator[LoggedTime]:
    """Yield the time that was logged, here or elsewhere, on each target that it may be for."""
    steps = tuple(done)
    for step in steps:
        if step.kind == TASK_HOURS:
            time = TaskTime.model_validate(step.payload)
            # an operation on a task may log the time of the one that it stops
            target = task_target(time.task_id) if step.target.startswith(_TASK) else step.target
            yield LoggedTime(target, time.spent_on, _when(step))
        elif step.kind == TICKET_HOURS:
            executed_at = TicketTime.model_validate(step.payload).executed_at
            yield LoggedTime(step.target, day_of(executed_at), _when(step))
    linked = links(steps)
    for entry in entries:
        task = task_of(entry)
        for target in {task_target(task), *linked.get(task, ())}:
            yield LoggedTime(target, entry.spent_on, entry.created_on)


def counted(timers: Iterable[Timer], now: datetime) -> Iterator[Stretch]:
    """Yield what the timers counted; a span that is too long to be believed says nothing."""
    for timer in timers:
        for span in timer.spans:
            if not span.is_forgotten(now):
                yield span.began, span.began + span.length(now)


def _when(step: Intent) -> datetime:
    return step.sent_at or step.planned_at


def _place(step: Intent) -> tuple[datetime, str, int]:
    return step.planned_at, step.workflow, step.seq
