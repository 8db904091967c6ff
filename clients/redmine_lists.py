"""Lists of tasks: by what they are to somebody, by number, below another, since a change."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypedDict

from .models.task import Task
from .redmine_tickets import list_tasks
from .redmine_wire import PAGE, read_all

if TYPE_CHECKING:
    import redminelib

Person = int | Literal["me"]
Status = int | Literal["*", "open", "closed"]


class TaskFilters(TypedDict, total=False):
    """What a list of tasks may be asked for. All of it has to be met."""

    assigned_to: Person
    author: Person
    watcher: Person
    status: Status
    """Of any situation where none is given."""
    updated_since: datetime | None
    """Inclusive, in whole seconds: ask from a little before the newest seen, and tell twins by id and
    ``updated_on``."""
    closed_since: datetime | None
    """Inclusive, too. A task that was opened again keeps when it was closed: ``status`` has to leave it
    out."""
    with_relations: bool
    """Whether each task brings its relations along."""


_PEOPLE = {"assigned_to": "assigned_to_id", "author": "author_id", "watcher": "watcher_id"}


def asked_for(filters: TaskFilters) -> Mapping[str, object]:
    """The same as Redmine wants it asked."""
    asked: dict[str, object] = {"status_id": filters.get("status", "*")}
    given: Mapping[str, object] = {**filters}
    asked |= {name: given[key] for key, name in _PEOPLE.items() if given.get(key) is not None}
    for name, moment in (
        ("updated_on", filters.get("updated_since")),
        ("closed_on", filters.get("closed_since")),
    ):
        if moment is not None:
            asked[name] = f">={moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if filters.get("with_relations"):
        asked["include"] = "relations"
    return asked


def newest_change(redmine: "redminelib.Redmine") -> datetime | None:
    """When anybody last changed any task that one sees, by the server's clock; None where there is none."""
    page, _ = list_tasks(redmine, {"status_id": "*", "sort": "updated_on:desc,id:desc"}, 1)
    return page[0].updated_on if page else None


def numbered(redmine: "redminelib.Redmine", numbers: Iterable[int]) -> tuple[Task, ...]:
    """The tasks of those numbers that one sees; a hundred a request: an address has no room for more."""
    wanted = sorted(set(numbers))
    found: list[Task] = []
    for start in range(0, len(wanted), PAGE):
        part = wanted[start : start + PAGE]
        listed = _read(redmine, issue_id=",".join(map(str, part)))
        # a filter that the server does not know is ignored without a word
        found += (task for task in listed if task.id in part)
    return tuple(found)


def children(redmine: "redminelib.Redmine", task_id: int) -> tuple[Task, ...]:
    """The tasks right below another, open or not."""
    return tuple(task for task in _read(redmine, parent_id=task_id) if task.parent_id == task_id)


def _read(redmine: "redminelib.Redmine", **asked: object) -> Iterator[Task]:
    yield from read_all(redmine, "/issues.json", "issues", Task, **asked, status_id="*", sort="id:asc")
