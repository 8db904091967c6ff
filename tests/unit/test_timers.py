"""Timers on disk: nothing ticks, nothing is lost, nothing is made up."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from clients.models.timer import Timer, TimerState, target_name, task_target, ticket_target
from clients.models.timer_days import worked_days
from clients.models.times import day_of
from clients.store import Store
from tests.support.clock import Clock
from tui.timers import LOGGED, TIMERS, Timers

ROOT = Path(__file__).parents[2]
TICKET, TASK = ticket_target(4102), task_target(3017)


@pytest.fixture
def timers(store: Store, clock: Clock) -> Timers:
    return Timers(store, clock)


@pytest.fixture
def elsewhere(store: Store, clock: Clock) -> Iterator[Timers]:
    """The same analyst in another tmux window."""
    opened = Store(store.path)
    yield Timers(opened, clock)
    opened.close()


def known(timers: Timers, target: str = TICKET) -> Timer:
    timer = timers.get(target)
    assert timer is not None
    return timer


def test_targets_and_their_names() -> None:
    assert (TICKET, TASK) == ("ticket:4102", "task:3017")
    assert (target_name(TICKET), target_name(TASK)) == ("#4102", "tarefa #3017")


@pytest.mark.parametrize(
    "target", ["4102", "ticket:", "ticket:0", "client:1", "ticket:1:reply", "ticket:1\n"]
)
def test_time_is_spent_on_tickets_and_tasks_only(timers: Timers, target: str) -> None:
    with pytest.raises(ValidationError):
        timers.start(target)
    assert timers.list() == ()


class TestCounting:
    def test_minutes_come_from_the_clock(self, timers: Timers, clock: Clock) -> None:
        timer = timers.start(TICKET)
        clock.forward(minutes=41, seconds=59)
        assert timer.minutes(clock()) == 41
        clock.forward(seconds=1)
        assert timer.minutes(clock()) == 42

    def test_a_pause_is_not_worked(self, timers: Timers, clock: Clock) -> None:
        timers.start(TICKET)
        clock.forward(seconds=90)
        timers.pause(TICKET)
        clock.forward(hours=1)
        assert known(timers).state is TimerState.PAUSED
        timers.resume(TICKET)
        clock.forward(seconds=90)
        assert known(timers).state is TimerState.RUNNING
        assert known(timers).minutes(clock()) == 3  # seconds of both stretches together

    def test_stopped_work_waits_to_be_logged(self, timers: Timers, clock: Clock) -> None:
        timers.start(TICKET)
        clock.forward(minutes=7)
        stopped = timers.stop(TICKET)
        clock.forward(hours=3)
        assert stopped == known(timers)
        assert (stopped.state, stopped.minutes(clock())) == (TimerState.STOPPED, 7)

    def test_starting_again_what_runs_begins_nothing_anew(self, timers: Timers, clock: Clock) -> None:
        timers.start(TICKET)
        clock.forward(minutes=10)
        timers.start(TICKET)
        assert known(timers).minutes(clock()) == 10
        assert len(known(timers).spans) == 1

    def test_pausing_twice_adds_nothing(self, timers: Timers, clock: Clock) -> None:
        timers.start(TICKET)
        clock.forward(minutes=5)
        timers.pause(TICKET)
        clock.forward(minutes=5)
        timers.pause(TICKET)
        assert known(timers).minutes(clock()) == 5

    @pytest.mark.parametrize("change", [Timers.pause, Timers.resume, Timers.stop])
    def test_where_there_is_no_timer_none_appears(
        self, timers: Timers, change: Callable[[Timers, str], Timer | None]
    ) -> None:
        assert change(timers, TICKET) is None
        assert timers.list() == ()


class TestKeeping:
    def test_time_that_no_timer_counted_waits_to_be_logged(self, timers: Timers, clock: Clock) -> None:
        counted = Timer(target=TASK).started(clock() - timedelta(minutes=40)).at_stop(clock())
        timers.keep(counted)
        assert known(timers, TASK) == counted

    def test_it_takes_the_place_of_no_timer_that_there_is(
        self, timers: Timers, elsewhere: Timers, clock: Clock
    ) -> None:
        counted = Timer(target=TASK).started(clock() - timedelta(minutes=40)).at_stop(clock())
        elsewhere.start(TASK)
        timers.keep(counted)
        assert known(timers, TASK).is_running


class TestOneAtATime:
    def test_starting_one_pauses_the_other(self, timers: Timers, clock: Clock) -> None:
        timers.start(TICKET)
        clock.forward(minutes=10)
        timers.start(TASK)
        clock.forward(minutes=5)
        assert [timer.target for timer in timers.running()] == [TASK]
        assert known(timers).minutes(clock()) == 10
        timers.resume(TICKET)
        clock.forward(minutes=1)
        assert [timer.target for timer in timers.running()] == [TICKET]
        assert known(timers, TASK).minutes(clock()) == 5

    def test_two_run_where_that_is_wanted(self, timers: Timers) -> None:
        timers.start(TICKET)
        timers.start(TASK, alone=False)
        assert len(timers.running()) == 2

    def test_on_quitting_all_are_paused(self, timers: Timers, clock: Clock) -> None:
        timers.start(TICKET)
        timers.start(TASK, alone=False)
        clock.forward(minutes=3)
        assert {timer.target for timer in timers.pause_all()} == {TICKET, TASK}
        assert timers.running() == ()
        assert timers.pause_all() == ()

    def test_the_list_begins_with_what_runs(self, timers: Timers, clock: Clock) -> None:
        for number in (1, 2, 3, 4):
            timers.start(ticket_target(number))
            clock.forward(minutes=1)
        timers.stop(ticket_target(2))
        assert [timer.target for timer in timers.list()] == ["ticket:4", "ticket:3", "ticket:1", "ticket:2"]


class TestOnDisk:
    def test_it_runs_on_where_nobody_is(self, timers: Timers, store: Store, clock: Clock) -> None:
        timers.start(TICKET)
        again = Store(store.path)  # as after kill -9: nothing was closed, nothing was said
        try:
            clock.forward(minutes=25)
            assert known(Timers(again, clock)).minutes(clock()) == 25
        finally:
            again.close()

    @pytest.mark.crash
    def test_it_survives_a_kill(self, timers: Timers, store: Store, clock: Clock) -> None:
        code = f"""
