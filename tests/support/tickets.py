"""Tickets and tasks of the sandbox as they really are, and what clients say on them."""

from clients.models.conversation import Conversation, Voice
from clients.models.task import Task
from clients.models.task_changes import NewTask
from clients.models.ticket import Ticket
from clients.sandbox.server import Running
from tests.support.desk import Sitting
from tests.support.sandbox import control, freshdesk


async def ticket(seat: Sitting, ticket_id: int) -> Ticket:
    """The ticket, read from Freshdesk."""
    assert seat.app.desk.freshdesk is not None
    return await seat.app.desk.freshdesk.ticket(ticket_id)


async def said(seat: Sitting, ticket_id: int, voice: Voice) -> list[Conversation]:
    """Its messages of one voice, oldest first."""
    assert seat.app.desk.freshdesk is not None
    messages = await seat.app.desk.freshdesk.conversations(ticket_id)
    return [message for message in messages if message.voice is voice]


async def tasks_of(seat: Sitting, ticket_id: int) -> list[Task]:
    """Its tasks, each with all that Redmine tells of it."""
    redmine = seat.app.desk.redmine
    assert redmine is not None
    return [await redmine.task(task.id) for task in await redmine.find_by_ticket(ticket_id)]


async def with_tasks(seat: Sitting, count: int) -> Ticket:
    """The first ticket of the queue's list that has so many tasks; the cursor goes to it."""
    redmine = seat.app.desk.redmine
    assert redmine is not None
    for entry in seat.mesa.queue.shown:
        if len(await redmine.find_by_ticket(entry.id)) == count:
            await seat.goes_to(entry.id)
            return await ticket(seat, entry.id)
    raise AssertionError(f"no ticket of the list has {count} tasks")


async def with_two_tasks(seat: Sitting) -> Ticket:
    """A ticket with one task, after a colleague created another for it; the cursor is on it."""
    redmine = seat.app.desk.redmine
    assert redmine is not None
    shown = await with_tasks(seat, 1)
    (task,) = await redmine.find_by_ticket(shown.id)
    fields = {await redmine.ticket_field(): str(shown.id)}
    project, tracker = task.project.id, task.tracker.id
    await redmine.create(
        NewTask(project_id=project, tracker_id=tracker, subject="Segunda parte", custom_fields=fields)
    )
    return shown


def client_says(running: Running, ticket_id: int, text: str) -> None:
    """The requester writes."""
    with control(running) as knobs:
        knobs.post("say", json={"ticket_id": ticket_id, "text": text}).raise_for_status()


def we_answer(running: Running, ticket_id: int, text: str = "Obrigado pelo retorno.") -> None:
    """The analyst's own reply, sent from a browser."""
    with freshdesk(running) as browser:
        browser.post(f"tickets/{ticket_id}/reply", json={"body": text}).raise_for_status()


def open_tickets(running: Running) -> list[int]:
    """Ids of tickets that wait for somebody, the newest first."""
    with freshdesk(running) as browser:
        rows = browser.get("tickets", params={"per_page": 100}).raise_for_status().json()
    return [row["id"] for row in rows if row["status"] not in (4, 5)]
