"""Mode 2 on either Redmine: a task begun, left for another and stopped, by key alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.models.timer import task_target
from clients.sandbox.server import Running, running_sandbox
from tests.support.desk import NARROW, Sitting, at_the_desk, settings_for
from tests.support.redmine_lab import MANY_FIELD, Lab
from tui.desk import Desk
from tui.screens.confirm import ConfirmScreen
from tui.screens.duration import TimeScreen
from tui.screens.last_look import WorkScreen
from tui.screens.line import LineScreen
from tui.screens.pick import PickScreen
from tui.screens.task_note import NoteScreen
from tui.screens.tasks import TasksScreen
from tui.settings import RedmineSettings
from tui.settings_tasks import TaskSettings

pytestmark = [pytest.mark.contract, pytest.mark.xdist_group("redmine"), pytest.mark.anyio]

DOING, STOPPED = "Em homologação", "Feedback"
"""Not «Em andamento», which the data that both are seeded with has the analyst at by the dozen."""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), tickets=8) as running:
        yield running


def desk_on(running: Running, lab: Lab, folder: Path) -> Desk:
    redmine = RedmineSettings.model_validate(
        {"url": lab.url, "chave": SecretStr(lab.key), "campo_ticket": MANY_FIELD}
    )
    tasks = TaskSettings(in_progress=DOING, stopped=STOPPED)
    return Desk(settings_for(running, folder, redmine=redmine, tasks=tasks), running.clock)


def given(lab: Lab, subject: str) -> int:
    me = lab.ask("GET", "/users/current.json").json()["user"]["id"]
    return int(lab.create(subject=subject, assigned_to_id=me)["id"])


def at_none(lab: Lab) -> None:
    """Nothing of the seeded data is in progress."""
    doing = next(
        one["id"]
        for one in lab.ask("GET", "/issue_statuses.json").json()["issue_statuses"]
        if one["name"] == DOING
    )
    for row in lab.rows(assigned_to_id="me", status_id=doing, limit=100):
        lab.ask("PUT", f"/issues/{row['id']}.json", body={"issue": {"assigned_to_id": ""}})
    assert lab.rows(assigned_to_id="me", status_id=doing) == []


async def begins(seat: Sitting, number: int) -> None:
    screen = seat.app.screen
    assert isinstance(screen, TasksScreen)
    await seat.until(lambda: screen.pane.select(number), f"listed {number}")
    await seat.press("i")


async def answers_the_time(seat: Sitting, comment: str) -> None:
    await seat.arrives_at(TimeScreen)
    await seat.press("enter")
    await seat.arrives_at(PickScreen)
    await seat.press("enter")
    await seat.arrives_at(LineScreen)
    await seat.write(comment)
    await seat.press("enter")
    await seat.arrives_at(ConfirmScreen)


async def fills_in_what_is_required(seat: Sitting) -> None:
    await seat.sees("Categoria (o Redmine exige)")
    await seat.write("integra")
    await seat.press("enter")
    await seat.sees("Data prevista (o Redmine exige)")
    await seat.write("+10d")
    await seat.press("enter")


async def test_what_redmine_insists_on_is_asked_for_and_goes_with_the_change(
    running: Running, lab: Lab, tmp_path: Path
) -> None:
    at_none(lab)
    first, second = given(lab, "Etiqueta em branco"), given(lab, "Boleto sem código")
    with lab.rights.demanding_bugs():
        async with at_the_desk(running, tmp_path, NARROW, desk=desk_on(running, lab, tmp_path)) as seat:
            await seat.until(lambda: seat.app.tasks.as_of and not seat.app.tasks.loading, "read the tasks")
            await seat.press("2")
            await seat.arrives_at(TasksScreen)
            await begins(seat, first)
            await fills_in_what_is_required(seat)
            await seat.arrives_at(ConfirmScreen)
            await seat.sees(f"Situação: Nova → {DOING};", "Categoria: (vazio) → Integração; Data prevista:")
            assert lab.issue(first)["status"]["name"] == "Nova"
            await seat.press("s")
            await seat.hears(f"tarefa {first} · começou.")

            screen = seat.app.screen
            assert isinstance(screen, TasksScreen)
            await seat.until(lambda: screen.pane.select(second), f"listed {second}")
            await seat.press("n")
            await seat.arrives_at(NoteScreen)
            await seat.write("liguei ao cliente")
            await seat.press("f9")
            await fills_in_what_is_required(seat)
            await seat.arrives_at(WorkScreen)
            await seat.sees("│ liguei ao cliente", "Categoria: (vazio) → Integração")
            await seat.press("enter", "enter")
            await seat.hears("nota gravada; Categoria: (vazio) → Integração")
    for number in (first, second):
        row = lab.issue(number, "journals")
        assert row["category"]["name"] == "Integração"
        assert row["due_date"]
        assert len(row["journals"]) == 1, "all of it in one request"


async def test_one_begins_a_task_leaves_it_for_another_and_stops(
    running: Running, lab: Lab, tmp_path: Path
) -> None:
    at_none(lab)
    first, second = given(lab, "Etiqueta em branco"), given(lab, "Boleto sem código")
    desk = desk_on(running, lab, tmp_path)
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        await seat.until(lambda: seat.app.tasks.as_of and not seat.app.tasks.loading, "read the tasks")
        await seat.press("2")
        await seat.arrives_at(TasksScreen)

        await begins(seat, first)
        await seat.arrives_at(ConfirmScreen)
        await seat.sees(f"Situação: Nova → {DOING}", "passa a contar")
        await seat.press("s")
        await seat.hears(f"tarefa {first} · começou.")
        assert lab.issue(first)["status"]["name"] == DOING

        running.knobs.clock.offset_seconds += 60 * 25
        await begins(seat, second)
        await seat.arrives_at(PickScreen)
        await seat.sees(f"Você está na tarefa {first}", "0h25")
        await seat.press("enter")
        await answers_the_time(seat, "liguei ao cliente")
        await seat.sees(f"Registrar 0h25 na tarefa {first}", f"{DOING} → {STOPPED}")
        await seat.press("s")
        await seat.hears(f"tarefa {second} · começou; registrado: 0h25 na {first}.")
        assert [lab.issue(one)["status"]["name"] for one in (first, second)] == [STOPPED, DOING]

        running.knobs.clock.offset_seconds += 60 * 10
        await begins(seat, second)
        await seat.arrives_at(PickScreen)
        await seat.sees("Parar e registrar o tempo")
        await seat.press("enter")
        await answers_the_time(seat, "conferi o log")
        await seat.press("s")
        await seat.hears(f"tarefa {second} · parou; registrado: 0h10 na {second}.")
        assert lab.issue(second)["status"]["name"] == STOPPED
        assert task_target(second) not in [timer.target for timer in desk.local.timers.list()]
    times = [lab.ask("GET", "/time_entries.json", {"issue_id": one}).json() for one in (first, second)]
    hours = [[round(60 * one["hours"]) for one in each["time_entries"]] for each in times]
    assert hours == [[25], [10]], "each minute once"
