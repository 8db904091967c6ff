"""What a timer counted on each day of São Paulo, and a day's time taken off it."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from clients.models.timer import Span, Timer, ticket_target
from clients.models.timer_days import worked_days

TICKET = ticket_target(4102)
WEDNESDAY, THURSDAY, FRIDAY = date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 6)
NOON = datetime(2026, 3, 4, 15, 6, tzinfo=UTC)
"""Six past twelve on Wednesday, in São Paulo."""


def counted(*spans: tuple[datetime, float], running: bool = False) -> Timer:
    """A timer of spans of so many minutes; the last one may run."""
    made = [Span(began=began, ended=began + timedelta(minutes=minutes)) for began, minutes in spans]
    if running:
        made[-1] = Span(began=made[-1].began)
    return Timer(target=TICKET, spans=tuple(made))


def told(timer: Timer, now: datetime) -> list[tuple[date, int]]:
    return [(one.day, one.minutes) for one in worked_days(timer, now)]


def test_what_was_worked_yesterday_is_yesterdays() -> None:
    (one,) = worked_days(counted((NOON, 120)), NOON + timedelta(days=1))
    assert (one.day, one.minutes, one.until) == (WEDNESDAY, 120, NOON + timedelta(hours=2))


def test_each_day_has_its_own_minutes_and_a_span_over_midnight_is_of_both() -> None:
    late = datetime(2026, 3, 5, 2, 30, tzinfo=UTC)  # 23:30 on Wednesday; Thursday already in Greenwich
    timer = counted((NOON, 60), (late, 0), running=True)
    assert told(timer, late + timedelta(minutes=10)) == [(WEDNESDAY, 70)]
    assert told(timer, late + timedelta(minutes=75)) == [(WEDNESDAY, 90), (THURSDAY, 45)]


def test_no_second_is_lost_between_days_and_no_day_has_nothing() -> None:
    morning = NOON + timedelta(hours=20)
    assert told(counted((NOON, 1.5), (morning, 1.5)), morning) == [(WEDNESDAY, 1), (THURSDAY, 2)]
    assert told(counted((NOON, 0.5), (morning, 30)), morning) == [(THURSDAY, 30)]
    assert told(counted((NOON, 0.5)), morning) == []


def test_a_day_that_was_logged_is_off_the_timer_and_the_other_is_not() -> None:
    late = datetime(2026, 3, 5, 2, 30, tzinfo=UTC)
    timer, now = counted((NOON, 60), (late, 75)), NOON + timedelta(days=2)
    assert told(timer.logged(now, WEDNESDAY), now) == [(THURSDAY, 45)]
    assert told(timer.logged(now, THURSDAY), now) == [(WEDNESDAY, 90)]
    assert timer.logged(now, THURSDAY).logged(now, WEDNESDAY).spans == ()
    assert timer.logged(now, FRIDAY) == timer


def test_what_runs_or_came_later_stays_and_less_than_a_minute_does_not() -> None:
    morning = NOON + timedelta(hours=20)
    runs = counted((NOON, 60), (morning, 0), running=True)
    assert told(runs.logged(morning + timedelta(minutes=5), THURSDAY), morning) == [(WEDNESDAY, 60)]
    assert runs.logged(morning, WEDNESDAY).is_running
    assert counted((NOON, 0.5), (morning, 30)).logged(morning + timedelta(hours=1), THURSDAY).spans == ()
    again = counted((NOON, 60), (morning, 30))
    assert told(again.logged(morning, THURSDAY), morning) == [(WEDNESDAY, 60), (THURSDAY, 30)]


moments = st.datetimes(datetime(2018, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


@given(st.lists(st.tuples(moments, st.floats(0, 4000)), max_size=6))
def test_the_days_add_up_to_what_the_timer_counts(spans: list[tuple[datetime, float]]) -> None:
    timer, now = counted(*spans), datetime(2027, 6, 1, tzinfo=UTC)
    days = worked_days(timer, now)
    assert sum(one.minutes for one in days) == timer.minutes(now)
    assert [one.day for one in days] == sorted({one.day for one in days})
    for one in days:
        timer = timer.logged(now, one.day)
    assert timer.minutes(now) < 1 + len(spans)
