"""Names for the ids in tasks' histories, learned once for each project and kept for the session."""

from typing import TYPE_CHECKING

from clients.models.task import Task
from clients.models.task_words import TaskWords

if TYPE_CHECKING:
    from clients.redmine import Redmine


class TaskNames:
    """Asks Redmine half a dozen times for a project that was not met yet, and then no more."""

    def __init__(self, redmine: "Redmine") -> None:
        self._redmine = redmine
        self._known: dict[int, TaskWords] = {}

    async def of(self, task: Task) -> TaskWords:
        """The names of what the task's project has, and of what the task brings along."""
        if task.project.id not in self._known:
            self._known[task.project.id] = await self._redmine.words(task)
        return self._known[task.project.id].of(task)
