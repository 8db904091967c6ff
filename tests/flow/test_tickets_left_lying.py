"""Open tickets that nobody touched for longer than the list of changes reaches back."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clients.errors import Rejected, ServerTrouble
from clients.freshdesk import Freshdesk
from clients.freshdesk_search import Search
from clients.models.feed import Feed, Trouble
from clients.models.ticket import CLOSED, Ticket, Turn
from clients.sandbox.server import Running, running_sandbox
from tests.support import sandbox as wire
from tests.support.desk import settings_for
from tui import sync
from tui.desk import Desk
from tui.sync import HORIZON

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
PAST_THE_HORIZON = HORIZON.total_seconds() + 86400


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Running]:
    with running_sandbox(tmp_path / "sandbox", tickets=40, clock=lambda: NOW) as running:
        yield running


@pytest.fixture
async def desk(sandbox: Running, tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk(settings_for(sandbox, tmp_path), sandbox.clock)
    await desk.open()
    await desk.connect()
    yield desk
    await desk.close()


async def refreshed(desk: Desk, feed: Feed[Ticket] | None = None) -> Feed[Ticket]:
    poller = desk.sources.queue_poller(feed or Feed())
    assert poller is not None
    return [state async for state in poller.refresh(poller.feed)][-1]


def open_in(feed: Feed[Ticket]) -> dict[int, Turn]:
    return {ticket.id: ticket.turn for ticket in feed.items if ticket.is_open}


def time_passes(sandbox: Running) -> None:
    sandbox.knobs.clock.offset_seconds += PAST_THE_HORIZON


async def turns_of_today(sandbox: Running, folder: Path) -> dict[int, Turn]:
    """The open tickets as a desk sees them that reads them all from the list."""
    desk = Desk(settings_for(sandbox, folder / "hoje"), sandbox.clock)
    await desk.open()
    await desk.connect()
    turns = open_in(await refreshed(desk))
    await desk.close()
    return turns


async def test_an_open_ticket_untouched_for_91_days_is_in_the_queue_with_its_turn(
    sandbox: Running, desk: Desk, tmp_path: Path
) -> None:
    known = await turns_of_today(sandbox, tmp_path)
    assert Turn.UNANSWERED in known.values()
    time_passes(sandbox)
    with wire.freshdesk(sandbox) as api:  # so that the list is not empty
        assert api.put(f"tickets/{min(known)}", json={"priority": 4}).status_code == 200
    await desk.learn_account()
    feed = await refreshed(desk)
    assert open_in(feed) == known
    assert {ticket.id for ticket in desk.local.cache.tickets() if ticket.is_open} == set(known)

    sandbox.journal.reads.clear()
    assert (await refreshed(desk, feed)).items is feed.items
    assert sandbox.journal.reads == {"freshdesk /api/v2/tickets": 1}, "all that is known is not asked again"


async def test_before_the_accounts_words_are_learnt_its_own_statuses_are_asked_for(
    sandbox: Running, desk: Desk, tmp_path: Path
) -> None:
    known = await turns_of_today(sandbox, tmp_path)
    time_passes(sandbox)
    assert desk.account.vocabulary.statuses == {}
    feed = await refreshed(desk)
    assert any(ticket.status > CLOSED for ticket in feed.items)
    assert open_in(feed) == known


async def test_where_nothing_moved_for_91_days_the_search_is_made_once(sandbox: Running, desk: Desk) -> None:
    await desk.learn_account()
    time_passes(sandbox)
    feed = await refreshed(desk)
    assert feed.items
    sandbox.journal.reads.clear()
    await refreshed(desk, feed)
    assert "freshdesk /api/v2/search/tickets" not in sandbox.journal.reads


async def test_many_of_them_are_viewed_a_few_at_a_time(
    sandbox: Running, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "MOST_VIEWED", 2)
    known = await turns_of_today(sandbox, tmp_path)
    assert len(known) > 4
    time_passes(sandbox)
    await desk.learn_account()
    feed, unclear = Feed[Ticket](), [len(known)]
    while unclear[-1]:
        feed = await refreshed(desk, feed)
        assert set(open_in(feed)) == set(known)
        unclear.append(sum(ticket.stats is None for ticket in feed.items))
        assert unclear[-1] == max(0, unclear[-2] - 2)
    assert open_in(feed) == known


async def test_a_view_that_fails_is_made_up_for_at_the_next_refresh(
    sandbox: Running, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def down(freshdesk: Freshdesk, ticket_id: int) -> Ticket:
        raise ServerTrouble("Freshdesk", "erro 502", status=502)

    known = await turns_of_today(sandbox, tmp_path)
    time_passes(sandbox)
    await desk.learn_account()
    with monkeypatch.context() as broken:
        broken.setattr(Freshdesk, "ticket", down)
        feed = await refreshed(desk)
    assert set(open_in(feed)) == set(known)
    assert all(ticket.stats is None for ticket in feed.items)
    assert open_in(await refreshed(desk, feed)) == known


@pytest.mark.parametrize("refused", [False, True])
async def test_what_the_search_does_not_give_is_told_once_and_the_queue_comes_all_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, refused: bool
) -> None:
    whole = Freshdesk.search

    async def search(freshdesk: Freshdesk, wanted: Search) -> object:
        if refused:
            raise Rejected("Freshdesk", "Given query is invalid.")
        return replace(await whole(freshdesk, wanted), complete=False)

    told: list[Trouble] = []
    desk.trouble = told.append
    monkeypatch.setattr(Freshdesk, "search", search)
    feed = await refreshed(desk)
    assert feed.items
    await refreshed(desk, feed)
    (trouble,) = told
    assert trouble.title == (Rejected.title if refused else "Fila incompleta")
