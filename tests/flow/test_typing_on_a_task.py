"""What is typed on a task is taken as it stands there, and of two begun notes none is lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from clients.models.task import CustomField
from clients.redmine import Redmine
from tests.support.asker import Asker, types
from tests.support.clock import Clock
from tui.desk import Desk
from tui.drafts import task_note_key
from tui.screens.task_note import TaskNotes
from tui.screens.task_values import TaskValues
from tui.settings import Settings

pytestmark = pytest.mark.anyio


class Unasked(Redmine):
    """Nothing is asked of it."""

    def __init__(self) -> None:
        """No connection."""


@pytest.fixture
async def desk(tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    desk = Desk(Settings(state_folder=tmp_path), clock)
    await desk.open()
    yield desk
    await desk.close()


async def test_a_comma_is_a_part_of_a_value(desk: Desk) -> None:
    cities = CustomField(id=9, name="Cidades", multiple=True, values=("São Paulo, SP", "Curitiba"))
    asker = Asker(desk, types("São Paulo, SP; Curitiba; Londrina"))
    chosen = await TaskValues(asker.app).own("Cidades", cities, None, optional=True)
    assert chosen == ("São Paulo, SP", "Curitiba", "Londrina")
    assert asker.asked[0][1] == "São Paulo, SP; Curitiba"


async def test_a_private_and_a_public_note_that_were_begun_become_one_for_the_few(desk: Desk) -> None:
    drafts = desk.local.drafts
    drafts.save(task_note_key(812, private=True), "Só entre nós.")
    drafts.save(task_note_key(812, private=False), "Publicado na 12.4.")
    notes = TaskNotes(Asker(desk).app, Unasked())
    assert await notes._begun(812) == ("Só entre nós.\n\nPublicado na 12.4.", True)
    await desk.saver.flush()
    assert await notes._begun(812) == ("Só entre nós.\n\nPublicado na 12.4.", True), "and stays so"
