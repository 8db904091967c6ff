"""A day that was worked, as typed: the last such one, and none that has not come."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.models.day import Day, NoDay
from clients.models.past_day import LONGEST_AGO, read_past_day

WEDNESDAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("hoje", WEDNESDAY),
        ("Ontem", date(2026, 3, 3)),
        ("anteontem", date(2026, 3, 2)),
        ("qua", WEDNESDAY),
        ("quinta", date(2026, 2, 26)),
        ("SÁB", date(2026, 2, 28)),
        ("segunda", date(2026, 3, 2)),
        ("segunda-feira", date(2026, 3, 2)),
        ("Terça feira", date(2026, 3, 3)),
        ("sábado", date(2026, 2, 28)),
        ("domingo", date(2026, 3, 1)),
        ("3/3", date(2026, 3, 3)),
        ("05/03", date(2025, 3, 5)),
        ("28/12", date(2025, 12, 28)),
        ("28/02/2026", date(2026, 2, 28)),
    ],
)
def test_days_that_have_been(typed: str, day: date) -> None:
    found = read_past_day(typed, WEDNESDAY)
    assert isinstance(found, Day), found
    assert found.day == day


@pytest.mark.parametrize("typed", ["", "amanhã", "31/02", "05/03/2026", "01/01/2020", "xyz", "12", "3/3/26"])
def test_what_was_no_working_day_of_ours(typed: str) -> None:
    assert isinstance(read_past_day(typed, WEDNESDAY), NoDay)


@pytest.mark.parametrize("typed", ["quase", "segredo", "terra", "sexo", "quinze", "domino", "sab-feira"])
def test_a_word_that_only_begins_like_a_weekday_is_none(typed: str) -> None:
    assert isinstance(read_past_day(typed, WEDNESDAY), NoDay)


@given(st.dates(date(2024, 1, 1), date(2032, 1, 1)), st.integers(0, LONGEST_AGO - 1))
def test_every_day_of_the_last_year_can_be_written(today: date, ago: int) -> None:
    day = today - timedelta(days=ago)
    found = read_past_day(f"{day:%d/%m/%Y}", today)
    assert isinstance(found, Day)
    assert found.day == day


@given(st.text(max_size=30), st.dates(date(2024, 1, 1), date(2032, 1, 1)))
def test_never_a_day_ahead_and_never_an_error(typed: str, today: date) -> None:
    found = read_past_day(typed, today)
    assert isinstance(found, NoDay) or found.day <= today
