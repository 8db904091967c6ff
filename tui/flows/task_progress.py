"""One task in progress per person: which it is, what starting and stopping writes. Knows no screen."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from clients.models.spent_time import SpentTime
from clients.models.task import Task, TaskStatus
from clients.models.task_words import TaskWords
from clients.models.text import fold
from clients.models.timer import FORGOTTEN_AFTER, Timer, task_target

from ..intent import Step
from .hours import TaskTime, task_time_step
from .task_fields import field_edit
from .tasks import TaskEdit, edit_step


@dataclass(frozen=True)
class Stopping:
    """A task that is stopped."""

    task: Task
    times: tuple[TaskTime, ...] = ()
    """By day; none: what its timer counted waits."""
    edit: TaskEdit | None = None
    """The situation that it goes back to; None where it stays in its own."""
    uncounted: Timer | None = None
    """What no timer counted, and is to wait in one."""


def is_named(status: TaskStatus, name: str) -> bool:
    """Whether the situation is the one of that name, whatever its case and accents."""
    return fold(status.name).strip() == fold(name).strip()


def named(statuses: Iterable[TaskStatus], name: str) -> TaskStatus | None:
    """The situation of that name among those that a task may go to."""
    return next((one for one in statuses if is_named(one, name)), None)


def offered_by_all(offers: Sequence[Sequence[TaskStatus]]) -> tuple[TaskStatus, ...]:
    """The situations that each of several tasks may go to, in the order of the first one's."""
    first, *others = offers or [()]
    return tuple(one for one in first if all(one.id in {each.id for each in offer} for offer in others))


def is_in_progress(task: Task, me: int, name: str) -> bool:
    """Whether ``me`` is at the task: it is with them, in the situation ``name``."""
    return task.assigned_to is not None and task.assigned_to.id == me and is_named(task.status, name)


def move(task: Task, status: TaskStatus) -> TaskEdit | None:
    """The change of its situation; None where it has it."""
    if task.status.id == status.id:
        return None
    words = TaskWords({"status_id": {status.id: status.name}}).of(task)
    return field_edit(task, "status_id", status.id, words)


def counted_by_none(task: Task, me: int, now: datetime, logged: Iterable[SpentTime] = ()) -> Timer | None:
    """The timer that nobody started: since ``me`` put the task, as it was read, into its situation.

    Or since the last of the entries that ``me`` ``logged`` on it: what was before that was told. None where
    somebody else put it there, and where it is no minute, or too long for a stretch of work.
    """
    moves = [
        entry
        for entry in task.journals
        if any(each.get("property") == "attr" and each.get("name") == "status_id" for each in entry.details)
    ]
    if not moves or moves[-1].user is None or moves[-1].user.id != me:
        return None
    began = max((moves[-1].created_on, *(entry.created_on for entry in logged)))
    if not timedelta(minutes=1) <= now - began <= FORGOTTEN_AFTER:
        return None
    return Timer(target=task_target(task.id)).started(began).at_stop(now)


def progress_steps(target: str, stopping: Sequence[Stopping], begun: TaskEdit | None) -> tuple[Step, ...]:
    """All that is written, as one operation on ``target``: what was worked first, and what is begun last."""
    return tuple(_steps(target, stopping, begun))


def _steps(target: str, stopping: Sequence[Stopping], begun: TaskEdit | None) -> Iterator[Step]:
    for one in stopping:
        # time is logged whatever becomes of the rest, and an entry does not make the task another one
        yield from (task_time_step(time, target) for time in one.times)
    for one in stopping:
        if one.edit is not None:
            yield edit_step(one.edit, target)
    if begun is not None:
        yield edit_step(begun, target)
