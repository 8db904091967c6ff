"""What an idle hour asks of each system. ``pytest -m bench -s tests/bench/test_idle_hour.py`` prints it.

Requests are the same on every machine, so their budgets are asserted.
"""

from pathlib import Path

import pytest

from clients.limiter import Limiter
from clients.sandbox.knobs import Knobs
from clients.sandbox.server import running_sandbox
from tests.support.clock import NOW, Clock

from .idle_hour import idle_hour, table

pytestmark = [pytest.mark.bench, pytest.mark.anyio]
A_REFRESH = {
    "tasks": 1.5,
    "queue": 2.0,
    "services": 2.0,
    "chamados, in Redmine": 1.5,
    "channels": 2.1,  # one for each of the two, and whoever speaks there for the first time
    "threads, none open": 0.0,
}
"""Requests that one refresh of an idle hour may take, rounds that look at everything among them."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of everything, also of what spreads requests over a minute."""
    clock = Clock(NOW)
    usual = Limiter.__init__.__kwdefaults__
    assert usual is not None
    monkeypatch.setitem(usual, "clock", lambda: clock().timestamp())
    monkeypatch.setitem(usual, "sleep", clock.sleep)
    return clock


async def test_an_idle_hour_costs_what_changed_and_not_what_exists(tmp_path: Path, clock: Clock) -> None:
    with running_sandbox(tmp_path / "sandbox", knobs=Knobs(), clock=clock) as running:
        asked = await idle_hour(running, tmp_path / "desk", clock)
    print(f"\n{table(asked)}")  # first: whoever runs this wants the table, whatever the verdict
    for each in asked:
        assert each.a_refresh <= A_REFRESH[each.name], each.name
