"""The tasks one has to do with, kept equal: the same on the real Redmine and on the sandbox."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clients.models.feed import Feed
from clients.models.task_news import TaskNews
from clients.models.task_views import TaskEntry
from clients.store import Store
from tests.support.redmine_lab import Lab
from tui.disk import Disk
from tui.flows.task_offers import TaskOffers
from tui.task_names import TaskNames
from tui.task_shelf import TaskShelf
from tui.task_sync import TaskSync
from tui.task_teller import TaskTeller

pytestmark = [pytest.mark.contract, pytest.mark.xdist_group("redmine"), pytest.mark.anyio]
CLOSED = 5


class Desk:
    def __init__(self, lab: Lab, folder: Path) -> None:
        self.redmine, self.disk = lab.client(), Disk()
        self.store = Store(folder / "plantao.db")
        self.shelf = TaskShelf(self.store)
        self.me = TaskOffers(self.redmine).me
        teller = TaskTeller(self.redmine, TaskNames(self.redmine), self.me)
        self.sync = TaskSync(
            self.redmine,
            self.shelf,
            teller,
            self.disk,
            lambda: datetime.now(UTC),
            self.me,
            concluded_days=30,
        )
        self.feed: Feed[TaskEntry] = Feed()

    async def refresh(self, *, asked_for: bool = False, at_once: bool = False) -> None:
        # the server tells changes by whole seconds
        await asyncio.sleep(0 if at_once else 1.1)
        async for state in self.sync.refresh(self.feed.busy() if asked_for else self.feed):
            self.feed = state

    def entry(self, number: int) -> TaskEntry:
        return next(entry for entry in self.feed.items if entry.id == number)

    def news(self, number: int) -> TaskNews:
        return next(one for one in self.shelf.news() if one.task_id == number)

    def close(self) -> None:
        self.redmine.close()
        self.disk.close()
        self.store.close()


@pytest.fixture
async def desk(lab: Lab, tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk(lab, tmp_path)
    await desk.refresh()
    yield desk
    desk.close()


async def test_all_lists_together_are_what_one_has_to_do_with(desk: Desk) -> None:
    lists = [
        await desk.redmine.tasks(assigned_to="me", status="open"),
        await desk.redmine.tasks(author="me", status="open"),
        await desk.redmine.tasks(watcher="me", status="open"),
    ]
    opened = {entry.id for entry in desk.feed.items if entry.is_open}
    assert opened == {task.id for tasks in lists for task in tasks}
    assert {entry.id for entry in desk.feed.items if entry.watched and entry.is_open} == {
        task.id for task in lists[2]
    }
    assert desk.shelf.news() == ()


async def test_what_a_colleague_does_is_told_by_name(lab: Lab, desk: Desk) -> None:
    number = lab.create(subject="Etiqueta em branco")["id"]
    await desk.refresh()
    who = lab.ask("GET", "/users/current.json", key=lab.colleague_key).json()["user"]
    name = f"{who['firstname']} {who['lastname']}"
    await asyncio.sleep(1.1)
    change = {"issue": {"status_id": CLOSED, "notes": "Publicado na 12.4."}}
    lab.ask("PUT", f"/issues/{number}.json", key=lab.colleague_key, body=change)
    await desk.refresh()
    assert desk.news(number).lines == (f"{name} comentou: «Publicado na 12.4.»", f"concluída por {name}")
    assert desk.news(number).concluded
    assert not desk.entry(number).is_open


async def test_what_the_date_hides_is_found_by_the_round(lab: Lab, desk: Desk) -> None:
    number, other = lab.create(subject="Horas depois")["id"], lab.create(subject="Antes dela")["id"]
    await desk.refresh()
    entry = {"issue_id": number, "hours": 1.5, "activity_id": 10}
    made = lab.ask("POST", "/time_entries.json", key=lab.colleague_key, body={"time_entry": entry})
    assert made.status_code == 201
    await desk.redmine.relate(number, other, "blocked")
    await desk.refresh(asked_for=True)
    assert desk.entry(number).blocked_by == (other,)
    assert desk.news(number).lines[0] == f"espera pela nº {other}"
    assert desk.news(number).lines[1].endswith(" lançou 1h30")


async def test_a_task_that_one_is_made_to_observe_comes_and_goes_with_the_round(lab: Lab, desk: Desk) -> None:
    me = (await desk.redmine.current_user()).id
    body = {"issue": {"project_id": "erp", "tracker_id": 4, "subject": "De um colega"}}
    made = lab.ask("POST", "/issues.json", key=lab.colleague_key, body=body).json()["issue"]
    number = int(made["id"])
    later = {"issue": {**body["issue"], "subject": "Mais tarde"}}
    await asyncio.sleep(3.1)  # beyond what is read again each time
    lab.ask("POST", "/issues.json", key=lab.colleague_key, body=later)
    await desk.refresh()
    before = (await desk.redmine.task(number)).updated_on
    watch = {"user_id": me}
    lab.ask("POST", f"/issues/{number}/watchers.json", key=lab.colleague_key, body=watch)
    assert (await desk.redmine.task(number)).updated_on == before
    await desk.refresh()
    assert number not in {entry.id for entry in desk.feed.items}
    await desk.refresh(asked_for=True)
    assert desk.entry(number).watched
    lab.ask("DELETE", f"/issues/{number}/watchers/{me}.json", key=lab.colleague_key)
    await desk.refresh(asked_for=True)
    assert number not in {entry.id for entry in desk.feed.items}


async def test_a_relation_that_is_taken_off_and_hours_that_shrink_are_found_by_the_round(
    lab: Lab, desk: Desk
) -> None:
    number, other = lab.create(subject="Horas depois")["id"], lab.create(subject="Antes dela")["id"]
    related = await desk.redmine.relate(number, other, "blocked")
    entry = {"issue_id": number, "hours": 1.5, "activity_id": 10}
    made = lab.ask("POST", "/time_entries.json", key=lab.colleague_key, body={"time_entry": entry})
    await desk.refresh(asked_for=True)
    assert (desk.entry(number).blocked_by, desk.entry(number).task.spent_hours) == ((other,), 1.5)
    assert related.id is not None
    assert lab.ask("DELETE", f"/relations/{related.id}.json", key=lab.colleague_key).status_code == 204
    spent = made.json()["time_entry"]["id"]
    lab.ask("DELETE", f"/time_entries/{spent}.json", key=lab.colleague_key)
    await desk.refresh(asked_for=True)
    assert (desk.entry(number).blocked_by, desk.entry(number).task.spent_hours) == ((), 0)
    assert desk.news(number).lines[-1] == f"não espera mais pela nº {other}"


async def test_what_happens_in_the_very_second_that_was_read_is_told(lab: Lab, desk: Desk) -> None:
    def noted(number: int, text: str) -> None:
        change = {"issue": {"notes": text}}
        lab.ask("PUT", f"/issues/{number}.json", key=lab.colleague_key, body=change)

    for _ in range(10):  # until all of it fits into one second
        number = lab.create(subject="Etiqueta em branco")["id"]
        await desk.refresh()
        await asyncio.sleep(1 - datetime.now(UTC).microsecond / 1_000_000)
        noted(number, "Primeira.")
        await desk.refresh(at_once=True)
        known = desk.entry(number).task.updated_on
        noted(number, "Segunda.")
        if (await desk.redmine.task(number)).updated_on == known:
            break
    else:
        pytest.skip("this machine is too busy to do three things within one second")
    await desk.refresh()
    assert [line.rpartition(": ")[2] for line in desk.news(number).lines] == ["«Primeira.»", "«Segunda.»"]
