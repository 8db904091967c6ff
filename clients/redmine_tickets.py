"""Finding tasks: those of a ticket, by the field that holds ticket ids, and those of a step, by its mark."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .errors import Rejected, ServerTrouble, SettingsError
from .models.mark import is_marked
from .models.task import Task
from .models.text import fold
from .redmine_wire import PAGE, SYSTEM, records

if TYPE_CHECKING:
    import redminelib

FIELDS_SEEN_IN = 50
"""Tasks looked at for a custom field's name: what fields a task has hangs on project and tracker."""

_IMPOSSIBLE = "2147483646"  # the greatest that a number field can be asked for, less one
_UNFILTERED = 'Marque "Usado como filtro" no campo (Administração, Campos personalizados) e sua visibilidade.'


def list_tasks(
    redmine: "redminelib.Redmine", asked: Mapping[str, object], limit: int
) -> tuple[tuple[Task, ...], int]:
    """Tasks of one request, at most a hundred, and how many are left after it."""
    found = redmine.issue.filter(**asked, limit=min(limit, PAGE))
    rows = list(found.values())
    return records(Task, rows), int(found.total_count) - len(rows)


def find_marked(redmine: "redminelib.Redmine", op_id: str, created_from: str | None) -> tuple[Task, ...]:
    """One's own tasks that carry the mark of a step in title, description or a custom field.

    All that one created since then are read: the server's search of texts depends on its version, on its
    database and on what is set as searchable.
    """
    asked: dict[str, object] = {"status_id": "*", "sort": "id:asc", "author_id": "me"}
    if created_from is not None:
        asked["created_on"] = f">={created_from}"
    found: list[Task] = []
    first = 1
    while True:
        page, left = list_tasks(redmine, {**asked, "issue_id": f">={first}"}, PAGE)
        found += (task for task in page if _is_marked(task, op_id))
        if left <= 0 or not page:
            return tuple(found)
        if page[0].id < first:  # "not found" would be a guess
            raise ServerTrouble(SYSTEM, "o servidor não entende o filtro por número da tarefa")
        first = page[-1].id + 1


def _is_marked(task: Task, op_id: str) -> bool:
    fields = (value for field in task.custom_fields for value in field.values)
    return any(is_marked(text, op_id) for text in (task.subject, task.description, *fields))


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
        first = 1
        while True:
            page, left = self._candidates(redmine, field_id, ticket_id, first)
            if any(str(ticket_id) not in _text(task, field_id) for task in page):
                raise Rejected(
                    SYSTEM,
                    f"o filtro pelo campo {field_id} foi ignorado; não dá para achar as tarefas do ticket",
                    title="Campo do ticket sem filtro",
                    way_out=_UNFILTERED,
                )
            found += (task for task in page if ticket_id in task.ticket_ids(field_id))
            if left <= 0 or not page:
                return tuple(found)
            first = page[-1].id + 1

    def _candidates(
        self, redmine: "redminelib.Redmine", field_id: int, ticket_id: int, first: int
    ) -> tuple[tuple[Task, ...], int]:
        asked: dict[str, object] = {"status_id": "*", "sort": "id:asc", "issue_id": f">={first}"}
        contains = {**asked, f"cf_{field_id}": f"~{ticket_id}"}
        equals = {**asked, f"cf_{field_id}": str(ticket_id)}
        if self._is_number is None:
            try:
                page = list_tasks(redmine, contains, PAGE)
            except Rejected:  # a number field knows no "contains"
                page = list_tasks(redmine, equals, PAGE)
                self._is_number = True
            else:
                self._is_number = False
            return page
        return list_tasks(redmine, equals if self._is_number else contains, PAGE)


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
