"""The charts' numbers, and that each chart is drawn within its width and says its numbers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clients.models.figures import DAYS, figures, last_days
from clients.models.ticket import CLOSED, Ticket, TicketStats
from clients.models.workday import WorkCalendar
from tests.unit.test_worked import entry
from widgets.cells import line_width
from widgets.chart_lines import chart_lines

TODAY = date(2026, 3, 4)
LATE = datetime(2026, 3, 4, 2, 30, tzinfo=UTC)
"""Half past eleven of the 3rd in São Paulo."""
CALENDAR = WorkCalendar()


def ticket(
    created: datetime, *, answered: timedelta | None = None, closed: timedelta | None = None, id: int = 1
) -> Ticket:
    return Ticket(
        id=id,
        status=2 if closed is None else CLOSED,
        created_at=created,
        updated_at=created,
        stats=TicketStats(
            first_responded_at=None if answered is None else created + answered,
            closed_at=None if closed is None else created + closed,
        ),
    )


def numbers(name: str, *given_: object) -> dict[str, tuple[float | None, ...]]:
    entries, tickets = given_
    found = figures(entries, tickets, last_days(TODAY, 3), CALENDAR)  # type: ignore[arg-type]
    (one,) = (figure for figure in found if figure.id == name)
    return {series.name: series.values for series in one.series}


def test_two_weeks_end_today() -> None:
    days = last_days(TODAY)
    assert (len(days), days[-1], days[0]) == (DAYS, TODAY, TODAY - timedelta(days=DAYS - 1))


def test_hours_by_day_stand_beside_the_working_day() -> None:
    entries = [entry(90), entry(30), entry(15, date(2026, 3, 2)), entry(60, date(2026, 2, 1))]
    assert numbers("horas-por-dia", entries, []) == {
        "registradas": (0.25, 0, 2),
        "jornada": (8, 8, 8),
    }


def test_hours_by_client_are_of_those_days_alone() -> None:
    entries = [entry(90), entry(30, client="Oficina"), entry(600, date(2026, 1, 1), client="Oficina")]
    assert numbers("horas-por-cliente", entries, []) == {"registradas": (1.5, 0.5)}


def test_a_ticket_counts_on_the_days_of_sao_paulo_on_which_it_came_and_went() -> None:
    tickets = [ticket(LATE), ticket(LATE, closed=timedelta(hours=2)), ticket(LATE - timedelta(days=9))]
    assert numbers("tickets", [], tickets) == {"entraram": (0, 2, 0), "saíram": (0, 0, 1)}


def test_the_first_response_is_the_median_of_those_that_were_answered() -> None:
    tickets = [
        ticket(LATE, answered=timedelta(hours=1)),
        ticket(LATE, answered=timedelta(hours=2)),
        ticket(LATE, answered=timedelta(hours=30)),
        ticket(LATE),
    ]
    assert numbers("primeira-resposta", [], tickets) == {"mediana": (None, 2, None)}


@settings(max_examples=15)
@given(
    st.lists(st.builds(entry, st.integers(0, 900), st.sampled_from(last_days(TODAY))), max_size=8),
    st.integers(40, 160),
)
def test_a_chart_stays_within_its_width_and_says_its_numbers(entries: list[object], width: int) -> None:
    found = figures(entries, [ticket(LATE)], last_days(TODAY), CALENDAR)  # type: ignore[arg-type]
    lines = chart_lines(found, width)
    assert max(map(line_width, lines)) <= width
    text = "\n".join("".join(piece.text for piece in line) for line in lines)
    assert "\x1b" not in text
    assert all(figure.title[:30] in text for figure in found)
    assert all(word in text for figure in found for word in figure.told.split())


@pytest.mark.parametrize("width", [60, 76, 116])
def test_the_highest_bar_is_drawn_and_nothing_is_drawn_of_nothing(width: int) -> None:
    empty = figures([], [], last_days(TODAY), CALENDAR)
    assert "█" in _text(figures([entry(480)], [], last_days(TODAY), CALENDAR)[:1], width)
    assert "█" not in _text(empty[1:], width)


def _text(found: object, width: int) -> str:
    lines = chart_lines(found, width)  # type: ignore[arg-type]
    return "\n".join("".join(piece.text for piece in line[:1]) for line in lines)
