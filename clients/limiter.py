"""The account's speed limit, shared by every call of this process (contract of Freshdesk §2)."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Mapping

from .errors import Throttled

LONGEST_WAIT = 15.0
"""Seconds that a call waits in silence; beyond them the analyst is told."""
PAUSE_WITHOUT_ADVICE = 10.0
"""Seconds of pause after a 429 that does not say how long."""
WINDOW = 60.0
"""Seconds after which what the server said of its limit is no longer believed."""
PROBE_EVERY = 10.0
"""Seconds between two reads while only the reserve is left."""
SMALLEST_RESERVE = 5


class Limiter:
    """Lets calls through, or makes them wait. One for each account: pass the same to every `Http` of it.

    The limit is the whole account's, so a 429 pauses all calls. The last twentieth of the credits is kept
    for writes: reads then go one at a time, `PROBE_EVERY` seconds apart, until an answer tells of more.
    """

    def __init__(
        self,
        *,
        longest_wait: float = LONGEST_WAIT,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.longest_wait = longest_wait
        self._clock = clock
        self._sleep = sleep
        self._closed_until = -math.inf
        self._next_probe = -math.inf
        self._total = 0
        self._remaining: int | None = None
        self._cost = 1
        self._learned_at = -math.inf

    async def admit(self, system: str, *, writing: bool = False) -> None:
        """Return when a call may go out; raise `Throttled` where that takes over ``longest_wait`` seconds."""
        waited = 0.0
        while (wait := self._wait(writing)) > 0:
            if waited + wait > self.longest_wait:
                raise Throttled(system, limit_reached(wait), retry_after=wait)
            await self._sleep(wait)
            waited += wait
        if self._remaining is not None:
            self._remaining -= self._cost  # an estimate, until the answer says it better
        if not writing and self._is_tight():
            self._next_probe = self._clock() + PROBE_EVERY

    def pause(self, seconds: float | None) -> None:
        """Close the door to all calls for ``seconds``, as a 429 asked; None where it did not say."""
        until = self._clock() + (PAUSE_WITHOUT_ADVICE if seconds is None else seconds)
        self._closed_until = max(self._closed_until, until)
        self._remaining = None  # whatever is left then, the next answer tells

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take the limit from an answer's headers; their names in any case, absent ones ignored."""
        told = {name.lower(): value for name, value in headers.items()}
        remaining = _count(told.get("x-ratelimit-remaining"))
        if remaining is None:
            return
        self._remaining = remaining
        self._learned_at = self._clock()
        self._total = _count(told.get("x-ratelimit-total")) or self._total
        self._cost = _count(told.get("x-ratelimit-used-currentrequest")) or 1

    def _wait(self, writing: bool) -> float:
        until = self._closed_until if writing or not self._is_tight() else self._next_read()
        return until - self._clock()

    def _next_read(self) -> float:
        return max(self._closed_until, self._next_probe, self._learned_at + PROBE_EVERY)

    def _is_tight(self) -> bool:
        if self._remaining is None or self._clock() - self._learned_at > WINDOW:
            return False
        return self._remaining <= max(SMALLEST_RESERVE, self._total // 20)


def limit_reached(seconds: float) -> str:
    """Say in Portuguese that the account's limit is used up, and when it comes back."""
    wait = f"{math.ceil(seconds)} s" if seconds <= 120 else f"{math.ceil(seconds / 60)} min"
    return f"limite da conta, volta em {wait}"


def _count(value: str | None) -> int | None:
    try:
        number = float(value or "")  # some gateways write "100.0"
    except ValueError:
        return None
    return int(number) if math.isfinite(number) and number >= 0 else None
