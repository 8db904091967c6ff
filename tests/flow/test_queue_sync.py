"""The queue and the services kept equal to their sources: what is asked, what is kept, and what goes."""

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import httpx
import pytest
from pydantic import SecretStr

from clients.errors import Forbidden, NotFound, Rejected, ServerTrouble
from clients.freshdesk import Freshdesk
from clients.models.feed import Feed
from clients.models.service import LONGEST_UNCHECKED, Service, ServiceState
from clients.models.ticket import CLOSED, OPEN, Ticket
from clients.monitor import MonitorSource
from clients.monitor_notes import Notes
from clients.monitors import Monitors, NamedSource
from clients.sandbox.knobs import Knobs
from clients.sandbox.server import Running, running_sandbox
from clients.store import Store
from tests.support import sandbox as wire
from tests.support.clock import Clock
from tests.support.desk import settings_for
from tui.cache import Cache, Reached
from tui.desk import Desk
from tui.disk import Disk
from tui.service_log import ServiceLog
from tui.sync import HORIZON, LOOK_FOR_GONE_EVERY, OVERLAP, Poller, QueueSync, ServicesSync

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
TICKETS = 230
Item = TypeVar("Item")


class Recorded(httpx.AsyncBaseTransport):
    """The network, with a note of each question; ``fail_after`` it answers so many more and then fails."""

    def __init__(self) -> None:
        self._network = httpx.AsyncHTTPTransport()
        self.asked: list[httpx.QueryParams] = []
        self.fail_after: int | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.fail_after == 0:
            return httpx.Response(400, json={"message": "não agora"})
        self.fail_after = None if self.fail_after is None else self.fail_after - 1
        self.asked.append(request.url.params)
        return await self._network.handle_async_request(request)

    async def aclose(self) -> None:
        await self._network.aclose()

    def taken(self) -> list[httpx.QueryParams]:
        """What was asked since the last time."""
        asked, self.asked = self.asked, []
        return asked


class Session:
    """One session of the desk on the queue: opened on the folder that others left, and closed again."""

    def __init__(self, running: Running, folder: Path, clock: Callable[[], datetime]) -> None:
        self.network = Recorded()
        self.store = Store(folder / "plantao.db")
        self.cache = Cache(self.store)
        self.disk = Disk()
        self.freshdesk = Freshdesk.connect(
            running.urls.freshdesk, SecretStr(running.keys.freshdesk), clock, transport=self.network
        )
        self.feed: Feed[Ticket] = Feed(self.cache.tickets(), as_of=self.cache.stamp("queue"))
        self.sync = QueueSync(self.freshdesk, self.cache, self.disk, clock, self.cache.reached())

    async def refresh(self) -> list[Feed[Ticket]]:
        """Refresh once; return every state that was shown."""
        states = []
        async for state in self.sync.refresh(self.feed):
            states.append(state)
            self.feed = state
        return states

    def tickets(self) -> dict[int, Ticket]:
        return {ticket.id: ticket for ticket in self.feed.items}

    async def aclose(self) -> None:
        await self.freshdesk.aclose()
        self.store.close()
        self.disk.close()


Sessions = Callable[[], Session]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("sandbox")
    with running_sandbox(folder, tickets=TICKETS, clock=lambda: NOW) as running:
        yield running


@pytest.fixture
def sandbox(served: Running) -> Iterator[Running]:
    """The module's sandbox, each test an hour after the one before."""
    yield served
    later = served.knobs.clock.offset_seconds + 3600
    served.knobs.turn(Knobs().model_dump())
    served.knobs.clock.offset_seconds = later


@pytest.fixture
async def sessions(sandbox: Running, tmp_path: Path) -> AsyncIterator[Sessions]:
    opened: list[Session] = []

    def open_one() -> Session:
        opened.append(Session(sandbox, tmp_path, sandbox.clock))
        return opened[-1]

    yield open_one
    for session in opened:
        await session.aclose()


def minutes_pass(sandbox: Running, minutes: float = 5) -> None:
    sandbox.knobs.clock.offset_seconds += minutes * 60


def change(sandbox: Running, ticket_id: int, **changes: object) -> None:
    with wire.freshdesk(sandbox) as api:
        assert api.put(f"tickets/{ticket_id}", json=changes).status_code == 200


