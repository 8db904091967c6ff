"""Fields that only some projects insist on: asked for on the form, and read as people write them."""

from datetime import date

import pytest

from clients.models.attendance import NEW_TASK, Attendance
from clients.models.fields import Vocabulary
from clients.models.finding import Finding, Severity
from clients.models.people import Agent
from clients.models.project import FormFields, ProjectForm, TaskField
from clients.models.task import Named, Task, TaskStatus
from clients.models.ticket import Ticket
from tests.support.clock import NOW
from tui.flows.around import Around, TaskForm
from tui.flows.attending import plan, remaining
from tui.flows.attending_checks import check
from tui.flows.new_task_fields import core_fields, core_values, custom_fields, label_of, refused_fields
from tui.intent import Intent, State

TICKET = Ticket(id=4102, subject="Nota recusada", type="Bug", created_at=NOW, updated_at=NOW)
PROJECT = ProjectForm(id=1, name="ERP", trackers=(Named(id=4, name="Bug"),))
REASON, TICKETS = TaskField(id=11, name="Motivo", required=True, values=("Outro",)), 9


def around(*required: str, custom: tuple[TaskField, ...] = (), unknown: tuple[str, ...] = ()) -> Around:
    fields = FormFields(custom=custom, required=frozenset(required), unknown=unknown)
    return Around(
        TICKET, (), Vocabulary(), Agent(id=1), NOW, form=TaskForm(PROJECT, (), fields), ticket_field=TICKETS
    )


def form(task: str = NEW_TASK, fields: dict[str, str] | None = None, **more: str) -> Attendance:
    return Attendance(
        ticket_id=4102, type="Bug", task=task, project="1", subject="Nota", fields=fields or {}, **more
    )


def asked(form: Attendance, around: Around) -> dict[str, Finding]:
    return {
        found.field: found
        for found in check(form, around)
        if found.rule in ("atender.exige", "atender.campo")
    }


def test_what_redmine_insists_on_blocks_until_it_is_filled_in() -> None:
    needs = around("category_id", "due_date", custom=(REASON,))
    found = asked(form(), needs)
    assert set(found) == {"category", "campo-due_date", "campo-11"}
    assert {one.severity for one in found.values()} == {Severity.BLOCK}
    assert "Motivo" in found["campo-11"].message
    assert found["campo-11"].example == "Outro"
    filled = form(category="10", fields={"due_date": "31/12/2026", "11": "Outro"})
    assert asked(filled, needs) == {}


def test_a_linked_task_has_all_that_it_needs() -> None:
    assert asked(form(task="40"), around("category_id", "due_date", custom=(REASON,))) == {}


def test_the_field_of_the_ticket_ids_fills_itself_in() -> None:
    own = TaskField(id=TICKETS, name="Freshdesk", required=True)
    assert custom_fields(around(custom=(own,))) == ()
    assert asked(form(), around(custom=(own,))) == {}


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("due_date", "31/12/2026", date(2026, 12, 31)),
        ("start_date", " 1/2/2027 ", date(2027, 2, 1)),
        ("estimated_hours", "2h30", 2.5),
        ("parent_id", "1234", 1234),
        ("due_date", "31/02/2026", None),
        ("due_date", "amanhã", None),
        ("estimated_hours", "muito", None),
        ("parent_id", "#12", None),
    ],
)
def test_core_fields_are_read_as_people_write_them(name: str, typed: str, value: object) -> None:
    needs, filled = around(name), form(fields={name: typed})
    assert core_fields(needs) == (name,)
    assert core_values(filled, needs) == ({} if value is None else {name: value})
    assert [one.severity for one in asked(filled, needs).values()] == (
        [Severity.BLOCK] if value is None else []
    )


def test_a_new_task_carries_what_was_filled_in() -> None:
    needs = around("due_date", custom=(REASON,))
    steps = plan(form(fields={"due_date": "31/12/2026", "11": "Outro", "12": " "}), needs, 0)
    task = steps[0].payload["task"]
    assert isinstance(task, dict)
    assert task["due_date"] == "2026-12-31"
    assert task["custom_fields"] == {"11": "Outro", "9": "4102"}


def test_a_project_that_takes_no_task_blocks_and_says_nothing_else() -> None:
    found = check(form(), around("project_id", "tracker_id", "category_id"))
    assert [one.field for one in found if one.rule == "atender.projeto"] == ["project"]
    assert "atender.exige" not in {one.rule for one in found}


def test_what_is_not_understood_is_said_in_the_servers_words() -> None:
    found = asked(form(), around(unknown=("Centro de custo não pode ficar vazio",)))
    assert found["project"].severity is Severity.WARN
    assert "Centro de custo não pode ficar vazio" in found["project"].message


def test_what_was_refused_is_told_at_its_field_or_else_at_none() -> None:
    needs = around(custom=(REASON,))
    found = refused_fields("Redmine: Motivo não está incluso na lista\nTítulo é longo\nFora do ar", needs)
    assert [(one.field, one.message) for one in found] == [
        ("campo-11", "Recusado: Motivo não está incluso na lista."),
        ("subject", "Recusado: Título é longo."),
        ("", "Recusado: Fora do ar."),
    ]
    assert [one.field for one in refused_fields("Freshdesk: Título proibido", needs)] == [""]
    assert refused_fields("", needs) == ()


STEPS = ("redmine.create", "redmine.time", "freshdesk.reply", "freshdesk.update")


@pytest.mark.parametrize(
    ("done", "left"),
    [
        (0, {"task": NEW_TASK, "time": "25 min", "answer": "reply", "status": "5"}),
        (1, {"task": "40", "time": "25 min", "answer": "reply", "status": "5"}),
        (2, {"task": "40", "time": "", "answer": "reply", "status": "5"}),
        (3, {"task": "40", "time": "", "answer": "none", "text": "", "status": "5"}),
    ],
)
def test_what_was_done_is_not_planned_again(done: int, left: dict[str, str]) -> None:
    whole = form(time="25 min", text="Feito.", status="5")
    steps = [intent(kind, done=place < done) for place, kind in enumerate(STEPS)]
    again = remaining(whole, steps, ())
    assert {name: str(getattr(again, name)) for name in left} == left


def test_a_task_that_only_the_analyst_saw_is_the_newest_of_the_ticket() -> None:
    tasks = [
        Task(
            id=number,
            project=Named(id=1, name="ERP"),
            tracker=Named(id=4, name="Bug"),
            status=TaskStatus(id=1, name="Nova"),
            created_on=NOW,
            updated_on=NOW,
        )
        for number in (38, 41)
    ]
    steps = [intent("redmine.create", done=True, remote_id=None)]
    assert remaining(form(), steps, tasks).task == "41"


def intent(kind: str, *, done: bool, remote_id: int | None = 40) -> Intent:
    return Intent(
        op_id="01J",
        workflow="01J",
        seq=0,
        kind=kind,
        target="ticket:4102",
        payload={},
        state=State.DONE if done else State.PLANNED,
        remote_id=remote_id if done else None,
        planned_at=NOW,
    )


def test_such_a_field_is_called_by_its_label() -> None:
    needs = around("due_date", custom=(REASON,))
    assert [label_of(name, needs) for name in ("campo-11", "campo-due_date", "campo-99", "subject")] == [
        "Motivo",
        "Data prevista",
        "",
        "",
    ]
