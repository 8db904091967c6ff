"""Keeps the tasks one has to do with equal to Redmine's, at the price of what changed. Knows no screen."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from clients.models.feed import Feed
from clients.models.task import Task
from clients.models.task_news import TaskNews, news_of
from clients.models.task_views import TaskEntry, blockers, entry_of, since_when

from .sync import OVERLAP, OnDisk
from .task_second import NewestSecond

if TYPE_CHECKING:
    from clients.redmine import Redmine
    from clients.redmine_lists import TaskFilters

    from .task_shelf import TaskShelf
    from .task_teller import TaskTeller

ROUND_EVERY = 15
"""Refreshes between two rounds over all that is open: `updated_on` hides hours, watchers and relations."""
LONGEST_GAP = timedelta(hours=6)
"""Without a reading for so long, a round costs less than all that the whole company changed meanwhile."""
NEWS_LAST = timedelta(days=14)
"""How long what was seen is still told."""


@dataclass
class _Reading:
    """What one refresh found."""

    tasks: dict[int, Task] = field(default_factory=dict)
    watched: set[int] = field(default_factory=set)
    newest: datetime | None = None
    """The newest change that it covers, by the server's clock."""


class TaskSync:
    """A whole round first, and now and then; between them what anybody changed, of which ours is kept."""

    def __init__(
        self,
        redmine: "Redmine",
        shelf: "TaskShelf",
        teller: "TaskTeller",
        on_disk: OnDisk,
        clock: Callable[[], datetime],
        me: Callable[[], Awaitable[int]],
        *,
        concluded_days: int,
    ) -> None:
        """``me`` gives Redmine's id of the analyst; what was concluded longer ago is left out."""
        self._redmine = redmine
        self._shelf = shelf
        self._teller = teller
        self._on_disk = on_disk
        self._clock = clock
        self._me = me
        self._days = concluded_days
        self._reached: datetime | None = None
        self._until_round = 0
        self._round_at: datetime | None = None
        self._second = NewestSecond()
        self._open: dict[int, bool] = {}
        """Whether tasks that block others are open."""

    async def refresh(self, feed: Feed[TaskEntry]) -> AsyncIterator[Feed[TaskEntry]]:
        """Yield the tasks as they are now; while there are none yet, also after each page.

        One list call when nothing is new, and one more for each task of ours that is, which says what
        happened; once more where the second in which it changed was not over. A round is seven list calls for
        up to a hundred tasks each, and one for what blocks them.
        """
        asked_at, me = self._clock(), await self._me()
        since = since_when(asked_at, self._days)
        known = {entry.id: entry for entry in feed.items}
        whole = self._is_round_due(feed, asked_at)
        if whole:
            reading = _Reading(newest=await self._redmine.newest_change())
            async for _ in self._read_round(reading, since):
                if not known:
                    yield Feed(tuple(_entries(reading, me, known)), as_of=feed.as_of, loading=True)
            self._open.clear()
            found = {entry.id: entry for entry in _entries(reading, me, known)}
        else:
            reading = await self._read_changes(known)
            found = known | {entry.id: entry for entry in _entries(reading, me, known)}
        kept = {number: one for number, one in found.items() if one.is_ours and _counts(one, since)}
        kept = await self._with_blockers(kept, reading.tasks)
        gone = known.keys() - kept.keys()
        news = await self._news(feed, known, kept, gone if whole else ())
        kept |= {entry.id: entry for entry, _ in news if entry.id in kept}
        changed = [one for number, one in kept.items() if known.get(number) != one]
        told = [one for _, one in news if one is not None]
        await self._on_disk(
            self._shelf.keep, changed, gone, told, asked_at, forget_before=asked_at - NEWS_LAST
        )
        # only now: what a refresh that broke off passed is read again
        self._reached = reading.newest or self._reached
        self._until_round = ROUND_EVERY - 1 if whole else self._until_round - 1
        self._round_at = asked_at if whole else self._round_at
        self._second.note(reading.tasks.values(), reading.newest, asked_at)
        items = tuple(kept.values()) if changed or gone else feed.items
        yield Feed(items, as_of=asked_at)

    def _is_round_due(self, feed: Feed[TaskEntry], now: datetime) -> bool:
        waited_long = feed.as_of is None or now - feed.as_of > LONGEST_GAP
        return feed.loading or waited_long or self._reached is None or self._until_round <= 0

    async def _read_round(self, reading: _Reading, since: datetime) -> AsyncIterator[None]:
        for asked in _round(since):
            async for page in self._redmine.pages(**asked):
                reading.tasks |= {task.id: task for task in page}
                if "watcher" in asked:
                    reading.watched |= {task.id for task in page}
                yield

    async def _read_changes(self, known: Mapping[int, TaskEntry]) -> _Reading:
        """All that anybody changed: of what is no longer ours a list of ours would say nothing."""
        reading = _Reading(newest=self._reached)
        reading.watched = {number for number, entry in known.items() if entry.watched}
        since = self._reached - OVERLAP if self._reached is not None else None
        async for page in self._redmine.pages(updated_since=since, with_relations=True):
            reading.tasks |= {task.id: task for task in page}
            moments = (reading.newest, *(task.updated_on for task in page))
            reading.newest = max(filter(None, moments), default=None)
        return reading

    async def _with_blockers(
        self, entries: Mapping[int, TaskEntry], read: Mapping[int, Task]
    ) -> dict[int, TaskEntry]:
        """The entries with the open tasks that block them; what was not read of those is asked for."""
        named = {number: blockers(one.task) for number, one in entries.items() if one.is_open}
        wanted = {blocker for numbers in named.values() for blocker in numbers}
        self._open |= {number: not read[number].status.is_closed for number in wanted & read.keys()}
        self._open |= {
            number: entries[number].is_open for number in (wanted - self._open.keys()) & entries.keys()
        }
        if unknown := wanted - self._open.keys():
            found = await self._redmine.numbered(unknown)
            self._open |= dict.fromkeys(unknown, False)  # what one does not see cannot be waited for
            self._open |= {task.id: not task.status.is_closed for task in found}
        return {
            number: _blocked(one, tuple(each for each in named.get(number, ()) if self._open[each]))
            for number, one in entries.items()
        }

    async def _news(
        self,
        feed: Feed[TaskEntry],
        known: Mapping[int, TaskEntry],
        kept: Mapping[int, TaskEntry],
        gone: Collection[int],
    ) -> list[tuple[TaskEntry, TaskNews | None]]:
        """What to tell of the tasks that changed; of a desk that never read them, nothing is new."""
        if feed.as_of is None:
            return []
        again = self._second.tasks
        moved = [
            (known.get(number), one)
            for number, one in kept.items()
            if known.get(number) != one or number in again
        ]
        # what another session read last may be hours that its last round did not meet any more
        hours_since = self._round_at or feed.as_of - LONGEST_GAP
        news = await self._teller.tell(moved, since=feed.as_of, hours_since=hours_since, again=again)
        lost = [known[number] for number in gone if known[number].is_open]
        if lost:
            there = {task.id for task in await self._redmine.numbered(entry.id for entry in lost)}
            news += [(one, _vanished(one, self._clock())) for one in lost if one.id not in there]
        return news


def _round(since: datetime) -> "Iterator[TaskFilters]":
    """The lists that make up all one has to do with, since Redmine knows no "or" between people."""
    roles: tuple[TaskFilters, ...] = ({"assigned_to": "me"}, {"author": "me"}, {"watcher": "me"})
    for role in roles:
        yield {**role, "status": "open", "with_relations": True}
        yield {**role, "status": "closed", "closed_since": since, "with_relations": True}


def _entries(reading: _Reading, me: int, known: Mapping[int, TaskEntry]) -> Iterable[TaskEntry]:
    for number, task in reading.tasks.items():
        before = known.get(number)
        entry = entry_of(task, me, watched=number in reading.watched, before=before)
        yield entry if before is None else _blocked(entry, before.blocked_by)


def _counts(entry: TaskEntry, since: datetime) -> bool:
    return entry.is_open or entry.concluded_since(since)


def _blocked(entry: TaskEntry, by: tuple[int, ...]) -> TaskEntry:
    return entry if entry.blocked_by == by else entry.model_copy(update={"blocked_by": by})


def _vanished(entry: TaskEntry, at: datetime) -> TaskNews | None:
    return news_of(entry, ["não existe mais, ou você não a vê mais"], at, entry)
