from datetime import UTC, datetime, timedelta

import pytest

from clients.models.service import Service, ServiceState, standing

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def service(client: str, name: str, state: ServiceState) -> Service:
    return Service(client=client, service=name, state=state)


def test_red_comes_before_unknown_before_green() -> None:
    green_first = [ServiceState.OK, ServiceState.FAIL, ServiceState.UNKNOWN]
    mixed = [service("Aurora", name, state) for name, state in zip("abc", green_first, strict=True)]
    order = sorted(mixed, key=lambda item: item.order)
    assert [item.state for item in order] == [ServiceState.FAIL, ServiceState.UNKNOWN, ServiceState.OK]


def test_accents_and_case_do_not_change_the_order() -> None:
    names = [("Ótica Visão", "NF-e"), ("padaria", "NF-e"), ("Mercado", "NF-e"), ("Mercado", "ct-e")]
    order = sorted((service(*name, ServiceState.OK) for name in names), key=lambda item: item.order)
    assert [(item.client, item.service) for item in order] == [names[3], names[2], names[0], names[1]]


def checked(ago: timedelta | None, state: ServiceState = ServiceState.OK, note: str = "") -> Service:
    at = None if ago is None else NOW - ago
    return Service(
        client="Aurora", service="NF-e", state=state, since=NOW - 9 * HOUR, last_check=at, note=note
    )


@pytest.mark.parametrize(
    "ago",
    [None, timedelta(), HOUR, pytest.param(-5 * HOUR, id="by a clock that runs ahead")],
)
def test_green_that_was_checked_lately_stays_green(ago: timedelta | None) -> None:
    green = checked(ago, note="porta 443")
    assert green.seen_at(NOW, HOUR) is green
    assert green.remark(NOW) == "porta 443"


def test_green_that_nobody_checks_any_more_is_unknown_since_the_last_check() -> None:
    stale = checked(3 * HOUR, note="porta 443").seen_at(NOW, HOUR)
    assert (stale.state, stale.since) == (ServiceState.UNKNOWN, NOW - 3 * HOUR)
    assert stale.remark(NOW) == "sem verificação há 3 h · porta 443"
    later = stale.seen_at(NOW + 2 * HOUR, HOUR)
    assert later.remark(NOW + 2 * HOUR) == "sem verificação há 5 h · porta 443"


@pytest.mark.parametrize("state", [ServiceState.FAIL, ServiceState.UNKNOWN])
def test_what_was_not_green_stays_what_it_was_and_says_that_nobody_checks(state: ServiceState) -> None:
    stale = checked(3 * HOUR, state).seen_at(NOW, HOUR)
    assert (stale.state, stale.since) == (state, NOW - 9 * HOUR)
    assert stale.remark(NOW) == "sem verificação há 3 h"


def test_what_is_no_longer_checked_moves_above_what_is() -> None:
    fresh, stale = service("Aurora", "CT-e", ServiceState.OK), checked(3 * HOUR)
    assert [item.service for item in standing((fresh, stale), NOW, HOUR)] == ["NF-e", "CT-e"]
