"""The tasks one has to do with and what is new on them, kept on disk. Knows no screen."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import ValidationError

from clients.models.feed import Feed
from clients.models.task_news import TaskNews
from clients.models.task_views import TaskEntry

from .cache import STAMPS

if TYPE_CHECKING:
    from clients.store import Store

TASKS, NEWS = "tasks", "task_news"


class TaskShelf:
    """Losing it costs one reading of Redmine, and what nobody saw yet. Every call may wait for the disk."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def tasks(self) -> Feed[TaskEntry]:
        """The tasks as they were last read; what another version kept in another shape is left out."""
        entries = [entry for row in self._store.table(TASKS).all() if (entry := _entry(row)) is not None]
        stamp = self._store.table(STAMPS).get(lambda row: bool(row["key"] == TASKS))
        return Feed(tuple(entries), as_of=datetime.fromisoformat(str(stamp["at"])) if stamp else None)

    def news(self) -> tuple[TaskNews, ...]:
        """What is new, read or not, the newest first."""
        found = [one for row in self._store.table(NEWS).all() if (one := _news(row)) is not None]
        return tuple(sorted(found, key=lambda one: one.at, reverse=True))

    def keep(
        self,
        changed: Iterable[TaskEntry],
        gone: Iterable[int],
        news: Iterable[TaskNews],
        as_of: datetime,
        *,
        forget_before: datetime,
    ) -> None:
        """Keep what one reading brought, all of it or nothing.

        What was new and unread before is told with what is new now; what another session of the analyst
        told already is not told again. What was read and happened before ``forget_before`` is forgotten.
        """
        numbers = frozenset(gone)
        with self._store.transaction():
            if numbers:
                self._store.table(TASKS).remove(lambda row: row["id"] in numbers)
            rows = [{"id": one.id, **one.model_dump(mode="json", exclude_defaults=True)} for one in changed]
            self._store.put(TASKS, "id", rows)
            known = {one.task_id: one for one in self.news()}
            told = [
                one.after(known.get(one.task_id))
                for one in news
                if not one.is_told_by(known.get(one.task_id))
            ]
            self._put_news(told)
            old = frozenset(
                one.task_id for one in known.values() if not one.unread and one.at < forget_before
            ) - {one.task_id for one in told}
            if old:
                self._store.table(NEWS).remove(lambda row: row["task_id"] in old)
            self._store.put(STAMPS, "key", [{"key": TASKS, "at": as_of.isoformat()}])

    def mark_seen(self, seen: Iterable[TaskNews]) -> tuple[TaskNews, ...]:
        """Note that the analyst saw ``seen``, and return all news as they are then.

        What came since they were shown stays unread.
        """
        shown = {one.task_id: one for one in seen}
        with self._store.transaction():
            read = [one for one in self.news() if one.unread and shown.get(one.task_id) == one]
            self._put_news([one.model_copy(update={"unread": False}) for one in read])
        return self.news()

    def _put_news(self, news: Iterable[TaskNews]) -> None:
        self._store.put(NEWS, "task_id", [one.model_dump(mode="json") for one in news])


def _entry(row: object) -> TaskEntry | None:
    try:
        return TaskEntry.model_validate(row)
    except ValidationError:
        return None


def _news(row: object) -> TaskNews | None:
    try:
        return TaskNews.model_validate(row)
    except ValidationError:
        return None
