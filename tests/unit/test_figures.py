"""The charts' numbers, and that each chart is drawn within its width and says its numbers."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clients.models.feed import Feed, Item, Trouble
from clients.models.figures import DAYS, Figure, figures, last_days
from clients.models.spent_time import SpentTime
from clients.models.ticket import CLOSED, Ticket, TicketStats
from clients.models.workday import WorkCalendar
from tests.support.clock import NOW
from tests.unit.test_worked import entry
from widgets.cells import line_width
from widgets.chart_lines import chart_lines, short_chart_lines

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


def read(items: Sequence[Item]) -> Feed[Item]:
    """A source that answered just now."""
    return Feed(tuple(items), as_of=NOW)


def drawn(entries: Sequence[SpentTime], tickets: Sequence[Ticket], days: int = DAYS) -> tuple[Figure, ...]:
    return figures(read(entries), read(tickets), last_days(TODAY, days), CALENDAR, NOW)


def numbers(
    name: str, entries: Sequence[SpentTime], tickets: Sequence[Ticket]
) -> dict[str, tuple[float | None, ...]]:
    found = drawn(entries, tickets, 3)
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
    st.integers(40, 200),
)
def test_a_chart_stays_within_its_width_and_says_its_numbers(entries: list[SpentTime], width: int) -> None:
    found = drawn(entries, [ticket(LATE)])
    lines = chart_lines(found, width)
    assert max(map(line_width, lines)) <= width
    text = "\n".join("".join(piece.text for piece in line) for line in lines)
    assert "\x1b" not in text
    assert all(figure.title[:30] in text for figure in found)
    assert all(word in text for figure in found for word in figure.told.split())


@pytest.mark.parametrize("width", [60, 76, 116])
def test_the_highest_bar_is_drawn_and_nothing_is_drawn_of_nothing(width: int) -> None:
    assert "█" in _text(drawn([entry(480)], [])[:1], width)
    assert "█" not in _text(drawn([], [])[1:], width)


@pytest.mark.parametrize("many", [1, 2, 5, 12])
def test_each_client_stands_before_a_bar_of_its_own(many: int) -> None:
    entries = [entry(60 * number, client=f"Cliente {number}") for number in range(1, many + 1)]
    bars = [line for line in _text(drawn(entries, [])[1:2], 76).splitlines() if "┤" in line]
    assert [line.split("┤")[0].strip() for line in bars] == [f"Cliente {n}" for n in range(many, 0, -1)]
    lengths = [line.count("█") for line in bars]
    assert lengths == sorted(lengths, reverse=True)
    assert min(lengths) > 0


def test_in_short_each_chart_says_what_it_comes_to_and_not_each_number() -> None:
    found = drawn([entry(90)], [ticket(LATE, answered=timedelta(hours=1))])
    lines = short_chart_lines(found, 76)
    text = "\n".join("".join(piece.text for piece in line) for line in lines)
    assert all(figure.told in text for figure in found)
    assert "qua 04/03" not in text
    assert len(lines) < len(chart_lines(found, 76)) - 4 * len(found)


@pytest.mark.parametrize("width", [40, 57, 80])
def test_which_bar_is_which_is_said_however_narrow_it_is(width: int) -> None:
    head, *rest = chart_lines(drawn([], [ticket(LATE)])[2:3], width)
    assert "█ entraram  ░ saíram" in "".join(piece.text for piece in (*head, *rest[0]))


@pytest.mark.parametrize("width", [60, 156])
def test_an_axis_counts_in_round_numbers_and_takes_the_width_that_there_is(width: int) -> None:
    one_ticket, hours = drawn([], [ticket(LATE)])[2:3], drawn([entry(130), entry(120)], [])[:1]
    assert "0,5" not in _text(one_ticket, width)
    told = [line.split("┤")[0].strip() for line in _text(hours, width).splitlines() if "┤" in line]
    assert told == ["8", "4", "0"]
    widest = max(line_width(line) for line in chart_lines(drawn([entry(130)], []), width))
    assert width - 3 <= widest <= width


def test_a_small_axis_has_a_decimal_comma_and_the_hours_are_told_as_they_are_said() -> None:
    text = _text(drawn([entry(45)], [], 1)[1:2], 80)
    assert "0,2" in text
    assert "0.2" not in text
    assert "0h45" in text
    assert "0,75" not in text
    (tickets,) = drawn([], [ticket(LATE)], 3)[2:3]
    assert "ter 03/03 1 / 0" in _text([tickets], 80), "tickets are counted"


def test_a_source_that_was_never_read_has_no_numbers_and_says_why() -> None:
    missing = Trouble("Redmine não configurado.", "", "Complete [redmine] na configuração.")
    found = figures(Feed[SpentTime](trouble=missing), read([ticket(LATE)]), last_days(TODAY), CALENDAR, NOW)
    assert [figure.series == () for figure in found] == [True, True, False, False]
    text = _text(found[:1], 80)
    assert "Redmine não configurado. Complete [redmine] na configuração." in text
    assert "0h00" not in text, "nothing is known, which is not nothing"
    assert "█" in _text(found[2:3], 80)


def test_numbers_that_are_old_say_of_when_they_are_and_why() -> None:
    down = Trouble("Sem conexão", "Redmine: não respondeu", "Confira a rede.")
    hours = Feed((entry(90),), as_of=NOW - timedelta(hours=20), trouble=down)
    (by_day, *_) = figures(hours, read([]), last_days(TODAY), CALENDAR, NOW)
    assert by_day.series[0].values[-1] == 1.5
    assert by_day.doubt == "Dados de ontem 16:06. Sem conexão: Redmine: não respondeu. Confira a rede."


def _text(found: Sequence[Figure], width: int) -> str:
    lines = chart_lines(found, width)
    return "\n".join("".join(piece.text for piece in line[:1]) for line in lines)
