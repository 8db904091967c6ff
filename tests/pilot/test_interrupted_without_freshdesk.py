"""What was interrupted is settled at the next start, also where the ticket system is not there."""

from pathlib import Path

import pytest

from clients.models.task_changes import TaskChanges
from clients.sandbox.server import Running
from tests.support.clock import frozen
from tests.support.desk import settings_for, sitting
from tui.desk import Desk
from tui.flows.tasks import TaskEdit, edit_step

pytestmark = pytest.mark.anyio


async def test_a_change_of_a_task_goes_on(running: Running, tmp_path: Path) -> None:
    settings = settings_for(running, tmp_path, freshdesk=None)
    before = Desk(settings, frozen)
    await before.open()
    await before.connect()
    assert before.redmine is not None
    task, *_ = await before.redmine.tasks_where({"assigned_to_id": "me"})
    changes = TaskChanges(subject="Falha que se via e não se vê mais")
    edit = TaskEdit(task_id=task.id, changes=changes, seen=task.updated_on, told="Título")
    await before.workflows.plan([edit_step(edit)])
    await before.close()
    async with sitting(Desk(settings, frozen)) as seat:
        await seat.until(lambda: seat.app.desk.redmine, "connected")
        redmine = seat.app.desk.redmine
        assert redmine is not None
        settled = seat.app.desk.workflows
        for _ in range(200):
            if not await settled.pending():
                break
            await seat.pilot.pause(0.05)
        assert (await redmine.task(task.id)).subject == changes.subject
