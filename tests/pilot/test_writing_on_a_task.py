"""Texts of several lines on a task: a note, and its description."""

from pathlib import Path

import pytest

from clients.sandbox.server import Running
from tests.support.desk import NARROW, at_the_desk, settings_for
from tests.support.tasks_mode import BY, colleague, goes_to_the_tasks, under
from tui.desk import Desk
from tui.drafts import description_key
from tui.screens.last_look import WorkScreen
from tui.screens.pick import PickScreen
from tui.screens.task_description import DescriptionScreen
from tui.screens.task_difference import DifferenceScreen
from tui.screens.task_note import NoteScreen
from tui.screens.tasks import TasksScreen
from widgets.inputs import TextBox

pytestmark = pytest.mark.anyio


async def test_a_note_of_several_lines_is_kept_with_who_may_read_it_and_goes_to_the_task(
    running: Running, tmp_path: Path
) -> None:
    async with at_the_desk(running, tmp_path, NARROW) as seat:
        await goes_to_the_tasks(seat)
        task = await under(seat)
        await seat.press("n")
        await seat.arrives_at(NoteScreen)
        await seat.sees("NOTA PÚBLICA", f"tarefa {task.id} · ")
        await seat.write("liguei ao cliente\nvolto amanhã")
        await seat.press("f6")
        await seat.sees("NOTA PRIVADA")
        await seat.press("escape")
        await seat.arrives_at(TasksScreen)
    async with at_the_desk(running, tmp_path) as seat:
        await goes_to_the_tasks(seat)
        await seat.press("n")
        await seat.arrives_at(NoteScreen)
        await seat.sees("NOTA PRIVADA", "volto amanhã", "você deixou antes")
        await seat.press("f9")
        await seat.arrives_at(WorkScreen)
        await seat.sees("NOTA PRIVADA", "│ liguei ao cliente", "│ volto amanhã")
        await seat.press("enter", "enter")
        await seat.hears("nota privada gravada")
        note = (await under(seat)).journals[-1]
        assert (note.notes, note.private_notes) == ("liguei ao cliente\nvolto amanhã", True)
        await seat.press("n")
        await seat.arrives_at(NoteScreen)
        await seat.sees("NOTA PÚBLICA")
        assert not seat.app.screen.query_one(TextBox).text, "what was written is no draft any more"


async def test_a_description_is_rewritten_over_nobodys_change(running: Running, tmp_path: Path) -> None:
    desk = Desk(settings_for(running, tmp_path), running.clock)
    async with at_the_desk(running, tmp_path, NARROW, desk=desk) as seat:
        await goes_to_the_tasks(seat)
        task = await under(seat)
        await seat.press("e")
        await seat.arrives_at(PickScreen)
        await seat.write("descri")
        await seat.press("enter")
        await seat.arrives_at(DescriptionScreen)
        await seat.press("down", "down", "end", "enter")
        await seat.write("Testado hoje.")
        mine = seat.app.screen.query_one(TextBox).text
        theirs = f"{task.description}\nEspere a versão 12."
        colleague(running, "PUT", f"/issues/{task.id}.json", {"issue": {"description": theirs}})
        await seat.press("f9")
        await seat.arrives_at(DifferenceScreen)
        await seat.sees(f"{BY} a mudou enquanto você escrevia", "+ Testado hoje.", "- Espere a versão 12.")
        await seat.press("n")
        await seat.arrives_at(TasksScreen)
        assert (await under(seat)).description == theirs, "nothing was written over it"

        await seat.press("e")
        await seat.arrives_at(PickScreen)
        await seat.write("descri")
        await seat.press("enter")
        await seat.arrives_at(DescriptionScreen)
        await seat.sees("você deixou antes")
        assert seat.app.screen.query_one(TextBox).text == mine
        await seat.press("down", "down", "down", "end")
        await seat.write(" Ok.")
        await seat.press("f9")
        await seat.arrives_at(DifferenceScreen)
        await seat.sees("Mudar a descrição", "+ Testado hoje. Ok.")
        await seat.press("s")
        await seat.hears("descrição mudada")
        assert (await under(seat)).description.endswith("Testado hoje. Ok.")
        await desk.saver.flush()
        assert desk.local.drafts.load(description_key(task.id)) is None
