"""The list of mode 5: the cursor comes to rows with a verb, the days' headings among them."""

from dataclasses import replace

import pytest

from clients.models.timesheet import Pending, Timesheet
from clients.models.workday import WorkCalendar
from tests.support.clock import NOW
from tests.unit.test_worked import WEDNESDAY, entry
from widgets.hours_list import nearest_verb
from widgets.hours_row import HoursRow, RowKind, today_rows, week_rows

HEAD, NOTE, DAY, ENTRY = RowKind.HEAD, RowKind.NOTE, RowKind.DAY, RowKind.ENTRY


@pytest.mark.parametrize(
    ("kinds", "index", "way", "comes_to"),
    [
        ((HEAD, ENTRY, HEAD, ENTRY), 2, 1, 3),
        ((HEAD, ENTRY, HEAD, ENTRY), 2, -1, 1),
        ((HEAD, ENTRY), 0, -1, 1),
        ((ENTRY, HEAD, NOTE), 2, 1, 0),
        ((DAY, ENTRY), 0, -1, 0),
        ((HEAD, NOTE), 1, 1, 1),
        ((), 0, 1, 0),
    ],
)
def test_the_cursor_goes_on_in_its_direction_or_else_back(
    kinds: tuple[RowKind, ...], index: int, way: int, comes_to: int
) -> None:
    rows = [HoursRow(str(number), kind) for number, kind in enumerate(kinds)]
    assert nearest_verb(rows, index, way) == comes_to


def test_a_days_heading_knows_its_day_and_other_headings_are_silent() -> None:
    sheet = Timesheet.of(WEDNESDAY, [entry(90)], {}, WorkCalendar(), read_at=NOW)
    sheet = replace(sheet, pending=(Pending("#4102", "Responder"),))
    kinds = [(row.kind, row.day) for row in today_rows(sheet, ())]
    assert kinds == [(DAY, WEDNESDAY), (ENTRY, None), (HEAD, None), (RowKind.PENDING, None)]
    week = week_rows(sheet, ())
    assert [row.day.day for row in week if row.day is not None] == [4, 3, 2]
    assert [row.text for row in week if row.kind is HEAD] == ["Por tarefa", "Por cliente"]