def delete(sandbox: Running, ticket_id: int) -> None:
    with wire.freshdesk(sandbox) as api:
        assert api.delete(f"tickets/{ticket_id}").status_code == 204


def open_ids(feed: Feed[Ticket]) -> list[int]:
    return [ticket.id for ticket in feed.items if ticket.status == OPEN]


async def test_the_first_time_everything_is_read_a_page_at_a_time(
    sandbox: Running, sessions: Sessions
) -> None:
    session = sessions()
    states = await session.refresh()
    asked = session.network.taken()
    assert [page.get("page", "1") for page in asked if "updated_since" in page] == ["1", "2", "3"]
    assert asked[0]["updated_since"] == f"{sandbox.clock() - HORIZON:%Y-%m-%dT%H:%M:%SZ}"
    # the analyst sees them come
    assert [len(state.items) for state in states] == sorted(len(state.items) for state in states)
    assert [state.loading for state in states] == [True, True, True, False]
    assert [state.as_of for state in states] == [None, None, None, sandbox.clock()]
    assert len(states[-1].items) > 200


async def test_afterwards_one_call_asks_for_what_changed_since(sandbox: Running, sessions: Sessions) -> None:
    session = sessions()
    await session.refresh()
    session.network.taken()
    changed, *_ = open_ids(session.feed)
    minutes_pass(sandbox)
    newest = max(ticket.updated_at for ticket in session.feed.items)
    before = session.tickets()
    change(sandbox, changed, priority=4)
    states = await session.refresh()
    (asked,) = session.network.taken()
    assert asked["updated_since"] == f"{newest - OVERLAP:%Y-%m-%dT%H:%M:%SZ}"
    after = session.tickets()
    assert after[changed].priority == 4
    assert before[changed].priority != 4
    assert all(after[number] is before[number] for number in before if number != changed)
    assert [len(state.items) for state in states] == [len(before)] * 2


async def test_nothing_new_shows_nothing_new(sandbox: Running, sessions: Sessions) -> None:
    session = sessions()
    await session.refresh()
    minutes_pass(sandbox)
    before = session.feed.items
    (state,) = await session.refresh()
    assert state == Feed(before, as_of=sandbox.clock())
    assert state.items is before


async def test_a_change_in_the_very_second_of_the_last_one_is_seen(
    sandbox: Running, sessions: Sessions
) -> None:
    session = sessions()
    await session.refresh()
    first, second, *_ = open_ids(session.feed)
    minutes_pass(sandbox)
    change(sandbox, first, tags=["um"])
    await session.refresh()
    change(sandbox, first, tags=["um", "dois"])
    change(sandbox, second, tags=["outro"])
    await session.refresh()
    assert session.tickets()[first].tags == ("um", "dois")
    assert session.tickets()[second].tags == ("outro",)


@pytest.mark.parametrize("wrong_by", [timedelta(hours=-5), timedelta(hours=5)])
async def test_a_clock_that_is_wrong_loses_nothing(
    sandbox: Running, tmp_path: Path, wrong_by: timedelta
) -> None:
    session = Session(sandbox, tmp_path, lambda: sandbox.clock() + wrong_by)
    await session.refresh()
    changed, deleted, *_ = open_ids(session.feed)
    for minutes, priority in ((1, 4), (2, 3)):
        minutes_pass(sandbox, minutes)
        change(sandbox, changed, priority=priority)
        await session.refresh()
        assert session.tickets()[changed].priority == priority
    delete(sandbox, deleted)
    for _ in range(LOOK_FOR_GONE_EVERY):
        await session.refresh()
    assert deleted not in session.tickets()
    await session.aclose()


async def test_what_was_read_is_there_after_a_restart_and_goes_on(
    sandbox: Running, sessions: Sessions
) -> None:
    first = sessions()
    await first.refresh()
    changed, *_ = open_ids(first.feed)
    second = sessions()
    assert second.feed.as_of == first.feed.as_of
    assert second.tickets() == first.tickets()
    minutes_pass(sandbox)
    change(sandbox, changed, priority=4)
    await second.refresh()
    listed = [asked for asked in second.network.taken() if "filter" not in asked]
    assert len(listed) == 1
    assert second.tickets()[changed].priority == 4
    assert sessions().tickets() == second.tickets()


