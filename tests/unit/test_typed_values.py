"""What is typed into a core field of a task: read as the task takes it, or told why it is not taken."""

from datetime import date

import pytest

from tui.flows.typed_values import NotTaken, TypedValue, example_of, typed_value

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("subject", "Boleto sem código", "Boleto sem código"),
        ("description", "x" * 300, "x" * 300),
        ("due_date", "13/03", date(2026, 3, 13)),
        ("start_date", "01/02/2026", date(2026, 2, 1)),
        ("estimated_hours", "2h30", 2.5),
        ("parent_id", "12", 12),
    ],
)
def test_it_is_read_as_the_task_takes_it(field: str, typed: str, value: TypedValue) -> None:
    assert typed_value(field, typed, TODAY) == value


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("subject", "x" * 256, "O título tem 256 caracteres; cabem 255."),
        ("due_date", "32/13/2026", "Não se entende esta data"),
        ("due_date", "01/03/2026", "já passou"),
        ("start_date", "32/13/2026", "Início: não se entende «32/13/2026»"),
        ("estimated_hours", "muito", "2h30"),
        ("parent_id", "a mãe", "1234"),
    ],
)
def test_what_is_not_taken_is_told_in_words(field: str, typed: str, words: str) -> None:
    found = typed_value(field, typed, TODAY)
    assert isinstance(found, NotTaken)
    assert words in found.reason


def test_how_it_is_written_is_shown() -> None:
    assert "hoje" in example_of("due_date")
    assert (example_of("estimated_hours"), example_of("subject")) == ("2h30", "")
