"""Time logged on tasks: decimal hours, one's own only. Whose it is is the key's to say, and never sent."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from .errors import NotFound, Rejected
from .models.duration import clock_of
from .models.spent_time import LONGEST_COMMENT, MOST_HOURS, NewTime, SpentTime, TimeChanges
from .models.task_changes import same_text
from .models.text import safe_text
from .models.ticket_changes import EMPTY
from .models.written import Dropped, Written
from .redmine_wire import SYSTEM, after_write, nothing_sent, number_of, read, read_all, write

if TYPE_CHECKING:
    import redminelib

_A_DAY = timedelta(days=1)
_KEPT = Decimal("0.0001")
_HOURS_APART = 0.0051  # the server shows two decimals of what it keeps
_NOT_TAKEN = "O Redmine gravou outro valor. Confira o lançamento e corrija."
_STILL_THERE = "O lançamento continua lá. Confira no Redmine."


def spent_times(
    redmine: "redminelib.Redmine",
    task_id: int | None,
    since: date | None,
    until: date | None,
    user: int | Literal["me"] | None,
) -> tuple[SpentTime, ...]:
    """Time logged that meets every filter given; newest day first."""
    asked: dict[str, object] = {"issue_id": task_id, "user_id": user}
    # Redmine takes days for midnights of the user's zone: west of Greenwich the first one is left out
    if since is not None:
        asked["from"] = (since - _A_DAY).isoformat()
    if until is not None:
        asked["to"] = (until + _A_DAY).isoformat()
    filters = {name: value for name, value in asked.items() if value is not None}
    found = read_all(redmine, "/time_entries.json", "time_entries", SpentTime, **filters)
    # a filter that the server does not know is ignored without a word
    return tuple(
        one
        for one in found
        if (task_id is None or (one.issue is not None and one.issue.id == task_id))
        and (since is None or since <= one.spent_on)
        and (until is None or one.spent_on <= until)
    )


def spent_time(redmine: "redminelib.Redmine", entry_id: int) -> SpentTime:
    """One time entry."""
    return SpentTime.model_validate(read(redmine, f"/time_entries/{entry_id}.json")["time_entry"])


def log_time(redmine: "redminelib.Redmine", new: NewTime) -> Written[SpentTime]:
    """Log time; ``updated_on`` of the task does not move."""
    body = {"issue_id": new.task_id, **_body(new)}
    number = number_of(write(redmine, "post", "/time_entries.json", {"time_entry": body}), "time_entry")
    return _checked(redmine, number, new)


def change_time(redmine: "redminelib.Redmine", entry_id: int, changes: TimeChanges) -> Written[SpentTime]:
    """Change a time entry; nothing is sent where it is so already."""
    _body(changes)
    with nothing_sent():
        before = spent_time(redmine, entry_id)
    lacking = TimeChanges(**{name: getattr(changes, name) for name in _missing(before, changes)})
    if not (body := _body(lacking)):
        return Written(entry_id, before, sent=False)
    write(redmine, "put", f"/time_entries/{entry_id}.json", {"time_entry": body})
    return _checked(redmine, entry_id, changes)


def remove_time(redmine: "redminelib.Redmine", entry_id: int) -> Written[SpentTime]:
    """Take a time entry back."""
    write(redmine, "delete", f"/time_entries/{entry_id}.json")
    left, trouble = after_write(lambda: _read_if_there(redmine, entry_id))
    if left is None:
        return Written(entry_id, None, trouble=trouble)
    told = f"{left.hours} h, {left.comments}"
    return Written(entry_id, left, (Dropped("Lançamento", EMPTY, told, _STILL_THERE),))


def _body(changes: TimeChanges) -> dict[str, object]:
    body: dict[str, object] = {}
    if changes.hours is not None:
        if not 0 < changes.hours <= MOST_HOURS:
            raise Rejected(SYSTEM, f"as horas precisam ser mais que 0 e no máximo {MOST_HOURS}")
        body["hours"] = float(changes.hours.quantize(_KEPT))
    if changes.activity_id is not None:
        body["activity_id"] = changes.activity_id
    if changes.spent_on is not None:
        body["spent_on"] = changes.spent_on.isoformat()
    if changes.comments is not None:
        if len(changes.comments) > LONGEST_COMMENT:
            raise Rejected(SYSTEM, f"o comentário passa de {LONGEST_COMMENT} caracteres")
        body["comments"] = changes.comments
    return body


def _missing(entry: SpentTime, wanted: TimeChanges) -> Iterator[str]:
    """Names of what the entry does not have."""
    if wanted.hours is not None and abs(float(wanted.hours) - entry.hours) > _HOURS_APART:
        yield "hours"
    if wanted.activity_id not in (None, entry.activity.id):
        yield "activity_id"
    if wanted.spent_on not in (None, entry.spent_on):
        yield "spent_on"
    if wanted.comments is not None and not same_text(_one_line(wanted.comments), entry.comments):
        yield "comments"


def _checked(redmine: "redminelib.Redmine", entry_id: int, wanted: TimeChanges) -> Written[SpentTime]:
    entry, trouble = after_write(lambda: spent_time(redmine, entry_id))
    missing = _missing(entry, wanted) if entry is not None else ()
    told = tuple(_dropped(entry, wanted, name) for name in missing if entry is not None)
    return Written(entry_id, entry, told, trouble)


def _dropped(entry: SpentTime, wanted: TimeChanges, name: str) -> Dropped:
    match name:
        case "hours":
            return Dropped("Horas", _clock(wanted.hours), _clock(entry.hours), _NOT_TAKEN)
        case "activity_id":
            return Dropped("Atividade", f"nº {wanted.activity_id}", entry.activity.name, _NOT_TAKEN)
        case "spent_on":
            return Dropped("Data", f"{wanted.spent_on:%d/%m/%Y}", f"{entry.spent_on:%d/%m/%Y}", _NOT_TAKEN)
    return Dropped("Comentário", wanted.comments or EMPTY, entry.comments or EMPTY, _NOT_TAKEN)


def _clock(hours: Decimal | float | None) -> str:
    return "" if hours is None else clock_of(float(hours))


def _one_line(text: str) -> str:
    return safe_text(text, multiline=False)


def _read_if_there(redmine: "redminelib.Redmine", entry_id: int) -> SpentTime | None:
    try:
        return spent_time(redmine, entry_id)
    except NotFound:
        return None
