"""Coming back to a ticket: it is there at once as it was read, and reading it anew moves no line of it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from clients.models.feed import Feed
from clients.models.ticket import Ticket, Turn
from clients.models.ticket_view import TicketView
from clients.sandbox.server import Running, running_sandbox
from tests.support.clock import frozen
from tests.support.desk import settings_for
from tui.desk import Desk
from widgets.preview_text import preview_lines

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), tickets=60, clock=frozen) as running:
        yield running


@pytest.fixture
async def desk(sandbox: Running, tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk(settings_for(sandbox, tmp_path), sandbox.clock)
    await desk.open()
    await desk.connect()
    yield desk
    await desk.close()


async def queue(desk: Desk, before: Feed[Ticket]) -> Feed[Ticket]:
    poller = desk.sources.queue_poller(before)
    assert poller is not None
    return [feed async for feed in poller.refresh(before)][-1]


async def test_it_is_shown_as_it_was_read(desk: Desk) -> None:
    listed = (await queue(desk, Feed())).items[-1]
    assert listed.text is None
    first = [view async for view in desk.read(listed.id)]
    again = await desk.view(listed)
    assert again == first[-1]
    assert again.ticket.text


async def test_reading_it_again_moves_no_line(desk: Desk, sandbox: Running) -> None:
    now = sandbox.clock()
    feed = await queue(desk, Feed())
    listed = next(ticket for ticket in feed.items if ticket.turn is Turn.UNANSWERED)  # without tasks

    def lines(view: TicketView) -> list[str]:
        return [
            "".join(piece.text for piece in line.line)
            for line in preview_lines(view, desk.account.vocabulary, now, 50)
        ]

    unread = lines(await desk.view(listed))
    while_reading, read = [lines(view) async for view in desk.read(listed.id)]
    assert len(while_reading) == len(read)  # the tasks' line was there before their answer
    assert any("tarefa" in line for line in unread)
    assert [lines(view) async for view in desk.read(listed.id)] == [read, read]


async def test_news_are_not_hidden_behind_what_was_read(desk: Desk, sandbox: Running) -> None:
    feed = await queue(desk, Feed())
    listed = next(ticket for ticket in feed.items if ticket.is_open)
    async for _ in desk.read(listed.id):
        pass
    sandbox.say(listed.id, "<p>Ainda não funciona.</p>")
    newer = next(ticket for ticket in (await queue(desk, feed)).items if ticket.id == listed.id)
    assert newer.updated_at > listed.updated_at
    assert (await desk.view(newer)).ticket is newer
