"""The next session begins where the last one was."""

from pathlib import Path

import pytest

from clients.models.spot import Spot, Whereabouts
from clients.sandbox.server import Running
from clients.store import Store
from tests.support.desk import Sitting, at_the_desk, settings_for
from tui.last_session import LastSession
from tui.screens.kanban import KanbanScreen
from tui.screens.services import ServicesScreen
from tui.screens.tasks import TasksScreen
from widgets.tasks_pane import TasksPane

pytestmark = pytest.mark.anyio


async def in_the_tasks(seat: Sitting) -> TasksPane:
    await seat.until(lambda: seat.app.tasks.as_of and not seat.app.tasks.loading, "read the tasks")
    await seat.press("2")
    await seat.arrives_at(TasksScreen)
    screen = seat.app.screen
    assert isinstance(screen, TasksScreen)
    return screen.pane


async def test_mode_view_filter_and_row_are_there_again(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        queue = seat.mesa.queue
        await seat.press("v", "f")
        await seat.write("e")
        await seat.press("enter", "j", "j")
        row = queue.highlighted
        assert row is not None
        assert queue.spot.at == 2
        await seat.press("4")
        await seat.arrives_at(ServicesScreen)
        await seat.press("j", "j", "j")
        services = seat.app.screen
        assert isinstance(services, ServicesScreen)
        service = services.pane.highlighted
        tasks = await in_the_tasks(seat)
        await seat.press("v", "v", "f", *"erro", "enter", "j")
        task = tasks.highlighted
        assert task is not None
        assert tasks.spot.at == 1
        await seat.press("4", "q", "q")

    async with at_the_desk(running, tmp_path) as seat:
        await seat.arrives_at(ServicesScreen)
        services = seat.app.screen
        assert isinstance(services, ServicesScreen)
        assert services.pane.highlighted is not None
        assert service is not None
        assert services.pane.highlighted.key == service.key
        await seat.press("1")
        queue = seat.mesa.queue
        assert (queue.view.id, queue.wanted) == ("sem_resposta", "e")
        assert queue.highlighted is not None
        assert queue.highlighted.id == row.id
        tasks = await in_the_tasks(seat)
        assert (tasks.view.id, tasks.wanted) == ("observadas", "erro")
        assert tasks.highlighted is not None
        assert tasks.highlighted.id == task.id
        await seat.press("3", "3")
        await seat.arrives_at(KanbanScreen)
        await seat.press("q", "q")

    async with at_the_desk(running, tmp_path) as seat:
        await seat.arrives_at(KanbanScreen)
        await seat.press("2", "q", "q")

    async with at_the_desk(running, tmp_path) as seat:
        await seat.arrives_at(TasksScreen)
        await seat.sees(f"{task.id} · ", "Histórico ──")


async def test_what_is_gone_leads_to_the_nearest_and_an_unknown_mode_to_the_mesa(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path):
        pass  # the queue is on disk now
    store = Store(settings_for(running, tmp_path).store_file)
    gone = Spot(view="extinta", row="1", at=3)
    LastSession(store).keep(Whereabouts(mode="extinto", spots={"mesa": gone}))
    store.close()

    async with at_the_desk(running, tmp_path) as seat:
        assert seat.mesa.queue.view.id == "todos"
        assert seat.mesa.queue.spot.at == 3
