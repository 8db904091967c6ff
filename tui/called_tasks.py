"""Tasks that were called by their number and that one has nothing to do with: they are shown all the same."""

from dataclasses import replace

from clients.models.feed import Feed
from clients.models.task_views import TaskEntry


class CalledTasks:
    """Kept until the session ends, also those that the lists have by then: one comes back to them."""

    def __init__(self) -> None:
        self._called: dict[int, TaskEntry] = {}

    def __contains__(self, number: int) -> bool:
        return number in self._called

    def call(self, entry: TaskEntry) -> None:
        """From now on the lists have ``entry``, as it is now."""
        self._called[entry.id] = entry.model_copy(update={"called": True})

    def among(self, feed: Feed[TaskEntry]) -> Feed[TaskEntry]:
        """Return the feed with those that it lacks, all of them marked; the same where none was called."""
        if not self._called:
            return feed
        listed = {entry.id: entry for entry in feed.items}
        marked = {
            number: listed[number].model_copy(update={"called": True}) if number in listed else entry
            for number, entry in self._called.items()
        }
        return replace(feed, items=tuple((listed | marked).values()))
