"""Time that our client logs: the same on the real Redmine and on the sandbox."""

from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal

import pytest

from clients.errors import Forbidden, NotFound, Rejected
from clients.models.mark import mark
from clients.models.spent_time import NewTime, SpentTime, TimeChanges
from clients.models.task_faults import faults_of
from clients.models.written import Written
from clients.redmine import Redmine
from tests.support.redmine_lab import Lab

pytestmark = [pytest.mark.contract, pytest.mark.xdist_group("redmine"), pytest.mark.anyio]

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
SUPPORT, TRAINING = 10, 11


@pytest.fixture
async def redmine(lab: Lab) -> AsyncIterator[Redmine]:
    client = lab.client()
    yield client
    client.close()


@pytest.fixture
def task_id(lab: Lab) -> int:
    return int(lab.create()["id"])


def worked(task_id: int, hours: str, day: date = MONDAY, **more: object) -> NewTime:
    return NewTime.model_validate(
        {"task_id": task_id, "hours": Decimal(hours), "spent_on": day, "comments": "Atendimento", **more}
    )


def record(written: Written[SpentTime]) -> SpentTime:
    assert written.trouble is None
    assert written.record is not None
    return written.record


@pytest.mark.parametrize(("hours", "shown"), [("1.5", 1.5), ("0.0833", 0.08), ("24", 24.0), ("0.25", 0.25)])
async def test_hours_are_logged_as_decimals(redmine: Redmine, task_id: int, hours: str, shown: float) -> None:
    written = await redmine.log_time(worked(task_id, hours, activity_id=TRAINING))
    entry = record(written)
    assert (written.dropped, written.id) == ((), entry.id)
    assert (entry.hours, entry.spent_on, entry.activity.id) == (shown, MONDAY, TRAINING)
    assert entry.user.id == (await redmine.current_user()).id
    assert entry.issue is not None
    assert entry.issue.id == task_id


async def test_time_without_an_activity_is_the_default_one_s(redmine: Redmine, task_id: int) -> None:
    assert record(await redmine.log_time(worked(task_id, "1"))).activity.id == SUPPORT


@pytest.mark.parametrize("hours", ["0", "-1", "24.01", "90"])
async def test_hours_that_no_day_has_are_not_sent(redmine: Redmine, task_id: int, hours: str) -> None:
    with pytest.raises(Rejected, match="horas"):
        await redmine.log_time(worked(task_id, hours))
    assert await redmine.spent_times(task_id) == ()


async def test_a_comment_that_is_too_long_is_not_sent(redmine: Redmine, task_id: int) -> None:
    assert record(await redmine.log_time(worked(task_id, "1", comments="ã" * 1024))).comments == "ã" * 1024
    with pytest.raises(Rejected, match="1024"):
        await redmine.log_time(worked(task_id, "1", comments="ã" * 1025))


async def test_time_that_the_server_refuses(lab: Lab, redmine: Redmine, task_id: int) -> None:
    with pytest.raises(Rejected) as refusal:
        await redmine.log_time(worked(task_id, "1", activity_id=999))
    assert [fault.fields for fault in faults_of(refusal.value.sentences)] == [("activity_id",)]
    for elsewhere in (lab.closed_issue, 99_999_999):
        with pytest.raises(Rejected):
            await redmine.log_time(worked(elsewhere, "1"))


async def test_time_is_listed_by_task_day_and_person(lab: Lab, redmine: Redmine, task_id: int) -> None:
    first = (await redmine.log_time(worked(task_id, "1"))).id
    second = (await redmine.log_time(worked(task_id, "2", TUESDAY))).id
    theirs = {"issue_id": task_id, "hours": 3, "spent_on": MONDAY.isoformat()}
    answer = lab.ask("POST", "/time_entries.json", key=lab.colleague_key, body={"time_entry": theirs})
    third = answer.json()["time_entry"]["id"]
    assert [entry.id for entry in await redmine.spent_times(task_id)] == [second, first]
    assert [entry.id for entry in await redmine.spent_times(task_id, since=TUESDAY)] == [second]
    assert [entry.id for entry in await redmine.spent_times(task_id, until=MONDAY)] == [first]
    assert {entry.id for entry in await redmine.spent_times(task_id, user=None)} == {first, second, third}
    assert [entry.id for entry in await redmine.spent_times(task_id, user=6)] == [third]
    day = await redmine.spent_times(since=MONDAY, until=TUESDAY)
    assert {first, second} <= {entry.id for entry in day}
    assert {entry.user.id for entry in day} == {(await redmine.current_user()).id}


async def test_time_is_changed_by_its_owner_alone(lab: Lab, redmine: Redmine, task_id: int) -> None:
    entry = record(await redmine.log_time(worked(task_id, "1")))
    written = await redmine.change_time(entry.id, TimeChanges(hours=Decimal("1.00"), comments="Atendimento"))
    assert (written.sent, written.record) == (False, entry)
    wanted = TimeChanges(
        hours=Decimal("0.1667"), spent_on=TUESDAY, activity_id=TRAINING, comments="Visita\nna loja"
    )
    written = await redmine.change_time(entry.id, wanted)
    now = record(written)
    assert (written.sent, written.dropped) == (True, ())
    assert (now.hours, now.spent_on, now.activity.id, now.comments) == (
        0.17,
        TUESDAY,
        TRAINING,
        "Visita na loja",
    )
    colleague = lab.client(key=lab.colleague_key)
    with pytest.raises(Forbidden):
        await colleague.change_time(entry.id, TimeChanges(hours=Decimal(3)))
    with pytest.raises(Forbidden):
        await colleague.remove_time(entry.id)
    colleague.close()


async def test_time_is_taken_back_once(redmine: Redmine, task_id: int) -> None:
    entry = record(await redmine.log_time(worked(task_id, "1")))
    written = await redmine.remove_time(entry.id)
    assert (written.record, written.dropped, written.trouble) == (None, (), None)
    assert await redmine.spent_times(task_id) == ()
    with pytest.raises(NotFound):
        await redmine.remove_time(entry.id)
    with pytest.raises(NotFound):
        await redmine.change_time(entry.id, TimeChanges(hours=Decimal(2)))


async def test_time_is_found_by_its_mark_beyond_the_first_page(
    lab: Lab, redmine: Redmine, task_id: int
) -> None:
    op = "01hq-9c2e"
    marked = (await redmine.log_time(worked(task_id, "0.5", comments=f"Atendimento {mark(op)}"))).id
    for _ in range(101):
        spent = {"issue_id": task_id, "hours": 0.1, "spent_on": TUESDAY.isoformat()}
        assert lab.ask("POST", "/time_entries.json", body={"time_entry": spent}).status_code == 201
    assert [entry.id for entry in await redmine.find_marked_time(task_id, op)] == [marked]
    assert await redmine.find_marked_time(task_id, op + "0") == ()
    assert len(await redmine.spent_times(task_id)) == 102
