"""R12: to whom a task goes is asked first, or said why not."""

from datetime import timedelta

import pytest

from clients.models.attendance import NEW_TASK, NO_TASK, AnswerKind, Attendance
from clients.models.fields import Vocabulary
from clients.models.finding import Severity
from clients.models.people import Agent
from clients.models.project import ProjectForm
from clients.models.slack_talk import Answer, Following, Heard, Question
from clients.models.slack_time import ts_of
from clients.models.task import Named, Task, TaskStatus
from clients.models.task_changes import TaskChanges
from clients.models.ticket import Ticket
from tests.support.clock import NOW
from tui.flows.around import Around, TaskForm
from tui.flows.attending import plan
from tui.flows.attending_checks import check
from tui.flows.directing import is_undirected, lead_answer, task_note
from tui.flows.step_words import step_text, step_words
from tui.flows.tasks import CREATE, UPDATE, TaskEdit

ME, HELENA, WESLEY = 5, 6, 7
TICKET = Ticket(id=4102, subject="Nota recusada", type="Bug", created_at=NOW, updated_at=NOW)
TASK = Task(
    id=40,
    project=Named(id=1, name="ERP"),
    tracker=Named(id=1, name="Bug"),
    status=TaskStatus(id=1, name="Nova"),
    assigned_to=Named(id=WESLEY, name="Wesley"),
    created_on=NOW,
    updated_on=NOW,
)
FORM = TaskForm(ProjectForm(id=1, name="ERP"), (Named(id=HELENA, name="Helena Prado"),))


def question(number: int, *said: str, state: Following = Following.OPEN) -> Question:
    asked = NOW + timedelta(minutes=number)
    return Question(
        id=f"C0PLANT02/{ts_of(asked)}",
        channel="C0PLANT02",
        place="gestor_suporte",
        ts=ts_of(asked),
        ticket_id=4102,
        asked_at=asked,
        permalink=f"https://exemplo.slack.com/archives/C0PLANT02/p{number}",
        answers=tuple(
            Answer(ts=ts_of(asked + timedelta(seconds=30 + at)), who="João", text=text)
            for at, text in enumerate(said)
        ),
        state=state,
    )


def around(*questions: Question) -> Around:
    return Around(
        TICKET,
        (),
        Vocabulary(),
        Agent(id=1),
        NOW,
        tasks=(TASK,),
        form=FORM,
        questions=questions,
        my_user=ME,
    )


def form(assignee: int | str, task: str = "40", **more: str) -> Attendance:
    return Attendance(
        ticket_id=4102, type="Bug", task=task, assignee=str(assignee), answer=AnswerKind.NONE, **more
    )


def warnings(filled: Attendance, *questions: Question) -> list[str]:
    found = check(filled, around(*questions))
    return [one.message for one in found if one.rule == "atender.direcionar"]


@pytest.mark.parametrize(
    "filled",
    [form(""), form(ME), form(WESLEY), form(HELENA, NO_TASK)],
    ids=["nobody", "oneself", "who has it", "no task"],
)
def test_what_goes_to_nobody_new_needs_no_answer(filled: Attendance) -> None:
    assert not is_undirected(filled, around())
    assert warnings(filled) == []
    assert task_note(filled, around()) == ""


@pytest.mark.parametrize("task", ["40", NEW_TASK])
def test_directing_without_an_answer_is_warned_of_and_never_blocked(task: str) -> None:
    found = [one for one in check(form(HELENA, task), around()) if one.rule == "atender.direcionar"]
    assert [(one.field, one.severity) for one in found] == [("assignee", Severity.WARN)]


def test_asking_alone_is_no_answer() -> None:
    (told,) = warnings(form(HELENA), question(1))
    assert told == "Ninguém respondeu ainda ao que foi perguntado em gestor_suporte (04/03 12:07)."


def test_an_answer_to_an_earlier_question_is_none_to_the_last() -> None:
    assert lead_answer(around(question(1, "Helena, alta"), question(2))) is None


def test_a_question_that_was_deleted_does_not_count() -> None:
    assert warnings(form(HELENA), question(1, "Helena"), question(2, state=Following.GONE)) == []
    assert warnings(form(HELENA), question(1, "Helena", state=Following.GONE)) != []


def test_a_settled_question_keeps_its_answer() -> None:
    assert warnings(form(HELENA), question(1, "Helena", state=Following.SETTLED)) == []


def test_the_newest_answer_goes_into_the_linked_tasks_own_change() -> None:
    asked = question(1, "já vejo", "Helena, prioridade alta")
    (step,) = plan(form(HELENA), around(asked), 0)
    edit = TaskEdit.model_validate(step.payload)
    assert edit.changes.private_notes
    assert edit.changes.assigned_to_id == HELENA
    assert edit.changes.notes.splitlines() == [
        "Direcionada para Helena Prado conforme João em gestor_suporte, 04/03/2026 12:07:",
        "> Helena, prioridade alta",
        f"https://exemplo.slack.com/archives/C0PLANT02/p{asked.answers[1].ts.replace('.', '')}"
        f"?thread_ts={asked.ts}&cid=C0PLANT02",
    ]
    assert step_text(step) == edit.changes.notes
    assert "Atribuída para: Helena Prado; nota: por que foi direcionada" in step_words(step, Vocabulary())


def test_a_new_task_gets_its_note_once_it_is_there() -> None:
    created, noted = plan(form(HELENA, NEW_TASK, subject="Nota", undirected="gestor fora"), around(), 0)
    assert (created.kind, noted.kind) == (CREATE, UPDATE)
    assert noted.uses == {"task_id": 0}
    assert TaskEdit.model_validate(noted.payload).changes == TaskChanges(
        notes="Direcionada para Helena Prado sem a resposta de gestor_suporte.\nMotivo: gestor fora",
        private_notes=True,
    )
    assert step_words(noted, Vocabulary()) == "Tarefa nova · nota: por que foi direcionada"


def test_what_was_asked_in_vain_is_named_in_the_note() -> None:
    told = task_note(form(HELENA, undirected="urgente"), around(question(3)))
    assert told.endswith("Motivo: urgente\nhttps://exemplo.slack.com/archives/C0PLANT02/p3")


@pytest.mark.parametrize(
    ("text", "tickets"),
    [
        ("Novo ticket #4102 (https://exemplo.freshdesk.com/a/tickets/4102): nota", (4102,)),
        ("#4101 e #4102, outra vez #4101", (4101, 4102)),
        ("bom dia, 4102 pessoas", ()),
        ("#canal", ()),
    ],
)
def test_a_message_names_tickets_by_number_or_address(text: str, tickets: tuple[int, ...]) -> None:
    assert Heard(channel="freshdesk", ts=ts_of(NOW), who="Freshdesk", text=text).tickets == tickets
