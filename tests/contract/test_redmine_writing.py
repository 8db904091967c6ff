"""What our client writes, and what it says that a Redmine left out: on the real one and on the sandbox."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from clients.errors import Forbidden, NotFound, Rejected
from clients.freshdesk_files import Upload
from clients.models.mark import mark
from clients.models.task import Task
from clients.models.task_changes import CustomValue, NewTask, TaskChanges
from clients.models.task_faults import faults_of
from clients.models.text import MAX_LINES
from clients.models.ticket_changes import EMPTY, Change
from clients.models.written import Written
from clients.redmine import Redmine
from clients.redmine_conflict import TaskChanged
from tests.support.redmine_lab import FORBIDDEN_STATUS, MANY_FIELD, NUMBER_FIELD, TEXT_FIELD, Lab
from tui.flows.task_texts import described_by

pytestmark = [pytest.mark.contract, pytest.mark.xdist_group("redmine"), pytest.mark.anyio]

ERP, BUG, REQUEST = 1, 4, 6
NEW, STARTED, RESOLVED, CLOSED = 1, 2, 3, 5
COLLEAGUE = 6
REASON = 11
URGENT = 4


@pytest.fixture
async def redmine(lab: Lab) -> AsyncIterator[Redmine]:
    client = lab.client()
    yield client
    client.close()


def made(lab: Lab, **asked: object) -> int:
    return int(lab.create(**asked)["id"])


def record(written: Written[Task]) -> Task:
    assert written.trouble is None
    assert written.record is not None
    return written.record


async def changed(redmine: Redmine, number: int, changes: TaskChanges) -> Written[Task]:
    return await redmine.update(number, changes, seen=None)


def bug(subject: str = "Erro ao emitir boleto", **more: object) -> NewTask:
    return NewTask.model_validate({"project_id": ERP, "tracker_id": BUG, "subject": subject, **more})


# -- creating --------------------------------------------------------------------------------------------


async def test_a_new_task_has_all_that_was_asked(lab: Lab, redmine: Redmine) -> None:
    form = await redmine.project("erp")
    many, number = lab.field_id(MANY_FIELD), lab.field_id(NUMBER_FIELD)
    asked = bug(
        description="um\ndois\n",
        priority_id=URGENT,
        status_id=STARTED,
        assigned_to_id=COLLEAGUE,
        category_id=form.categories[0].id,
        fixed_version_id=form.versions[0].id,
        start_date=date(2026, 3, 2),
        due_date=date(2026, 3, 9),
        done_ratio=10,
        estimated_hours=1.25,
        custom_fields={many: "100001, 100002", number: 100001},
        watcher_ids=(COLLEAGUE,),
    )
    written = await redmine.create(asked)
    task = record(written)
    assert (written.dropped, written.id) == ((), task.id)
    assert task.description == "um\ndois\n"
    assert task.assigned_to is not None
    assert task.assigned_to.id == COLLEAGUE
    assert task.category == form.categories[0]
    assert (task.start_date, task.due_date, task.estimated_hours) == (
        date(2026, 3, 2),
        date(2026, 3, 9),
        1.25,
    )
    assert task.ticket_ids(many) == (100001, 100002)
    assert [person.id for person in task.watchers] == [COLLEAGUE]


async def test_what_a_new_task_was_not_given_is_told(lab: Lab, redmine: Redmine) -> None:
    asked = bug(tracker_id=4711, status_id=FORBIDDEN_STATUS, is_private=True, custom_fields={999: "x"})
    written = await redmine.create(asked)
    task = record(written)
    told = {dropped.label: dropped for dropped in written.dropped}
    assert set(told) == {"Tipo", "Situação", "Privado", "Campo 999"}
    assert (told["Tipo"].wanted, told["Tipo"].got) == ("nº 4711", task.tracker.name)
    assert (told["Situação"].wanted, told["Situação"].got) == ("Cancelada", "Nova")
    assert (told["Privado"].wanted, told["Privado"].got) == ("sim", "não")
    assert (told["Campo 999"].wanted, told["Campo 999"].got) == ("x", EMPTY)
    assert all(dropped.hint for dropped in written.dropped)


async def test_a_new_task_begins_on_no_day_where_none_was_asked(lab: Lab, redmine: Redmine) -> None:
    assert record(await redmine.create(bug())).start_date is not None
    written = await redmine.create(bug(start_date=None, assigned_to_id=None, parent_id=None))
    assert (record(written).start_date, written.dropped) == (None, ())


async def test_a_required_field_that_is_missing_is_named(lab: Lab, redmine: Redmine) -> None:
    fields = (await redmine.fields(ERP, REQUEST)).custom
    with pytest.raises(Rejected) as refusal:
        await redmine.create(bug(tracker_id=REQUEST, assigned_to_id=4711))
    faults = faults_of(refusal.value.sentences, fields)
    assert {fault.fields for fault in faults} == {(REASON,), ("assigned_to_id",)}
    written = await redmine.create(bug(tracker_id=REQUEST, custom_fields={REASON: "Outro"}))
    assert written.dropped == ()


async def test_a_value_that_a_field_does_not_offer_is_refused_by_its_name(redmine: Redmine) -> None:
    fields = (await redmine.fields(ERP, BUG)).custom
    (module,) = (field for field in fields if field.name == "Módulo")
    with pytest.raises(Rejected) as refusal:
        await redmine.create(bug(custom_fields={module.id: "Nenhum"}))
    assert [fault.fields for fault in faults_of(refusal.value.sentences, fields)] == [(module.id,)]


async def test_a_closed_or_hidden_project_takes_no_task_and_says_why(lab: Lab, redmine: Redmine) -> None:
    closed = (await redmine.task(lab.closed_issue)).project.id
    for project in (closed, 5, 4711):
        with pytest.raises(Rejected) as refusal:
            await redmine.create(bug(project_id=project))
        assert "fechado" in refusal.value.way_out
        assert faults_of(refusal.value.sentences)[0].fields == ("project_id",)


async def test_a_new_task_whose_watcher_is_nobody_is_not_created(lab: Lab, redmine: Redmine) -> None:
    subject = "Observada por ninguém"
    with pytest.raises(Rejected, match="observadores não existe"):
        await redmine.create(bug(subject, watcher_ids=(COLLEAGUE, 4711)))
    assert lab.rows(status_id="*", subject=f"~{subject}") == []


# -- changing --------------------------------------------------------------------------------------------


async def test_only_what_differs_is_sent(lab: Lab, redmine: Redmine) -> None:
    many, text = lab.field_id(MANY_FIELD), lab.field_id(TEXT_FIELD)
    number = made(
        lab,
        description="um\ndois",
        custom_fields=[{"id": many, "value": "1, 2"}, {"id": text, "value": "FD-1"}],
    )
    same = TaskChanges(
        description="um\r\ndois", status_id=NEW, assigned_to_id=None, custom_fields={many: "1, 2"}
    )
    before = await redmine.task(number)
    written = await changed(redmine, number, same)
    assert not written.sent
    assert record(written).journals == before.journals
    written = await changed(
        redmine, number, TaskChanges(description="um\ndois", subject="Outro", custom_fields={many: "3"})
    )
    assert written.sent
    (entry,) = record(written).journals
    assert {detail["name"] for detail in entry.details} == {"subject", str(many)}
    held = record(written).field(text)
    assert held is not None
    assert held.values == ("FD-1",)


async def test_a_task_is_given_to_somebody_and_taken_back(lab: Lab, redmine: Redmine) -> None:
    number = made(lab)
    task = record(await changed(redmine, number, TaskChanges(assigned_to_id=COLLEAGUE)))
    assert task.assigned_to is not None
    assert task.assigned_to.id == COLLEAGUE
    task = record(await changed(redmine, number, TaskChanges(assigned_to_id=None)))
    assert task.assigned_to is None


async def test_fields_that_can_be_empty_are_emptied(lab: Lab, redmine: Redmine) -> None:
    form = await redmine.project("erp")
    above = made(lab)
    module = next(field for field in (await redmine.fields(form.id, BUG)).custom if field.multiple)
    full = {
        "category_id": form.categories[0].id,
        "fixed_version_id": form.versions[0].id,
        "parent_id": above,
        "due_date": date(2030, 1, 1),
        "estimated_hours": 2.0,
        "custom_fields": {module.id: ("Fiscal", "Estoque"), lab.field_id(TEXT_FIELD): "FD-7"},
    }
    number = made(lab)
    written = await changed(redmine, number, TaskChanges.model_validate(full))
    assert (written.sent, written.dropped, record(written).parent_id) == (True, (), above)
    custom: dict[int, CustomValue] = {module.id: (), lab.field_id(TEXT_FIELD): ""}
    empty = TaskChanges(
        category_id=None,
        fixed_version_id=None,
        parent_id=None,
        due_date=None,
        estimated_hours=None,
        custom_fields=custom,
    )
    written = await changed(redmine, number, empty)
    task = record(written)
    assert (written.sent, written.dropped) == (True, ())
    assert (task.category, task.fixed_version, task.parent_id, task.due_date) == (None, None, None, None)
    assert task.estimated_hours is None
    assert not any(field.values for field in task.custom_fields)


async def test_a_situation_that_is_not_allowed_is_told_and_the_note_stands(
    lab: Lab, redmine: Redmine
) -> None:
    number = made(lab)
    written = await changed(redmine, number, TaskChanges(status_id=FORBIDDEN_STATUS, notes="mudando"))
    (dropped,) = written.dropped
    assert (dropped.label, dropped.wanted, dropped.got) == ("Situação", "Cancelada", "Nova")
    assert "função" in dropped.hint
    assert [entry.notes for entry in record(written).journals] == ["mudando"]


async def test_a_field_of_another_tracker_is_told(lab: Lab, redmine: Redmine) -> None:
    number = made(lab)
    written = await changed(redmine, number, TaskChanges(custom_fields={REASON: "Outro"}))
    (dropped,) = written.dropped
    assert (dropped.label, dropped.wanted, dropped.got) == (f"Campo {REASON}", "Outro", EMPTY)


async def test_what_subtasks_decide_is_told(lab: Lab, redmine: Redmine) -> None:
    above = made(lab)
    made(lab, parent_issue_id=above)
    written = await changed(redmine, above, TaskChanges(priority_id=URGENT, subject="Mãe"))
    (dropped,) = written.dropped
    assert (dropped.label, dropped.wanted, dropped.got) == ("Prioridade", "Urgente", "Normal")
    assert "subtarefas" in dropped.hint
    assert record(written).subject == "Mãe"


async def test_a_task_that_others_keep_open_says_which(lab: Lab, redmine: Redmine) -> None:
    number, blocker, below = made(lab), made(lab, subject="Espera o fornecedor"), made(lab)
    await changed(redmine, below, TaskChanges(parent_id=number))
    await redmine.relate(number, blocker, "blocked")
    written = await changed(redmine, number, TaskChanges(status_id=CLOSED))
    task = record(written)
    (dropped,) = written.dropped
    (other,) = (await changed(redmine, number, TaskChanges(status_id=4711))).dropped
    assert "encerre" not in other.hint
    assert f"nº {blocker} (Espera o fornecedor, Nova)" in dropped.hint
    assert f"nº {below} " in dropped.hint
    assert {one.id for one in await redmine.blocking(task)} == {blocker, below}
    assert not any(status.is_closed for status in task.allowed_statuses)
    for one in (blocker, below):
        assert (await changed(redmine, one, TaskChanges(status_id=CLOSED))).dropped == ()
    written = await changed(redmine, number, TaskChanges(status_id=CLOSED))
    assert written.dropped == ()
    assert record(written).status.is_closed


async def test_invalid_values_are_refused_with_every_sentence(lab: Lab, redmine: Redmine) -> None:
    number, field = made(lab), lab.field_id(NUMBER_FIELD)
    with pytest.raises(Rejected) as refusal:
        await changed(redmine, number, TaskChanges(subject="", custom_fields={field: "abc"}))
    faults = faults_of(refusal.value.sentences, (await redmine.task(number)).custom_fields)
    assert {fault.fields for fault in faults} == {("subject",), (field,)}
    assert refusal.value.status == 422


async def test_a_task_of_a_closed_project_cannot_be_changed(lab: Lab, redmine: Redmine) -> None:
    with pytest.raises(Forbidden) as refusal:
        await changed(redmine, lab.closed_issue, TaskChanges(notes="ainda?"))
    assert "projeto está aberto" in refusal.value.way_out
    with pytest.raises(Forbidden):
        await changed(redmine, lab.hidden_issue, TaskChanges(notes="x"))
    with pytest.raises(NotFound):
        await changed(redmine, 99_999_999, TaskChanges(notes="x"))


# -- two at once -----------------------------------------------------------------------------------------


async def test_a_task_that_changed_since_it_was_seen_is_not_written(lab: Lab, redmine: Redmine) -> None:
    many = lab.field_id(MANY_FIELD)
    old = datetime.now(UTC) - timedelta(hours=1)
    number = made(lab)
    theirs = {
        "status_id": STARTED,
        "assigned_to_id": COLLEAGUE,
        "notes": "peguei",
        "custom_fields": [{"id": many, "value": "5"}],
    }
    answer = lab.ask("PUT", f"/issues/{number}.json", key=lab.colleague_key, body={"issue": theirs})
    assert answer.status_code == 204
    with pytest.raises(TaskChanged) as conflict:
        await redmine.update(number, TaskChanges(status_id=RESOLVED, notes="feito"), seen=old)
    task = await redmine.task(number)
    assert conflict.value.now == task
    assert task.status.id == STARTED
    assert [entry.notes for entry in task.journals] == ["peguei"]
    who = task.journals[0].user
    assert task.assigned_to is not None
    assert who is not None
    assert set(conflict.value.changes) == {
        Change("Situação", "Nova", "Em andamento"),
        Change("Atribuído para", EMPTY, task.assigned_to.name),
        Change(MANY_FIELD, EMPTY, "5"),
        Change(f"Nota de {who.name}", EMPTY, "peguei"),
    }
    written = await redmine.update(number, TaskChanges(status_id=RESOLVED), seen=task.updated_on)
    assert record(written).status.id == RESOLVED


async def test_a_description_is_rewritten_and_never_over_a_colleagues(lab: Lab, redmine: Redmine) -> None:
    old = datetime.now(UTC) - timedelta(hours=1)
    number = made(lab, description="um\ndois")
    body = {"issue": {"description": "um\ntrês"}}
    assert lab.ask("PUT", f"/issues/{number}.json", key=lab.colleague_key, body=body).status_code == 204
    with pytest.raises(TaskChanged) as conflict:
        await redmine.update(number, TaskChanges(description="um\n\nmeu"), seen=old)
    assert [change.label for change in conflict.value.changes] == ["Descrição"]
    now = await redmine.task(number)
    assert now.description == "um\ntrês"
    who = now.journals[0].user
    assert who is not None
    assert described_by(now) == who.name
    written = await redmine.update(number, TaskChanges(description="um\n\nmeu"), seen=now.updated_on)
    assert record(written).description == "um\n\nmeu"
    assert not written.dropped


async def test_several_changes_of_one_field_are_told_as_one(lab: Lab, redmine: Redmine) -> None:
    old = datetime.now(UTC) - timedelta(hours=1)
    erp = await redmine.project(ERP)
    module = next(field for field in (await redmine.fields(erp.id, BUG)).custom if field.multiple)
    number = made(lab, custom_fields=[{"id": module.id, "value": ["Fiscal", "Estoque"]}])
    steps: list[dict[str, object]] = [
        {"due_date": "2030-01-01", "estimated_hours": 1, "done_ratio": 10},
        {"due_date": "2030-01-02", "estimated_hours": 2.5, "done_ratio": 0},
        {"custom_fields": [{"id": module.id, "value": ["Fiscal", "Financeiro"]}], "subject": "Outro"},
    ]
    for step in steps:
        lab.ask("PUT", f"/issues/{number}.json", key=lab.colleague_key, body={"issue": step})
    with pytest.raises(TaskChanged) as conflict:
        await redmine.update(number, TaskChanges(notes="feito"), seen=old)
    told = {change.label: (change.before, change.after) for change in conflict.value.changes}
    before, after = told.pop("Módulo")
    assert set(before.split(", ")) == {"Fiscal", "Estoque"}
    assert set(after.split(", ")) == {"Fiscal", "Financeiro"}
    assert told == {
        "Data prevista": (EMPTY, "02/01/2030"),
        "Tempo estimado": (EMPTY, "2h30"),
        "Título": ("Erro no pedido", "Outro"),
    }


async def test_what_a_colleague_wrote_in_the_second_that_one_looked_is_a_conflict_and_ones_own_is_none(
    lab: Lab, redmine: Redmine
) -> None:
    number = made(lab)
    looked = await redmine.task(number)
    lab.ask("PUT", f"/issues/{number}.json", body={"issue": {"notes": "minha"}})
    mine = await redmine.task(number)
    await redmine.update(number, TaskChanges(done_ratio=10), seen=mine.updated_on, after=looked.newest_entry)
    seen = await redmine.task(number)
    body = {"issue": {"done_ratio": 40}}
    lab.ask("PUT", f"/issues/{number}.json", key=lab.colleague_key, body=body)
    now = await redmine.task(number)
    with pytest.raises(TaskChanged) as conflict:
        await redmine.update(number, TaskChanges(done_ratio=90), seen=now.updated_on, after=seen.newest_entry)
    assert conflict.value.changes == (Change("% Terminado", "10%", "40%"),)
    assert (await redmine.task(number)).done_ratio == 40


async def test_a_relation_which_leaves_the_date_alone_is_no_conflict_afterwards(
    lab: Lab, redmine: Redmine
) -> None:
    number, other = made(lab), made(lab)
    before = (await redmine.task(number)).updated_on
    await asyncio.sleep(1.1)  # the history's entry is of a later second
    await redmine.relate(number, other, "relates")
    now = await redmine.task(number)
    assert now.updated_on == before
    assert now.journals[-1].created_on > before
    written = await redmine.update(number, TaskChanges(done_ratio=10), seen=now.updated_on)
    assert record(written).done_ratio == 10
    await asyncio.sleep(1.1)
    await redmine.relate(number, made(lab), "relates")
    now = await redmine.task(number)
    changes = TaskChanges(done_ratio=20)
    written = await redmine.update(number, changes, seen=now.updated_on, after=now.newest_entry)
    assert record(written).done_ratio == 20


async def test_a_task_that_is_as_it_was_is_no_conflict(lab: Lab, redmine: Redmine) -> None:
    old = datetime.now(UTC) - timedelta(hours=1)
    number = made(lab)
    for status in (STARTED, NEW):
        lab.ask("PUT", f"/issues/{number}.json", key=lab.colleague_key, body={"issue": {"status_id": status}})
    written = await redmine.update(number, TaskChanges(status_id=RESOLVED), seen=old)
    assert record(written).status.id == RESOLVED


async def test_a_write_that_changed_nothing_is_no_conflict(lab: Lab, redmine: Redmine) -> None:
    number = int(lab.rows(status_id="open", sort="updated_on:asc", limit=1)[0]["id"])
    seen = (await redmine.task(number)).updated_on
    lab.ask("PUT", f"/issues/{number}.json", key=lab.colleague_key, body={"issue": {}})
    assert (await redmine.task(number)).updated_on > seen
    written = await redmine.update(number, TaskChanges(notes="sigo com este"), seen=seen)
    assert written.dropped == ()


# -- notes, files, people, relations ----------------------------------------------------------------------


async def test_a_private_note_is_private_and_keeps_its_lines(lab: Lab, redmine: Redmine) -> None:
    number = made(lab)
    changes = TaskChanges(notes="um\ndois", private_notes=True, status_id=STARTED)
    written = await changed(redmine, number, changes)
    assert written.dropped == ()
    notes = {(entry.notes, entry.private_notes) for entry in record(written).journals if entry.notes}
    assert notes == {("um\ndois", True)}


async def test_files_come_with_the_change_that_brings_them(
    lab: Lab, redmine: Redmine, tmp_path: Path
) -> None:
    path = tmp_path / "tela.txt"
    path.write_text("mensagem exata")
    number = made(lab)
    given = Upload("registro.csv", b"a;b", "text/csv")
    written = await redmine.update(number, TaskChanges(notes="ver anexos"), seen=None, files=(path, given))
    assert written.dropped == ()
    files = {(file.filename, file.filesize, file.content_type) for file in record(written).attachments}
    assert files == {("tela.txt", 14, "text/plain"), ("registro.csv", 3, "text/csv")}
    written = await redmine.create(bug(), files=(given,))
    assert [file.filename for file in record(written).attachments] == ["registro.csv"]


async def test_a_file_that_is_too_big_stops_the_change(lab: Lab, redmine: Redmine) -> None:
    number = made(lab)
    big = Upload("video.bin", b"\0" * (5 * 1024 * 1024 + 1), "application/octet-stream")
    with pytest.raises(Rejected):
        await redmine.update(number, TaskChanges(notes="com vídeo"), seen=None, files=(big,))
    assert (await redmine.task(number)).journals == ()


async def test_people_observe_a_task_and_leave_it(lab: Lab, redmine: Redmine) -> None:
    number = made(lab)
    written = await redmine.watch(number, COLLEAGUE)
    assert ([person.id for person in record(written).watchers], written.dropped) == ([COLLEAGUE], ())
    written = await redmine.watch(number, 4711)
    (dropped,) = written.dropped
    assert (dropped.label, dropped.wanted, dropped.got) == ("Observador", "nº 4711", EMPTY)
    written = await redmine.unwatch(number, COLLEAGUE)
    assert (record(written).watchers, written.dropped) == ((), ())
    with pytest.raises(NotFound):
        await redmine.unwatch(number, 4711)
    with pytest.raises(Forbidden):
        await redmine.watch(99_999_999, COLLEAGUE)


async def test_tasks_are_related_and_parted(lab: Lab, redmine: Redmine) -> None:
    number, other = made(lab), made(lab)
    written = await redmine.relate(number, other, "blocked")
    (relation,) = record(written).relations
    assert written.dropped == ()
    assert (relation.id, relation.issue_id, relation.issue_to_id) == (written.id, other, number)
    assert relation.relation_type == "blocks"
    assert (await redmine.task(other)).relations == (relation,)
    for wrong in (other, number, 99_999_999, lab.hidden_issue):
        with pytest.raises(Rejected):
            await redmine.relate(number, wrong, "blocked")
    written = await redmine.unrelate(number, relation.id)
    assert (record(written).relations, written.dropped) == ((), ())
    with pytest.raises(NotFound):
        await redmine.unrelate(number, relation.id)


# -- exactly once ----------------------------------------------------------------------------------------


async def test_a_task_is_found_by_its_mark_wherever_that_is(lab: Lab, redmine: Redmine) -> None:
    op, started = "01hq-7f3a", datetime.now(UTC)
    assert await redmine.find_marked(op, since=started) == ()
    plain = await redmine.create(bug(description=f"Passo a passo.\n\n{mark(op)}", status_id=CLOSED))
    await redmine.create(bug(description=f"Passo a passo.\n\n{mark(op + '0')}"))
    lab.ask(
        "POST",
        "/issues.json",
        key=lab.colleague_key,
        body={"issue": {"project_id": "erp", "tracker_id": BUG, "subject": mark(op)}},
    )
    assert [task.id for task in await redmine.find_marked(op, since=started)] == [plain.id]
    twin = await redmine.create(bug(custom_fields={lab.field_id(TEXT_FIELD): mark(op)}))
    found = [task.id for task in await redmine.find_marked(op, since=started)]
    assert found == [plain.id, twin.id]
    assert [task.id for task in await redmine.find_marked(op)] == found
    assert await redmine.find_marked(op, since=started + timedelta(days=3)) == ()


async def test_a_task_is_found_by_its_mark_below_a_log_that_no_screen_shows_in_full(
    redmine: Redmine,
) -> None:
    log = "at Fiscal.NotaFiscal.Emitir (NotaFiscal.cs:539)\n" * (MAX_LINES + 100)
    written = await redmine.create(bug(description=f"{log}\n{mark('01hq-9c1b')}"))
    assert written.dropped == ()
    assert [task.id for task in await redmine.find_marked("01hq-9c1b")] == [written.id]