import os, signal
from datetime import datetime
from pathlib import Path
from clients.models.timer_days import worked_days
from clients.models.times import day_of
from clients.store import Store
from tui.timers import Timers
timers = Timers(Store(Path({str(store.path)!r})), lambda: datetime.fromisoformat({clock().isoformat()!r}))
timers.start({TICKET!r})
os.kill(os.getpid(), signal.SIGKILL)
"""
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
        assert done.returncode == -signal.SIGKILL
        clock.forward(minutes=25)
        assert known(timers).minutes(clock()) == 25

    def test_what_is_only_read_writes_nothing(self, timers: Timers, store: Store, clock: Clock) -> None:
        timers.start(TICKET)
        timers.note_activity(TICKET, clock())
        before = files_of(store.path)
        for _ in range(60):
            clock.forward(minutes=1)
            assert known(timers).minutes(clock())
            assert timers.list()
        assert files_of(store.path) == before

    def test_activity_within_the_same_minute_is_written_once(
        self, timers: Timers, store: Store, clock: Clock
    ) -> None:
        timers.start(TICKET)
        clock.forward(minutes=5)
        timers.note_activity(TICKET, clock())
        before = files_of(store.path)
        for _ in range(59):
            clock.forward(seconds=1)
            timers.note_activity(TICKET, clock())
        assert files_of(store.path) == before
        clock.forward(seconds=1)
        timers.note_activity(TICKET, clock())
        assert files_of(store.path) != before

    def test_activity_that_is_known_does_not_wait_for_others_who_write(
        self, timers: Timers, store: Store, clock: Clock
    ) -> None:
        timers.start(TICKET)
        clock.forward(minutes=5)
        timers.note_activity(TICKET, clock())
        other = Store(store.path)
        try:
            with other.transaction():
                timers.note_activity(TICKET, clock())  # StoreError, if it waited for the lock
        finally:
            other.close()

    def test_two_sessions_add_to_each_other(self, timers: Timers, elsewhere: Timers, clock: Clock) -> None:
        timers.start(TICKET)
        clock.forward(minutes=10)
        elsewhere.start(TASK)
        clock.forward(minutes=10)
        timers.resume(TICKET)
        clock.forward(minutes=10)
        elsewhere.pause(TICKET)
        for side in (timers, elsewhere):
            assert known(side).minutes(clock()) == 20
            assert known(side, TASK).minutes(clock()) == 10
            assert side.running() == ()

    def test_what_was_begun_elsewhere_is_not_discarded_with_what_was_seen(
        self, timers: Timers, elsewhere: Timers, clock: Clock
    ) -> None:
        timers.start(TICKET)
        clock.forward(minutes=30)
        seen = timers.pause(TICKET)
        assert seen is not None
        clock.forward(minutes=1)
        elsewhere.start(TICKET)
        clock.forward(minutes=2)
        timers.discard(seen)
        assert known(timers).is_running
        assert known(timers).minutes(clock()) == 2

    def test_discarding_all_leaves_nothing(self, timers: Timers, store: Store, clock: Clock) -> None:
        seen = timers.start(TICKET)
        clock.forward(minutes=30)
        timers.discard(seen)
        assert timers.list() == ()
        assert store.table(TIMERS).all() == []


def files_of(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir() if not file.name.endswith("-shm")}


class TestLogging:
    def test_time_is_kept_until_it_was_logged(self, timers: Timers, clock: Clock) -> None:
        timers.start(TICKET)
        clock.forward(minutes=42)
        timers.stop(TICKET)
        assert known(timers).minutes(clock()) == 42
        assert timers.settle(TICKET, 45, "op-1", clock())
        assert timers.get(TICKET) is None

    def test_the_same_operation_clears_once(self, timers: Timers, clock: Clock) -> None:
        timers.start(TICKET)
        clock.forward(minutes=42)
        timers.stop(TICKET)
        assert timers.settle(TICKET, 42, "op-1", clock())
        timers.start(TICKET)
        clock.forward(minutes=5)
        timers.stop(TICKET)
        assert not timers.settle(TICKET, 42, "op-1", clock())  # found done at the next start, and told again
        assert known(timers).minutes(clock()) == 5
        assert timers.settle(TICKET, 5, "op-2", clock())
        assert timers.get(TICKET) is None

    def test_of_sessions_that_settle_it_at_once_one_does(
        self, timers: Timers, store: Store, clock: Clock
    ) -> None:
        def settle(_: int) -> bool:
            opened = Store(store.path)
            try:
                return Timers(opened, clock).settle(TICKET, 42, "op-1", clock())
            finally:
                opened.close()

        timers.start(TICKET)
        clock.forward(minutes=42)
        timers.stop(TICKET)
        with ThreadPoolExecutor(8) as sessions:
            assert sorted(sessions.map(settle, range(8))) == [False] * 7 + [True]

    def test_what_was_worked_since_the_stop_is_not_cleared(
        self, timers: Timers, elsewhere: Timers, clock: Clock
    ) -> None:
        timers.start(TICKET)
        clock.forward(minutes=42)
        timers.stop(TICKET)
        planned_at = clock()
        clock.forward(minutes=1)
        elsewhere.start(TICKET)
        clock.forward(minutes=3)
        elsewhere.pause(TICKET)
        timers.settle(TICKET, 42, "op-1", planned_at)
        assert known(timers).minutes(clock()) == 3

    def test_what_runs_is_not_cleared(self, timers: Timers, clock: Clock) -> None:
        timers.start(TICKET)
        clock.forward(minutes=42)
        timers.stop(TICKET)
        planned_at = clock()
        timers.start(TICKET)
        clock.forward(minutes=2)
        timers.settle(TICKET, 42, "op-1", planned_at)
        assert known(timers).is_running
        assert known(timers).minutes(clock()) == 2

    def test_of_several_days_the_one_that_was_logged_is_cleared(self, timers: Timers, clock: Clock) -> None:
        wednesday = day_of(clock())
        for _ in range(2):
            timers.start(TICKET)
            clock.forward(minutes=30)
            timers.stop(TICKET)
            clock.forward(days=1)
        assert timers.settle(TICKET, 30, "op-1", clock(), wednesday)
        (left,) = worked_days(known(timers), clock())
        assert (left.day, left.minutes) == (wednesday + timedelta(days=1), 30)
        assert timers.settle(TICKET, 30, "op-2", clock(), left.day)
        assert timers.get(TICKET) is None

    def test_settling_fails_together_with_what_it_follows_from(
        self, timers: Timers, store: Store, clock: Clock
    ) -> None:
        def concluding() -> None:
            with store.transaction():
                timers.settle(TICKET, 42, "op-1", clock())
                raise RuntimeError("the journal could not be written")

        timers.start(TICKET)
        clock.forward(minutes=42)
        timers.stop(TICKET)
        with pytest.raises(RuntimeError):
            concluding()
        assert known(timers).minutes(clock()) == 42
        assert timers.settle(TICKET, 42, "op-1", clock())

    def test_old_operations_are_forgotten(self, timers: Timers, store: Store, clock: Clock) -> None:
        timers.settle(TICKET, 42, "op-1", clock())
        clock.forward(days=40)
        timers.settle(TICKET, 5, "op-2", clock())
        timers.forget_logged(clock() - timedelta(days=30))
        assert [row["op_id"] for row in store.table(LOGGED)] == ["op-2"]


class TestAnOddClock:
    def test_put_back_it_gives_no_negative_time(self, timers: Timers, clock: Clock) -> None:
        timers.start(TICKET)
        clock.forward(hours=-2)
        assert known(timers).minutes(clock()) == 0
        timers.pause(TICKET)
        assert known(timers).minutes(clock()) == 0
        timers.resume(TICKET)
        clock.forward(minutes=8)
        timers.pause(TICKET)
        assert known(timers).minutes(clock()) == 8

    @given(
        st.lists(
            st.tuples(st.sampled_from(["started", "paused", "at_stop"]), st.integers(-90_000, 90_000)),
            max_size=12,
        )
    )
    def test_whatever_happens_time_is_never_negative_nor_more_than_passed(
        self, history: list[tuple[str, int]]
    ) -> None:
        now = datetime(2026, 3, 4, 15, tzinfo=UTC)
        timer, passed = Timer(target=TICKET), timedelta()
        for verb, seconds in history:
            timer = getattr(timer, verb)(now)
            now += timedelta(seconds=seconds)
            passed += timedelta(seconds=max(0, seconds))
        assert 0 <= timer.minutes(now) <= passed / timedelta(minutes=1)
        assert sum(span.ended is None for span in timer.spans) <= 1


class TestForgotten:
    def test_up_to_nine_and_a_half_hours_nothing_is_asked(self, timers: Timers, clock: Clock) -> None:
        timers.start(TICKET)
        clock.forward(hours=9, minutes=30)
        assert known(timers).offer(clock()) is None
        clock.forward(seconds=1)
        assert known(timers).is_forgotten(clock())

    def test_several_stretches_may_add_up_to_more(self, timers: Timers, clock: Clock) -> None:
        for _ in range(3):
            timers.start(TICKET)
            clock.forward(hours=4)
            timers.pause(TICKET)
            clock.forward(hours=12)
        assert known(timers).minutes(clock()) == 720
        assert not known(timers).is_forgotten(clock())

    def test_the_last_activity_before_the_night_is_offered(self, timers: Timers, clock: Clock) -> None:
        begun = clock()
        timers.start(TICKET)
        for _ in range(3):
            clock.forward(hours=1)
            timers.note_activity(TICKET, clock())
        clock.forward(hours=15)
        timers.note_activity(TICKET, clock())  # one comes back in the morning and opens the ticket
        offer = known(timers).offer(clock())
        assert offer is not None
        assert (offer.began, offer.minutes) == (begun, 18 * 60)
        assert (offer.last_active, offer.active_minutes) == (begun + timedelta(hours=3), 180)
        assert (offer.longest_until, offer.longest_minutes) == (begun + timedelta(hours=9.5), 570)

    def test_where_nothing_was_noted_nothing_is_made_up(self, timers: Timers, clock: Clock) -> None:
        timers.start(TICKET)
        timers.note_activity(TICKET, clock() + timedelta(hours=1))  # has not come
        timers.note_activity(TICKET, clock() - timedelta(hours=1))  # was before
        clock.forward(hours=10)
        offer = known(timers).offer(clock())
        assert offer is not None
        assert (offer.last_active, offer.active_minutes) == (None, 0)

    @pytest.mark.parametrize("end", [Timers.pause, Timers.stop, lambda timers, _: timers.start(TASK)])
    def test_ending_it_does_not_hide_it(
        self, timers: Timers, clock: Clock, end: Callable[[Timers, str], object]
    ) -> None:
        timers.start(TICKET)
        clock.forward(hours=20)
        end(timers, TICKET)
        clock.forward(hours=1)
        offer = known(timers).offer(clock())
        assert offer is not None
        assert offer.minutes == 20 * 60

    @pytest.mark.parametrize("minutes", [25, 570, 600])
    def test_the_answer_is_what_counts_and_it_is_asked_once(
        self, timers: Timers, clock: Clock, minutes: int
    ) -> None:
        timers.start(TICKET)
        clock.forward(minutes=20)
        timers.pause(TICKET)
        clock.forward(minutes=20)
        timers.resume(TICKET)
        clock.forward(hours=14)
        offer = known(timers).offer(clock())
        assert offer is not None
        timers.correct(TICKET, offer.began, minutes)
        assert known(timers).minutes(clock()) == 20 + minutes
        assert known(timers).state is TimerState.PAUSED
        assert known(timers).offer(clock()) is None
