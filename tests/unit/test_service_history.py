"""How a service has been: spells, flapping told from down, and the strip of the last days with its words."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from clients.models.service import Service, ServiceState
from clients.models.service_history import LONGEST_GAP, Course, ServiceHistory, newly_red

NOW = datetime(2026, 5, 6, 15, 0, tzinfo=UTC)
OK, FAIL, UNKNOWN = ServiceState.OK, ServiceState.FAIL, ServiceState.UNKNOWN


def _service(state: ServiceState, since: datetime | None = None) -> Service:
    return Service(client="Loja Sol", service="CTE", state=state, since=since)


def _history(*looks: tuple[int, ServiceState]) -> ServiceHistory:
    """Looks as (minutes before now, state)."""
    history = ServiceHistory(key="loja sol/cte")
    for minutes, state in looks:
        history = history.seen_as(_service(state), NOW - timedelta(minutes=minutes))
    return history


def test_looks_in_one_state_are_one_spell() -> None:
    (spell,) = _history((20, OK), (10, OK), (0, OK)).spells
    assert (spell.begun, spell.seen) == (NOW - timedelta(minutes=20), NOW)


def test_of_a_time_in_which_nobody_looked_nothing_is_said() -> None:
    history = _history((600, OK), (0, OK))
    assert len(history.spells) == 2
    assert history.strip(NOW, days=1, width=24)[-6:] == (None, None, None, None, None, OK)


def test_a_fall_begins_when_the_source_says_though_not_before_the_last_look() -> None:
    history = _history((20, OK))
    early, late = NOW - timedelta(minutes=40), NOW - timedelta(minutes=5)
    assert history.seen_as(_service(FAIL, late), NOW).spells[-1].begun == late
    assert history.seen_as(_service(FAIL, early), NOW).spells[-1].begun == NOW - timedelta(minutes=20)


def test_the_strip_shows_the_worst_of_each_part() -> None:
    history = _history((90, OK), (70, FAIL), (65, OK), (40, UNKNOWN), (20, OK), (0, OK))
    assert history.strip(NOW, days=1, width=24)[-2:] == (FAIL, UNKNOWN)


def test_what_comes_and_goes_is_flapping_and_what_stays_red_is_down() -> None:
    assert _history((50, FAIL), (40, OK), (30, FAIL), (20, OK), (10, FAIL)).course(NOW) is Course.FLAPPING
    assert _history((50, FAIL), (40, FAIL), (30, FAIL), (10, FAIL)).course(NOW) is Course.DOWN
    assert _history((50, FAIL), (40, OK), (20, OK)).course(NOW) is Course.STEADY


def test_it_is_told_in_words() -> None:
    assert _history().told(NOW, 7) == "Sem histórico: o Plantão ainda não viu este serviço."
    assert _history((20, OK), (0, OK)).told(NOW, 7) == "Nenhuma falha vista desde hoje 11:40."
    once = _history((50, OK), (40, FAIL), (30, FAIL), (12, OK), (0, OK))
    assert once.told(NOW, 7) == "1 falha vista desde hoje 11:10: hoje 11:20, por 28 min."
    twice = _history((95, FAIL), (75, FAIL), (70, OK), (50, OK), (30, FAIL), (0, FAIL))
    assert twice.told(NOW, 7) == (
        "2 falhas vistas desde hoje 10:25: a última, hoje 11:30, há 30 min, ainda em falha; "
        "ao todo 55 min em falha."
    )


def test_a_fall_lasted_to_the_look_that_saw_it_over_unless_nobody_looked_for_long() -> None:
    near = _history((60, OK), (50, FAIL), (40, FAIL), (22, OK), (0, OK))
    assert near.told(NOW, 7).endswith("hoje 11:10, por 28 min.")
    unseen = _history((300, OK), (290, FAIL), (280, FAIL), (100, OK), (0, OK))
    assert unseen.told(NOW, 7).endswith("hoje 07:10, por 10 min.")


def test_what_is_older_than_a_month_is_forgotten() -> None:
    old = ServiceHistory(key="k").seen_as(_service(OK), NOW - timedelta(days=31))
    assert len(old.seen_as(_service(OK), NOW).spells) == 1


def test_only_what_turned_red_since_is_new() -> None:
    sol, lua = _service(FAIL), Service(client="Móveis Lua", service="CTE", state=FAIL)
    assert newly_red((), (sol,)) == ()
    assert newly_red((sol,), (sol, lua)) == (lua,)
    assert newly_red((_service(OK),), (sol,)) == (sol,)


@given(st.lists(st.tuples(st.integers(1, 90), st.sampled_from(ServiceState)), min_size=1, max_size=40))
def test_spells_never_overlap_and_no_look_is_lost(looks: list[tuple[int, ServiceState]]) -> None:
    history, at = ServiceHistory(key="k"), NOW - timedelta(days=5)
    for minutes, state in looks:
        at += timedelta(minutes=minutes)
        history = history.seen_as(_service(state), at)
        assert history.spells[-1].state is state
    assert all(
        before.seen <= after.begun for before, after in zip(history.spells, history.spells[1:], strict=False)
    )
    for before, after in zip(history.spells, history.spells[1:], strict=False):
        assert before.state is not after.state or after.begun - before.seen > LONGEST_GAP
