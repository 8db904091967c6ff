"""Hours logged against the working day: sums, shares, what is missing."""

from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from clients.models.duration import LONGEST, wire_hours
from clients.models.mark import mark, marks_of, unmarked
from clients.models.spent_time import Numbered, SpentTime
from clients.models.task import Named
from clients.models.workday import WorkCalendar, week_of
from clients.models.worked import (
    by_client,
    by_task,
    day_sums,
    minutes_of,
    missing_until,
    told_of,
    total,
)

NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)
WEDNESDAY = date(2026, 3, 4)
WEEK = week_of(WEDNESDAY)
CALENDAR = WorkCalendar()


def shown(minutes: int) -> float:
    """Hours as the server shows them after it was sent so many minutes."""
    return float(round(Decimal(wire_hours(minutes)), 2))


def entry(
    minutes: int, day: date = WEDNESDAY, *, task: int | None = 812, client: str = "Padaria", id: int = 1
) -> SpentTime:
    return SpentTime(
        id=id,
        project=Named(id=1, name=client),
        issue=None if task is None else Numbered(id=task),
        user=Named(id=7),
        activity=Named(id=10),
        hours=shown(minutes),
        spent_on=day,
        created_on=NOW,
        updated_on=NOW,
    )


lengths = st.integers(0, LONGEST)
some_entries = st.lists(
    st.builds(
        entry,
        lengths,
        st.sampled_from(WEEK),
        task=st.none() | st.integers(1, 4),
        client=st.sampled_from(["Padaria", "Oficina"]),
    ),
    max_size=30,
)


@given(lengths)
def test_two_decimals_of_an_hour_still_tell_each_minute(minutes: int) -> None:
    assert minutes_of(entry(minutes)) == minutes


@given(some_entries)
def test_days_tasks_and_clients_add_up_to_the_same(entries: list[SpentTime]) -> None:
    days = sum(day.logged for day in day_sums(entries, WEEK, CALENDAR))
    assert days == total(entries)
    for shares in (by_task(entries), by_client(entries)):
        assert sum(share.minutes for share in shares) == total(entries)
        assert sum(share.entries for share in shares) == len(entries)
        assert [share.minutes for share in shares] == sorted(
            (share.minutes for share in shares), reverse=True
        )


@given(some_entries, st.sampled_from(WEEK))
def test_what_is_missing_never_shrinks_by_another_days_surplus(entries: list[SpentTime], today: date) -> None:
    sums = day_sums(entries, WEEK, CALENDAR)
    missing = missing_until(sums, today)
    assert 0 <= missing <= sum(CALENDAR.expected(day) for day in WEEK if day <= today)
    more = [*entries, entry(600, WEEK[6])]
    assert missing_until(day_sums(more, WEEK, CALENDAR), today) == missing


def test_a_holiday_expects_nothing_and_says_its_name() -> None:
    carnival = date(2026, 2, 17)
    (day,) = day_sums([entry(60, carnival)], [carnival], CALENDAR)
    assert (day.logged, day.expected, day.missing, day.day_off) == (60, 0, 0, "Carnaval")


def test_what_lies_ahead_is_not_missing() -> None:
    sums = day_sums([entry(480, WEEK[0]), entry(300, WEEK[1])], WEEK, CALENDAR)
    assert missing_until(sums, WEDNESDAY) == 180 + 480


def test_time_on_a_project_alone_is_no_task() -> None:
    shares = by_task([entry(30, task=None), entry(10), entry(15)])
    assert [(share.task_id, share.minutes, share.entries) for share in shares] == [(0, 30, 1), (812, 25, 2)]


def test_the_mark_is_not_told_and_can_be_kept() -> None:
    written = entry(5).model_copy(update={"comments": f"XML conferido {mark('01hq-9c2e')}"})
    assert told_of(written) == "XML conferido"
    assert unmarked(mark("a1")) == ""
    assert marks_of(written.comments) == mark("01hq-9c2e")
    assert marks_of("sem [op] nada") == ""
