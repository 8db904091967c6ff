"""The account's rate limit: credits in a sliding minute, a bucket more for the list, headers everywhere."""

import math
import re
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import parse_qs
from uuid import uuid4

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..knobs import FreshdeskKnobs
from .answers import answer

WINDOW = timedelta(seconds=60)
_LIST = re.compile(r"/api/v2/tickets/?")
_VIEW = re.compile(r"/api/v2/tickets/\d+")


class Bucket:
    """What was used in the last minute."""

    def __init__(self) -> None:
        self.used: deque[tuple[datetime, int]] = deque()

    def level(self, now: datetime) -> int:
        """Credits used in the minute before ``now``."""
        while self.used and self.used[0][0] <= now - WINDOW:
            self.used.popleft()
        return sum(cost for _, cost in self.used)

    def wait(self, now: datetime, surplus: int) -> int:
        """Whole seconds until ``surplus`` credits have left the window."""
        for at, cost in self.used:
            surplus -= cost
            if surplus <= 0:
                return max(1, math.ceil((at + WINDOW - now).total_seconds()))
        return int(WINDOW.total_seconds())


class Limits:
    """ASGI layer that charges credits; the outermost, so that errors carry the headers too."""

    def __init__(self, app: ASGIApp, knobs: FreshdeskKnobs, clock: Callable[[], datetime]) -> None:
        self.app, self.knobs, self.clock = app, knobs, clock
        self.account, self.lists = Bucket(), Bucket()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it with 429."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        now, price = self.clock(), cost(scope["method"], scope["path"], scope["query_string"].decode())
        is_list = scope["method"] == "GET" and bool(_LIST.fullmatch(scope["path"]))
        over = self.account.level(now) + self.knobs.others_used + price - self.knobs.rate_total
        over_list = self.lists.level(now) + 1 - self.knobs.rate_list if is_list else 0
        served = over <= 0 and over_list <= 0
        wait = max(
            self.account.wait(now, over) if over > 0 else 0,
            self.lists.wait(now, over_list) if over_list > 0 else 0,
        )
        if served:
            self.account.used.append((now, price))
            if is_list:
                self.lists.used.append((now, 1))
        left = max(0, self.knobs.rate_total - self.knobs.others_used - self.account.level(now))

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-RateLimit-Total"] = str(self.knobs.rate_total)
                headers["X-RateLimit-Remaining"] = str(left)
                headers["X-RateLimit-Used-CurrentRequest"] = str(price)
                headers["X-Freshdesk-API-Version"] = "latest=v2; requested=v2"
                headers["X-Request-Id"] = str(uuid4())
            await send(message)

        if served:
            await self.app(scope, receive, with_headers)
        else:
            await answer(None, 429, {"Retry-After": str(wait)})(scope, receive, with_headers)


def cost(method: str, path: str, query: str) -> int:
    """Credits of a call: 1, plus 1 for each ``include`` of a view, or 2 of a list."""
    if method != "GET" or not (_LIST.fullmatch(path) or _VIEW.fullmatch(path)):
        return 1
    included = [name for name in parse_qs(query).get("include", [""])[-1].split(",") if name]
    return 1 + len(included) * (2 if _LIST.fullmatch(path) else 1)
