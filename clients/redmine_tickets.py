"""Finding tasks: those of a ticket, by the field that holds ticket ids, and those of a step, by its mark."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from .errors import Rejected, ServerTrouble, SettingsError
from .models.mark import is_marked
from .models.task import Task
from .models.text import fold
from .redmine_wire import PAGE, SYSTEM, Row, records

if TYPE_CHECKING:
    import redminelib

Rows = list[Row]

FIELDS_SEEN_IN = 50
"""Tasks looked at for custom fields: which ones a task has hangs on project and tracker."""

_IMPOSSIBLE = "2147483646"  # the greatest that a number field can be asked for, less one
_UNFILTERED = 'Marque "Usado como filtro" no campo (Administração, Campos personalizados) e sua visibilidade.'


def list_tasks(
    redmine: "redminelib.Redmine", asked: Mapping[str, object], limit: int
) -> tuple[tuple[Task, ...], int]:
    """Tasks of one request, at most a hundred, and how many are left after it."""
    rows, left = _rows(redmine, asked, limit)
    return records(Task, rows), left


def _rows(redmine: "redminelib.Redmine", asked: Mapping[str, object], limit: int) -> tuple[Rows, int]:
    found = redmine.issue.filter(**asked, limit=min(limit, PAGE))
    rows = list(found.values())
    return rows, int(found.total_count) - len(rows)


def walk(redmine: "redminelib.Redmine", asked: Mapping[str, object], limit: int = PAGE) -> Iterator[Rows]:
    """Yield the rows of all tasks that meet ``asked``, by id, a request at a time; the last may be empty.

    By id because a walk by offset misses tasks that change meanwhile. ServerTrouble where the server does
    not know that filter: "that is all" would be a guess.
    """
    first = 1
    while True:
        by_id = {**asked, "sort": "id:asc", "issue_id": f">={first}"}
        rows, left = _rows(redmine, by_id, limit)
        if rows and _number(rows[0]) < first:
            raise ServerTrouble(SYSTEM, "o servidor não entende o filtro por número da tarefa")
        yield rows
        if left <= 0 or not rows:
            return
        first = _number(rows[-1]) + 1


def pages(
    redmine: "redminelib.Redmine", asked: Mapping[str, object], limit: int = PAGE
) -> Iterator[tuple[Task, ...]]:
    """Yield the tasks of a `walk`."""
    return (records(Task, rows) for rows in walk(redmine, asked, limit))


def find_marked(redmine: "redminelib.Redmine", op_id: str, created_from: str | None) -> tuple[Task, ...]:
    """One's own tasks that carry the mark of a step in title, description or a custom field.

    All that one created since then are read: the server's search of texts depends on its version, on its
    database and on what is set as searchable.
    """
    asked: dict[str, object] = {"status_id": "*", "author_id": "me"}
    if created_from is not None:
        asked["created_on"] = f">={created_from}"
    rows = (row for page in walk(redmine, asked) for row in page)
    return records(Task, (row for row in rows if _is_marked(row, op_id)))


def _is_marked(row: Row, op_id: str) -> bool:
    # as it came: a `Task` has long descriptions cut, and the mark is below them
    texts = (row.get("subject"), row.get("description"), row.get("custom_fields"))
    return any(is_marked(str(text), op_id) for text in texts)


def _number(row: Row) -> int:
    number = row["id"]
    if not isinstance(number, int):
        raise TypeError("id")
    return number


class TicketField:
    """The field that holds ticket ids, given by id or by name; what is learned of it is kept."""

    def __init__(self, given: int | str | None) -> None:
        self._given = given
        self._id = given if isinstance(given, int) else None
        self._is_number: bool | None = None

    def number(self, redmine: "redminelib.Redmine") -> int:
        """Its id; SettingsError where it cannot be told."""
        if self._id is None:
            if not isinstance(self._given, str):
                raise SettingsError("[redmine] não tem “campo_ticket”, o campo que guarda o número do ticket")
            self._id = _field_named(redmine, self._given)
        return self._id

    def filter_works(self, redmine: "redminelib.Redmine") -> bool:
        """Whether a value that no task has finds none."""
        asked = {f"cf_{self.number(redmine)}": _IMPOSSIBLE, "status_id": "*"}
        page, left = list_tasks(redmine, asked, 1)
        return not page and left == 0

    def tasks_of(self, redmine: "redminelib.Redmine", ticket_id: int) -> tuple[Task, ...]:
        """All visible tasks whose field names the ticket; Rejected where the filter was ignored."""
        field_id = self.number(redmine)
        found: list[Task] = []
        for page in self._candidates(redmine, field_id, ticket_id):
            if any(str(ticket_id) not in _text(task, field_id) for task in page):
                raise Rejected(
                    SYSTEM,
                    f"o filtro pelo campo {field_id} foi ignorado; não dá para achar as tarefas do ticket",
                    title="Campo do ticket sem filtro",
                    way_out=_UNFILTERED,
                )
            found += (task for task in page if ticket_id in task.ticket_ids(field_id))
        return tuple(found)

    def _candidates(
        self, redmine: "redminelib.Redmine", field_id: int, ticket_id: int
    ) -> Iterator[tuple[Task, ...]]:
        contains = pages(redmine, {"status_id": "*", f"cf_{field_id}": f"~{ticket_id}"})
        equals = pages(redmine, {"status_id": "*", f"cf_{field_id}": str(ticket_id)})
        if self._is_number is None:
            try:
                first, rest = next(contains), contains
                self._is_number = False
            except Rejected:  # a number field knows no "contains"
                first, rest = next(equals), equals
                self._is_number = True
            return chain((first,), rest)
        return equals if self._is_number else contains


def _field_named(redmine: "redminelib.Redmine", name: str) -> int:
    # the list of fields is for administrators; everybody else sees a field on the tasks that have it
    newest = {"status_id": "*", "sort": "updated_on:desc,id:desc"}
    tasks, _ = list_tasks(redmine, newest, FIELDS_SEEN_IN)
    seen = {field.name: field.id for task in tasks for field in task.custom_fields}
    wanted = fold(name).strip()
    exact = [number for label, number in seen.items() if fold(label).strip() == wanted]
    if len(exact) != 1:
        labels = ", ".join(sorted(seen)) or "nenhum"
        raise SettingsError(f"redmine.campo_ticket: nenhum campo se chama “{name}” (há: {labels})")
    return exact[0]


def _text(task: Task, field_id: int) -> str:
    field = task.field(field_id)
    return " ".join(field.values) if field else ""
