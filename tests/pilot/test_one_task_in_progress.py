"""Mode 2: a task is started and stopped; only one is in progress, and the other's time is logged once."""

from pathlib import Path

import pytest

from clients.models.task import Task
from clients.models.task_changes import TaskChanges
from clients.models.timer import TimerState, task_target
from clients.redmine import Redmine
from clients.sandbox.server import Running
from tests.support.desk import NARROW, Sitting, at_the_desk, settings_for
from tui.desk import Desk
from tui.flows.task_progress import named
from tui.screens.confirm import ConfirmScreen
from tui.screens.duration import TimeScreen
from tui.screens.line import LineScreen
from tui.screens.pick import PickScreen
from tui.screens.tasks import TasksScreen
from tui.settings_tasks import TaskSettings

pytestmark = pytest.mark.anyio
DOING = "Em homologação"
"""What stands for being in progress here: the sandbox has the analyst at a task «Em andamento»."""
WITHOUT_DEMANDS = "Suporte"
"""The tracker of tasks that Redmine lets one change whatever fields are empty."""


def pass_minutes(running: Running, minutes: int) -> None:
    running.knobs.clock.offset_seconds += 60 * minutes


async def to_be_begun(desk: Desk) -> tuple[Task, Task]:
    """Two tasks of the analyst's, who is at none."""
    mine = await remote(desk).tasks(assigned_to="me", status="open")
    assert not any(one.status.name == DOING for one in mine)
    # the narrow screen breaks the line of what is asked where a situation's name is long
    short = [one for one in mine if one.tracker.name == WITHOUT_DEMANDS and len(one.status.name) < 9]
    first, second, *_ = short
    return first, second


def remote(desk: Desk) -> Redmine:
    assert desk.redmine is not None
    return desk.redmine


async def goes_to(seat: Sitting, task: Task) -> None:
    if not isinstance(seat.app.screen, TasksScreen):
        await seat.press("2")
        await seat.arrives_at(TasksScreen)
    screen = seat.app.screen
    assert isinstance(screen, TasksScreen)
    await seat.until(lambda: screen.pane.select(task.id), f"listed {task.id}")


async def answers_the_time(seat: Sitting, comment: str) -> None:
    """As it stands there, with the first activity."""
    await seat.arrives_at(TimeScreen)
    await seat.press("enter")
    await seat.arrives_at(PickScreen)
    await seat.press("enter")
    await seat.arrives_at(LineScreen)
    await seat.write(comment)
    await seat.press("enter")


async def is_told(seat: Sitting, task: Task, words: str, status: str) -> None:
    await seat.hears(f"tarefa {task.id} · {words}")
    assert (await remote(seat.app.desk).task(task.id)).status.name == status


async def test_starting_another_stops_the_first_and_no_minute_is_lost_or_logged_twice(
    running: Running, tmp_path: Path
) -> None:
    desk = Desk(
        settings_for(running, tmp_path, tasks=TaskSettings(in_progress=DOING, stopped="nova")), running.clock
    )
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        await seat.until(lambda: seat.app.tasks.as_of and not seat.app.tasks.loading, "read the tasks")
        first, second = await to_be_begun(desk)
        await goes_to(seat, first)
        await seat.press("i")
        await seat.arrives_at(ConfirmScreen)
        await seat.sees(f"Tarefa {first.id} · Situação: {first.status.name} → {DOING}", "passa a contar")
        assert not desk.local.timers.running(), "nothing before it was seen"
        await seat.press("s")
        await is_told(seat, first, "começou.", DOING)
        assert [timer.target for timer in desk.local.timers.running()] == [task_target(first.id)]

        pass_minutes(running, 25)
        await goes_to(seat, second)
        await seat.press("i")
        await seat.arrives_at(PickScreen)
        await seat.sees(f"Você está na tarefa {first.id}", "0h25")
        await seat.press("enter")
        await answers_the_time(seat, "liguei ao cliente")
        await seat.arrives_at(ConfirmScreen)
        await seat.sees(
            f"Registrar 0h25 na tarefa {first.id}", f"{first.id} · Situação: {DOING} → Nova", "liguei"
        )
        await seat.press("s")
        await is_told(seat, second, f"começou; registrado: 0h25 na {first.id}.", DOING)
        assert (await remote(desk).task(first.id)).status.name == "Nova"
        assert [timer.target for timer in desk.local.timers.list()] == [task_target(second.id)]
        (entry,) = [one for one in await remote(desk).spent_times(first.id) if "liguei" in one.comments]
        assert round(entry.hours * 60) == 25

        pass_minutes(running, 10)
        await seat.press("i")
        await seat.arrives_at(PickScreen)
        await seat.sees("Parar e registrar o tempo", "Só pausar")
        await seat.press("enter")
        await answers_the_time(seat, "conferi o log")
        await seat.arrives_at(ConfirmScreen)
        await seat.press("s")
        await is_told(seat, second, f"parou; registrado: 0h10 na {second.id}.", "Nova")
        assert desk.local.timers.list() == ()
        (entry,) = [one for one in await remote(desk).spent_times(second.id) if "conferi" in one.comments]
        assert round(entry.hours * 60) == 10


