"""Pollers: they re-arm after the answer, back off while it fails, and stop when the key is refused."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from clients.errors import ServerTrouble, Throttled, Unauthorized
from clients.models.feed import Feed, Trouble
from clients.models.service import Service, ServiceState
from tui.sync import Poller, with_since

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


class Source:
    """A source that answers, or fails, as it is told."""

    def __init__(self, *answers: Feed[str] | Exception) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def refresh(self, feed: Feed[str]) -> AsyncIterator[Feed[str]]:
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        yield answer


def never(error: Exception) -> Trouble:
    raise AssertionError("nothing unforeseen happens here") from error


async def until(condition: "asyncio.Event") -> None:
    async with asyncio.timeout(60):
        await condition.wait()


@pytest.mark.anyio
async def test_a_failed_refresh_keeps_what_was_known_and_says_why() -> None:
    source = Source(Feed(("a",), as_of=NOW), ServerTrouble("Freshdesk", "erro 502", status=502))
    poller = Poller(source.refresh, interval=0.01, unforeseen=never)
    failed = asyncio.Event()
    seen: list[Feed[str]] = []

    def publish(feed: Feed[str]) -> None:
        seen.append(feed)
        if feed.trouble:
            failed.set()

    task = asyncio.create_task(poller.run(publish))
    await until(failed)
    task.cancel()
    assert seen[0] == Feed(loading=True)
    assert seen[1] == Feed(("a",), as_of=NOW)
    assert seen[-1].items == ("a",)
    assert seen[-1].as_of == NOW
    assert seen[-1].trouble is not None
    assert seen[-1].trouble.message == "Freshdesk: erro 502"


@pytest.mark.anyio
async def test_a_refused_key_is_not_tried_again_until_asked() -> None:
    source = Source(Unauthorized("Freshdesk", "chave recusada", status=401))
    poller = Poller(source.refresh, interval=0.001, unforeseen=never)
    refused = asyncio.Event()

    def publish(feed: Feed[str]) -> None:
        if feed.trouble and not feed.loading:
            refused.set()

    task = asyncio.create_task(poller.run(publish))
    await until(refused)
    for _ in range(50):
        await asyncio.sleep(0)
    assert source.asked == 1
    refused.clear()
    poller.ask()
    await until(refused)
    assert source.asked == 2
    task.cancel()


@pytest.mark.anyio
async def test_an_error_that_nobody_foresaw_is_noted_and_the_poller_goes_on() -> None:
    source = Source(Feed(("a",), as_of=NOW), KeyError("serviço"), Feed(("b",), as_of=NOW))
    noted: list[Exception] = []
    seen: list[Feed[str]] = []
    recovered = asyncio.Event()

    def note(error: Exception) -> Trouble:
        noted.append(error)
        return Trouble("Erro interno", "os detalhes estão no registro")

    def publish(feed: Feed[str]) -> None:
        seen.append(feed)
        if feed.items == ("b",):
            recovered.set()

    task = asyncio.create_task(Poller(source.refresh, interval=0.001, unforeseen=note).run(publish))
    await until(recovered)
    task.cancel()
    assert [type(error) for error in noted] == [KeyError]
    told = next(feed for feed in seen if feed.trouble)
    assert told == Feed(("a",), as_of=NOW, trouble=Trouble("Erro interno", "os detalhes estão no registro"))
    assert seen[-1].trouble is None


def test_a_throttled_source_is_left_alone_for_as_long_as_it_says() -> None:
    poller = Poller(Source(Feed()).refresh, interval=60, unforeseen=never)
    assert poller._pause_after(Throttled("Freshdesk", "limite", retry_after=240), 1) == 240
    assert poller._pause_after(Throttled("Freshdesk", "limite", retry_after=5), 1) == 60


def test_the_pause_grows_with_each_failure_and_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    poller = Poller(Source(Feed()).refresh, interval=60, unforeseen=never)
    trouble = ServerTrouble("Freshdesk", "erro")

    def pauses() -> list[float | None]:
        return [poller._pause_after(trouble, failures) for failures in (1, 2, 3, 4, 5, 30)]

    monkeypatch.setattr("random.uniform", lambda shortest, longest: longest)
    assert pauses() == [120, 240, 480, 900, 900, 900]
    monkeypatch.setattr("random.uniform", lambda shortest, longest: shortest)
    assert pauses() == [60] * 6


def service(name: str, state: ServiceState, since: datetime | None = None) -> Service:
    return Service(client="Padaria Aurora", service=name, state=state, since=since)


def test_a_service_keeps_the_moment_since_when_it_is_red() -> None:
    before = [service("CTE", ServiceState.FAIL, NOW), service("DYPE", ServiceState.OK, NOW)]
    found = [service("CTE", ServiceState.FAIL), service("DYPE", ServiceState.FAIL)]
    later = NOW + timedelta(hours=2)
    assert [item.since for item in with_since(found, before, later)] == [NOW, later]


def test_the_source_s_own_since_wins() -> None:
    told = NOW - timedelta(days=3)
    assert with_since([service("CTE", ServiceState.FAIL, told)], [], NOW)[0].since == told
