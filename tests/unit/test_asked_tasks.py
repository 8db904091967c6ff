"""Tasks as they were asked to become stand where they were read, until a reading tells what they are."""

from clients.models.feed import Feed, Trouble
from clients.models.task_views import TaskEntry
from tests.support.clock import NOW
from tests.support.tasks import ME, STATUSES, entry, task
from tui.asked_tasks import AskedTasks

READ = Feed((entry(7, assigned=ME), entry(8, assigned=ME)), as_of=NOW)
"""Both tasks are new."""
CLOSED = STATUSES[5]


def asked() -> AskedTasks:
    """Task 7 is asked to be closed."""
    changes = AskedTasks()
    changes.ask([task(7, assigned=ME, status=5)])
    return changes


def shown(changes: AskedTasks) -> tuple[TaskEntry, TaskEntry]:
    first, second = changes.over(READ).items
    return first, second


def is_on_its_way(changes: AskedTasks) -> bool:
    first, second = shown(changes)
    assert not second.on_its_way
    assert (first.task.status == CLOSED) is first.on_its_way
    return first.on_its_way


def test_what_nobody_asked_for_is_shown_as_it_was_read() -> None:
    assert AskedTasks().over(READ) is READ


def test_it_is_shown_as_asked_and_marked_until_it_was_written_and_read_after_that() -> None:
    changes = asked()
    assert is_on_its_way(changes)
    changes.hear(READ.busy())
    changes.hear(READ)
    assert is_on_its_way(changes), "a reading before the write says nothing of it"
    changes.written([7])
    changes.hear(READ)
    assert is_on_its_way(changes), "nor does one that began before it"
    changes.hear(READ.busy())
    assert is_on_its_way(changes)
    changes.hear(READ)
    assert not is_on_its_way(changes)
    assert changes.over(READ) is READ


def test_what_was_not_done_is_taken_back_at_once() -> None:
    changes = asked()
    changes.take_back([7])
    assert not is_on_its_way(changes)


def test_a_reading_that_failed_does_not_tell_what_became_of_it() -> None:
    changes = asked()
    changes.written([7])
    changes.hear(READ.busy())
    changes.hear(READ.failed(Trouble("Sem rede", "não respondeu")))
    assert is_on_its_way(changes)
    changes.hear(READ.busy())
    changes.hear(READ)
    assert not is_on_its_way(changes)


def test_asked_anew_it_waits_anew() -> None:
    changes = asked()
    changes.written([7])
    changes.hear(READ.busy())
    changes.ask([task(7, assigned=ME, status=5)])
    changes.hear(READ)
    assert is_on_its_way(changes)
