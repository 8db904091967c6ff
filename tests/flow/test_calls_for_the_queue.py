"""What keeping the queue costs of the account's limit, counted where the calls arrive."""

import math
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clients.models.feed import Feed
from clients.models.ticket import Ticket
from clients.sandbox.server import Running, running_sandbox
from tests.support.clock import frozen
from tests.support.desk import settings_for
from tui.desk import Desk
from tui.sync import LOOK_FOR_GONE_EVERY, Poller

pytestmark = pytest.mark.anyio
LIST = "freshdesk /api/v2/tickets"
SEARCH = "freshdesk /api/v2/search/tickets"
TICKETS = 230


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), tickets=TICKETS, clock=frozen) as running:
        yield running


async def refreshed(desk: Desk, feed: Feed[Ticket]) -> Feed[Ticket]:
    poller = desk.sources.queue_poller(feed)
    assert isinstance(poller, Poller)
    return [newer async for newer in poller.refresh(feed)][-1]


async def test_a_cold_queue_takes_a_call_for_each_hundred_and_a_search_and_a_warm_one_takes_one(
    sandbox: Running, tmp_path: Path
) -> None:
    desk = Desk(settings_for(sandbox, tmp_path), sandbox.clock)
    await desk.open()
    try:
        await desk.connect()
        await desk.learn_account()
        sandbox.journal.reads.clear()
        feed = await refreshed(desk, Feed())
        changed_since = sandbox.clock() - timedelta(days=90)
        recent = sum(ticket.updated_at >= changed_since for ticket in feed.items)
        assert recent == len(feed.items) > 100
        assert sandbox.journal.reads == {LIST: math.ceil(len(feed.items) / 100), SEARCH: 1}

        sandbox.journal.reads.clear()
        again = await refreshed(desk, feed)
        assert again.items is feed.items
        assert sandbox.journal.reads == {LIST: 1}

        sandbox.journal.reads.clear()
        for _ in range(LOOK_FOR_GONE_EVERY):
            feed = await refreshed(desk, feed)
        # what was deleted and what is spam: a list each, once in all these times
        assert sandbox.journal.reads == {LIST: LOOK_FOR_GONE_EVERY + 2}
    finally:
        await desk.close()
