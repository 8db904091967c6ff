"""Mode 2 on a task that lacks what Redmine insists on: asked for, and sent with whatever is changed."""

from pathlib import Path

import pytest

from clients.models.task import Task
from clients.sandbox.server import Running
from tests.support.desk import NARROW, Sitting, at_the_desk, settings_for
from tests.support.redmine_rights import SandboxRights
from tests.support.tasks_mode import goes_to_the_tasks, pane, under
from tui.desk import Desk
from tui.screens.confirm import ConfirmScreen
from tui.screens.last_look import WorkScreen
from tui.screens.line import LineScreen
from tui.screens.pick import PickScreen
from tui.screens.task_description import DescriptionScreen
from tui.screens.task_difference import DifferenceScreen
from tui.screens.task_note import NoteScreen
from tui.screens.tasks import TasksScreen

pytestmark = pytest.mark.anyio
DEMANDING = "Implantação"
"""The tracker on which the sandbox insists on a category and a deadline."""


async def goes_to_one_that_lacks(seat: Sitting) -> Task:
    await goes_to_the_tasks(seat)
    row = next(
        row
        for row in pane(seat).shown
        if row.entry is not None
        and row.entry.task.tracker.name == DEMANDING
        and row.entry.task.category is None
        and row.entry.task.due_date is None
    )
    assert pane(seat).select(row.id)
    return await under(seat)


async def answers(seat: Sitting, day: str) -> None:
    """The category and the deadline that are asked for."""
    await seat.sees("Categoria (o Redmine exige)", "Cadastro")
    assert "(vazio)" not in seat.text()
    await seat.write("integra")
    await seat.press("enter")
    await seat.arrives_at(LineScreen)
    await seat.sees("Data prevista (o Redmine exige)")
    await seat.write(day)
    await seat.press("enter")


async def test_what_redmine_insists_on_goes_with_a_change_of_the_situation(
    running: Running, tmp_path: Path
) -> None:
    desk = Desk(settings_for(running, tmp_path), running.clock)
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        task = await goes_to_one_that_lacks(seat)
        await seat.press("s")
        await seat.arrives_at(PickScreen)
        await seat.write("feedback")
        await seat.press("enter")
        await seat.sees("Categoria (o Redmine exige)")
        await seat.press("escape")
        await seat.arrives_at(TasksScreen)
        assert (await under(seat)).updated_on == task.updated_on, "going back sends nothing"

        await seat.press("s")
        await seat.arrives_at(PickScreen)
        await seat.write("feedback")
        await seat.press("enter")
        await answers(seat, "+10d")
        await seat.arrives_at(ConfirmScreen)
        await seat.sees(f"Situação: {task.status.name} → Feedback", "Categoria: (vazio) → Integração")
        assert desk.redmine is not None
        assert (await desk.redmine.task(task.id)).updated_on == task.updated_on, "seen before it is sent"
        await seat.press("s")
        await seat.hears(f"Situação: {task.status.name} → Feedback; Categoria: (vazio) → Integração")
        now = await under(seat)
        assert (now.status.name, now.category and now.category.name) == ("Feedback", "Integração")
        assert now.due_date is not None
        assert len(now.journals) == len(task.journals) + 1, "in one request"


async def test_what_redmine_insists_on_since_lately_is_asked_for_after_the_first_refusal(
    running: Running, tmp_path: Path
) -> None:
    desk = Desk(settings_for(running, tmp_path), running.clock)
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        await goes_to_the_tasks(seat)
        row = next(
            row
            for row in pane(seat).shown
            if row.entry is not None
            and row.entry.task.tracker.name == "Bug"
            and row.entry.task.category is None
        )
        assert pane(seat).select(row.id)
        assert desk.offers is not None
        await desk.offers.form((await under(seat)).project.id, "Bug", new=True)
        with SandboxRights().demanding_bugs():
            await seat.press("e")
            await seat.arrives_at(PickScreen)
            await seat.write("terminado")
            await seat.press("enter")
            await seat.sees("% Terminado", "90%")
            await seat.write("90%")
            await seat.press("enter")
            await seat.hears("Categoria não pode ficar vazio")
            await seat.press("e")
            await seat.arrives_at(PickScreen)
            await seat.write("terminado")
            await seat.press("enter")
            await seat.sees("% Terminado", "90%")
            await seat.write("90%")
            await seat.press("enter")
            await seat.sees("Categoria (o Redmine exige)")


async def test_what_redmine_insists_on_goes_with_a_note_and_going_back_keeps_the_text(
    running: Running, tmp_path: Path
) -> None:
    desk = Desk(settings_for(running, tmp_path), running.clock)
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        task = await goes_to_one_that_lacks(seat)
        await seat.press("n")
        await seat.arrives_at(NoteScreen)
        await seat.write("liguei ao cliente")
        await seat.press("f9")
        await seat.sees("Categoria (o Redmine exige)")
        await seat.press("escape")
        await seat.arrives_at(NoteScreen)
        await seat.sees("liguei ao cliente")
        await seat.press("escape")
        await seat.arrives_at(TasksScreen)
        assert (await under(seat)).updated_on == task.updated_on

        await seat.press("n")
        await seat.arrives_at(NoteScreen)
        await seat.sees("liguei ao cliente", "você deixou antes")
        await seat.press("f9")
        await answers(seat, "amanhã")
        await seat.arrives_at(WorkScreen)
        await seat.sees("│ liguei ao cliente", "Categoria: (vazio) → Integração", "Data prevista: (vazio) →")
        await seat.press("enter", "enter")
        await seat.hears("nota gravada; Categoria: (vazio) → Integração; Data prevista: (vazio) →")
        now = await under(seat)
        assert (now.journals[-1].notes, now.category and now.category.name) == (
            "liguei ao cliente",
            "Integração",
        )
        assert len(now.journals) == len(task.journals) + 1, "in one request"


async def test_what_redmine_insists_on_goes_with_a_description(running: Running, tmp_path: Path) -> None:
    desk = Desk(settings_for(running, tmp_path), running.clock)
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        task = await goes_to_one_that_lacks(seat)
        await seat.press("e")
        await seat.arrives_at(PickScreen)
        await seat.write("descri")
        await seat.press("enter")
        await seat.arrives_at(DescriptionScreen)
        await seat.write("Testado hoje. ")
        await seat.press("f9")
        await answers(seat, "+10d")
        await seat.arrives_at(DifferenceScreen)
        await seat.sees("Vai junto, porque o Redmine exige: Categoria: (vazio) → Integração")
        await seat.press("s")
        await seat.hears("descrição mudada; Categoria: (vazio) → Integração")
        now = await under(seat)
        assert now.description.startswith("Testado hoje. ")
        assert (now.category and now.category.name, now.due_date is not None) == ("Integração", True)
        assert len(now.journals) == len(task.journals) + 1, "in one request"
