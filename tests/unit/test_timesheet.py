"""One week of hours: it adds up to its entries, whatever week it is, and tells no other week's."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from clients.models.figures import DAYS, last_days
from clients.models.spent_time import SpentTime
from clients.models.times import BRAZIL, day_of
from clients.models.timesheet import Timesheet
from clients.models.workday import WorkCalendar, week_of
from clients.models.worked import total
from tests.support.clock import NOW
from tests.unit.test_figures import drawn
from tests.unit.test_worked import WEDNESDAY, entry

CALENDAR = WorkCalendar()
NEW_YEAR = date(2027, 1, 1)
around_new_year = st.dates(NEW_YEAR - timedelta(days=20), NEW_YEAR + timedelta(days=20))
some_entries = st.lists(
    st.builds(
        entry,
        st.integers(0, 900),
        around_new_year,
        task=st.none() | st.integers(1, 3),
        client=st.sampled_from(["Padaria", "Oficina"]),
    ),
    max_size=20,
)


def sheet(entries: Sequence[SpentTime], today: date, shown: date | None = None) -> Timesheet:
    return Timesheet.of(today, entries, {}, CALENDAR, shown=shown, read_at=NOW)


@given(some_entries, around_new_year)
def test_a_week_adds_up_to_its_entries_by_day_task_and_client(entries: list[SpentTime], today: date) -> None:
    week = sheet(entries, today)
    assert set(week.entries) == {
        each for each in entries if each.spent_on.isocalendar()[:2] == today.isocalendar()[:2]
    }
    assert week.logged == total(week.entries)
    for day in week.days:
        assert day.logged == total(each for each in week.entries if each.spent_on == day.day)
    assert sum(share.minutes for share in week.tasks) == week.logged
    assert sum(share.minutes for share in week.clients) == week.logged
    assert total(week.of_today) == week.day.logged


@given(some_entries)
def test_the_weeks_one_after_the_other_tell_every_entry_once(entries: list[SpentTime]) -> None:
    mondays = [week_of(NEW_YEAR)[0] + timedelta(weeks=number) for number in range(-4, 5)]
    weeks = [sheet(entries, NEW_YEAR, shown=monday) for monday in mondays]
    assert sum(week.logged for week in weeks) == total(entries)
    assert sum(len(week.entries) for week in weeks) == len(entries)
    assert [week.is_this_week for week in weeks].count(True) == 1


@given(some_entries, around_new_year)
def test_what_is_missing_is_missing_day_by_day_and_never_ahead(entries: list[SpentTime], today: date) -> None:
    week = sheet(entries, today)
    for day in week.days:
        assert day.missing + min(day.logged, day.expected) == day.expected
    assert week.missing == sum(
        max(0, CALENDAR.expected(day) - total(each for each in entries if each.spent_on == day))
        for day in week_of(today)
        if day <= today
    )
    assert week.expected == sum(map(CALENDAR.expected, week_of(today)))


@given(st.integers(0, 59), st.integers(0, 59), around_new_year)
def test_time_of_the_last_hour_and_of_the_first_is_of_the_day_that_sao_paulo_has(
    before: int, after: int, day: date
) -> None:
    late = datetime.combine(day, time(23, before), BRAZIL).astimezone(UTC)
    early = datetime.combine(day + timedelta(days=1), time(0, after), BRAZIL).astimezone(UTC)
    assert late.date() != day, "in UTC it is the next day already"
    entries = [entry(10, day_of(late), id=1), entry(20, day_of(early), id=2)]
    told = {
        each.day: each.logged
        for shown in (day, day + timedelta(days=1))
        for each in sheet(entries, day, shown=shown).days
    }
    assert (told[day], told[day + timedelta(days=1)]) == (10, 20)


@given(
    st.lists(
        st.builds(
            entry,
            st.integers(0, 900),
            st.dates(WEDNESDAY - timedelta(days=DAYS + 5), WEDNESDAY),
            client=st.sampled_from(["Padaria", "Oficina", "Feira"]),
        ),
        max_size=20,
    )
)
def test_the_charts_add_up_to_the_entries_of_their_days(entries: list[SpentTime]) -> None:
    by_day, by_client, *_ = drawn(entries, [])
    of_days = total(each for each in entries if each.spent_on in last_days(WEDNESDAY))
    for values in (by_day.series[0].values, by_client.series[0].values):
        assert sum(round((value or 0) * 60) for value in values) == of_days
    assert by_day.days == last_days(WEDNESDAY)
    assert len(by_client.labels) == len(
        {each.project.name for each in entries if each.spent_on in by_day.days}
    )
