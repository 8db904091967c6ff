"""A ticket that turned into planning (R19): its steps."""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from clients.models.answer import Answer
from clients.models.rules.planning import Planning
from clients.models.task import Task
from clients.models.task_changes import TaskChanges
from clients.models.ticket import CLOSED, Ticket
from clients.models.timer import ticket_target

from ..intent import Step
from .answer import message_step
from .tasks import TaskEdit
from .tasks import edit_step as task_edit_step
from .ticket_fields import edit_after_answer


def planning_steps(
    ticket: Ticket,
    task: Task | None,
    planning: Planning,
    reply: Answer,
    filled: Mapping[str, JsonValue],
    *,
    last: int,
    agent: int,
) -> Iterator[Step]:
    """Yield what is done in its order: the task's tracker, the reply, and the ticket closed.

    ``reply`` says `Planning.reply`; ``filled`` are the fields that the account wants filled by then, as
    `Freshdesk.update` takes them; ``last`` is the newest message that ``agent`` has seen.
    """
    target = ticket_target(ticket.id)
    if task is not None and planning.tracker is not None:
        yield tracker_step(task, planning.tracker.id, planning.tracker.name, target)
    yield message_step(reply, last, agent)
    if ticket.status != planning.status or planning.tipo:
        tipo = {"type": planning.tipo} if planning.tipo else {}
        yield edit_after_answer(ticket, {**filled, **tipo, "status": CLOSED})


def tracker_step(task: Task, tracker_id: int, name: str, target: str) -> Step:
    """Plan to give ``task`` another tracker, as part of what is done on ``target``."""
    edit = TaskEdit(
        task_id=task.id,
        changes=TaskChanges(tracker_id=tracker_id),
        seen=task.updated_on,
        told=f"Tipo: {task.tracker.name} → {name}",
    )
    return task_edit_step(edit, target)
