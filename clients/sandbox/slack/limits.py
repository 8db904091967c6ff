"""How often a method may be called a minute, and a channel written to a second (contract §3)."""

import math
from collections import defaultdict, deque
from datetime import datetime, timedelta

from ..knobs import SlackKnobs
from .call import RateLimited

MINUTE, BURST_WINDOW = timedelta(seconds=60), timedelta(seconds=5)
BURST = 5
"""Messages in a channel within `BURST_WINDOW`: one a second, in short bursts."""
_RESTRICTED = frozenset(("conversations.history", "conversations.replies"))
_TIER_2 = frozenset(("conversations.list", "users.list"))
_TIER_4 = frozenset(("users.info",))
_SPECIAL = frozenset(("auth.test", "chat.getPermalink", "chat.postMessage"))


class Limits:
    """The calls of the last minute, by method and token, and the messages by channel."""

    def __init__(self, knobs: SlackKnobs) -> None:
        self.knobs = knobs
        self._calls: dict[tuple[str, str], deque[datetime]] = defaultdict(deque)
        self._posts: dict[str, deque[datetime]] = defaultdict(deque)

    def count(self, method: str, user: str, now: datetime) -> None:
        """Count a call; RateLimited where it is one too many."""
        if not self.knobs.rates_enforced:
            return
        calls = self._calls[method, user]
        restricted = self.knobs.tier == "restricted" and method in _RESTRICTED
        if not _has_room(calls, 1 if restricted else _most(method), MINUTE, now):
            raise RateLimited(60 if restricted else _wait(calls, MINUTE, now))
        calls.append(now)

    def count_post(self, channel: str, now: datetime) -> None:
        """Count a message; RateLimited where the channel has had its burst."""
        if not self.knobs.rates_enforced:
            return
        posts = self._posts[channel]
        if not _has_room(posts, BURST, BURST_WINDOW, now):
            raise RateLimited(_wait(posts, BURST_WINDOW, now))
        posts.append(now)


def _has_room(used: deque[datetime], most: int, window: timedelta, now: datetime) -> bool:
    while used and used[0] <= now - window:
        used.popleft()
    return len(used) < most


def _most(method: str) -> int:
    if method in _TIER_2:
        return 20
    if method in _TIER_4:
        return 100
    return 300 if method in _SPECIAL else 50


def _wait(used: deque[datetime], window: timedelta, now: datetime) -> int:
    return max(1, math.ceil((used[0] + window - now).total_seconds()))