async def test_a_ticket_read_ahead_of_the_list_does_not_hide_older_changes(
    sandbox: Running, sessions: Sessions
) -> None:
    first = sessions()
    await first.refresh()
    older, newer, *_ = open_ids(first.feed)
    minutes_pass(sandbox)
    change(sandbox, older, priority=4)
    minutes_pass(sandbox)
    change(sandbox, newer, priority=4)
    first.cache.keep_conversation(
        await first.freshdesk.ticket(newer), (), NOW
    )  # looked at, then the desk closed
    second = sessions()
    await second.refresh()
    assert second.tickets()[older].priority == 4


async def test_a_refresh_that_broke_off_is_done_again_from_where_the_whole_ones_ended(
    sessions: Sessions,
) -> None:
    first = sessions()
    first.network.fail_after = 2
    with pytest.raises(Rejected):
        await first.refresh()
    some = len(first.feed.items)
    second = sessions()
    assert len(second.feed.items) == some
    assert second.feed.as_of is None
    await second.refresh()
    assert len(second.feed.items) > some
    assert len([page for page in second.network.taken() if "updated_since" in page]) == 3


async def test_the_text_of_a_ticket_that_was_read_stays_when_the_list_brings_it_anew(
    sandbox: Running, sessions: Sessions
) -> None:
    first = sessions()
    await first.refresh()
    number, *_ = open_ids(first.feed)
    read = await first.freshdesk.ticket(number)
    first.cache.keep_conversation(read, (), NOW)
    second = sessions()
    minutes_pass(sandbox)
    change(sandbox, number, priority=4)
    await second.refresh()
    assert read.text
    assert second.tickets()[number].text == read.text
    assert sessions().tickets()[number].text == read.text


# ── what was deleted, or was spam ──


async def test_deleted_and_spam_leave_the_queue_within_a_few_refreshes(
    sandbox: Running, sessions: Sessions
) -> None:
    session = sessions()
    await session.refresh()
    deleted, spam, *_ = open_ids(session.feed)
    minutes_pass(sandbox)
    delete(sandbox, deleted)
    minutes_pass(sandbox)
    sandbox.mark_as_spam(spam)
    session.network.taken()
    for _ in range(LOOK_FOR_GONE_EVERY):
        await session.refresh()
    assert {deleted, spam}.isdisjoint(session.tickets())
    filters = [asked.get("filter") for asked in session.network.taken()]
    assert sorted(filter(None, filters)) == ["deleted", "spam"]
    assert len(filters) == LOOK_FOR_GONE_EVERY + 2
    assert {deleted, spam}.isdisjoint(sessions().tickets())
    assert session.cache.conversation(deleted) == (None, ())


async def test_what_was_deleted_while_the_desk_was_closed_is_gone_at_the_first_refresh(
    sandbox: Running, sessions: Sessions
) -> None:
    first = sessions()
    await first.refresh()
    deleted, changed, *_ = open_ids(first.feed)
    minutes_pass(sandbox)
    delete(sandbox, deleted)
    minutes_pass(sandbox, 60 * 24 * 3)
    change(sandbox, changed, priority=4)
    second = sessions()
    assert deleted in second.tickets()
    await second.refresh()
    assert deleted not in second.tickets()


async def test_a_ticket_that_is_restored_comes_back(sandbox: Running, sessions: Sessions) -> None:
    session = sessions()
    await session.refresh()
    number, *_ = open_ids(session.feed)
    minutes_pass(sandbox)
    delete(sandbox, number)
    for _ in range(LOOK_FOR_GONE_EVERY):
        await session.refresh()
    assert number not in session.tickets()
    minutes_pass(sandbox)
    with wire.freshdesk(sandbox) as api:
        assert api.put(f"tickets/{number}/restore").status_code == 204
    for _ in range(LOOK_FOR_GONE_EVERY + 1):
        await session.refresh()
        assert number in session.tickets()


