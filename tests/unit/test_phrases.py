from datetime import UTC, datetime, timedelta

import pytest

from clients.models.service import ServiceState
from clients.models.ticket import Turn
from widgets import phrases

NOW = datetime(2026, 3, 18, 13, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "agora"),
        (-3, "agora"),
        (12, "12 min"),
        (59, "59 min"),
        (60, "1 h"),
        (60 * 47, "47 h"),
        (60 * 48, "2 d"),
        (60 * 24 * 364, "364 d"),
        (60 * 24 * 800, "2 a"),
    ],
)
def test_age_in_its_largest_unit(minutes: int, said: str) -> None:
    assert phrases.age(NOW - timedelta(minutes=minutes), NOW) == said


def test_what_has_no_age_says_nothing() -> None:
    assert (phrases.age(None, NOW), phrases.ago(None, NOW), phrases.data_age(None, NOW)) == ("", "", "")
    assert phrases.deadline(None, NOW) == phrases.short_deadline(None, NOW) == ""


@pytest.mark.parametrize(
    ("hours", "long", "short"),
    [
        (2, "vence em 2 h", "em 2 h"),
        (-72, "venceu há 3 d", "▲ 3 d"),
        (0, "vence agora", "agora"),
        (0.5, "vence em 30 min", "em 30 min"),
        (-0.5, "venceu há 30 min", "▲ 30 min"),
    ],
)
def test_a_clock_in_words(hours: float, long: str, short: str) -> None:
    moment = NOW + timedelta(hours=hours)
    assert phrases.deadline(moment, NOW) == long
    assert phrases.short_deadline(moment, NOW) == short


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=30), "agora"),
        (timedelta(minutes=5), "há 5 min"),
        (timedelta(hours=3), "dados de 07:42"),
        (timedelta(hours=11), "dados de 17/03 23:42"),
    ],
)
def test_the_age_of_data(before: timedelta, said: str) -> None:
    assert phrases.data_age(NOW - before, NOW) == said


def test_times_are_those_of_sao_paulo_whatever_the_host() -> None:
    assert phrases.hour_minute(NOW) == "10:42"
    assert phrases.date_time(NOW, NOW) == "18/03 10:42"
    new_year = datetime(2026, 1, 1, 2, 0, tzinfo=UTC)
    assert phrases.date_time(new_year, NOW) == "31/12/2025 23:00"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 B"),
        (812, "812 B"),
        (34_000, "34 KB"),
        (999_499, "999 KB"),
        (1_234_567, "1,2 MB"),
        (2 * 10**9, "2,0 GB"),
    ],
)
def test_file_sizes(count: int, said: str) -> None:
    assert phrases.size(count) == said


def test_counts_with_their_noun() -> None:
    assert phrases.counted(1, "falha", "falhas") == "1 falha"
    assert phrases.counted(0, "falha", "falhas") == "0 falhas"
    assert phrases.counted(12_345, "falha", "falhas") == "12.345 falhas"


def test_each_state_has_its_own_shape_and_word() -> None:
    turns = [phrases.turn(turn) for turn in Turn]
    states = [phrases.state(state) for state in ServiceState]
    for told in (turns, states):
        assert len({glyph for glyph, _ in told}) == len({word for _, word in told}) == len(told)
    assert phrases.state(ServiceState.UNKNOWN) == ("?", "desconhecido")
