"""Deadlines as they are typed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.models.day import Day, NoDay, read_day

TODAY = date(2026, 3, 4)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("13/03/2026", date(2026, 3, 13)),
        ("13/3/26", date(2026, 3, 13)),
        ("13.03.2026", date(2026, 3, 13)),
        ("2026-03-13", date(2026, 3, 13)),
        ("13/03", date(2026, 3, 13)),
        ("04/03", TODAY),
        ("3/3", date(2027, 3, 3)),
        ("hoje", TODAY),
        (" Hoje ", TODAY),
        ("amanhã", date(2026, 3, 5)),
        ("amanha", date(2026, 3, 5)),
        ("depois de amanhã", date(2026, 3, 6)),
        ("seg", date(2026, 3, 9)),
        ("Sex", date(2026, 3, 6)),
        ("qua", date(2026, 3, 11)),
        ("terça-feira", date(2026, 3, 10)),
        ("terca feira", date(2026, 3, 10)),
        ("próxima sexta", date(2026, 3, 6)),
        ("sáb", date(2026, 3, 7)),
        ("+10d", date(2026, 3, 14)),
        ("+10", date(2026, 3, 14)),
        ("+ 10 dias", date(2026, 3, 14)),
        ("10 dias", date(2026, 3, 14)),
        ("em 10 dias", date(2026, 3, 14)),
        ("10d", date(2026, 3, 14)),
        ("+2s", date(2026, 3, 18)),
        ("2 semanas", date(2026, 3, 18)),
        ("+0d", TODAY),
        ("29/02/2028", date(2028, 2, 29)),
    ],
)
def test_what_is_understood(typed: str, day: date) -> None:
    read = read_day(typed, TODAY)
    assert isinstance(read, Day), read
    assert read.day == day
    assert f"{day:%d/%m/%Y}" in read.echo


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "Falta o prazo"),
        ("   ", "Falta o prazo"),
        ("10", "Não se entende"),
        ("31/02/2026", "Não se entende"),
        ("31/02", "Não se entende"),
        ("13/13", "Não se entende"),
        ("semana que vem", "Não se entende"),
        ("se", "Não se entende"),
        ("logo", "Não se entende"),
        ("x" * 500, "Não se entende"),
        ("03/03/2026", "03/03/2026 já passou"),
        ("01/01/0001", "já passou"),
        ("13/03/2062", "confira o ano"),
        ("+9999d", "confira o ano"),
        ("+9999s", "confira o ano"),
    ],
)
def test_what_is_not(typed: str, why: str) -> None:
    read = read_day(typed, TODAY)
    assert isinstance(read, NoDay), read
    assert why in read.reason


def test_the_echo_says_weekday_and_distance() -> None:
    assert read_day("13/03", TODAY) == Day(date(2026, 3, 13), "= sexta-feira, 13/03/2026 (em 9 dias)")
    assert read_day("hoje", TODAY) == Day(TODAY, "= quarta-feira, 04/03/2026 (hoje)")
    assert read_day("+1d", TODAY) == Day(date(2026, 3, 5), "= quinta-feira, 05/03/2026 (amanhã)")


def test_a_weekend_is_warned_of() -> None:
    read = read_day("sab", TODAY)
    assert isinstance(read, Day)
    assert read.warning == "cai num sábado"


def test_a_day_of_leap_years_alone_is_not_found_in_another_one() -> None:
    assert isinstance(read_day("29/02", TODAY), NoDay)
    assert read_day("29/02", date(2027, 12, 1)) == Day(
        date(2028, 2, 29), "= terça-feira, 29/02/2028 (em 90 dias)"
    )


@given(st.text(max_size=40), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_nothing_that_is_typed_is_a_day_of_the_past(typed: str, today: date) -> None:
    read = read_day(typed, today)
    assert isinstance(read, NoDay) or read.day >= today


@given(st.integers(0, 1800))
def test_every_day_ahead_can_be_written_in_full(ahead: int) -> None:
    day = TODAY + timedelta(days=ahead)
    read = read_day(f"{day:%d/%m/%Y}", TODAY)
    assert isinstance(read, Day)
    assert read.day == day
