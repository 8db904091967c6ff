"""Redmine, read: who we are, the words of the server, tasks, and the tasks of a ticket (contract of Redmine).

python-redmine does the talking, on one thread of its own. It is imported there, by the first call.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from pydantic import SecretStr, ValidationError

from .dedicated_thread import DedicatedThread
from .errors import Rejected, ServerTrouble, SettingsError, Unauthorized
from .models.base import Model
from .models.task import Enumeration, Named, RedmineUser, Task, TaskStatus
from .models.text import fold

if TYPE_CHECKING:
    import redminelib

PAGE = 100
"""Tasks a request; Redmine gives no more."""
FIELDS_SEEN_IN = 50
"""Tasks looked at for a custom field's name: what fields a task has hangs on project and tracker."""

Person = int | Literal["me"]
Status = int | Literal["*", "open", "closed"]

_SYSTEM = "Redmine"
_IMPOSSIBLE = "2147483646"  # the greatest that a number field can be asked for, less one
_VIEW = "journals,watchers,relations,allowed_statuses"
_UNFILTERED = 'Marque "Usado como filtro" no campo (Administração, Campos personalizados) e sua visibilidade.'

Result = TypeVar("Result")
Record = TypeVar("Record", bound=Model)
Row = Mapping[str, object]


class Redmine:
    """One Redmine with one person's key.

    ``ticket_field`` is the custom field that holds ticket ids, by id or by name; it may be a number field or
    a text field with several ids. Every method raises errors of `clients.errors`.
    """

    def __init__(
        self, url: str, key: SecretStr, *, ticket_field: int | str | None = None, ca_file: Path | None = None
    ) -> None:
        self.url = url.rstrip("/")
        self._key = key
        self._ca_file = ca_file
        self._ticket_field = ticket_field
        self._thread = DedicatedThread("redmine")
        # what follows is touched on that thread alone
        self._redmine: redminelib.Redmine | None = None
        self._known = False
        self._field_id = ticket_field if isinstance(ticket_field, int) else None
        self._field_is_number: bool | None = None

    async def check(self) -> RedmineUser:
        """Prove address, certificate, REST and key; return the key's owner."""
        return await self._ask(self._who)

    async def current_user(self) -> RedmineUser:
        """The key's owner."""
        return await self._ask(self._who)

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
        self,
        *,
        assigned_to: Person | None = None,
        author: Person | None = None,
        watcher: Person | None = None,
        status: Status = "*",
        updated_since: datetime | None = None,
        limit: int = PAGE,
    ) -> AsyncIterator[tuple[Task, ...]]:
        """Walk the tasks that meet every filter given, by id, ``limit`` (at most 100) a request.

        By id because a walk by offset misses tasks that change meanwhile. ``updated_since`` is inclusive and
        has whole seconds: ask from a little before the newest seen, and tell twins by id and ``updated_on``.
        The last page may be empty.
        """
        wanted: dict[str, object] = {"status_id": status, "sort": "id:asc"}
        people = {"assigned_to_id": assigned_to, "author_id": author, "watcher_id": watcher}
        wanted |= {name: person for name, person in people.items() if person is not None}
        if updated_since is not None:
            wanted["updated_on"] = f">={updated_since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        first = 1
        while True:
            page, left = await self._ask(partial(self._page, {**wanted, "issue_id": f">={first}"}, limit))
            yield page
            if left <= 0 or not page:
                return
            if page[0].id < first:
                raise ServerTrouble(_SYSTEM, "o servidor não entende o filtro por número da tarefa")
            first = page[-1].id + 1

    async def tasks(
        self,
        *,
        assigned_to: Person | None = None,
        author: Person | None = None,
        watcher: Person | None = None,
        status: Status = "*",
        updated_since: datetime | None = None,
    ) -> tuple[Task, ...]:
        """All tasks that meet every filter given, by id: one request a hundred."""
        found: list[Task] = []
        walk = self.pages(
            assigned_to=assigned_to,
            author=author,
            watcher=watcher,
            status=status,
            updated_since=updated_since,
        )
        async for page in walk:
            found += page
        return tuple(found)

    async def task(self, task_id: int) -> Task:
        """One task with its history, watchers, relations and the situations that it may go to."""

        def read() -> Task:
            return Task.model_validate(self._connected().issue.get(task_id, include=_VIEW).raw())

        return await self._ask(read)

    async def ticket_field(self) -> int:
        """Id of the custom field that holds ticket ids; SettingsError where it cannot be told."""
        return await self._ask(self._ticket_field_id)

    async def find_by_ticket(self, ticket_id: int) -> tuple[Task, ...]:
        """All visible tasks whose field names the ticket, by id; open or not.

        A field that Redmine does not filter by raises Rejected: it would answer with every task there is, and
        "none found" would be a guess.
        """
        return await self._ask(partial(self._tasks_of, ticket_id))

    async def filter_works(self) -> bool:
        """Tell whether Redmine filters by the ticket field: a value that no task has must find none."""

        def read() -> bool:
            asked = {f"cf_{self._ticket_field_id()}": _IMPOSSIBLE, "status_id": "*"}
            rows, total = self._rows(asked, 1)
            return not rows and total == 0

        return await self._ask(read)

    def close(self) -> None:
        """End the thread after the calls that were already made. Does not wait."""
        self._thread.close()

    def _connected(self) -> "redminelib.Redmine":
        redmine = self._open()
        # a Redmine that is open to anybody takes a wrong key for nobody's, and lists without complaint
        if not self._known:
            self._who()
        return redmine

    def _open(self) -> "redminelib.Redmine":
        if self._redmine is None:
            from .redmine_engine import connect

            self._redmine = connect(self.url, self._key, ca_file=self._ca_file)
        return self._redmine

    def _who(self) -> RedmineUser:
        user = RedmineUser.model_validate(self._open().user.get("current").raw())
        self._known = True
        return user

    async def _ask(self, work: Callable[[], Result]) -> Result:
        return await self._thread.call(partial(self._read, work))

    def _read(self, work: Callable[[], Result]) -> Result:
        try:
            return work()
        except Unauthorized:
            self._known = False
            raise
        # JSON of another shape: redminelib stumbles over the first three, the models over the last
        except (KeyError, TypeError, AttributeError, ValidationError):
            raise ServerTrouble(_SYSTEM, "a resposta não tem a forma que o Redmine dá") from None

    async def _all(self, resource: str, model: type[Record]) -> tuple[Record, ...]:
        def read() -> tuple[Record, ...]:
            return _records(model, getattr(self._connected(), resource).all(limit=PAGE).values())

        return await self._ask(read)

    async def _enumeration(self, resource: str) -> tuple[Enumeration, ...]:
        def read() -> tuple[Enumeration, ...]:
            found = self._connected().enumeration.filter(resource=resource, limit=PAGE)
            return _records(Enumeration, found.values())

        return await self._ask(read)

    def _rows(self, asked: Mapping[str, object], limit: int) -> tuple[list[Row], int]:
        """Rows of one request, and how many there are in all."""
        found = self._connected().issue.filter(**asked, limit=limit)
        return list(found.values()), int(found.total_count)

    def _page(self, asked: Mapping[str, object], limit: int) -> tuple[tuple[Task, ...], int]:
        """Tasks of one request, and how many are left after it."""
        rows, total = self._rows(asked, min(limit, PAGE))
        return _records(Task, rows), total - len(rows)

    def _ticket_field_id(self) -> int:
        if self._field_id is None:
            if not isinstance(self._ticket_field, str):
                raise SettingsError("[redmine] não tem “campo_ticket”, o campo que guarda o número do ticket")
            self._field_id = self._field_named(self._ticket_field)
        return self._field_id

    def _field_named(self, name: str) -> int:
        # the list of fields is for administrators; everybody else sees a field on the tasks that have it
        newest = {"status_id": "*", "sort": "updated_on:desc,id:desc"}
        rows, _ = self._rows(newest, FIELDS_SEEN_IN)
        seen = {field.name: field.id for task in _records(Task, rows) for field in task.custom_fields}
        wanted = fold(name).strip()
        exact = [number for label, number in seen.items() if fold(label).strip() == wanted]
        if len(exact) != 1:
            labels = ", ".join(sorted(seen)) or "nenhum"
            raise SettingsError(f"redmine.campo_ticket: nenhum campo se chama “{name}” (há: {labels})")
        return exact[0]

    def _tasks_of(self, ticket_id: int) -> tuple[Task, ...]:
        field_id = self._ticket_field_id()
        found: list[Task] = []
        first = 1
        while True:
            page, left = self._candidates(field_id, ticket_id, first)
            if any(str(ticket_id) not in _text(task, field_id) for task in page):
                raise Rejected(
                    _SYSTEM,
                    f"o filtro pelo campo {field_id} foi ignorado; não dá para achar as tarefas do ticket",
                    title="Campo do ticket sem filtro",
                    way_out=_UNFILTERED,
                )
            found += (task for task in page if ticket_id in task.ticket_ids(field_id))
            if left <= 0 or not page:
                return tuple(found)
            first = page[-1].id + 1

    def _candidates(self, field_id: int, ticket_id: int, first: int) -> tuple[tuple[Task, ...], int]:
        asked: dict[str, object] = {"status_id": "*", "sort": "id:asc", "issue_id": f">={first}"}
        contains = {**asked, f"cf_{field_id}": f"~{ticket_id}"}
        equals = {**asked, f"cf_{field_id}": str(ticket_id)}
        if self._field_is_number is None:
            try:
                page = self._page(contains, PAGE)
            except Rejected:  # a number field knows no "contains"
                page = self._page(equals, PAGE)
                self._field_is_number = True
            else:
                self._field_is_number = False
            return page
        return self._page(equals if self._field_is_number else contains, PAGE)


def _records(model: type[Record], rows: Iterable[object]) -> tuple[Record, ...]:
    return tuple(model.model_validate(row) for row in rows)


def _text(task: Task, field_id: int) -> str:
    field = task.field(field_id)
    return " ".join(field.values) if field else ""
