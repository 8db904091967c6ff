"""Redmine: who we are, the words of the server, tasks and their forms, writing, time (contract of Redmine).

python-redmine does the talking, as `RedmineConnection` has it.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar, Unpack

from pydantic import SecretStr

from . import redmine_checking, redmine_lists, redmine_projects, redmine_time, redmine_writing
from .errors import NotFound, Rejected
from .freshdesk_files import Upload, read_upload, size_fault
from .models.base import Model
from .models.mark import is_marked
from .models.project import FormFields, Project, ProjectForm
from .models.spent_time import NewTime, SpentTime, TimeChanges
from .models.task import Enumeration, Named, RedmineUser, Task, TaskStatus
from .models.task_changes import NewTask, TaskChanges
from .models.task_words import TaskWords
from .models.written import Written
from .redmine_connection import RedmineConnection
from .redmine_lists import Person, TaskFilters, asked_for
from .redmine_tickets import TicketField, find_marked, pages
from .redmine_wire import PAGE, SYSTEM, read_task, records
from .redmine_writing import RelationKind

_CLOCKS_APART = timedelta(days=1)

Record = TypeVar("Record", bound=Model)


class Redmine:
    """One Redmine with one person's key.

    ``ticket_field`` is the custom field that holds ticket ids, by id or by name; it may be a number field or
    a text field with several ids. ``keep_out`` are folders and files that are never attached. Every method
    raises errors of `clients.errors`.
    """

    def __init__(
        self,
        url: str,
        key: SecretStr,
        *,
        ticket_field: int | str | None = None,
        ca_file: Path | None = None,
        keep_out: Iterable[Path] = (),
    ) -> None:
        self.url = url.rstrip("/")
        self._keep_out = tuple(keep_out)
        self._connection = RedmineConnection(self.url, key, ca_file=ca_file)
        self._ticket_field = TicketField(ticket_field)

    async def check(self) -> RedmineUser:
        """Prove address, certificate, REST and key; return the key's owner."""
        return await self._connection.who()

    async def current_user(self) -> RedmineUser:
        """The key's owner."""
        return await self._connection.who()

    async def statuses(self) -> tuple[TaskStatus, ...]:
        """All situations, in the server's order."""
        return await self._all("issue_status", TaskStatus)

    async def trackers(self) -> tuple[Named, ...]:
        """All trackers (tipos), in the server's order."""
        return await self._all("tracker", Named)

    async def priorities(self) -> tuple[Enumeration, ...]:
        """All priorities, lowest first."""
        return await self._enumeration("issue_priorities")

    async def activities(self) -> tuple[Enumeration, ...]:
        """All activities that time can be logged on; a project may allow fewer."""
        return await self._enumeration("time_entry_activities")

    async def pages(
        self, *, limit: int = PAGE, **filters: Unpack[TaskFilters]
    ) -> AsyncIterator[tuple[Task, ...]]:
        """Walk the tasks that meet every filter given, by id, ``limit`` (at most 100) a request.

        The last page may be empty.
        """
        wanted = asked_for(filters)
        walked = await self._connection.ask(lambda redmine: pages(redmine, wanted, limit))
        while (page := await self._connection.ask(lambda _: next(walked, None))) is not None:
            yield page

    async def tasks(self, **filters: Unpack[TaskFilters]) -> tuple[Task, ...]:
        """All tasks that meet every filter given, by id: one request a hundred."""
        return tuple([task async for page in self.pages(**filters) for task in page])

    async def newest_change(self) -> datetime | None:
        """When anybody last changed any task that one sees, by the server's clock; None without tasks."""
        return await self._connection.ask(redmine_lists.newest_change)

    async def numbered(self, numbers: Iterable[int]) -> tuple[Task, ...]:
        """The tasks of those numbers that one sees, open or not, by id: one request a hundred."""
        wanted = tuple(numbers)
        return await self._connection.ask(lambda redmine: redmine_lists.numbered(redmine, wanted))

    async def children(self, task_id: int) -> tuple[Task, ...]:
        """The tasks right below another that one sees, open or not, by id."""
        return await self._connection.ask(lambda redmine: redmine_lists.children(redmine, task_id))

    async def tasks_where(self, asked: Mapping[str, object]) -> tuple[Task, ...]:
        """All tasks that Redmine gives for its own filters, by id; it ignores those that it does not know."""
        return await self._connection.ask(
            lambda redmine: tuple(task for page in pages(redmine, asked) for task in page)
        )

    async def task(self, task_id: int) -> Task:
        """One task with history, watchers, relations, files, subtasks and situations that it may go to."""
        try:
            return await self._connection.ask(lambda redmine: read_task(redmine, task_id))
        except NotFound as error:
            told = f"a tarefa {task_id} não existe, ou não é visível com esta chave"
            raise NotFound("Redmine", told, status=error.status) from error

    async def ticket_field(self) -> int:
        """Id of the custom field that holds ticket ids; SettingsError where it cannot be told."""
        return await self._connection.ask(self._ticket_field.number)

    async def find_by_ticket(self, ticket_id: int) -> tuple[Task, ...]:
        """All visible tasks whose field names the ticket, by id; open or not.

        A field that Redmine does not filter by raises Rejected: it would answer with every task there is, and
        "none found" would be a guess.
        """
        return await self._connection.ask(lambda redmine: self._ticket_field.tasks_of(redmine, ticket_id))

    async def filter_works(self) -> bool:
        """Tell whether Redmine filters by the ticket field: a value that no task has must find none."""
        return await self._connection.ask(self._ticket_field.filter_works)

    # -- what a form needs -----------------------------------------------------------------------------

    async def projects(self) -> tuple[Project, ...]:
        """All projects that the key's owner sees and that are open."""
        return await self._connection.ask(redmine_projects.projects)

    async def project(self, project: int | str) -> ProjectForm:
        """One project by id or identifier: trackers, categories, activities and open versions."""
        return await self._connection.ask(lambda redmine: redmine_projects.project_form(redmine, project))

    async def members(self, project: int | str) -> tuple[Named, ...]:
        """The people of a project by name: whom its tasks can be assigned to."""
        return await self._connection.ask(lambda redmine: redmine_projects.members(redmine, project))

    async def permissions(self, project_id: int) -> frozenset[str] | None:
        """What one may do in a project, by Redmine's own names (``add_issues``); None where not told."""
        return await self._connection.ask(lambda redmine: redmine_projects.permissions(redmine, project_id))

    async def person(self, user_id: int) -> RedmineUser:
        """Somebody by id: name and login, and the mail where it is not hidden."""
        return await self._connection.ask(
            lambda redmine: RedmineUser.model_validate(redmine.user.get(user_id).raw())
        )

    async def fields(self, project_id: int, tracker_id: int) -> FormFields:
        """Custom fields of a project's tasks, as far as its newest tasks of that tracker tell."""
        return await self._connection.ask(
            lambda redmine: redmine_projects.task_fields(redmine, project_id, tracker_id)
        )

    async def newest_tasks(self, project_id: int, tracker_id: int) -> tuple[Task, ...]:
        """The newest tasks of a project and tracker, without history; each lists all its fields."""
        return await self._connection.ask(
            lambda redmine: redmine_projects.newest_tasks(redmine, project_id, tracker_id)
        )

    async def new_task_fields(self, project: ProjectForm, tracker_id: int) -> FormFields:
        """The same for a new task, and what it must have: asked for with one that has nothing."""
        return await self._connection.ask(
            lambda redmine: redmine_projects.new_task_fields(redmine, project, tracker_id)
        )

    async def words(self, task: Task) -> TaskWords:
        """Names for the ids in the fields of a task and of its project."""
        return await self._connection.ask(lambda redmine: redmine_projects.words_for(redmine, task))

    async def blocking(self, task: Task) -> tuple[Task, ...]:
        """The open tasks that keep ``task``, as `task` reads it, from being closed."""
        return await self._connection.ask(lambda redmine: redmine_checking.blocking(redmine, task))

    # -- writing: sent once, read again, and what the server left out is told ----------------------------

    async def create(self, new: NewTask, *, files: Sequence[Path | Upload] = ()) -> Written[Task]:
        """Create a task. Two equal calls make two tasks: look for the mark first (`find_marked`)."""
        return await self._connection.write(
            lambda redmine: redmine_writing.create(redmine, new, self._uploads(files))
        )

    async def update(
        self,
        task_id: int,
        changes: TaskChanges,
        *,
        seen: datetime | None,
        after: int | None = None,
        files: Sequence[Path | Upload] = (),
    ) -> Written[Task]:
        """Send what the task does not have yet; ``seen`` is the ``updated_on`` that the analyst looked at.

        ``after`` is the newest entry of the history then, 0 where there was none; None where none was read.

        `TaskChanged`, with nothing sent, where the history tells of something newer. `NoteExposed` where a
        private note was taken as a public one: that one is there.
        """
        return await self._connection.write(
            lambda redmine: redmine_writing.update(
                redmine, task_id, changes, seen, after, self._uploads(files)
            )
        )

    async def revise(self, task_id: int, decide: Callable[[Task], Mapping[str, object] | None]) -> Task:
        """Send what ``decide`` makes of the task as it is now, and return it as it is then.

        ``decide`` runs on the client's thread and may raise; None sends nothing. What the server left out is
        for the caller to see.
        """
        return await self._connection.write(lambda redmine: redmine_writing.revise(redmine, task_id, decide))

    async def withdraw_note(self, journal_id: int) -> None:
        """Take a note of one's own back; `Forbidden` where one's role may not."""
        await self._connection.write(lambda redmine: redmine_writing.withdraw_note(redmine, journal_id))

    async def watch(self, task_id: int, user_id: int) -> Written[Task]:
        """Let a person observe a task."""
        return await self._connection.write(lambda redmine: redmine_writing.watch(redmine, task_id, user_id))

    async def unwatch(self, task_id: int, user_id: int) -> Written[Task]:
        """Let a person observe a task no longer."""
        return await self._connection.write(
            lambda redmine: redmine_writing.unwatch(redmine, task_id, user_id)
        )

    async def relate(self, task_id: int, other_id: int, kind: RelationKind = "relates") -> Written[Task]:
        """Relate a task to another; the id told is the relation's."""
        return await self._connection.write(
            lambda redmine: redmine_writing.relate(redmine, task_id, other_id, kind)
        )

    async def unrelate(self, task_id: int, relation_id: int) -> Written[Task]:
        """Take a relation off both of its tasks."""
        return await self._connection.write(
            lambda redmine: redmine_writing.unrelate(redmine, task_id, relation_id)
        )

    async def find_marked(self, op_id: str, *, since: datetime | None = None) -> tuple[Task, ...]:
        """One's own tasks that carry `mark(op_id)`, open or not, created since a day before ``since``.

        The day makes up for two clocks that differ. Without ``since`` all of one's own tasks are read.
        """
        start = None if since is None else f"{since.astimezone(UTC) - _CLOCKS_APART:%Y-%m-%dT%H:%M:%SZ}"
        return await self._connection.ask(lambda redmine: find_marked(redmine, op_id, start))

    # -- time ------------------------------------------------------------------------------------------

    async def spent_times(
        self,
        task_id: int | None = None,
        *,
        since: date | None = None,
        until: date | None = None,
        user: Person | None = "me",
    ) -> tuple[SpentTime, ...]:
        """Time logged on a task, from one day to another, both included; newest day first."""
        return await self._connection.ask(
            lambda redmine: redmine_time.spent_times(redmine, task_id, since, until, user)
        )

    async def spent_time(self, entry_id: int) -> SpentTime:
        """One time entry. `NotFound` where it is gone."""
        return await self._connection.ask(lambda redmine: redmine_time.spent_time(redmine, entry_id))

    async def log_time(self, new: NewTime) -> Written[SpentTime]:
        """Log time of the key's owner. `Rejected`, with nothing sent, for 0 hours or a long comment."""
        return await self._connection.write(lambda redmine: redmine_time.log_time(redmine, new))

    async def change_time(self, entry_id: int, changes: TimeChanges) -> Written[SpentTime]:
        """Change a time entry; `Forbidden` where it is another's."""
        return await self._connection.write(
            lambda redmine: redmine_time.change_time(redmine, entry_id, changes)
        )

    async def remove_time(self, entry_id: int) -> Written[SpentTime]:
        """Take a time entry back; ``record`` is None once it is gone."""
        return await self._connection.write(lambda redmine: redmine_time.remove_time(redmine, entry_id))

    async def find_marked_time(self, task_id: int, op_id: str) -> tuple[SpentTime, ...]:
        """One's own time on a task whose comment carries `mark(op_id)`."""
        mine = await self.spent_times(task_id)
        return tuple(entry for entry in mine if is_marked(entry.comments, op_id))

    def close(self) -> None:
        """End the thread after the calls that were already made. Does not wait."""
        self._connection.close()

    def _uploads(self, files: Sequence[Path | Upload]) -> tuple[Upload, ...]:
        return tuple(self._upload(file) for file in files)

    def _upload(self, file: Path | Upload) -> Upload:
        if isinstance(file, Path):
            return read_upload(file, self._keep_out, system=SYSTEM)
        if fault := size_fault(len(file.content)):
            raise Rejected(SYSTEM, f"{file.name}: {fault}")
        return file

    async def _all(self, resource: str, model: type[Record]) -> tuple[Record, ...]:
        return await self._connection.ask(
            lambda redmine: records(model, getattr(redmine, resource).all(limit=PAGE).values())
        )

    async def _enumeration(self, resource: str) -> tuple[Enumeration, ...]:
        return await self._connection.ask(
            lambda redmine: records(
                Enumeration, redmine.enumeration.filter(resource=resource, limit=PAGE).values()
            )
        )
