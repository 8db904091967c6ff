"""CSV as a spreadsheet opens it in Brazil."""

from datetime import UTC, date, datetime

from tui.cli.spreadsheet import csv_page


def test_a_page_is_utf8_with_semicolons_decimal_commas_and_days_first() -> None:
    when = datetime(2026, 3, 4, 12, 5, tzinfo=UTC)
    page = csv_page(("nº", "horas", "dia", "em", "com"), [(7, 1.25, date(2026, 3, 4), when, None)])
    assert page == "\ufeffnº;horas;dia;em;com\n7;1,25;04/03/2026;04/03/2026 09:05;"


def test_text_is_shown_and_not_computed() -> None:
    assert csv_page(("a", "b"), [("=1+1", "um; dois")]) == '\ufeffa;b\n\'=1+1;"um; dois"'
