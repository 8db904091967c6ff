"""Which tickets a task serves, where the settings do not say in which field of it they stand."""

from pathlib import Path

import pytest
import redminelib
from pydantic import SecretStr

from clients.errors import SettingsError
from clients.models.feed import Trouble
from clients.redmine import Redmine
from clients.store import Store
from tests.support.clock import frozen
from tests.support.tasks import task
from tui.disk import Disk
from tui.flows.task_offers import TaskOffers
from tui.settings_tasks import TaskSettings
from tui.task_room import TaskRoom
from tui.task_shelf import TaskShelf

pytestmark = pytest.mark.anyio


class _Reached(Redmine):
    """A server that would answer, were it known what to ask it for."""

    async def ticket_field(self) -> int:
        return self._ticket_field.number(redminelib.Redmine("http://127.0.0.1:9"))


async def test_whoever_asks_for_the_ticket_is_told_which_setting_is_missing(tmp_path: Path) -> None:
    redmine, disk = _Reached("http://127.0.0.1:9", SecretStr("chave"), ticket_field=None), Disk()
    shelf = TaskShelf(Store(tmp_path / "plantao.json"))
    offers, settings = TaskOffers(redmine), TaskSettings()
    room = TaskRoom(redmine, offers, settings, shelf, disk, frozen, lambda error: Trouble("", f"{error}"))
    try:
        assert await room.tickets(task(7)) == (), "a task is shown all the same"
        with pytest.raises(SettingsError, match="campo_ticket"):
            await room.named_tickets(task(7))
    finally:
        redmine.close()
        disk.close()
