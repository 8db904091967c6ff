"""Invented tasks, all relative to one moment."""

from datetime import date, timedelta

from clients.models.task import Named, Task, TaskStatus
from clients.models.task_views import TaskEntry
from tests.support.clock import NOW

ME, OTHER = 5, 6
STATUSES = {
    1: TaskStatus(id=1, name="Nova"),
    2: TaskStatus(id=2, name="Em andamento"),
    5: TaskStatus(id=5, name="Fechada", is_closed=True),
}


def task(
    number: int,
    *,
    status: int = 1,
    assigned: int | None = None,
    author: int = OTHER,
    subject: str = "Erro ao emitir nota fiscal",
    hours: float | None = 0.0,
    due: date | None = None,
    priority: int = 2,
    updated: timedelta = timedelta(hours=1),
    closed: timedelta | None = None,
    **more: object,
) -> Task:
    """A task as a list has it; ``updated`` and ``closed`` are how long ago."""
    return Task(
        id=number,
        project=Named(id=1, name="ERP"),
        tracker=Named(id=4, name="Bug"),
        status=STATUSES[status],
        priority=Named(id=priority, name={2: "Normal", 4: "Urgente"}.get(priority, "Alta")),
        author=Named(id=author, name=_NAMES[author]),
        assigned_to=None if assigned is None else Named(id=assigned, name=_NAMES[assigned]),
        subject=subject,
        spent_hours=hours,
        due_date=due,
        created_on=NOW - timedelta(days=20),
        updated_on=NOW - updated,
        closed_on=None if closed is None else NOW - closed,
    ).model_copy(update=more)


def entry(number: int, *, watched: bool = False, blocked_by: tuple[int, ...] = (), **of: object) -> TaskEntry:
    """A task with what it is to `ME`."""
    made = task(number, **of)  # type: ignore[arg-type]
    return TaskEntry(
        task=made,
        assigned=made.assigned_to is not None and made.assigned_to.id == ME,
        authored=made.author is not None and made.author.id == ME,
        watched=watched,
        blocked_by=blocked_by,
    )


_NAMES = {ME: "Beatriz Nogueira", OTHER: "Otávio Prado"}
