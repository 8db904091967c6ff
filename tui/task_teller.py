"""Finds out what happened to tasks that changed: who did it, and what. Knows no screen."""

from collections.abc import Container, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from clients.errors import Forbidden, NotFound
from clients.models.task import Task
from clients.models.task_history import TaskEvent, by_others, history
from clients.models.task_news import (
    TaskNews,
    assigned_line,
    blocking_lines,
    event_lines,
    hours_lines,
    news_of,
    unexplained_line,
)
from clients.models.task_views import TaskEntry

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from clients.redmine import Redmine

    from .task_names import TaskNames

MOST_READ = 20
"""Tasks of which one refresh asks what happened; of more it tells only that they changed."""
_CLOCKS_APART = timedelta(minutes=5)
"""How far the server's clock may be from ours."""
_A_SECOND = timedelta(seconds=1)
_ROUNDING = 0.02
"""Hours by which a sum of shown values may be off: each is shown with two decimals."""
Moved = tuple[TaskEntry | None, TaskEntry]
"""A task as it was known, None where it was not, and as it is."""


class TaskTeller:
    """Reads what changed, one task a request. What the analyst did is not told to the analyst."""

    def __init__(self, redmine: "Redmine", names: "TaskNames", me: "Callable[[], Awaitable[int]]") -> None:
        self._redmine = redmine
        self._names = names
        self._me = me

    async def tell(
        self, moved: Sequence[Moved], *, since: datetime, hours_since: datetime, again: Container[int] = ()
    ) -> list[tuple[TaskEntry, TaskNews | None]]:
        """Return each task with how far its history was read, and what is new on it.

        ``since`` is when the tasks were read before, ``hours_since`` when their hours were; of those named by
        ``again`` more may have happened in the very second that they tell of. Raises RemoteError.
        """
        newest = sorted(moved, key=lambda each: each[1].task.updated_on, reverse=True)
        told = []
        for before, now in newest[:MOST_READ]:
            hours = await self._hours(before, now, hours_since)
            told.append(await self._look(before, now, hours, since, now.id in again))
        return told + [(now, _unread(before, now)) for before, now in newest[MOST_READ:]]

    async def _look(
        self, before: TaskEntry | None, now: TaskEntry, hours: Sequence[str], since: datetime, again: bool
    ) -> tuple[TaskEntry, TaskNews | None]:
        me, task = await self._me(), now.task
        if before is not None and not again and _is_dated_alike(before.task, task):
            lines = [*blocking_lines(before, now), *hours]
            return now, news_of(now, lines, max(since, task.updated_on), before)
        if before is None and (not now.assigned or now.authored):
            return now, None
        try:
            seen = await self._redmine.task(now.id)
        except (NotFound, Forbidden):  # gone since the list was read; the next round tells
            return now, None
        events = history(seen, await self._names.of(seen))
        lines = list(_lines(before, now, events, me))
        if before is not None:
            lines += [*blocking_lines(before, now), *hours]
        return _read_up_to(now, seen, me), news_of(now, lines, task.updated_on, before)

    async def _hours(self, before: TaskEntry | None, now: TaskEntry, since: datetime) -> list[str]:
        """What others logged: of the entries since then the newest that make up what came to the sum."""
        more = _grew(before, now)
        if more <= 0:
            return []
        me, times = await self._me(), await self._redmine.spent_times(now.id, user=None)
        since -= _CLOCKS_APART
        new = sorted((one for one in times if one.created_on >= since), key=lambda one: one.id, reverse=True)
        met = accumulate((one.hours for one in new), initial=0.0)
        told = [one for one, before_it in zip(new, met, strict=False) if before_it < more - _ROUNDING]
        return list(hours_lines(one for one in reversed(told) if one.user.id != me))


def _is_dated_alike(before: Task, now: Task) -> bool:
    return (before.updated_on, before.status) == (now.updated_on, now.status)


def _lines(before: TaskEntry | None, now: TaskEntry, events: Sequence[TaskEvent], me: int) -> Iterator[str]:
    if before is None:
        if line := assigned_line(now.task, events, me):
            yield line
        return
    since = before.task.updated_on
    if since == now.task.updated_on:  # in the same second there was more
        since -= _A_SECOND
    news = by_others(events, me, after=before.last_journal, since=since)
    yield from event_lines(news, now.task, not before.is_open)


def _read_up_to(entry: TaskEntry, seen: Task, me: int) -> TaskEntry:
    last = max((journal.id for journal in seen.journals), default=entry.last_journal)
    # not every role sees who observes a task: that nobody is named says nothing
    watched = entry.watched or any(person.id == me for person in seen.watchers)
    return entry.model_copy(update={"last_journal": last, "watched": watched})


def _grew(before: TaskEntry | None, now: TaskEntry) -> float:
    """Hours that came to the sum since the task was known; none where it is not known."""
    if before is None or before.task.spent_hours is None or now.task.spent_hours is None:
        return 0.0
    return now.task.spent_hours - before.task.spent_hours


def _unread(before: TaskEntry | None, now: TaskEntry) -> TaskNews | None:
    if before is None or before == now:
        return None
    return news_of(now, [unexplained_line(before, now)], now.task.updated_on, before)
