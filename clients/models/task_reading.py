"""One task with everything that is shown beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from .task import Task
from .task_history import TaskEvent


@dataclass(frozen=True)
class Related:
    """A task that is tied to another."""

    how: str
    """"bloqueada por"."""
    number: int
    task: Task | None
    """None where one does not see it."""


@dataclass(frozen=True)
class TaskReading:
    """A task as the server has it."""

    task: Task
    """With its history, watchers and files."""
    events: tuple[TaskEvent, ...] = ()
    """Oldest first."""
    children: tuple[Task, ...] = ()
    related: tuple[Related, ...] = ()
    tickets: tuple[int, ...] = ()
    """The tickets that it serves."""
    as_of: datetime | None = None


@dataclass(frozen=True)
class Total:
    """What some tasks come to."""

    name: str
    """Of their tracker; "" for all."""
    count: int
    open: int
    spent: float
    estimated: float


def totals(children: Sequence[Task]) -> Iterator[Total]:
    """All ``children`` together, then those of each tracker, where there are several."""
    trackers = dict.fromkeys(task.tracker.name for task in children)
    yield _total("", children)
    if len(trackers) > 1:
        for name in trackers:
            yield _total(name, [task for task in children if task.tracker.name == name])


def _total(name: str, tasks: Sequence[Task]) -> Total:
    return Total(
        name,
        len(tasks),
        sum(not task.status.is_closed for task in tasks),
        sum(task.spent_hours or 0.0 for task in tasks),
        sum(task.estimated_hours or 0.0 for task in tasks),
    )
