"""The second that may go on after it was read: of what else happens in it `updated_on` says nothing."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from clients.models.task import Task

from .sync import OVERLAP

CLOCKS_APART = timedelta(seconds=30)
"""How far ahead of the server's our clock may be: a second that long ago was over when it was read."""


class NewestSecond:
    """Which of the tasks that were read changed in the newest second of all, while it may have gone on."""

    def __init__(self) -> None:
        self.tasks: frozenset[int] = frozenset()
        """To be looked at again, though nothing shows that they changed."""
        self._newest: datetime | None = None
        self._met_at: datetime | None = None

    def note(self, read: Iterable[Task], newest: datetime | None, asked_at: datetime) -> None:
        """Take in what was asked for at ``asked_at``; ``newest`` is the newest change of anybody's."""
        if newest is None or newest < asked_at - CLOCKS_APART:
            self.tasks = frozenset()
            return
        if newest != self._newest or self._met_at is None:
            self._newest, self._met_at = newest, asked_at
        elif asked_at - self._met_at >= OVERLAP:
            self.tasks = frozenset()
            return
        self.tasks = frozenset(task.id for task in read if task.updated_on >= newest)
