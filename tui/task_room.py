"""Redmine's tasks for the desk: what keeps them, and one of them with all that is known. Knows no screen."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from clients.errors import SettingsError
from clients.models.feed import Feed, Trouble
from clients.models.task import Task
from clients.models.task_history import history, relation_words
from clients.models.task_reading import Related, TaskReading
from clients.models.task_views import TaskEntry

from .disk import Disk
from .sync import Poller
from .task_names import TaskNames
from .task_sync import TaskSync
from .task_teller import TaskTeller

if TYPE_CHECKING:
    from clients.redmine import Redmine

    from .flows.task_offers import TaskOffers
    from .settings_tasks import TaskSettings
    from .task_shelf import TaskShelf

GOOD_FOR = timedelta(minutes=5)
"""How long a task that did not change is shown as it was read: hours and watchers may have moved."""
REMEMBERED = 100
"""Tasks that are shown at once when one comes back to them."""


class TaskRoom:
    """What of Redmine belongs to mode 2."""

    def __init__(
        self,
        redmine: "Redmine",
        offers: "TaskOffers",
        settings: "TaskSettings",
        shelf: "TaskShelf",
        disk: Disk,
        clock: Callable[[], datetime],
        unforeseen: Callable[[Exception], Trouble],
    ) -> None:
        """``unforeseen`` as of `Poller`."""
        self._redmine = redmine
        self._unforeseen = unforeseen
        self._settings = settings
        self._clock = clock
        self._names = TaskNames(redmine)
        self._read: dict[int, TaskReading] = {}
        teller = TaskTeller(redmine, self._names, offers.me)
        self._sync = TaskSync(
            redmine, shelf, teller, disk, clock, offers.me, concluded_days=settings.concluded_days
        )

    def poller(self, feed: Feed[TaskEntry]) -> Poller[TaskEntry]:
        """What keeps the tasks; ``feed`` is where it goes on from."""
        return Poller(self._sync.refresh, self._settings.interval, feed, unforeseen=self._unforeseen)

    def remembered(self, task: Task) -> TaskReading:
        """The task as it was read last, or as the list has it."""
        found = self._read.get(task.id)
        return found if found is not None and found.task.updated_on >= task.updated_on else TaskReading(task)

    def forget(self, task_id: int) -> None:
        """Read the task anew the next time, whatever its date says."""
        self._read.pop(task_id, None)

    def is_fresh(self, reading: TaskReading, task: Task) -> bool:
        """Whether there is no need to read ``task``, as the list has it, anew."""
        if reading.as_of is None or reading.task.updated_on < task.updated_on:
            return False
        return self._clock() - reading.as_of < GOOD_FOR

    async def read(self, task_id: int) -> TaskReading:
        """The task as the server has it: one request, one more for tasks below it, one for related ones.

        The names of a project cost half a dozen, once. Raises RemoteError.
        """
        task = await self._redmine.task(task_id)
        events = history(task, await self._names.of(task))
        reading = TaskReading(task, events, as_of=self._clock(), tickets=await self.tickets(task))
        if task.children:
            reading = replace(reading, children=await self._redmine.children(task_id))
        if task.relations:
            reading = replace(reading, related=await self._related(task))
        self._read.pop(task_id, None)
        self._read[task_id] = reading
        while len(self._read) > REMEMBERED:
            del self._read[next(iter(self._read))]
        return reading

    async def tickets(self, task: Task) -> tuple[int, ...]:
        """The tickets that the task serves; none where the settings name no field for them."""
        with suppress(SettingsError):
            return await self.named_tickets(task)
        return ()

    async def named_tickets(self, task: Task) -> tuple[int, ...]:
        """The tickets that the task serves; SettingsError where the settings name no field for them."""
        return task.ticket_ids(await self._redmine.ticket_field())

    async def _related(self, task: Task) -> tuple[Related, ...]:
        tied = list(relation_words(task))
        found = {one.id: one for one in await self._redmine.numbered(number for _, number in tied)}
        return tuple(Related(how, number, found.get(number)) for how, number in tied)
