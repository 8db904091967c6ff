"""A sandbox of its own for each test that opens the whole desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clients.sandbox.server import Running, running_sandbox
from tests.support.clock import frozen

TICKETS = 80


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with running_sandbox(tmp_path / "sandbox", tickets=TICKETS, clock=frozen) as running:
        yield running
