"""The working day: weekdays, Brazil's holidays, the team's own, and which day a moment belongs to."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from clients.models.times import day_of
from clients.models.workday import WorkCalendar, read_team_day, week_of
from tui.settings_workday import WorkdaySettings

CALENDAR = WorkCalendar()
MONDAY, SATURDAY = date(2026, 3, 2), date(2026, 3, 7)
FIXED = ((1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (11, 20), (12, 25))
"""The national holidays that do not move, by month and day."""
moments = st.datetimes(datetime(2019, 12, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "Confraternização Universal"),
        (date(2026, 4, 3), "Sexta-feira Santa"),
        (date(2027, 3, 26), "Sexta-feira Santa"),
        (date(2026, 2, 16), "Carnaval"),
        (date(2026, 2, 17), "Carnaval"),
        (date(2026, 6, 4), "Corpus Christi"),
        (date(2023, 11, 20), ""),  # national from 2024 on
        (date(2024, 11, 20), "Dia Nacional de Zumbi e da Consciência Negra"),
        (date(2026, 2, 18), ""),  # Ash Wednesday: not one of those that are granted
        (date(2026, 3, 3), ""),
    ],
)
def test_holidays_fixed_and_movable(day: date, name: str) -> None:
    assert CALENDAR.day_off(day) == name
    assert CALENDAR.expected(day) == (0 if name or day.weekday() > 4 else 480)


def test_what_is_optional_is_the_teams_to_grant() -> None:
    strict = WorkCalendar(optional=())
    assert strict.expected(date(2026, 2, 17)) == 480
    assert strict.expected(date(2026, 4, 3)) == 0
    generous = WorkdaySettings.model_validate({"facultativos": ["Quarta-feira de Cinzas"]}).calendar
    assert generous.day_off(date(2026, 2, 18)) == "Quarta-feira de Cinzas"


def test_the_settings_say_weekdays_and_days_off() -> None:
    calendar = WorkdaySettings.model_validate(
        {
            "horas": {"sex": "7h30", "sab": "4h", "seg": "0"},
            "feriados": {"24/12": "Recesso", "03/03/2026": "Mudança"},
        }
    ).calendar
    assert [calendar.expected(day) for day in week_of(MONDAY)] == [0, 0, 480, 480, 450, 240, 0]
    assert calendar.day_off(date(2026, 3, 3)) == "Mudança"
    assert calendar.day_off(date(2027, 3, 3)) == ""
    assert calendar.day_off(date(2026, 12, 24)) == calendar.day_off(date(2031, 12, 24)) == "Recesso"


@pytest.mark.parametrize(
    "wrong",
    [
        {"horas": {"seg": "oito"}},
        {"horas": {"segunda": "8h"}},
        {"horas": {"seg": "25h"}},
        {"feriados": {"31/02": "Nunca"}},
        {"feriados": {"29/02/2026": "Nunca"}},
        {"feriados": {"natal": "Natal"}},
        {"feriados": {"24/12": " "}},
        {"facultativos": ["Dia do Analista"]},
    ],
)
def test_settings_that_nobody_can_keep_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        WorkdaySettings.model_validate(wrong)


def test_a_leap_day_may_be_a_day_off_every_year() -> None:
    assert read_team_day("29/02").falls_on(date(2028, 2, 29))


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus, which the movable holidays hang on."""
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    moon = (century - (century - (century + 8) // 25 + 1) // 3) - leaps
    epact = (19 * (year % 19) + moon + 15) % 30
    weekday = (32 + 2 * rest + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.parametrize(
    ("year", "day"), [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2026, date(2026, 4, 5))]
)
def test_our_easter_is_the_churchs(year: int, day: date) -> None:
    assert easter(year) == day


@pytest.mark.parametrize("year", range(2024, 2041))
def test_movable_holidays_keep_their_distance_from_easter(year: int) -> None:
    sunday = easter(year)
    expected = {-48: "Carnaval", -47: "Carnaval", -2: "Sexta-feira Santa", 60: "Corpus Christi"}
    fixed = {CALENDAR.day_off(date(year, month, day)) for month, day in FIXED}
    for distance in range(-50, 64):
        day = sunday + timedelta(days=distance)
        if (day.month, day.day) not in FIXED:
            assert CALENDAR.day_off(day) == expected.get(distance, ""), day
    assert "" not in fixed


@given(days)
def test_nobody_is_expected_on_a_weekend_or_a_day_off_and_everybody_on_any_other_day(day: date) -> None:
    free = day.weekday() >= 5 or CALENDAR.day_off(day) != ""
    assert CALENDAR.expected(day) == (0 if free else 480)
    assert CALENDAR.is_worked(day) is not free


@given(
    st.dictionaries(
        st.sampled_from(("seg", "ter", "qua", "qui", "sex", "sab", "dom")), st.integers(0, 24 * 60)
    ),
    days,
)
def test_each_weekday_is_as_long_as_the_settings_say(hours: dict[str, int], day: date) -> None:
    written = {
        name: f"{minutes // 60}h{minutes % 60:02}" if minutes else "0" for name, minutes in hours.items()
    }
    calendar = WorkdaySettings.model_validate({"horas": written}).calendar
    usual = 480 if day.weekday() < 5 else 0
    name = ("seg", "ter", "qua", "qui", "sex", "sab", "dom")[day.weekday()]
    assert calendar.expected(day) == (0 if calendar.day_off(day) else hours.get(name, usual))


@given(days, st.booleans())
def test_a_day_off_of_the_team_is_free_on_its_day_alone(day: date, every_year: bool) -> None:
    text = f"{day:%d/%m}" if every_year else f"{day:%d/%m/%Y}"
    calendar = WorkdaySettings.model_validate({"feriados": {text: "Recesso"}}).calendar
    assert (calendar.day_off(day), calendar.expected(day)) == ("Recesso", 0)
    for other in (day - timedelta(days=1), day + timedelta(days=1)):
        assert calendar.expected(other) == CALENDAR.expected(other)
    if (day.month, day.day) != (2, 29):
        later = day.replace(year=day.year + 1)
        assert (calendar.day_off(later) == "Recesso") is every_year


@given(days)
def test_a_week_is_the_iso_week_also_over_the_years_end(day: date) -> None:
    assert {each.isocalendar()[:2] for each in week_of(day)} == {day.isocalendar()[:2]}


def test_a_week_may_lie_in_two_years() -> None:
    week = week_of(date(2027, 1, 1))
    assert (week[0], week[-1]) == (date(2026, 12, 28), date(2027, 1, 3))
    off = {day: CALENDAR.day_off(day) for day in week if CALENDAR.day_off(day)}
    assert off == {date(2027, 1, 1): "Confraternização Universal"}


@given(days)
def test_a_week_begins_on_monday_and_each_of_its_days_is_in_it(day: date) -> None:
    week = week_of(day)
    assert [each.weekday() for each in week] == list(range(7))
    assert day in week
    assert {week_of(each) for each in week} == {week}


@given(moments)
def test_a_day_begins_at_midnight_of_sao_paulo_whatever_utc_says(moment: datetime) -> None:
    # no daylight saving since 2019: the day is that of three hours before, on every date
    assert day_of(moment) == (moment - timedelta(hours=3)).date()


def test_late_in_the_evening_it_is_still_today() -> None:
    assert day_of(datetime(2026, 3, 5, 2, 59, tzinfo=UTC)) == date(2026, 3, 4)
    assert day_of(datetime(2026, 3, 5, 3, 0, tzinfo=UTC)) == date(2026, 3, 5)
    sunday_night = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
    assert week_of(day_of(sunday_night))[0] == MONDAY
