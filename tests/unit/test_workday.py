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
