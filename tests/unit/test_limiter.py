"""The account's limit: one pause for all calls, a reserve for writes, and no silent long wait."""

import pytest

from clients.errors import Throttled
from clients.limiter import PAUSE_WITHOUT_ADVICE, PROBE_EVERY, WINDOW, Limiter

pytestmark = pytest.mark.anyio


class Bench:
    """A limiter on a clock that moves only while somebody waits."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []
        self.limiter = Limiter(clock=lambda: self.now, sleep=self.sleep)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def learn(self, remaining: object, total: object = 200, used: object = 1) -> None:
        self.limiter.learn(
            {
                "X-Ratelimit-Total": str(total),
                "x-ratelimit-remaining": str(remaining),
                "X-RateLimit-Used-CurrentRequest": str(used),
            }
        )


@pytest.fixture
def bench() -> Bench:
    return Bench()


async def test_nothing_waits_while_nothing_is_known(bench: Bench) -> None:
    for _ in range(100):
        await bench.limiter.admit("Freshdesk")
    assert bench.waits == []


async def test_a_pause_holds_reads_and_writes(bench: Bench) -> None:
    bench.limiter.pause(8)
    await bench.limiter.admit("Freshdesk", writing=True)
    assert bench.waits == [8]
    await bench.limiter.admit("Freshdesk")
    assert bench.waits == [8]


async def test_a_pause_that_does_not_say_how_long(bench: Bench) -> None:
    bench.limiter.pause(None)
    await bench.limiter.admit("Freshdesk")
    assert bench.waits == [PAUSE_WITHOUT_ADVICE]


async def test_a_shorter_pause_does_not_shorten_a_longer_one(bench: Bench) -> None:
    bench.limiter.pause(14)
    bench.limiter.pause(1)
    await bench.limiter.admit("Freshdesk")
    assert bench.waits == [14]


async def test_a_long_wait_is_told_instead_of_waited(bench: Bench) -> None:
    bench.limiter.pause(47.2)
    with pytest.raises(Throttled, match="volta em 48 s") as told:
        await bench.limiter.admit("Freshdesk", writing=True)
    assert told.value.retry_after == pytest.approx(47.2)
    assert bench.waits == []


async def test_a_pause_of_half_an_hour_is_kept_and_told_in_minutes(bench: Bench) -> None:
    bench.limiter.pause(1800)
    bench.now += 1000
    with pytest.raises(Throttled, match="volta em 14 min") as told:
        await bench.limiter.admit("Freshdesk")
    assert told.value.retry_after == 800
    assert bench.waits == []


async def test_the_reserve_is_for_writes(bench: Bench) -> None:
    bench.learn(remaining=10)
    for _ in range(5):
        await bench.limiter.admit("Freshdesk", writing=True)
    assert bench.waits == []
    await bench.limiter.admit("Freshdesk")
    assert bench.waits == [PROBE_EVERY]


async def test_reads_go_one_by_one_while_only_the_reserve_is_left(bench: Bench) -> None:
    bench.learn(remaining=0)
    await bench.limiter.admit("Freshdesk")
    bench.learn(remaining=3)
    await bench.limiter.admit("Freshdesk")
    assert bench.waits == [PROBE_EVERY, PROBE_EVERY]
    bench.learn(remaining=150)
    await bench.limiter.admit("Freshdesk")
    assert len(bench.waits) == 2


async def test_calls_under_way_are_counted_before_they_answer(bench: Bench) -> None:
    bench.learn(remaining=24, used=7)  # a list with includes costs seven credits
    await bench.limiter.admit("Freshdesk")
    await bench.limiter.admit("Freshdesk")
    assert bench.waits == []
    await bench.limiter.admit("Freshdesk")
    assert bench.waits == [PROBE_EVERY]


async def test_what_was_told_a_minute_ago_is_no_longer_believed(bench: Bench) -> None:
    bench.learn(remaining=0)
    bench.now += WINDOW + 1
    await bench.limiter.admit("Freshdesk")
    assert bench.waits == []


@pytest.mark.parametrize("odd", ["", "muitos", "nan", "inf", "-1"])
async def test_a_header_that_is_no_number_changes_nothing(bench: Bench, odd: str) -> None:
    bench.learn(remaining=odd)
    await bench.limiter.admit("Freshdesk")
    assert bench.waits == []


async def test_numbers_written_with_a_point(bench: Bench) -> None:
    bench.learn(remaining="2.0", total="200.0", used="1.0")
    await bench.limiter.admit("Freshdesk")
    assert bench.waits == [PROBE_EVERY]
