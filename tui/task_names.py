"""Names for the ids in tasks' histories, learned once for each project and kept for the session."""

from typing import TYPE_CHECKING

from clients.models.task import Task
from clients.models.task_words import PROJECT, TaskWords

if TYPE_CHECKING:
    from clients.redmine import Redmine


class TaskNames:
    """Asks Redmine half a dozen times for a project that was not met yet, and then no more.

    The projects themselves are asked for once, when a task is met that was moved between them.
    """

    def __init__(self, redmine: "Redmine") -> None:
        self._redmine = redmine
        self._known: dict[int, TaskWords] = {}
        self._projects: dict[int, str] | None = None

    async def of(self, task: Task) -> TaskWords:
        """The names of what the task's project has, and of what the task brings along."""
        if task.project.id not in self._known:
            self._known[task.project.id] = await self._redmine.words(task)
        words = self._known[task.project.id]
        if any(detail.get("name") == PROJECT for entry in task.journals for detail in entry.details):
            words = TaskWords({**words.names, PROJECT: await self._all_projects()})
        return words.of(task)

    async def _all_projects(self) -> dict[int, str]:
        if self._projects is None:
            self._projects = {each.id: each.name for each in await self._redmine.projects()}
        return self._projects
