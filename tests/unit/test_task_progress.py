"""One task in progress per person: which situations count, what is written and in which order."""

from datetime import date, timedelta

import pytest

from clients.models.task import JournalEntry, Named, Task, TaskStatus
from clients.models.timer import TimerState
from tests.support.clock import NOW
from tests.support.tasks import ME, OTHER, STATUSES, task
from tui.flows.hours import TASK_HOURS, TaskTime
from tui.flows.task_progress import (
    Stopping,
    counted_by_none,
    is_in_progress,
    move,
    named,
    progress_steps,
)
from tui.flows.tasks import UPDATE

NEW, AT_IT = STATUSES[1], STATUSES[2]


def moved(who: int, minutes: int, name: str = "status_id") -> JournalEntry:
    details = ({"property": "attr", "name": name, "old_value": "1", "new_value": "2"},)
    at = NOW - timedelta(minutes=minutes)
    return JournalEntry(id=minutes, user=Named(id=who, name="x"), created_on=at, details=details)


def time(task_id: int) -> TaskTime:
    return TaskTime(task_id=task_id, minutes=25, spent_on=date(2026, 3, 4))


@pytest.mark.parametrize(
    ("found", "counts"),
    [
        (task(1, status=2, assigned=ME), True),
        (task(1, status=2, assigned=OTHER), False),
        (task(1, status=2), False),
        (task(1, assigned=ME), False),
    ],
)
def test_only_what_is_with_one_and_in_that_situation_is_in_progress(found: Task, counts: bool) -> None:
    assert is_in_progress(found, ME, "EM ANDAMENTO") is counts


def test_a_situation_is_found_by_its_name_among_those_that_are_allowed() -> None:
    allowed = (NEW, TaskStatus(id=9, name="Em Execução"))
    assert named(allowed, "em execucao") == allowed[1]
    assert named(allowed, "Em andamento") is None


def test_the_change_is_told_by_names_and_there_is_none_where_it_is_so() -> None:
    found = move(task(7), AT_IT)
    assert found is not None
    assert found.told == "Situação: Nova → Em andamento"
    assert found.seen == task(7).updated_on, "over nobody's change"
    assert move(task(7, status=2), AT_IT) is None


@pytest.mark.parametrize(
    ("journals", "minutes"),
    [
        ((moved(ME, 40),), 40),
        ((moved(ME, 40), moved(ME, 10, "priority_id")), 40),
        ((moved(ME, 40), moved(OTHER, 20)), None),
        ((moved(ME, 10 * 60),), None),
        ((moved(ME, 0),), None),
        ((moved(ME, -5),), None),
        ((), None),
    ],
)
def test_without_a_timer_time_counts_from_when_one_began(
    journals: tuple[JournalEntry, ...], minutes: int | None
) -> None:
    timer = counted_by_none(task(7, status=2, journals=journals), ME, NOW)
    assert (timer.minutes(NOW) if timer else None) == minutes
    assert timer is None or (timer.target, timer.state) == ("task:7", TimerState.STOPPED)


def test_time_is_written_before_anything_that_may_be_refused_and_the_beginning_last() -> None:
    one, other = task(8, status=2), task(9, status=2)
    stopping = [Stopping(one, (), move(one, NEW)), Stopping(other, (time(9),), move(other, NEW))]
    steps = progress_steps("task:7", stopping, move(task(7), AT_IT))
    assert [(step.kind, step.payload["task_id"]) for step in steps] == [
        (TASK_HOURS, 9),
        (UPDATE, 8),
        (UPDATE, 9),
        (UPDATE, 7),
    ]
    assert {step.target for step in steps} == {"task:7"}, "one operation"


def test_where_nothing_is_to_be_written_there_is_no_step() -> None:
    assert progress_steps("task:7", [Stopping(task(8))], None) == ()
