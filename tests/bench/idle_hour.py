"""An hour in which nobody does anything, gone through without waiting: what each poller asks of which system.

The desk, its pollers and the sandbox live by one clock, which is moved from each refresh to the next one.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from clients.models.feed import Feed
from clients.sandbox.server import Running
from tests.support.clock import Clock
from tests.support.desk import settings_for
from tui.desk import Desk
from tui.settings import Settings
from tui.sync import Poller

HOUR = 3600
Item = TypeVar("Item")


@dataclass
class Asked(Generic[Item]):
    """What one poller asked."""

    name: str
    interval: float
    """Seconds, as the settings have it where nobody changes them."""
    refresh: Callable[[Feed[Item]], AsyncIterator[Feed[Item]]]
    feed: Feed[Item]
    first: Counter[str] = field(default_factory=Counter)
    """Requests of its first reading, by system."""
    later: Counter[str] = field(default_factory=Counter)
    """Those of the hour after it."""

    @property
    def refreshes(self) -> int:
        """How often it asks in an hour."""
        return int(HOUR // self.interval)

    @property
    def a_refresh(self) -> float:
        """Requests of one refresh of the hour."""
        return self.later.total() / self.refreshes

    async def read(self) -> None:
        """Refresh once."""
        async for feed in self.refresh(self.feed):
            self.feed = feed
        assert self.feed.trouble is None, f"{self.name}: {self.feed.trouble}"


def desk_settings(running: Running, folder: Path) -> Settings:
    """Everything configured, the chamados on the team's board, with the intervals of a real desk."""
    demo = settings_for(running, folder)
    assert demo.freshdesk and demo.monitor
    usual = {"interval": type(demo.freshdesk).model_fields["interval"].default}
    seldom = {"interval": type(demo.monitor).model_fields["interval"].default}
    return demo.model_copy(
        update={
            "freshdesk": demo.freshdesk.model_copy(update=usual),
            "monitor": demo.monitor.model_copy(update=seldom),
            "chamados": demo.chamados.model_copy(update={"board": "redmine"}),
        }
    )


async def idle_hour(running: Running, folder: Path, clock: Clock) -> Sequence[Asked[object]]:
    """Read everything once, then let an hour pass."""
    desk = Desk(desk_settings(running, folder), clock)
    try:
        await desk.open()
        await desk.connect()
        await desk.learn_account()
        asked = _pollers(desk)
        for each in asked:
            each.first = await _requests(running, each)
        await _pass(running, asked, clock)
    finally:
        await desk.close()
    return asked


def table(asked: Sequence[Asked[object]]) -> str:
    """A line for each poller, then one for each system."""
    head = ("", "every, s", "first reading", "refreshes/h", "requests/h", "a refresh", "of reading all")
    rows = [head, *(_row(each) for each in asked)]
    systems: Counter[str] = sum((each.later for each in asked), Counter())
    rows += [(f"→ {name}", "", "", "", f"{count}", "", "") for name, count in sorted(systems.items())]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def _row(each: Asked[object]) -> tuple[str, ...]:
    everything = each.first.total() * each.refreshes
    share = f"{each.later.total() / everything:.2f}" if everything else "–"
    counts = (each.first.total(), each.refreshes, each.later.total())
    return (each.name, f"{each.interval:g}", *map(str, counts), f"{each.a_refresh:.2f}", share)


def _pollers(desk: Desk) -> list[Asked[object]]:
    settings, sources = desk.settings, desk.sources
    assert desk.task_room and desk.room and settings.freshdesk and settings.monitor and settings.slack
    queue, services = sources.queue_poller(Feed()), sources.services_poller(Feed())
    assert queue and services
    return [
        _asked("tasks", settings.tasks.interval, desk.task_room.poller(Feed())),
        _asked("queue", settings.freshdesk.interval, queue),
        _asked("services", settings.monitor.interval, services),
        _asked("chamados, in Redmine", settings.chamados.interval, desk.chamados_poller(Feed())),
        _asked("channels", settings.slack.interval, desk.room.listening(lambda news: None)),
        _asked("threads, none open", settings.slack.interval, desk.room.following(lambda one, news: None)),
    ]


def _asked(name: str, interval: float, poller: Poller[Item]) -> Asked[object]:
    made: Asked[Item] = Asked(name, interval, poller.refresh, poller.feed)
    return made  # type: ignore[return-value]  # what the items are is nobody's business here


async def _pass(running: Running, asked: Sequence[Asked[object]], clock: Clock) -> None:
    began = clock()
    due = sorted(
        (number * each.interval, place)
        for place, each in enumerate(asked)
        for number in range(1, each.refreshes + 1)
    )
    for seconds, place in due:
        clock.forward(seconds=max(0.0, seconds - (clock() - began).total_seconds()))
        asked[place].later += await _requests(running, asked[place])


async def _requests(running: Running, each: Asked[object]) -> Counter[str]:
    """What one refresh asks, by system."""
    before = _so_far(running)
    await each.read()
    return Counter(_so_far(running)) - Counter(before)


def _so_far(running: Running) -> Mapping[str, int]:
    counted: Counter[str] = Counter()
    for key, count in dict(running.journal.reads).items():
        counted[key.partition(" ")[0]] += count
    counted.update(write.system for write in tuple(running.journal.writes))
    return counted
