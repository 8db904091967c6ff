"""What is typed into a field of Redmine's own: yes or no, days, and whatever else as it stands."""

from datetime import date

import pytest

from tui.flows.own_values import offered, own_refusal, own_value

TODAY = date(2026, 3, 4)
DAYS = ("2026-02-01", "2025-12-31")


@pytest.mark.parametrize(
    ("typed", "met", "value"),
    [
        ("sim", ("1",), "1"),
        ("Não", ("0", "1"), "0"),
        ("n", ("0",), "0"),
        ("1", ("0",), "1"),
        ("", ("0",), ""),
        ("13/03/2026", DAYS, "2026-03-13"),
        ("13/03", DAYS, "2026-03-13"),
        ("amanhã", DAYS, "2026-03-05"),
        ("01/02/2026", DAYS, "2026-02-01"),
        ("2026-02-01", DAYS, "2026-02-01"),
        ("", DAYS, ""),
        ("sim", ("Produção",), "sim"),
        ("13/03/2026", ("Produção",), "13/03/2026"),
        ("amanhã", (), "amanhã"),
        ("12", ("7", "1"), "12"),
        ("12", ("1",), "12"),
        ("31/02/2026", DAYS, "31/02/2026"),
    ],
)
def test_what_is_typed_is_sent_as_the_field_takes_it(typed: str, met: tuple[str, ...], value: str) -> None:
    assert own_value(typed, met, TODAY) == value


def test_what_a_yes_or_no_would_store_without_meaning_is_not_sent() -> None:
    assert own_value("talvez", ("0", "1"), TODAY) is None


def test_values_are_offered_by_the_names_that_people_give_them() -> None:
    assert offered(("0",)) == (("1", "sim"), ("0", "não"))
    assert offered(DAYS) == (("2026-02-01", "01/02/2026"), ("2025-12-31", "31/12/2025"))
    assert offered(("Fiscal", "1")) == (("Fiscal", "Fiscal"), ("1", "1"))
    assert offered(()) == ()


@pytest.mark.parametrize(
    ("typed", "met", "words"),
    [
        ("talvez", ("0", "1"), "sim ou não"),
        ("31/02/2026", DAYS, "Não se entende esta data"),
        ("depois", DAYS, "Não se entende esta data"),
        ("sim", ("0",), ""),
        ("13/03/2026", DAYS, ""),
        ("", DAYS, ""),
        ("31/02/2026", ("Produção",), ""),
    ],
)
def test_what_would_not_be_taken_is_told_before_it_is_sent(
    typed: str, met: tuple[str, ...], words: str
) -> None:
    told = own_refusal(typed, met, TODAY)
    assert words in told if told else not words
