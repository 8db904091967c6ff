"""Mode 2 on the sandbox: going there, what is under the cursor, and a colleague who is at the tasks too."""

import requests

from clients.models.task import Task
from clients.sandbox.server import Running
from tests.support.desk import Sitting
from tui.screens.tasks import TasksScreen
from widgets.tasks_pane import TasksPane

COLLEAGUE, BY = "otavio.prado", "Otávio Prado"


def pane(seat: Sitting) -> TasksPane:
    screen = seat.app.screen
    assert isinstance(screen, TasksScreen)
    return screen.pane


async def goes_to_the_tasks(seat: Sitting) -> None:
    await seat.until(lambda: seat.app.tasks.as_of and not seat.app.tasks.loading, "read the tasks")
    await seat.press("2")
    await seat.arrives_at(TasksScreen)


def colleague(running: Running, method: str, path: str, body: object) -> None:
    """Somebody else writes to Redmine, a minute later."""
    running.knobs.clock.offset_seconds += 60
    headers = {"X-Redmine-API-Key": running.keys.redmine[COLLEAGUE]}
    requests.request(
        method, running.urls.redmine + path, json=body, headers=headers, timeout=30
    ).raise_for_status()


async def under(seat: Sitting) -> Task:
    """The task under the cursor, as Redmine has it."""
    row, redmine = pane(seat).highlighted, seat.app.desk.redmine
    assert row is not None
    assert redmine is not None
    return await redmine.task(row.id)
