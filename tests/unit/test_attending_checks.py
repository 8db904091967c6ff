"""R9–R11: what a form that was kept may ask for when one comes back to it."""

from clients.models.attendance import NEW_TASK, NO_TASK, AnswerKind, Attendance
from clients.models.fields import Vocabulary
from clients.models.finding import Severity
from clients.models.people import Agent
from clients.models.task import Named, Task, TaskStatus
from clients.models.ticket import Ticket
from tests.support.clock import NOW
from tui.flows.around import Around
from tui.flows.attending_checks import check

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
