"""What our client makes of a Redmine: the same on the real one and on the sandbox."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from clients.errors import Forbidden, NotFound, Rejected, SettingsError, Unauthorized
from clients.models.task import Task
from clients.redmine import Redmine
from tests.support.redmine_lab import (
    MANY_FIELD,
    NUMBER_FIELD,
    STRANGERS_KEY,
    TEXT_FIELD,
    UNFILTERED_FIELD,
    Lab,
)

pytestmark = [pytest.mark.contract, pytest.mark.xdist_group("redmine"), pytest.mark.anyio]


@pytest.fixture
async def redmine(lab: Lab) -> AsyncIterator[Redmine]:
    client = lab.client()
    yield client
    client.close()


async def test_the_check_names_the_owner_of_the_key(lab: Lab, redmine: Redmine) -> None:
    owner = await redmine.check()
    wire = lab.ask("GET", "/users/current.json").json()["user"]
    assert (owner.id, owner.login) == (wire["id"], wire["login"])
    assert owner.name == f"{wire['firstname']} {wire['lastname']}"
    assert await redmine.current_user() == owner
    assert wire["api_key"] not in repr(owner)


async def test_a_wrong_key_is_refused_and_not_shown(lab: Lab) -> None:
    with pytest.raises(Unauthorized) as refusal:
        await lab.client(key=STRANGERS_KEY).check()
    assert refusal.value.status == 401
    assert STRANGERS_KEY not in repr(refusal.value)


async def test_the_words_of_the_server(redmine: Redmine) -> None:
    statuses = {status.name: status.is_closed for status in await redmine.statuses()}
    assert statuses["Nova"] is False
    assert statuses["Cancelada"] is True
    assert {"Bug", "Treinamento/Orientação"} <= {tracker.name for tracker in await redmine.trackers()}
    priorities = await redmine.priorities()
    assert [priority.name for priority in priorities if priority.is_default] == ["Normal"]
    activities = await redmine.activities()
    assert "Plantão" in {activity.name for activity in activities if activity.active}


async def test_a_walk_by_small_pages_finds_every_task_once(lab: Lab, redmine: Redmine) -> None:
    mine = lab.ask("GET", "/issues.json", {"assigned_to_id": "me", "status_id": "*"}).json()["total_count"]
    pages = [page async for page in redmine.pages(assigned_to="me", limit=7)]
    ids = [task.id for page in pages for task in page]
    assert len(ids) == mine > 14
    assert ids == sorted(set(ids))
    assert max(map(len, pages)) == 7
    assert [task.id for task in await redmine.tasks(assigned_to="me")] == ids


async def test_tasks_of_one_person_by_what_they_are_to_them(redmine: Redmine) -> None:
    me = (await redmine.current_user()).id
    assigned = await redmine.tasks(assigned_to="me")
    assert {task.assigned_to.id for task in assigned if task.assigned_to} == {me}
    assert {task.status.is_closed for task in assigned} == {True, False}
    authored = await redmine.tasks(author="me")
    assert {task.author.id for task in authored if task.author} == {me}
    watched = await redmine.tasks(watcher="me")
    assert watched
    assert me in {person.id for person in (await redmine.task(watched[0].id)).watchers}
    assert await redmine.tasks(assigned_to=me) == assigned


async def test_tasks_by_their_situation(redmine: Redmine) -> None:
    opened, closed = [await redmine.tasks(assigned_to="me", status=status) for status in ("open", "closed")]
    assert not any(task.status.is_closed for task in opened)
    assert all(task.status.is_closed for task in closed)
    both = await redmine.tasks(assigned_to="me")
    assert {task.id for task in both} == {task.id for task in (*opened, *closed)}
    one = opened[0].status.id
    found = await redmine.tasks(assigned_to="me", status=one)
    assert {task.status.id for task in found} == {one}


async def test_what_changed_since_an_instant_includes_that_instant(redmine: Redmine) -> None:
    known = sorted(await redmine.tasks(assigned_to="me"), key=lambda task: task.updated_on)
    middle = known[len(known) // 2].updated_on
    expected = {task.id for task in known if task.updated_on >= middle}
    brasilia = middle.astimezone(timezone(timedelta(hours=-3)))
    found = await redmine.tasks(assigned_to="me", updated_since=brasilia)
    assert {task.id for task in found} == expected
    assert await redmine.tasks(updated_since=datetime.now(UTC) + timedelta(days=1)) == ()


async def test_what_was_closed_since_an_instant_is_without_what_was_opened_again(
    lab: Lab, redmine: Redmine
) -> None:
    numbers = [lab.create(subject=f"Concluída {place}")["id"] for place in range(3)]
    for number in numbers[1:]:
        lab.ask("PUT", f"/issues/{number}.json", body={"issue": {"status_id": 5}})
    lab.ask("PUT", f"/issues/{numbers[2]}.json", body={"issue": {"status_id": 2}})
    again, closed = await redmine.task(numbers[2]), await redmine.task(numbers[1])
    assert again.closed_on is not None
    assert closed.closed_on is not None

    since = min(again.closed_on, closed.closed_on)
    asked = since.astimezone(timezone(timedelta(hours=-3)))
    every = {task.id for task in await redmine.tasks(author="me", closed_since=asked)}
    assert every.issuperset(numbers[1:])
    assert numbers[0] not in every
    found = await redmine.tasks(author="me", status="closed", closed_since=asked)
    assert numbers[1] in {task.id for task in found}
    assert numbers[2] not in {task.id for task in found}
    assert all(task.closed_on is not None and task.closed_on >= since for task in found)
    observed = await redmine.tasks(watcher="me", status="closed", closed_since=asked)
    assert numbers[1] in {task.id for task in observed}
    late = datetime.now(UTC) + timedelta(days=1)
    assert await redmine.tasks(status="closed", closed_since=late) == ()


async def test_a_task_concluded_again_is_concluded_since_then(lab: Lab, redmine: Redmine) -> None:
    number, ended = lab.create(subject="Concluída duas vezes")["id"], list[datetime]()
    for status in (5, 2, 5):
        lab.ask("PUT", f"/issues/{number}.json", body={"issue": {"status_id": status}})
        task = await redmine.task(number)
        assert task.closed_on is not None
        ended.append(task.closed_on)
        await asyncio.sleep(1.1)  # the server tells it by whole seconds
    first, reopened, again = ended
    assert first == reopened < again == task.updated_on


async def test_the_view_has_history_watchers_and_the_situations_allowed(lab: Lab, redmine: Redmine) -> None:
    number = lab.create(subject="Erro na emissão", description="um\ndois")["id"]
    lab.ask("PUT", f"/issues/{number}.json", body={"issue": {"status_id": 2, "notes": "visto\nhoje"}})
    task = await redmine.task(number)
    assert (task.subject, task.description) == ("Erro na emissão", "um\ndois")
    assert task.assigned_to is None
    entry = task.journals[-1]
    assert entry.notes == "visto\nhoje"
    assert {**entry.details[0]} == {
        "property": "attr",
        "name": "status_id",
        "old_value": "1",
        "new_value": "2",
    }
    assert [person.id for person in task.watchers] == [(await redmine.current_user()).id]
    allowed = {status.name for status in task.allowed_statuses}
    assert "Fechada" in allowed
    assert "Cancelada" not in allowed


async def test_a_task_that_is_not_there_and_one_that_is_hidden(lab: Lab, redmine: Redmine) -> None:
    with pytest.raises(NotFound):
        await redmine.task(99_999_999)
    with pytest.raises(Forbidden):
        await redmine.task(lab.hidden_issue)
    assert lab.hidden_issue not in {task.id for task in await redmine.tasks()}


async def test_an_address_without_a_redmine_says_so(lab: Lab) -> None:
    astray = Redmine(f"{lab.url}/nada", lab.client()._connection._key)
    with pytest.raises(NotFound, match="não há uma API") as refusal:
        await astray.check()
    assert "endereço" in refusal.value.way_out


def two_tickets(tasks: tuple[Task, ...], field: int) -> Task:
    return next(task for task in tasks if len(task.ticket_ids(field)) == 2)


async def test_the_ticket_field_is_found_by_name_whatever_its_case(lab: Lab) -> None:
    assert await lab.client(ticket_field="FRESHDESK").ticket_field() == lab.field_id(MANY_FIELD)
    assert await lab.client(ticket_field=77).ticket_field() == 77
    with pytest.raises(SettingsError, match=r"“Chamado”.*Freshdesk ticket \(texto\)"):
        await lab.client(ticket_field="Chamado").ticket_field()
    with pytest.raises(SettingsError, match="campo_ticket"):
        await lab.client(ticket_field=None).find_by_ticket(1)


async def test_tasks_of_a_ticket_by_a_field_with_several_ids(lab: Lab, redmine: Redmine) -> None:
    field = await redmine.ticket_field()
    task = two_tickets(await redmine.tasks(), field)
    for ticket in task.ticket_ids(field):
        assert task.id in {found.id for found in await redmine.find_by_ticket(ticket)}


@pytest.mark.parametrize("name", [NUMBER_FIELD, TEXT_FIELD, MANY_FIELD])
async def test_tasks_of_a_ticket_are_those_that_name_it(lab: Lab, name: str) -> None:
    field, ticket = lab.field_id(name), 7_654_321
    longer = lab.create(custom_fields=[{"id": field, "value": f"{ticket}9"}])
    exact = lab.create(custom_fields=[{"id": field, "value": str(ticket)}])
    lab.ask("PUT", f"/issues/{exact['id']}.json", body={"issue": {"status_id": 5}})
    redmine = lab.client(ticket_field=name)
    for _ in range(2):  # the second time it knows what kind of field it is
        assert [task.id for task in await redmine.find_by_ticket(ticket)] == [exact["id"]]
    assert longer["id"] in {task.id for task in await redmine.find_by_ticket(ticket * 10 + 9)}
    assert await redmine.find_by_ticket(31_337_000) == ()
    assert await redmine.filter_works()


async def test_a_field_that_is_no_filter_never_names_a_strangers_task(lab: Lab) -> None:
    redmine = lab.client(ticket_field=UNFILTERED_FIELD)
    assert not await redmine.filter_works()
    with pytest.raises(Rejected, match="ignorado") as refusal:
        await redmine.find_by_ticket(31_337_000)
    assert "Usado como filtro" in refusal.value.way_out


async def test_a_field_that_does_not_exist_never_names_a_strangers_task(lab: Lab) -> None:
    redmine = lab.client(ticket_field=999)
    assert not await redmine.filter_works()
    with pytest.raises(Rejected, match="ignorado"):
        await redmine.find_by_ticket(100_001)


async def test_on_an_open_redmine_a_wrong_key_is_noticed_before_any_list(lab: Lab) -> None:
    lab.open_to_strangers()
    answer = lab.ask("GET", "/issues.json", {"assigned_to_id": "me"}, key=STRANGERS_KEY)
    assert (answer.status_code, answer.json()["total_count"]) == (200, 0)
    assert lab.ask("GET", "/issues.json", key=STRANGERS_KEY).json()["total_count"] > 0
    assert lab.ask("GET", "/users/current.json", key=STRANGERS_KEY).status_code == 401
    assert lab.ask("PUT", "/issues/1.json", key=STRANGERS_KEY, body={"issue": {}}).status_code == 401
    redmine = lab.client(key=STRANGERS_KEY)
    for _ in range(2):
        with pytest.raises(Unauthorized):
            await redmine.tasks(assigned_to="me")
