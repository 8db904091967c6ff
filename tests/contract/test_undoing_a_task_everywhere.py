"""The last change of a task taken back by the history that the server keeps: the same on both Redmines."""

from collections.abc import AsyncIterator

import pytest

from clients.models.task_changes import TaskChanges, difference
from clients.models.task_words import TaskWords
from clients.store import Store
from tests.support.clock import Clock
from tests.support.redmine_flows import FlowDesk, flow_desk
from tests.support.redmine_lab import MANY_FIELD, Lab
from tui.flows.task_undoing import undo_last_edit
from tui.flows.tasks import TaskEdit, edit_step
from tui.flows.undoing import ChangedSince, NothingToUndo

pytestmark = [pytest.mark.contract, pytest.mark.xdist_group("redmine"), pytest.mark.anyio]
STARTED, TRAINING, COLLEAGUE, URGENT = 2, 5, 6, 4


@pytest.fixture
async def desk(lab: Lab, store: Store, clock: Clock) -> AsyncIterator[FlowDesk]:
    with flow_desk(lab, store, clock) as desk:
        yield desk


async def undo(desk: FlowDesk, number: int) -> TaskEdit:
    """Turn the last change round; return what was asked for."""
    task, me = await desk.redmine.task(number), (await desk.redmine.current_user()).id
    edit = undo_last_edit(task, me, TaskWords().of(task))
    progress = await desk.does(edit_step(edit))
    assert (progress.is_done, progress.troubles) == (True, ())
    return edit


@pytest.mark.parametrize(
    "asked",
    [
        {"status_id": STARTED},
        {"tracker_id": TRAINING},
        {"priority_id": URGENT, "done_ratio": 40},
        {"assigned_to_id": COLLEAGUE},
        {"assigned_to_id": None},
        {"fixed_version_id": None},
        {"due_date": "2040-01-02", "start_date": "2026-01-02"},
        {"due_date": None},
        {"subject": "Boleto sem código de barras", "description": "um\ndois"},
        {"description": "numa linha só"},
        {"custom_fields": {4: ("Estoque", "RH"), 9: "100009"}},
        {"custom_fields": {4: (), 9: ""}},
    ],
    ids=str,
)
async def test_each_field_is_as_it_was_before_the_change(desk: FlowDesk, asked: dict[str, object]) -> None:
    form = await desk.redmine.project("erp")
    me = (await desk.redmine.current_user()).id
    made = desk.lab.create(
        description="antes\nde tudo",
        fixed_version_id=form.versions[-1].id,
        assigned_to_id=me,
        start_date="2026-01-05",
        due_date="2039-01-02",
        custom_fields=[
            {"id": 4, "value": ["Fiscal", "Estoque"]},
            {"id": desk.lab.field_id(MANY_FIELD), "value": "100001, 100002"},
        ],
    )
    before = await desk.redmine.task(int(made["id"]))
    wanted = TaskChanges.model_validate(asked)
    edit = TaskEdit(task_id=before.id, changes=wanted, seen=before.updated_on, told="")
    assert (await desk.does(edit_step(edit))).is_done
    assert difference(await desk.redmine.task(before.id), wanted) == {}
    await undo(desk, before.id)
    now = await desk.redmine.task(before.id)
    apart = {"updated_on", "journals", "watchers", "custom_fields", "allowed_statuses"}
    assert now.model_dump(exclude=apart) == before.model_dump(exclude=apart)
    assert [set(field.values) for field in now.custom_fields] == [
        set(field.values) for field in before.custom_fields
    ]


async def test_what_a_colleague_set_since_is_not_taken_back(desk: FlowDesk) -> None:
    number = int(desk.lab.create()["id"])
    task, me = await desk.redmine.task(number), (await desk.redmine.current_user()).id
    with pytest.raises(NothingToUndo):
        undo_last_edit(task, me, TaskWords())
    changes = TaskChanges(priority_id=URGENT, notes="subiu")
    edit = TaskEdit(task_id=number, changes=changes, seen=task.updated_on, told="")
    assert (await desk.does(edit_step(edit))).is_done
    theirs = {"issue": {"priority_id": 1}}
    desk.lab.ask("PUT", f"/issues/{number}.json", key=desk.lab.colleague_key, body=theirs)
    now = await desk.redmine.task(number)
    with pytest.raises(ChangedSince, match="Prioridade"):
        undo_last_edit(now, me, TaskWords().of(now))
