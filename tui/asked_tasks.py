"""Tasks as they were asked to become: shown so until they are read again, or the change was not made."""

from collections.abc import Iterable
from dataclasses import replace

from clients.models.feed import Feed
from clients.models.task import Task
from clients.models.task_views import TaskEntry


class AskedTasks:
    """Laid over what was read, each marked as being on its way."""

    def __init__(self) -> None:
        self._asked: dict[int, Task] = {}
        self._written: set[int] = set()
        """Changed by now, or perhaps: what they became is told by a reading that begins after that."""
        self._being_read: set[int] = set()
        """Those that the reading on its way will tell of."""

    def ask(self, tasks: Iterable[Task]) -> None:
        """Changes that make them so begin."""
        for task in tasks:
            self._forget(task.id)
            self._asked[task.id] = task

    def written(self, numbers: Iterable[int]) -> None:
        """The changes of these were made, or may have been."""
        self._written |= self._asked.keys() & set(numbers)

    def take_back(self, numbers: Iterable[int]) -> None:
        """The changes of these were not made: they are as they were read."""
        for number in numbers:
            self._forget(number)

    def hear(self, feed: Feed[TaskEntry]) -> None:
        """A reading begins, where ``feed`` is loading, or ends; one that failed tells nothing."""
        if feed.loading:
            self._being_read |= self._written
        elif feed.trouble is None:
            self.take_back(tuple(self._being_read))

    def over(self, feed: Feed[TaskEntry]) -> Feed[TaskEntry]:
        """Return the feed with them as they were asked to become; the very same where none was asked."""
        if not self._asked:
            return feed
        return replace(feed, items=tuple(map(self._as_asked, feed.items)))

    def _as_asked(self, entry: TaskEntry) -> TaskEntry:
        task = self._asked.get(entry.id)
        return entry if task is None else entry.model_copy(update={"task": task, "on_its_way": True})

    def _forget(self, number: int) -> None:
        self._asked.pop(number, None)
        self._written.discard(number)
        self._being_read.discard(number)
