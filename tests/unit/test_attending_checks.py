"""R9–R11: what a form that was kept may ask for when one comes back to it."""

from dataclasses import replace

from clients.models.attendance import NEW_TASK, NO_TASK, AnswerKind, Attendance
from clients.models.fields import Vocabulary
from clients.models.finding import Severity
from clients.models.people import Agent
from clients.models.task import Named, Task, TaskStatus
from clients.models.ticket import Ticket
from tests.support.clock import NOW
from tui.flows.around import Around
from tui.flows.attending import plan
from tui.flows.attending_checks import check
from tui.flows.step_words import step_words

TICKET = Ticket(id=4102, subject="Nota recusada", type="Bug", created_at=NOW, updated_at=NOW)
TASK = Task(
    id=40,
    project=Named(id=1, name="ERP"),
    tracker=Named(id=1, name="Bug"),
    status=TaskStatus(id=1, name="Nova"),
    created_on=NOW,
    updated_on=NOW,
)
AROUND = Around(TICKET, (), Vocabulary(), Agent(id=1), NOW, tasks=(TASK,))


def strangers(task: str) -> list[tuple[Severity, str]]:
    kept = Attendance(
        ticket_id=4102, type="Bug", task=task, time="25min", activity="9", answer=AnswerKind.NONE
    )
    found = check(kept, AROUND)
    return [(one.severity, one.message) for one in found if one.rule == "atender.outra_tarefa"]


def test_time_goes_to_no_task_that_is_not_the_tickets_any_more() -> None:
    assert strangers("55") == [
        (Severity.BLOCK, "A tarefa 55 não é mais deste ticket: escolha outra."),
    ]


def test_its_own_task_a_new_one_or_none_can_be_chosen() -> None:
    assert [strangers(task) for task in ("40", NEW_TASK, NO_TASK)] == [[], [], []]


OPEN, CLOSED = TaskStatus(id=2, name="Em andamento"), TaskStatus(id=5, name="Fechada", is_closed=True)


def rules(task_status: str, time: str = "25min") -> dict[str, Severity]:
    form = Attendance(
        ticket_id=4102, type="Bug", task="40", task_status=task_status, time=time, answer=AnswerKind.NONE
    )
    return {one.rule: one.severity for one in check(form, replace(AROUND, statuses=(OPEN, CLOSED)))}


def test_the_task_goes_only_where_redmine_lets_it() -> None:
    assert "atender.situacao_tarefa" not in rules("2")
    assert rules("10")["atender.situacao_tarefa"] is Severity.BLOCK


def test_a_task_is_not_ended_without_time() -> None:
    assert rules("5", time="")["atender.tempo"] is Severity.BLOCK
    assert rules("2", time="")["atender.tempo"] is Severity.WARN


def test_a_new_situation_is_a_change_of_the_task() -> None:
    form = Attendance(ticket_id=4102, type="Bug", task="40", task_status="2", answer=AnswerKind.NONE)
    (step,) = plan(form, replace(AROUND, statuses=(OPEN, CLOSED)), 0)
    assert step_words(step, Vocabulary()) == "Tarefa 40 · Situação: Nova → Em andamento"
    same = form.model_copy(update={"task_status": "1"})
    assert plan(same, AROUND, 0) == ()
