"""How a ticket went: who wrote when, and what the status, the clocks and the stats are after that."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..clock import stamp
from ..rows import StatsRow, no_stats

CLIENT, REPLY, NOTE = "client", "reply", "note"

_FATES = (
    # up to so many days of age: weight of each fate
    (1, {"unanswered": 60, "ours": 16, "client": 12, "dev": 7, "resolved": 5}),
    (7, {"unanswered": 30, "ours": 20, "client": 20, "dev": 15, "third": 6, "resolved": 17, "closed": 10}),
    (30, {"unanswered": 4, "ours": 6, "client": 8, "dev": 8, "third": 3, "resolved": 23, "closed": 50}),
    (90, {"ours": 1, "client": 2, "dev": 4, "third": 1, "resolved": 12, "closed": 80}),
)
_STATUS = {"unanswered": (2,), "ours": (2, 2, 7), "client": (6, 6, 3), "dev": (7,), "third": (9,)}


@dataclass(frozen=True)
class Story:
    """What happened to a ticket after it was opened."""

    status: int
    messages: tuple[tuple[str, datetime], ...]
    """Voice and time, oldest first."""
    stats: StatsRow
    updated_at: datetime


def tell(rng: random.Random, created: datetime, now: datetime, *, archived: bool = False) -> Story:
    """Invent the story of a ticket opened at ``created``."""
    fate = "closed" if archived else _fate(rng, (now - created).days)
    done = fate in ("resolved", "closed")
    last = now - timedelta(minutes=rng.randrange(1, 40))
    if done:
        last = min(last, created + timedelta(hours=rng.uniform(2, 240)))
    last = max(last, created + timedelta(minutes=1))
    voices = _voices(rng, fate)
    span = last - created
    times = sorted(created + span * rng.random() for _ in voices[:-1])
    if voices:  # the last word may be days old on open tickets, and ends the story of the others
        times.append(last if done or rng.random() < 0.4 else created + span * rng.uniform(0.6, 1))
        times.sort()
    messages = tuple(zip(voices, times, strict=True))
    status = {"resolved": 4, "closed": 5}.get(fate) or rng.choice(_STATUS[fate])
    return _conclude(status, messages, created)


def _fate(rng: random.Random, days: int) -> str:
    weights = next((weights for limit, weights in _FATES if days < limit), _FATES[-1][1])
    return rng.choices(list(weights), list(weights.values()))[0]


def _voices(rng: random.Random, fate: str) -> list[str]:
    if fate == "unanswered":
        return rng.choice(([], [], [], [CLIENT], [NOTE], [NOTE, CLIENT]))
    voices = [REPLY]
    for _ in range(rng.choice((0, 0, 1, 1, 2, 3, 6))):
        voices += [CLIENT, NOTE, REPLY] if rng.random() < 0.3 else [CLIENT, REPLY]
    if fate == "ours":
        voices.append(CLIENT)
    elif fate == "dev":
        voices = [NOTE, *voices]
    return voices


def _conclude(status: int, messages: tuple[tuple[str, datetime], ...], created: datetime) -> Story:
    replies = [at for voice, at in messages if voice == REPLY]
    words = [at for voice, at in messages if voice == CLIENT]
    last = max((at for _, at in messages), default=created)
    stats = no_stats()
    if replies:
        stats["first_responded_at"] = stamp(replies[0])
        stats["agent_responded_at"] = stamp(replies[-1])
    if words:
        stats["requester_responded_at"] = stamp(words[-1])
    if status != 2:
        stats["status_updated_at"] = stamp(last)
    if status in (4, 5):
        stats["resolved_at"] = stamp(last)
    if status == 5:
        stats["closed_at"] = stamp(last)
    if status == 3:
        stats["pending_since"] = stamp(last)
    return Story(status, messages, stats, last)
