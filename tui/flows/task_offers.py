"""What Redmine offers for the tasks of a project: read when it is needed, and kept for the session."""

from contextlib import suppress
from typing import TYPE_CHECKING

from clients.errors import Forbidden, NotFound
from clients.models.project import FormFields, Project, ProjectForm
from clients.models.task import Enumeration, Named, RedmineUser, TaskStatus
from clients.models.text import fold

from .around import TaskForm

if TYPE_CHECKING:
    from clients.redmine import Redmine

MOST_PEOPLE = 60


class TaskOffers:
    """Projects, priorities and forms of one Redmine. Methods raise RemoteError."""

    def __init__(self, redmine: "Redmine") -> None:
        self._redmine = redmine
        self._projects: tuple[Project, ...] = ()
        self._priorities: tuple[Enumeration, ...] = ()
        self._forms: dict[tuple[int, str, bool], TaskForm] = {}
        self._me: int | None = None

    async def me(self) -> int:
        """Redmine's id of the analyst."""
        if self._me is None:
            self._me = (await self._redmine.current_user()).id
        return self._me

    async def projects(self) -> tuple[Project, ...]:
        """Projects that a task can be created in."""
        if not self._projects:
            self._projects = await self._redmine.projects()
        return self._projects

    async def priorities(self) -> tuple[Enumeration, ...]:
        """Priorities, lowest first."""
        if not self._priorities:
            self._priorities = await self._redmine.priorities()
        return self._priorities

    async def people(self) -> tuple[RedmineUser, ...]:
        """Who takes part in the projects, at most `MOST_PEOPLE`: one request a project and one a person."""
        members: dict[int, None] = {}
        for project in await self.projects():
            with suppress(Forbidden):  # not every role sees who is in a project
                members |= dict.fromkeys(one.id for one in await self._redmine.members(project.id))
            if len(members) >= MOST_PEOPLE:
                break
        people: list[RedmineUser] = []
        for number in list(members)[:MOST_PEOPLE]:
            with suppress(NotFound, Forbidden):  # a locked member is listed, and not to be read
                people.append(await self._redmine.person(number))
        return tuple(people)

    async def form(self, project_id: int, tracker: str, *, new: bool = False) -> TaskForm:
        """What a task of the project is filled in with; its own fields are those of the ``tracker``.

        Of a ``new`` one the server is asked what it insists on; where it does not say, it is asked again the
        next time.
        """
        key = (project_id, fold(tracker).strip(), new)
        if key in self._forms:
            return self._forms[key]
        project = await self._redmine.project(project_id)
        people = await self._redmine.members(project_id)
        found = next((one for one in project.trackers if fold(one.name).strip() == key[1]), None)
        form = TaskForm(project, people, await self._fields(project, found, new))
        if form.fields.asked or not new or found is None:
            self._forms[key] = form
        return form

    async def next_statuses(self, task_id: int) -> tuple[TaskStatus, ...]:
        """Situations that a task may go to, by this person; all of them where the server does not say."""
        return (await self._redmine.task(task_id)).allowed_statuses or await self._redmine.statuses()

    def forget(self) -> None:
        """Ask anew what projects want: it was something else than is known."""
        self._forms.clear()

    async def _fields(self, project: ProjectForm, tracker: Named | None, new: bool) -> FormFields:
        if tracker is None:
            return FormFields()
        if new:
            return await self._redmine.new_task_fields(project, tracker.id)
        return await self._redmine.fields(project.id, tracker.id)
