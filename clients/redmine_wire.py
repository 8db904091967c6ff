"""Reading and writing through a connected python-redmine, below all that the client knows how to do.

Everything here runs on the client's one thread.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from . import before_write
from .errors import OutcomeUnknown, RemoteError, ServerTrouble
from .models.base import Model
from .models.feed import Trouble
from .models.task import Task

if TYPE_CHECKING:
    import redminelib

SYSTEM = "Redmine"
PAGE = 100
"""Rows a request; Redmine gives no more."""
ODD_SHAPE = (KeyError, TypeError, AttributeError, ValidationError)
"""What JSON of another shape raises: redminelib and looking into it the first three, models the last."""
ODD = "a resposta não tem a forma que o Redmine dá"

_VIEW = "journals,watchers,relations,attachments,children,allowed_statuses"
_UNSEEN = "Abra a tarefa e confira; não envie de novo."

Record = TypeVar("Record", bound=Model)
Seen = TypeVar("Seen")
Row = Mapping[str, object]


def records(model: type[Record], rows: Iterable[object]) -> tuple[Record, ...]:
    """Read rows as models."""
    return tuple(model.model_validate(row) for row in rows)


def read(redmine: "redminelib.Redmine", path: str, **asked: object) -> Row:
    """Read one JSON object; retried by the engine."""
    answer = redmine.engine.request("get", f"{redmine.url}{path}", params=asked)
    return answer if isinstance(answer, dict) else {}


def read_task(redmine: "redminelib.Redmine", task_id: int) -> Task:
    """One task with all that the view gives."""
    return Task.model_validate(read(redmine, f"/issues/{task_id}.json", include=_VIEW)["issue"])


def read_all(
    redmine: "redminelib.Redmine", path: str, key: str, model: type[Record], **asked: object
) -> tuple[Record, ...]:
    """All rows of a list, a hundred a request; one that a shifting page shows twice is there once."""
    found: list[Record] = []
    while True:
        answer = read(redmine, path, **asked, limit=PAGE, offset=len(found))
        rows = answer[key]
        if not isinstance(rows, list):
            raise TypeError(key)
        found += records(model, rows)
        total = answer.get("total_count")  # lists that know no pages do not tell, or tell what they sent
        if not rows or not isinstance(total, int) or len(found) >= total:
            return tuple(dict.fromkeys(found))


def write(redmine: "redminelib.Redmine", method: str, path: str, body: object = None) -> Row:
    """Make one write, never retried; return the JSON object of the answer, empty where there is none."""
    answer = redmine.engine.request(method, f"{redmine.url}{path}", data=body)
    return answer if isinstance(answer, dict) else {}


def number_of(answer: Row, key: str) -> int:
    """Id of what a write created; `OutcomeUnknown` where the answer does not tell."""
    made = answer.get(key)
    number = made.get("id") if isinstance(made, dict) else None
    if isinstance(number, int):
        return number
    raise OutcomeUnknown(SYSTEM, ODD)


@contextmanager
def nothing_sent() -> Iterator[None]:
    """As `before_write.nothing_sent`, also for answers of another shape."""
    with before_write.nothing_sent():
        try:
            yield
        except ODD_SHAPE:
            raise ServerTrouble(SYSTEM, ODD) from None


def after_write(look: Callable[[], Seen]) -> tuple[Seen | None, Trouble | None]:
    """Read again what was written, or tell why that failed: the write was done whatever comes of it."""
    try:
        return look(), None
    except RemoteError as error:
        return None, Trouble("Gravado, mas não conferido", error.message, _UNSEEN)
    except ODD_SHAPE:
        return None, Trouble("Gravado, mas não conferido", f"{SYSTEM}: {ODD}", _UNSEEN)
