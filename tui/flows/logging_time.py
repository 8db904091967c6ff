"""Logging time on its own: the steps for what was worked on a ticket's task (R11)."""

from dataclasses import dataclass

from clients.models.task import Named, Task
from clients.models.times import BRAZIL

from ..journal import Step
from .attending import Around
from .hours import TaskTime, TicketTime, task_time_step, ticket_time_step
from .ticket_fields import ticket_target


@dataclass(frozen=True)
class Worked:
    """What the analyst says of it."""

    task: Task
    minutes: int
    activity: Named | None = None
    """None: the server's default one."""
    comments: str = ""


def plan_time(worked: Worked, around: Around) -> tuple[Step, ...]:
    """The steps: on the task, today; on the ticket as well where its time is known (`Around.times`)."""
    ticket, activity = around.ticket, worked.activity
    target = ticket_target(ticket.id)
    time = TaskTime(
        task_id=worked.task.id,
        minutes=worked.minutes,
        activity_id=activity.id if activity else None,
        activity=activity.name if activity else "",
        comments=worked.comments,
        spent_on=around.now.astimezone(BRAZIL).date(),
        timer=target,
    )
    on_task = task_time_step(time, target)
    if around.times is None:
        return (on_task,)
    note = worked.comments or ticket.subject
    entry = TicketTime(ticket_id=ticket.id, minutes=worked.minutes, note=note, executed_at=around.now)
    return on_task, ticket_time_step(entry, tuple(each.id for each in around.times))