async def test_a_key_that_may_not_look_at_the_trash_keeps_its_queue(
    sandbox: Running, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = sessions()
    await session.refresh()
    refusals: list[datetime] = []

    async def refused(updated_since: datetime) -> frozenset[int]:
        refusals.append(updated_since)
        raise Forbidden("Freshdesk", "sem permissão", status=403)

    monkeypatch.setattr(session.freshdesk, "put_away", refused)
    number, *_ = open_ids(session.feed)
    minutes_pass(sandbox)
    change(sandbox, number, priority=4)
    for _ in range(2 * LOOK_FOR_GONE_EVERY):
        await session.refresh()
    assert session.tickets()[number].priority == 4
    assert len(refusals) == 1


# ── on the desk ──


@pytest.fixture
async def desk(sandbox: Running, tmp_path: Path) -> AsyncIterator[Desk]:
    opened = await opened_desk(sandbox, tmp_path)
    yield opened
    await opened.close()


async def opened_desk(sandbox: Running, folder: Path) -> Desk:
    desk = Desk(settings_for(sandbox, folder), sandbox.clock)
    await desk.open()
    await desk.connect()
    return desk


async def refreshed(poller: Poller[Item], feed: Feed[Item]) -> Feed[Item]:
    """What one refresh makes of the feed."""
    return [state async for state in poller.refresh(feed)][-1]


@pytest.mark.parametrize("how", ["deleted", "spam", "unknown"])
async def test_a_ticket_that_is_gone_when_it_is_read_leaves_the_queue(
    sandbox: Running, desk: Desk, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    poller = desk.sources.queue_poller(Feed())
    assert poller is not None
    asked: list[bool] = []
    monkeypatch.setattr(poller, "ask", lambda: asked.append(True))
    feed = await refreshed(poller, Feed())
    number = open_ids(feed)[-1]
    if how == "deleted":
        delete(sandbox, number)
    elif how == "spam":
        sandbox.mark_as_spam(number)
    else:
        ghost = feed.items[0].model_copy(update={"id": 999_999, "status": OPEN})
        feed, number = Feed((*feed.items, ghost), as_of=feed.as_of), ghost.id
    with pytest.raises(NotFound):
        [_ async for _ in desk.read(number)]
    assert asked
    feed = await refreshed(poller, feed)
    assert number not in {ticket.id for ticket in feed.items}
    assert number not in {ticket.id for ticket in (await desk.sources.remembered_queue()).items}


async def test_a_server_that_only_fails_takes_nothing_out_of_the_queue(sandbox: Running, desk: Desk) -> None:
    poller = desk.sources.queue_poller(Feed())
    assert poller is not None
    feed = await refreshed(poller, Feed())
    number = open_ids(feed)[0]
    sandbox.knobs.freshdesk.next_5xx = 100
    with pytest.raises(ServerTrouble):
        [_ async for _ in desk.read(number)]
    sandbox.knobs.freshdesk.next_5xx = 0
    feed = await refreshed(poller, feed)
    assert number in {ticket.id for ticket in feed.items}


async def test_what_was_done_long_ago_is_not_kept_for_ever(sandbox: Running, desk: Desk) -> None:
    def ticket(number: int, status: int, age: timedelta) -> Ticket:
        at = NOW - age
        return Ticket(id=number, status=status, created_at=at, updated_at=at)

    old, recent = HORIZON + timedelta(days=1), timedelta(days=10)
    tickets = [
        ticket(1, CLOSED, old),
        ticket(2, OPEN, old),
        ticket(3, CLOSED, recent),
        ticket(4, OPEN, timedelta()),
    ]
    desk.local.cache.keep_tickets(tickets)
    desk.local.cache.keep_conversation(tickets[0], (), NOW)
    desk.local.cache.keep_queue(Reached(), (), NOW)
    assert {ticket.id for ticket in (await desk.sources.remembered_queue()).items} == {2, 3, 4}
    assert desk.local.cache.conversation(1) == (None, ())


async def test_a_key_without_rights_knows_the_names_and_the_teams_templates(
    sandbox: Running, tmp_path: Path
) -> None:
    file = tmp_path / "modelos.toml"
    file.write_text('[[modelo]]\ntitulo = "Em análise"\ntexto = "Estamos analisando."\n', encoding="utf-8")
    settings = settings_for(sandbox, tmp_path / "dados")
    assert settings.freshdesk is not None
    limited = settings.freshdesk.model_copy(update={"key": SecretStr(sandbox.keys.freshdesk_limited)})
    replies = settings.replies.model_copy(update={"file": file})
    desk = Desk(settings.model_copy(update={"freshdesk": limited, "replies": replies}), sandbox.clock)
    await desk.open()
    await desk.connect()
    account = await desk.learn_account()
    assert account.me is not None
    assert account.vocabulary.agent(account.me.id) == account.me.name
    assert account.vocabulary.groups
    assert "Aguardando Desenvolvimento" in account.vocabulary.statuses.values()
    assert [template.title for template in account.templates] == ["Em análise"]
    assert account.templates_trouble is not None
    assert account.templates_trouble.title == "Sem permissão"
    await desk.close()


def one_source(source: MonitorSource, clock: Clock) -> Monitors:
    return Monitors([NamedSource("Monitoramento", "página", source)], clock)


async def test_services_remember_since_when_over_a_restart(sandbox: Running, tmp_path: Path) -> None:
    clock = Clock(NOW)
    states = {"Fiscal": ServiceState.OK, "Loja": ServiceState.OK}

    class Source:
        async def services(self, notes: Notes | None = None) -> tuple[Service, ...]:
            return tuple(
                Service(client="Aurora", service=name, state=state) for name, state in states.items()
            )

    async def refreshed(folder: Path) -> tuple[Service, ...]:
        store, disk = Store(folder / "plantao.db"), Disk()
        cache = Cache(store)
        sync = ServicesSync(
            one_source(Source(), clock),
            cache,
            disk,
            clock,
            LONGEST_UNCHECKED,
            ServiceLog(store),
        )
        (feed,) = [feed async for feed in sync.refresh(cache.services())]
        assert cache.services() == feed
        store.close()
        disk.close()
        return feed.items

    await refreshed(tmp_path)
    clock.forward(minutes=10)
    states["Loja"] = ServiceState.FAIL
    red, green = await refreshed(tmp_path)
    assert (red.service, red.since) == ("Loja", NOW + timedelta(minutes=10))
    assert (green.service, green.since) == ("Fiscal", NOW)
    clock.forward(minutes=10)
    assert [service.since for service in await refreshed(tmp_path)] == [red.since, green.since]


async def test_what_the_source_no_longer_looks_at_is_not_green(tmp_path: Path) -> None:
    clock = Clock(NOW)
    checked = {"Fiscal": NOW, "Loja": NOW}

    class Source:
        async def services(self, notes: Notes | None = None) -> tuple[Service, ...]:
            return tuple(
                Service(client="Aurora", service=name, state=ServiceState.OK, last_check=at)
                for name, at in checked.items()
            )

    store, disk = Store(tmp_path / "plantao.db"), Disk()
    sync = ServicesSync(
        one_source(Source(), clock),
        Cache(store),
        disk,
        clock,
        timedelta(minutes=60),
        ServiceLog(store),
    )
    (feed,) = [feed async for feed in sync.refresh(Feed())]
    assert {service.state for service in feed.items} == {ServiceState.OK}
    clock.forward(hours=3)
    checked["Fiscal"] = clock.now
    (feed,) = [feed async for feed in sync.refresh(feed)]
    first, second = feed.items
    assert (first.service, first.state, first.since) == ("Loja", ServiceState.UNKNOWN, NOW)
    assert first.remark(clock.now) == "sem verificação há 3 h"
    assert (second.service, second.state) == ("Fiscal", ServiceState.OK)
    assert Cache(store).services().items == feed.items
    checked["Loja"] = clock.now
    (feed,) = [feed async for feed in sync.refresh(feed)]
    assert {service.state for service in feed.items} == {ServiceState.OK}
    store.close()
    disk.close()


async def test_the_sandboxs_services_come_with_the_red_ones_on_top(sandbox: Running, desk: Desk) -> None:
    sandbox.knobs.monitor.states = {"Atacado Serra Azul/CTE": "falha"}  # at some hours all is well
    poller = desk.sources.services_poller(Feed())
    assert poller is not None
    feed = await refreshed(poller, Feed())
    ranks = [service.state.rank for service in feed.items]
    assert ranks == sorted(ranks)
    assert feed.items[0].state is ServiceState.FAIL
    assert (await desk.sources.remembered_services()).items == feed.items
