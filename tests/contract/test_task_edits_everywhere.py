"""Each edit of a task that the desk offers, by its own steps: true after reading again, or told in words."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from clients.models.task import Task
from clients.models.task_changes import CustomValue, TaskChanges, custom_values, held, same_values, values_of
from clients.models.task_words import TaskWords
from clients.store import Store
from tests.support.clock import Clock
from tests.support.cutting_proxy import When
from tests.support.redmine_flows import FlowDesk, flow_desk
from tests.support.redmine_lab import FORBIDDEN_STATUS, NUMBER_FIELD, TEXT_FIELD, Lab
from tui.flows.engine import Refused, Sent
from tui.flows.own_values import own_value
from tui.flows.task_fields import custom_edit, field_edit
from tui.flows.task_texts import note_edit
from tui.flows.tasks import TaskEdit, Watch, edit_step, watch_step
from tui.flows.workflows import Progress
from tui.intent import Step

pytestmark = [pytest.mark.contract, pytest.mark.xdist_group("redmine"), pytest.mark.anyio]

SUPPORT, BUG, TRAINING, REQUEST = 3, 4, 5, 6
STARTED, CLOSED, URGENT, COLLEAGUE, NOBODY = 2, 5, 4, 6, 4711
LATER = date(2040, 1, 2)
KIND, FLAG, DAY, REASON = "Módulo", "Homologado", "Data prevista", "Motivo"


@pytest.fixture
async def desk(lab: Lab, store: Store, clock: Clock) -> AsyncIterator[FlowDesk]:
    with flow_desk(lab, store, clock) as desk:
        yield desk


async def fresh(desk: FlowDesk, **asked: object) -> Task:
    return await desk.redmine.task(int(desk.lab.create(**asked)["id"]))


async def as_field(task: Task, field: str, value: int | str | date | None) -> TaskEdit:
    return field_edit(task, field, value, TaskWords().of(task))


def as_custom(task: Task, name: str, value: CustomValue) -> TaskEdit:
    (field,) = (one for one in task.custom_fields if one.name == name)
    return custom_edit(task, field, value)


def told(progress: Progress) -> str:
    """What the analyst is shown of the last step; "" where all went as asked."""
    assert isinstance(progress.last, Sent | Refused), progress
    trouble = progress.last.trouble
    return f"{trouble.title}: {trouble.message}" if trouble else ""


async def refused(desk: FlowDesk, step: Step | None, words: str) -> None:
    """The step is not carried out, and ``words`` say why; it is given up."""
    progress = await desk.does(step)
    assert isinstance(progress.last, Refused)
    assert words in told(progress)
    await desk.flows.give_up(progress.steps[0].workflow)


async def second_of_the_project(desk: FlowDesk, field: str) -> int:
    """Something that the project has, and not the first."""
    form = await desk.redmine.project("erp")
    words = form.categories if field == "category_id" else form.versions
    return words[-1].id


# -- it goes through ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tracker_id", TRAINING),
        ("status_id", STARTED),
        ("status_id", CLOSED),
        ("priority_id", URGENT),
        ("assigned_to_id", COLLEAGUE),
        ("category_id", None),
        ("fixed_version_id", None),
        ("done_ratio", 40),
        ("due_date", LATER),
        ("subject", "Boleto sem código de barras"),
    ],
)
async def test_a_field_is_set_and_where_that_can_be_taken_back(
    desk: FlowDesk, field: str, value: int | str | date | None
) -> None:
    task = await fresh(desk)
    wanted = value if value is not None else await second_of_the_project(desk, field)
    progress = await desk.does(edit_step(await as_field(task, field, wanted)))
    assert (progress.is_done, told(progress)) == (True, "")
    now = await desk.redmine.task(task.id)
    assert held(now, field) == wanted
    assert [len(entry.details) for entry in now.journals][-1:] >= [1], "and the history says so"
    if field in ("assigned_to_id", "category_id", "fixed_version_id", "due_date"):
        progress = await desk.does(edit_step(await as_field(now, field, None)))
        assert (progress.is_done, told(progress)) == (True, "")
        assert held(await desk.redmine.task(task.id), field) is None


@pytest.mark.parametrize(
    ("name", "first", "then", "empty"),
    [
        (TEXT_FIELD, "FD-7", "FD-8", ""),
        (NUMBER_FIELD, "7", "8", ""),
        (KIND, ("Fiscal", "Estoque"), ("RH",), ()),
        (FLAG, True, False, ""),
        (FLAG, "1", "0", ""),
        (DAY, date(2030, 2, 1).isoformat(), date(2030, 3, 1).isoformat(), ""),
    ],
)
async def test_a_field_of_ones_own_is_set_changed_and_emptied(
    desk: FlowDesk, name: str, first: CustomValue, then: CustomValue, empty: CustomValue
) -> None:
    task = await fresh(desk)
    for value in (first, then, empty):
        progress = await desk.does(edit_step(as_custom(task, name, value)))
        assert (progress.is_done, told(progress)) == (True, "")
        task = await desk.redmine.task(task.id)
        (field,) = (one for one in task.custom_fields if one.name == name)
        assert same_values(values_of(value), field.values)


@pytest.mark.parametrize(
    ("name", "met", "typed", "held_then"),
    [
        (FLAG, "0", "sim", "1"),
        (FLAG, "1", "Não", "0"),
        (DAY, "2030-02-01", "01/03/2030", "2030-03-01"),
        (DAY, "2030-02-01", "13/03", "2026-03-13"),
    ],
)
async def test_what_one_types_arrives_as_the_field_takes_it(
    desk: FlowDesk, name: str, met: str, typed: str, held_then: str
) -> None:
    number = desk.lab.field_id(name)
    task = await fresh(desk, tracker_id=SUPPORT, custom_fields=[{"id": number, "value": met}])
    fields = (await desk.redmine.fields(task.project.id, SUPPORT)).custom
    (learned,) = (field for field in fields if field.id == number)
    value = own_value(typed, learned.values, date(2026, 3, 4))
    progress = await desk.does(edit_step(as_custom(task, name, value)))
    assert (progress.is_done, told(progress)) == (True, "")
    assert custom_values(await desk.redmine.task(task.id), number) == (held_then,)


async def test_a_field_of_one_choice_that_must_be_filled_changes_and_is_never_emptied(desk: FlowDesk) -> None:
    reason = {"id": 11, "value": "Outro"}
    task = await fresh(desk, tracker_id=REQUEST, custom_fields=[reason])
    progress = await desk.does(edit_step(as_custom(task, REASON, "Acesso")))
    assert (progress.is_done, told(progress)) == (True, "")
    task = await desk.redmine.task(task.id)
    assert custom_values(task, 11) == ("Acesso",)
    progress = await desk.does(edit_step(as_custom(task, REASON, "")))
    assert isinstance(progress.last, Refused)
    assert "Motivo não pode ficar vazio" in told(progress)
    assert custom_values(await desk.redmine.task(task.id), 11) == ("Acesso",)


@pytest.mark.parametrize("private", [False, True])
async def test_a_note_is_read_by_whom_it_was_written_for(desk: FlowDesk, private: bool) -> None:
    task = await fresh(desk)
    step = edit_step(note_edit(task, "Cliente retornou.\nAinda ocorre.", private=private))
    progress = await desk.does(step)
    assert (progress.is_done, told(progress)) == (True, "")
    (entry,) = (await desk.redmine.task(task.id)).journals
    assert (entry.notes, entry.private_notes) == ("Cliente retornou.\nAinda ocorre.", private)


async def test_a_task_passed_on_carries_its_reason_in_a_private_note(desk: FlowDesk) -> None:
    task = await fresh(desk)
    edit = await as_field(task, "assigned_to_id", COLLEAGUE)
    why = edit.changes.model_copy(update={"notes": "Direcionada conforme a conversa.", "private_notes": True})
    progress = await desk.does(edit_step(edit.model_copy(update={"changes": why})))
    assert (progress.is_done, told(progress)) == (True, "")
    now = await desk.redmine.task(task.id)
    assert held(now, "assigned_to_id") == COLLEAGUE
    assert [entry.private_notes for entry in now.journals if entry.notes] == [True]


async def test_one_observes_a_task_and_no_longer_and_asking_twice_is_asking_once(desk: FlowDesk) -> None:
    task, me = await fresh(desk), (await desk.redmine.current_user()).id
    for observe in (True, True, False, False):
        progress = await desk.does(watch_step(Watch(task_id=task.id, user_id=me, observe=observe)))
        assert (progress.is_done, told(progress)) == (True, "")
        watchers = [person.id for person in (await desk.redmine.task(task.id)).watchers]
        assert watchers == ([me] if observe else [])


# -- it does not, and that is told ---------------------------------------------------------------------------


async def test_a_tracker_that_the_project_does_not_have_is_told(desk: FlowDesk) -> None:
    elsewhere = next(one.id for one in await desk.redmine.trackers() if one.name == "Desenvolvimento")
    for tracker in (elsewhere, NOBODY):
        task = await fresh(desk)
        progress = await desk.does(edit_step(await as_field(task, "tracker_id", tracker)))
        assert progress.is_done
        assert "Nem tudo foi aceito: Tipo: pedido " in told(progress)
        assert f"ficou {task.tracker.name}. O projeto não tem este tipo" in told(progress)
        assert (await desk.redmine.task(task.id)).tracker == task.tracker


async def test_a_tracker_whose_fields_must_be_filled_says_which(desk: FlowDesk) -> None:
    task = await fresh(desk)
    progress = await desk.does(edit_step(await as_field(task, "tracker_id", REQUEST)))
    assert isinstance(progress.last, Refused)
    assert "Motivo não pode ficar vazio" in told(progress)
    assert (await desk.redmine.task(task.id)).tracker.id == BUG


async def test_a_situation_that_the_workflow_bars_is_told(desk: FlowDesk) -> None:
    task = await fresh(desk)
    assert FORBIDDEN_STATUS not in {one.id for one in task.allowed_statuses}
    progress = await desk.does(edit_step(await as_field(task, "status_id", FORBIDDEN_STATUS)))
    assert "Situação: pedido Cancelada, ficou Nova. Sua função não pode" in told(progress)
    assert (await desk.redmine.task(task.id)).status == task.status


async def test_a_situation_that_another_task_bars_names_it(desk: FlowDesk) -> None:
    task, blocker = await fresh(desk), await fresh(desk, subject="Espera o fornecedor")
    await desk.redmine.relate(task.id, blocker.id, "blocked")
    now = await desk.redmine.task(task.id)
    progress = await desk.does(edit_step(await as_field(now, "status_id", CLOSED)))
    assert f"encerre antes: nº {blocker.id} (Espera o fornecedor, Nova)" in told(progress)


@pytest.mark.parametrize("person", [1, NOBODY])
async def test_somebody_who_is_no_member_gets_no_task_and_that_is_told(desk: FlowDesk, person: int) -> None:
    task = await fresh(desk)
    progress = await desk.does(edit_step(await as_field(task, "assigned_to_id", person)))
    assert isinstance(progress.last, Refused)
    assert "Atribuído para não é válido" in told(progress)
    assert (await desk.redmine.task(task.id)).assigned_to is None


async def test_a_closed_version_takes_no_task_and_that_is_told(lab: Lab, desk: FlowDesk) -> None:
    version = await second_of_the_project(desk, "fixed_version_id")
    held_before, task = await fresh(desk, fixed_version_id=version), await fresh(desk)
    with lab.rights.closed_version(version):
        progress = await desk.does(edit_step(await as_field(task, "fixed_version_id", version)))
        assert isinstance(progress.last, Refused)
        assert "Versão não está incluso na lista" in told(progress)
        assert (await desk.redmine.task(task.id)).fixed_version is None
        other = await desk.does(edit_step(await as_field(held_before, "priority_id", URGENT)))
        assert (other.is_done, told(other)) == (True, ""), "whose version closed meanwhile can be changed"
        now = await desk.redmine.task(held_before.id)
        assert held(now, "fixed_version_id") == version


async def test_a_version_or_category_of_another_project_is_refused(desk: FlowDesk) -> None:
    other = await desk.redmine.project("portal")
    for field, word in (("fixed_version_id", other.versions[0]), ("category_id", other.categories[0])):
        task = await fresh(desk)
        progress = await desk.does(edit_step(await as_field(task, field, word.id)))
        assert isinstance(progress.last, Refused)
        assert "não está incluso na lista" in told(progress)
        assert held(await desk.redmine.task(task.id), field) is None


async def test_a_day_before_the_beginning_is_refused(desk: FlowDesk) -> None:
    task = await fresh(desk, start_date="2026-03-02")
    progress = await desk.does(edit_step(await as_field(task, "due_date", date(2026, 3, 1))))
    assert isinstance(progress.last, Refused)
    assert "Data prevista deve ser maior que a data inicial" in told(progress)
    assert (await desk.redmine.task(task.id)).due_date is None


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (NUMBER_FIELD, "abc", "não é um número"),
        (KIND, ("Nenhum",), "não está incluso na lista"),
        (DAY, "31/02/2030", "não é uma data válida"),
    ],
)
async def test_a_value_that_a_field_does_not_take_is_refused_by_its_name(
    desk: FlowDesk, name: str, value: CustomValue, sentence: str
) -> None:
    task = await fresh(desk)
    progress = await desk.does(edit_step(as_custom(task, name, value)))
    assert isinstance(progress.last, Refused)
    assert f"{name} {sentence}" in told(progress)


async def test_a_field_that_the_tracker_does_not_have_is_told(desk: FlowDesk) -> None:
    reason = {"id": 11, "value": "Outro"}
    looked_at = await fresh(desk, tracker_id=REQUEST, custom_fields=[reason])
    edit = as_custom(looked_at, REASON, "Acesso")
    task = await fresh(desk)
    moved = edit.model_copy(update={"task_id": task.id, "seen": task.updated_on})
    progress = await desk.does(edit_step(moved))
    assert progress.is_done
    assert "Campo 11: pedido Acesso, ficou (vazio). O campo não vale para este projeto e tipo" in told(
        progress
    )


@pytest.mark.parametrize(
    ("field", "label"), [("priority_id", "Prioridade"), ("subject", "Título"), ("done_ratio", "% Terminado")]
)
async def test_a_field_that_is_only_read_in_this_situation_is_told(
    lab: Lab, desk: FlowDesk, field: str, label: str
) -> None:
    task = await fresh(desk)
    value = "Outro título" if field == "subject" else 40 if field == "done_ratio" else URGENT
    with lab.rights.read_only(field):
        progress = await desk.does(edit_step(await as_field(task, field, value)))
        assert progress.is_done
        assert f"Nem tudo foi aceito: {label}: pedido " in told(progress)
        assert "só de leitura para sua função" in told(progress)
        assert held(await desk.redmine.task(task.id), field) == held(task, field)


async def test_a_field_of_ones_own_that_is_only_read_is_told(lab: Lab, desk: FlowDesk) -> None:
    task = await fresh(desk, custom_fields=[{"id": lab.field_id(TEXT_FIELD), "value": "FD-7"}])
    with lab.rights.read_only(str(lab.field_id(TEXT_FIELD))):
        progress = await desk.does(edit_step(as_custom(task, TEXT_FIELD, "FD-8")))
        assert progress.is_done
        assert f"{TEXT_FIELD}: pedido FD-8, ficou FD-7." in told(progress)


async def test_a_private_note_of_a_role_that_may_not_is_an_alarm(lab: Lab, desk: FlowDesk) -> None:
    with lab.rights.without("set_notes_private"):
        task = await fresh(desk)
        progress = await desk.does(edit_step(note_edit(task, "Só para a equipe.", private=True)))
        assert progress.is_done, "it is there, and is not written a second time"
        assert told(progress).startswith("A nota está visível a todos: Redmine: a nota foi gravada")
        (entry,) = (await desk.redmine.task(task.id)).journals
        assert not entry.private_notes


async def test_a_private_note_whose_answer_was_lost_is_an_alarm_as_well(lab: Lab, desk: FlowDesk) -> None:
    with lab.rights.without("set_notes_private"):
        task = await fresh(desk)
        desk.cut_at("PUT /issues", When.AFTER)
        progress = await desk.does(edit_step(note_edit(task, "Só para a equipe.", private=True)))
        assert told(progress).startswith("A nota está visível a todos")
        assert len(desk.line.writes) == 1
        assert len((await desk.redmine.task(task.id)).journals) == 1


async def test_a_role_that_may_only_comment_is_told_field_by_field_and_the_note_stands(
    lab: Lab, desk: FlowDesk
) -> None:
    task = await fresh(desk)
    changes = TaskChanges(
        priority_id=URGENT,
        status_id=STARTED,
        assigned_to_id=COLLEAGUE,
        notes="Cliente retornou.",
        custom_fields={lab.field_id(TEXT_FIELD): "FD-8"},
    )
    with lab.rights.without("edit_issues"):
        edit = TaskEdit(task_id=task.id, changes=changes, seen=task.updated_on, told="várias")
        progress = await desk.does(edit_step(edit))
        assert progress.is_done
        for told_of in ("Prioridade: pedido Urgente, ficou Normal", "Situação: ", "Atribuído para: "):
            assert told_of in told(progress)
        assert f"{TEXT_FIELD}: pedido FD-8, ficou (vazio)" in told(progress)
        assert "Nota" not in told(progress)
        now = await desk.redmine.task(task.id)
        assert [entry.notes for entry in now.journals] == ["Cliente retornou."]
        assert (now.priority, now.status, now.assigned_to) == (task.priority, task.status, None)


async def test_observing_that_the_role_may_not_begin_or_end_is_refused_in_words(
    lab: Lab, desk: FlowDesk
) -> None:
    task, me = await fresh(desk), (await desk.redmine.current_user()).id
    begin, end = (Watch(task_id=task.id, user_id=me, observe=observe) for observe in (True, False))
    with lab.rights.without("add_issue_watchers"):
        await refused(desk, watch_step(begin), "sem permissão")
        assert (await desk.redmine.task(task.id)).watchers == ()
    assert (await desk.does(watch_step(begin))).is_done
    with lab.rights.without("delete_issue_watchers"):
        await refused(desk, watch_step(end), "sem permissão")
        assert [person.id for person in (await desk.redmine.task(task.id)).watchers] == [me]


async def test_observing_by_somebody_who_is_not_there_is_told(desk: FlowDesk) -> None:
    task = await fresh(desk)
    progress = await desk.does(watch_step(Watch(task_id=task.id, user_id=NOBODY)))
    assert f"Observador: pedido nº {NOBODY}, ficou (vazio)" in told(progress)


async def test_what_is_gone_or_hidden_is_refused_in_words(lab: Lab, desk: FlowDesk) -> None:
    task, me = await fresh(desk), (await desk.redmine.current_user()).id
    for number in (lab.hidden_issue, lab.closed_issue, 99_999_999):
        for step in (
            edit_step(note_edit(task, "ainda?", private=False).model_copy(update={"task_id": number})),
            watch_step(Watch(task_id=number, user_id=me)),
        ):
            progress = await desk.does(step)
            assert isinstance(progress.last, Refused)
            assert told(progress)
            await desk.flows.give_up(progress.steps[0].workflow)


# -- exactly once -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", [When.BEFORE, When.AFTER])
@pytest.mark.parametrize("kind", ["field", "custom", "note", "private note", "observing"])
async def test_a_lost_answer_is_looked_for_and_all_is_there_once(
    desk: FlowDesk, kind: str, when: When
) -> None:
    task, me = await fresh(desk), (await desk.redmine.current_user()).id
    step = {
        "field": edit_step(await as_field(task, "priority_id", URGENT)),
        "custom": edit_step(as_custom(task, KIND, ("Fiscal", "RH"))),
        "note": edit_step(note_edit(task, "Cliente retornou.", private=False)),
        "private note": edit_step(note_edit(task, "Só nós.", private=True)),
        "observing": watch_step(Watch(task_id=task.id, user_id=me)),
    }[kind]
    desk.cut_at("POST /issues" if kind == "observing" else "PUT /issues", when)
    progress = await desk.does(step)
    assert desk.line.hit.is_set()
    assert progress.is_done
    assert len(desk.line.writes) == (1 if when is When.AFTER else 2)
    now = await desk.redmine.task(task.id)
    if kind == "observing":
        assert [person.id for person in now.watchers] == [me]
    else:
        assert len(now.journals) == 1
