from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from clients.sandbox.knobs import Knobs
from clients.sandbox.server import Running, running_sandbox
from tests.support.clock import frozen
from tests.support.sandbox import freshdesk


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), tickets=120, clock=frozen) as running:
        yield running


@pytest.fixture
def sandbox(served: Running) -> Iterator[Running]:
    """The module's sandbox, all knobs where they were, an empty journal, and a rate limit nobody used."""
    served.journal.writes.clear()
    served.mail.letters.clear()
    yield served
    moment = served.knobs.clock.frozen_at or frozen()
    served.knobs.turn(Knobs().model_dump())
    served.knobs.clock.frozen_at = moment + timedelta(minutes=1)


@pytest.fixture
def api(sandbox: Running) -> Iterator[httpx.Client]:
    with freshdesk(sandbox) as client:
        yield client


@pytest.fixture
def open_ticket(api: httpx.Client) -> int:
    """A new ticket, nobody's and unanswered."""
    email = api.get("contacts").json()[0]["email"]
    body = {"email": email, "subject": "CT-e não autoriza", "description": "<div>Desde ontem</div>"}
    number = api.post("tickets", json=body).json()["id"]
    assert isinstance(number, int)
    return number
