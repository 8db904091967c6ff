"""What Redmine offers for tasks, where not everything of it may be read."""

import pytest

from clients.errors import Forbidden, NotFound
from clients.models.project import Project
from clients.models.task import Named, RedmineUser
from clients.redmine import Redmine
from tui.flows.task_offers import TaskOffers

pytestmark = pytest.mark.anyio
HELENA, LOCKED, HIDDEN = 6, 7, 8


class Company(Redmine):
    """Two projects; of their people one is locked and one hidden, and who is in the second is not told."""

    def __init__(self) -> None:
        pass

    async def projects(self) -> tuple[Project, ...]:
        return (Project(id=1, name="ERP"), Project(id=2, name="Diretoria"))

    async def members(self, project: int | str) -> tuple[Named, ...]:
        if project == 2:
            raise Forbidden("Redmine", "sem permissão")
        return (Named(id=LOCKED), Named(id=HIDDEN), Named(id=HELENA))

    async def person(self, user_id: int) -> RedmineUser:
        if user_id == LOCKED:
            raise NotFound("Redmine", "usuário bloqueado")
        if user_id == HIDDEN:
            raise Forbidden("Redmine", "sem permissão")
        return RedmineUser(id=user_id, firstname="Helena")


async def test_one_who_is_locked_or_hidden_hides_nobody_else() -> None:
    assert [person.id for person in await TaskOffers(Company()).people()] == [HELENA]