async def test_where_the_situation_is_not_offered_time_counts_and_it_is_told(
    running: Running, tmp_path: Path
) -> None:
    desk = Desk(settings_for(running, tmp_path, tasks=TaskSettings(in_progress="Fazendo")), running.clock)
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        await seat.until(lambda: seat.app.tasks.as_of and not seat.app.tasks.loading, "read the tasks")
        first, second = await to_be_begun(desk)
        await goes_to(seat, first)
        await seat.press("i")
        await seat.hears("o Redmine não oferece “Fazendo”")
        assert [timer.target for timer in desk.local.timers.running()] == [task_target(first.id)]
        pass_minutes(running, 5)
        await goes_to(seat, second)
        await seat.press("i")
        await seat.arrives_at(PickScreen)
        await seat.press("escape")
        await seat.arrives_at(TasksScreen)
        assert [timer.target for timer in desk.local.timers.running()] == [task_target(first.id)], (
            "nothing done"
        )
        await seat.press("i")
        await seat.arrives_at(PickScreen)
        await seat.write("depois")
        await seat.press("enter")
        await seat.hears(f"Contando o tempo da tarefa #{second.id}")
        kept = desk.local.timers.get(task_target(first.id))
        assert kept is not None
        assert (kept.is_running, kept.minutes(desk.clock())) == (False, 5)


async def test_what_was_begun_elsewhere_keeps_its_minutes_where_they_are_logged_later(
    running: Running, tmp_path: Path
) -> None:
    desk = Desk(
        settings_for(running, tmp_path, tasks=TaskSettings(in_progress=DOING, stopped="nova")), running.clock
    )
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        await seat.until(lambda: seat.app.tasks.as_of and not seat.app.tasks.loading, "read the tasks")
        first, second = await to_be_begun(desk)
        status = named(await remote(desk).statuses(), DOING)
        assert status is not None
        await remote(desk).update(first.id, TaskChanges(status_id=status.id), seen=None)
        pass_minutes(running, 40)
        await goes_to(seat, second)
        await seat.press("i")
        await seat.arrives_at(PickScreen)
        await seat.sees(f"Você está na tarefa {first.id}", "0h40", "fica no cronômetro")
        assert desk.local.timers.list() == (), "nothing before it was agreed"
        await seat.write("depois")
        await seat.press("enter")
        await seat.arrives_at(ConfirmScreen)
        await seat.press("s")
        await is_told(seat, second, "começou.", DOING)
        kept = desk.local.timers.get(task_target(first.id))
        assert kept is not None
        assert (kept.state, kept.minutes(desk.clock())) == (TimerState.STOPPED, 40)


async def test_a_running_timer_of_a_task_one_no_longer_sees_stands_in_nobodys_way(
    running: Running, tmp_path: Path
) -> None:
    desk = Desk(settings_for(running, tmp_path, tasks=TaskSettings(in_progress=DOING)), running.clock)
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        await seat.until(lambda: seat.app.tasks.as_of and not seat.app.tasks.loading, "read the tasks")
        first, _ = await to_be_begun(desk)
        await remote(desk).update(first.id, TaskChanges(assigned_to_id=None), seen=None)
        await desk.disk(desk.local.timers.start, task_target(987654))
        pass_minutes(running, 5)
        await goes_to(seat, first)
        await seat.press("i")
        await seat.hears("Pausado: tarefa #987654 (não se vê).")
        assert "A tarefa não está com ninguém: a situação dela fica." in seat.said()
        assert [timer.target for timer in desk.local.timers.running()] == [task_target(first.id)]
        unseen = desk.local.timers.get(task_target(987654))
        assert unseen is not None
        assert unseen.minutes(desk.clock()) == 5, "no minute of it is lost"
