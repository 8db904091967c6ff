"""An entry of one's own changed and taken back through the flow engine, exactly once, on both Redmines."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from clients.errors import NotFound
from clients.models.mark import mark
from clients.models.spent_time import NewTime, SpentTime
from clients.models.worked import minutes_of, told_of
from clients.store import Store
from tests.support.clock import Clock
from tests.support.cutting_proxy import When
from tests.support.redmine_flows import FlowDesk, flow_desk
from tests.support.redmine_lab import Lab
from tui.flows.engine import Refused
from tui.flows.entries import change_step, removal_step
from tui.flows.hours import TaskTime, task_time_step
from tui.flows.remotes import redmine_remotes
from tui.intent import Step

pytestmark = [pytest.mark.contract, pytest.mark.xdist_group("redmine"), pytest.mark.anyio]
MONDAY, TUESDAY, TRAINING = date(2026, 3, 2), date(2026, 3, 3), 11
MARK = mark("01hq-9c2e")


@pytest.fixture
async def desk(lab: Lab, store: Store, clock: Clock) -> AsyncIterator[FlowDesk]:
    with flow_desk(lab, store, clock) as desk:
        yield desk


async def logged(desk: FlowDesk) -> SpentTime:
    """An hour on a task of its own."""
    task = int(desk.lab.create()["id"])
    new = NewTime(task_id=task, hours=Decimal(1), spent_on=MONDAY, comments=f"Visita {MARK}")
    written = await desk.redmine.log_time(new)
    assert written.record is not None
    return written.record


async def test_all_of_an_entry_is_changed_and_its_mark_kept(desk: FlowDesk) -> None:
    entry = await logged(desk)
    step = change_step(
        entry, minutes=25, activity_id=TRAINING, activity="T", spent_on=TUESDAY, comments="Loja"
    )
    assert (await desk.does(step)).is_done
    now = await desk.redmine.spent_time(entry.id)
    assert (minutes_of(now), now.activity.id, now.spent_on) == (25, TRAINING, TUESDAY)
    assert (told_of(now), now.comments) == ("Loja", f"Loja {MARK}")


async def test_what_is_so_already_is_no_step(desk: FlowDesk) -> None:
    entry = await logged(desk)
    same = change_step(entry, minutes=60, activity_id=entry.activity.id, spent_on=MONDAY, comments="Visita ")
    assert same is None


@pytest.mark.parametrize("when", [When.BEFORE, When.AFTER])
async def test_a_lost_answer_to_a_change_is_looked_for(desk: FlowDesk, when: When) -> None:
    entry = await logged(desk)
    desk.cut_at("PUT", when)
    progress = await desk.does(change_step(entry, minutes=5))
    assert desk.line.hit.is_set()
    assert progress.is_done
    assert minutes_of(await desk.redmine.spent_time(entry.id)) == 5
    assert len(desk.line.writes) == (1 if when is When.AFTER else 2)


@pytest.mark.parametrize("when", [When.BEFORE, When.AFTER])
async def test_a_lost_answer_to_taking_back_is_looked_for(desk: FlowDesk, when: When) -> None:
    entry = await logged(desk)
    desk.cut_at("DELETE", when)
    assert (await desk.does(removal_step(entry))).is_done
    with pytest.raises(NotFound):
        await desk.redmine.spent_time(entry.id)
    assert len(desk.line.writes) == (1 if when is When.AFTER else 2)


async def test_an_entry_that_changed_meanwhile_stays_as_it_is(desk: FlowDesk) -> None:
    entry = await logged(desk)
    looked_before = entry.model_copy(update={"updated_on": entry.updated_on - timedelta(minutes=1)})
    for step in (change_step(looked_before, minutes=5), removal_step(looked_before)):
        progress = await desk.does(step)
        assert isinstance(progress.last, Refused)
        assert "agora diz: 1h00" in progress.last.trouble.message
        await desk.flows.give_up(progress.steps[0].workflow)
    assert desk.line.writes.count("DELETE") == 0
    assert await desk.redmine.spent_time(entry.id) == entry


async def test_anothers_entry_is_refused_and_what_is_gone_is_told(desk: FlowDesk) -> None:
    entry = await logged(desk)
    theirs = desk.lab.client(key=desk.lab.colleague_key)
    remotes = redmine_remotes(theirs, lambda *settled: None)
    desk.flows._remotes = remotes
    progress = await desk.does(removal_step(entry))
    assert isinstance(progress.last, Refused)
    assert await desk.redmine.spent_time(entry.id) == entry
    await desk.flows.give_up(progress.steps[0].workflow)
    await desk.redmine.remove_time(entry.id)
    gone = await desk.does(change_step(entry, minutes=5))
    assert isinstance(gone.last, Refused)
    theirs.close()


async def test_a_server_that_refuses_the_activity_is_told(desk: FlowDesk) -> None:
    entry = await logged(desk)
    progress = await desk.does(change_step(entry, activity_id=999, activity="Outra"))
    assert isinstance(progress.last, Refused)
    assert "Atividade" in progress.last.trouble.message


async def test_a_month_of_entries_is_read_page_by_page(desk: FlowDesk) -> None:
    task = int(desk.lab.create()["id"])
    for number in range(103):
        spent = {"issue_id": task, "hours": 0.25, "spent_on": f"2026-04-{number % 28 + 1:02}"}
        answer = desk.lab.ask("POST", "/time_entries.json", body={"time_entry": spent})
        assert answer.status_code == 201
    april = await desk.redmine.spent_times(since=date(2026, 4, 1), until=date(2026, 4, 30))
    assert len([entry for entry in april if entry.issue and entry.issue.id == task]) == 103
    first = await desk.redmine.spent_times(since=date(2026, 4, 1), until=date(2026, 4, 1))
    assert {entry.spent_on for entry in first} == {date(2026, 4, 1)}


async def test_hours_that_the_role_may_not_log_or_change_are_refused_in_words(
    desk: FlowDesk, lab: Lab
) -> None:
    entry = await logged(desk)
    assert entry.issue is not None
    time = TaskTime(task_id=entry.issue.id, minutes=25, spent_on=MONDAY)
    steps: dict[str, list[Step | None]] = {
        "log_time": [task_time_step(time, "task:1")],
        "edit_own_time_entries": [change_step(entry, minutes=5), removal_step(entry)],
    }
    for permission, refused in steps.items():
        with lab.rights.without(permission):
            for step in refused:
                progress = await desk.does(step)
                assert isinstance(progress.last, Refused)
                assert "sem permissão" in progress.last.trouble.message
                await desk.flows.give_up(progress.steps[0].workflow)
    assert await desk.redmine.spent_times(entry.issue.id) == (entry,)
