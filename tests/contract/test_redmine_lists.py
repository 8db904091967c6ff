"""Lists of tasks that views are made of: relations, what was concluded, numbers, what lies below a task."""

from collections.abc import AsyncIterator

import pytest

from clients.models.task_views import blockers
from clients.redmine import Redmine
from tests.support.redmine_lab import Lab

pytestmark = [pytest.mark.contract, pytest.mark.xdist_group("redmine"), pytest.mark.anyio]


@pytest.fixture
async def redmine(lab: Lab) -> AsyncIterator[Redmine]:
    client = lab.client()
    yield client
    client.close()


async def test_a_list_tells_what_blocks_a_task_only_where_it_is_asked_to(lab: Lab, redmine: Redmine) -> None:
    me = (await redmine.current_user()).id
    first, second = [lab.create(subject=f"Ordem {n}", assigned_to_id=me)["id"] for n in (1, 2)]
    await redmine.relate(second, first, "blocked")
    asked = await redmine.tasks(assigned_to="me", status="open", with_relations=True)
    held = {task.id: blockers(task) for task in asked}
    assert (held[second], held[first]) == ((first,), ())
    plain = await redmine.tasks(assigned_to="me", status="open")
    assert [task.id for task in plain] == [task.id for task in asked]
    assert not any(task.relations for task in plain)


async def test_the_newest_change_is_anybodys(lab: Lab, redmine: Redmine) -> None:
    body = {"issue": {"project_id": "erp", "tracker_id": 4, "subject": "De um colega"}}
    made = lab.ask("POST", "/issues.json", key=lab.colleague_key, body=body).json()["issue"]
    newest = await redmine.newest_change()
    assert newest == (await redmine.task(made["id"])).updated_on


async def test_what_updated_on_hides(lab: Lab, redmine: Redmine) -> None:
    me = (await redmine.current_user()).id
    number, other = lab.create(subject="Horas depois")["id"], lab.create(subject="Antes dela")["id"]
    before = await redmine.task(number)
    assert before.spent_hours == 0
    entry = {"issue_id": number, "hours": 1.5, "activity_id": 10}
    assert lab.ask("POST", "/time_entries.json", body={"time_entry": entry}).status_code == 201
    await redmine.watch(number, me)
    await redmine.relate(number, other, "blocked")
    (listed,) = [task for task in await redmine.tasks(author="me", with_relations=True) if task.id == number]
    assert listed.updated_on == before.updated_on
    assert (listed.spent_hours, blockers(listed)) == (1.5, (other,))
    assert number in {task.id for task in await redmine.tasks(watcher="me")}


async def test_tasks_by_number_are_those_one_sees(lab: Lab, redmine: Redmine) -> None:
    opened, closed = [lab.create(subject=f"Nº {n}")["id"] for n in (1, 2)]
    lab.ask("PUT", f"/issues/{closed}.json", body={"issue": {"status_id": 5}})
    asked = [closed, opened, opened, lab.hidden_issue, 99_999_999]
    assert [task.id for task in await redmine.numbered(asked)] == [opened, closed]
    assert await redmine.numbered([]) == ()
    many = [task.id for task in await redmine.tasks()][:150]
    assert [task.id for task in await redmine.numbered(many)] == many


async def test_what_lies_below_a_task(lab: Lab, redmine: Redmine) -> None:
    above = lab.create(subject="Planejamento do trimestre")["id"]
    below = [lab.create(subject=f"Parte {n}", parent_issue_id=above, estimated_hours=n)["id"] for n in (1, 2)]
    lab.create(subject="Parte da parte", parent_issue_id=below[0])
    lab.ask("PUT", f"/issues/{below[1]}.json", body={"issue": {"status_id": 5}})
    found = await redmine.children(above)
    assert [(task.id, task.status.is_closed) for task in found] == [(below[0], False), (below[1], True)]
    assert await redmine.children(below[1]) == ()
