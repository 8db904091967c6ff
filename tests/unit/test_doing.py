"""Suggestions: what was done and has no time logged since, and nothing else."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from clients.models.doing import BREAK, Doing, LoggedTime, Stretch, Suggestion, client_target, unlogged

DAY = date(2026, 3, 4)
START = datetime(2026, 3, 4, 11, 0, tzinfo=UTC)
"""Eight in the morning in São Paulo."""
TICKET, OTHER = "ticket:4102", "ticket:4103"


def did(minute: int, lasting: int = 0, *, target: str = TICKET, word: str = "respondido") -> Doing:
    began = START + timedelta(minutes=minute)
    return Doing(target, began, began + timedelta(minutes=lasting), word)


def logged(minute: int, *, target: str = TICKET, day: date = DAY) -> LoggedTime:
    return LoggedTime(target, day, START + timedelta(minutes=minute))


def spans(found: tuple[Suggestion, ...]) -> list[tuple[str, int, int]]:
    return [(one.target, int((one.began - START).total_seconds()) // 60, one.minutes) for one in found]


def test_what_is_near_is_one_stretch_and_says_all_that_was_done() -> None:
    (one,) = unlogged([did(10), did(20, 5, word="tarefa criada"), did(25)], [])
    assert (one.minutes, one.words) == (15, ("respondido", "tarefa criada"))


def test_what_is_far_apart_or_elsewhere_is_a_stretch_of_its_own() -> None:
    found = unlogged([did(0), did(10, target=OTHER), did(31), did(35)], [])
    assert spans(found) == [(TICKET, 0, 0), (OTHER, 10, 0), (TICKET, 31, 4)]


def test_time_logged_after_a_stretch_began_covers_it_and_none_that_came_later() -> None:
    doings = [did(0, 10), did(120, 5)]
    assert spans(unlogged(doings, [logged(8)])) == [(TICKET, 120, 5)]
    assert unlogged(doings, [logged(8), logged(200)]) == ()


def test_time_of_another_target_or_for_another_day_covers_nothing() -> None:
    assert len(unlogged([did(0)], [logged(5, target=OTHER)])) == 1
    assert len(unlogged([did(0)], [logged(5, day=date(2026, 3, 3))])) == 1


def test_a_stretch_over_midnight_counts_for_the_day_on_which_it_began() -> None:
    late = datetime(2026, 3, 5, 2, 50, tzinfo=UTC)  # 23:50 of the 4th
    doings = [
        Doing(TICKET, late, late, "respondido"),
        Doing(TICKET, late + timedelta(minutes=15), late + timedelta(minutes=15), "respondido"),
    ]
    assert [one.day for one in unlogged(doings, [])] == [DAY, date(2026, 3, 5)]


def test_a_client_is_the_same_however_it_is_written() -> None:
    assert client_target("Padaria São João ") == client_target("PADARIA SAO JOAO")


def test_what_was_done_in_between_is_not_told_twice() -> None:
    around, inside = unlogged([did(0), did(5, 20, target=OTHER), did(28)], [])
    assert (around.minutes, inside.minutes) == (8, 20)


def test_what_overlaps_is_the_earlier_ones() -> None:
    found = unlogged([did(0), did(5, target=OTHER), did(10), did(15, target=OTHER)], [])
    assert [one.minutes for one in found] == [10, 5]


def test_what_a_timer_counted_is_not_suggested_again() -> None:
    stretch = (START + timedelta(minutes=5), START + timedelta(minutes=12))
    (partly,) = unlogged([did(0, 20)], [], [stretch])
    assert partly.minutes == 13
    (wholly,) = unlogged([did(6, 3)], [], [stretch])
    assert (wholly.minutes, wholly.words) == (0, ("respondido",)), "it was done, how long nobody can tell"


def test_time_that_was_logged_leaves_only_what_lies_around_it() -> None:
    (left,) = unlogged([did(0), did(28), did(10, 8, target=OTHER)], [logged(18, target=OTHER)])
    assert (left.target, left.minutes) == (TICKET, 20)


doings = st.lists(
    st.builds(did, st.integers(0, 600), st.integers(0, 60), target=st.sampled_from([TICKET, OTHER])),
    max_size=20,
)
logs = st.lists(st.builds(logged, st.integers(0, 600), target=st.sampled_from([TICKET, OTHER])), max_size=5)


@given(doings, logs)
def test_every_doing_is_in_one_stretch_or_covered_and_nothing_is_made_up(
    done: list[Doing], times: list[LoggedTime]
) -> None:
    everything = unlogged(done, [])
    for doing in done:
        around = [
            one
            for one in everything
            if one.target == doing.target and one.began <= doing.began and doing.ended <= one.ended
        ]
        assert len(around) == 1
    assert {one.began for one in everything} <= {doing.began for doing in done}
    left = {one.key for one in unlogged(done, times)}
    assert left <= {one.key for one in everything}
    for one in everything:
        if one.key not in left:
            assert any(time.target == one.target and time.at >= one.began for time in times)
    by_target = [[one for one in everything if one.target == target] for target in (TICKET, OTHER)]
    for stretches in by_target:
        assert all(after.began - before.ended > BREAK for before, after in pairwise(stretches))


minutes_of_day = st.integers(0, 600)
timed = st.lists(
    st.builds(
        lambda minute, length: (
            START + timedelta(minutes=minute),
            START + timedelta(minutes=minute + length),
        ),
        minutes_of_day,
        st.integers(0, 120),
    ),
    max_size=4,
)


def minute(moment: datetime) -> int:
    return int((moment - START).total_seconds()) // 60


def minutes_in(stretches: Iterable[Stretch]) -> set[int]:
    """The minutes of the day that lie in one of them, counted one by one."""
    return {each for began, ended in stretches for each in range(minute(began), minute(ended))}


@given(doings, logs, timed)
def test_suggestions_never_come_to_more_than_was_done_and_neither_logged_nor_counted(
    done: list[Doing], times: list[LoggedTime], counted: list[Stretch]
) -> None:
    everything, found = unlogged(done, []), unlogged(done, times, counted)
    left = {one.key for one in found}
    covered = [(one.began, one.ended) for one in everything if one.key not in left]
    free = minutes_in((one.began, one.ended) for one in found) - minutes_in([*covered, *counted])
    assert sum(one.minutes for one in found) == len(free)
    for one in found:
        alone = minutes_in([(one.began, one.ended)]) - minutes_in([*covered, *counted])
        assert 0 <= one.minutes <= len(alone)


@given(st.lists(st.builds(did, st.integers(-600, 2000), st.integers(0, 60)), max_size=12))
def test_what_was_done_counts_for_the_day_of_sao_paulo_on_which_it_began(done: list[Doing]) -> None:
    found = unlogged(done, [])
    for doing in done:
        day = (doing.began - timedelta(hours=3)).date()
        assert any(one.day == day and one.began <= doing.began <= one.ended for one in found)
