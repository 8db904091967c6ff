"""One sandbox for all pictures: nothing in them writes to it."""

from collections.abc import Iterator

import pytest

from clients.sandbox.knobs import FreshdeskKnobs, Knobs, SlackKnobs
from clients.sandbox.server import Running, running_sandbox
from tests.support.clock import frozen

SEED = 9
"""A company whose first tickets are ordinary ones."""
UNLIMITED = Knobs(
    freshdesk=FreshdeskKnobs(rate_total=10**6, rate_list=10**6), slack=SlackKnobs(rates_enforced=False)
)
"""All pictures share one account, whose minute never ends: its clock stands still."""


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_sandbox(
        tmp_path_factory.mktemp("company"), seed=SEED, knobs=UNLIMITED, clock=frozen
    ) as running:
        yield running
