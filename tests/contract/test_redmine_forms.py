"""What a task form asks a Redmine: the same on the real one and on the sandbox."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from clients.errors import Forbidden, NotFound
from clients.models.task_changes import NewTask
from clients.redmine import Redmine
from tests.support.redmine_lab import MANY_FIELD, Lab

pytestmark = [pytest.mark.contract, pytest.mark.xdist_group("redmine"), pytest.mark.anyio]

BUG, REQUEST = 4, 6


@pytest.fixture
async def redmine(lab: Lab) -> AsyncIterator[Redmine]:
    client = lab.client()
    yield client
    client.close()


async def test_projects_are_those_that_one_sees_and_that_are_open(redmine: Redmine) -> None:
    found = {project.identifier: project for project in await redmine.projects()}
    assert {"erp", "erp-fiscal", "portal"} <= set(found)
    assert not {"diretoria", "arquivo"} & set(found)
    above = found["erp-fiscal"].parent
    assert above is not None
    assert above.id == found["erp"].id


async def test_a_project_has_what_its_tasks_can_be_given(redmine: Redmine) -> None:
    form = await redmine.project("erp")
    assert form == await redmine.project(form.id)
    assert {"Bug", "Solicitação/Intervenção"} <= {tracker.name for tracker in form.trackers}
    assert {"Cadastro", "Integração", "Relatórios"} == {category.name for category in form.categories}
    assert "Plantão" in {activity.name for activity in form.activities}
    assert len(form.versions) == 2
    assert {version.status for version in form.versions} == {"open"}


async def test_a_project_that_is_not_there_or_hidden(redmine: Redmine) -> None:
    with pytest.raises(NotFound):
        await redmine.project("nenhum")
    with pytest.raises(Forbidden):
        await redmine.project("diretoria")


async def test_members_are_people_by_name(redmine: Redmine) -> None:
    people = await redmine.members("erp")
    names = [person.name for person in people]
    assert names == sorted(names, key=str.casefold)
    assert len(names) >= 3
    assert (await redmine.current_user()).id in {person.id for person in people}


async def test_fields_of_a_form_are_learned_from_tasks_and_depend_on_the_tracker(
    lab: Lab, redmine: Redmine
) -> None:
    of_request = {field.name: field for field in (await redmine.fields(1, REQUEST)).custom}
    of_bug = {field.name: field for field in (await redmine.fields(1, BUG)).custom}
    assert set(of_request) - set(of_bug) == {"Motivo"}
    assert "Outro" in of_request["Motivo"].values
    assert of_bug[MANY_FIELD].id == lab.field_id(MANY_FIELD)
    assert of_bug["Módulo"].multiple
    assert "Fiscal" in of_bug["Módulo"].values


async def test_fields_of_a_project_without_such_tasks_are_those_of_the_tracker(
    lab: Lab, redmine: Redmine
) -> None:
    fields = await redmine.fields((await redmine.task(lab.closed_issue)).project.id, REQUEST)
    assert {field.name for field in fields.custom} >= {"Motivo", MANY_FIELD}


async def test_what_a_new_task_cannot_do_without_is_asked_of_the_server_itself(
    lab: Lab, redmine: Redmine
) -> None:
    before = lab.rows(status_id="*", sort="id:desc", limit=1)[0]["id"]
    erp = await redmine.project("erp")
    assert [field.name for field in (await redmine.new_task_fields(erp, BUG)).custom if field.required] == []
    assert [
        field.name for field in (await redmine.new_task_fields(erp, REQUEST)).custom if field.required
    ] == ["Motivo"]
    (rollout,) = (tracker for tracker in erp.trackers if tracker.name == "Implantação")
    asked = await redmine.new_task_fields(erp, rollout.id)
    assert {"category_id", "due_date"} <= asked.required, "by the workflow of one's role"
    assert "Ambiente" in {field.name for field in asked.custom if field.required}, "though no task has it yet"
    assert (asked.asked, asked.unknown) == (True, ())
    whole = NewTask(
        project_id=erp.id,
        tracker_id=rollout.id,
        subject="Implantação da filial",
        category_id=erp.categories[0].id,
        due_date=date(2026, 12, 31),
        custom_fields={field.id: "Produção" for field in asked.custom if field.name == "Ambiente"},
    )
    assert (await redmine.create(whole)).id == before + 1, "asking left nothing behind"
    again = await redmine.new_task_fields(erp, rollout.id)
    assert "Data prevista" in {field.name for field in again.custom}, "now that a task has it"
    assert "due_date" in again.required, "whatever a field of one's own is called"


async def test_a_project_that_takes_no_task_says_so_when_it_is_asked(lab: Lab, redmine: Redmine) -> None:
    closed = await redmine.project((await redmine.task(lab.closed_issue)).project.id)
    assert "project_id" in (await redmine.new_task_fields(closed, BUG)).required


async def test_words_name_what_a_task_refers_to(lab: Lab, redmine: Redmine) -> None:
    task = await redmine.task(int(lab.create(assigned_to_id=6)["id"]))
    words = await redmine.words(task)
    assert words.tell("status_id", 10) == "Cancelada"
    assert task.assigned_to is not None
    assert words.tell("assigned_to_id", 6) == task.assigned_to.name
    assert words.tell("priority_id", 4) == "Urgente"
    assert words.tell("status_id", 4711) == "nº 4711"


async def test_a_member_is_known_by_name_and_login(redmine: Redmine) -> None:
    people = await redmine.members("erp")
    someone = await redmine.person(people[0].id)
    assert someone.name == people[0].name
    assert someone.login
    with pytest.raises(NotFound):
        await redmine.person(999_999)
