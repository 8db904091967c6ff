"""Which issues a list shows: the filters that Plantão uses, and none of the others.

As in Redmine, a filter that is not known is ignored without a word, and a value not understood is 422.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta

from ..clock import read_stamp
from .rows import IssueRow, UserRow
from .words import FIELDS, PROJECTS, STATUSES, FieldWord, Project

Test = Callable[[IssueRow], bool]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NUMBER = re.compile(r"-?\d+")
_CLOSED = frozenset(status.id for status in STATUSES if status.is_closed)
_LABELS = {
    "issue_id": "Tarefa",
    "created_on": "Criado em",
    "updated_on": "Alterado em",
    "closed_on": "Concluído",
}
MAX_FILTER = 1_900
"""Characters of filters in one request: Redmine keeps them in a 4 KB cookie, and past it fails with 500."""


class Invalid(Exception):
    """Sentences of a 422."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = list(sentences)


class NoSuchProject(Exception):
    """404: the list was asked for a project that is not there."""


class HiddenProject(Exception):
    """403: the list was asked for a project that the key's owner does not see."""


def visible(user: UserRow | None) -> frozenset[int]:
    """Ids of the projects that ``user`` (None: a stranger) sees."""
    return frozenset(p.id for p in PROJECTS if (p.members if user else p.public))


def writable(project: Project | None, user: UserRow) -> bool:
    """Whether ``user`` may write to a project."""
    return project is not None and project.id in visible(user) and not project.closed


def select(
    issues: Iterable[IssueRow], asked: Mapping[str, str], user: UserRow | None, now: datetime
) -> list[IssueRow]:
    """The issues that ``asked`` (the query of the list) lets through, in the order it wants."""
    tests: list[Test] = [_status(asked.get("status_id", "open"))]
    wrong: list[str] = []
    for name, value in asked.items():
        try:
            if test := _test(name, value, user, now, asked):
                tests.append(test)
        except ValueError:
            wrong.append(f"{_label(name)} não é válido")
    if wrong:
        raise Invalid(*wrong)
    seen = visible(user)
    found = [row for row in issues if row["project_id"] in seen and all(test(row) for test in tests)]
    return _sorted(found, asked.get("sort", "id:desc"))


def _test(
    name: str, value: str, user: UserRow | None, now: datetime, asked: Mapping[str, str]
) -> Test | None:
    if name in ("assigned_to_id", "author_id"):
        return _person("assigned_to_id" if name == "assigned_to_id" else "author_id", value, user)
    if name == "watcher_id":
        watching = _people(value, user)
        return lambda row: bool(watching & {str(number) for number in row["watcher_ids"]})
    if name in ("tracker_id", "priority_id"):
        wanted = set(value.split("|"))
        key = "tracker_id" if name == "tracker_id" else "priority_id"
        return lambda row: str(row[key]) in wanted  # type: ignore[literal-required]
    if name in ("created_on", "updated_on", "closed_on"):
        return _moment(name, value, now)
    if name == "issue_id":
        number = _number(value)
        return lambda row: number(row["id"])
    if name == "parent_id":
        above = _number(value)
        return lambda row: row["parent_id"] is not None and above(row["parent_id"])
    if name == "project_id":
        inside = _project(value, user, alone=asked.get("subproject_id") == "!*")
        return lambda row: row["project_id"] in inside
    if name == "subject" and value.startswith("~"):
        return lambda row: value[1:].casefold() in row["subject"].casefold()
    if name.startswith("cf_"):
        field = next((field for field in FIELDS if name == f"cf_{field.id}" and field.is_filter), None)
        return _custom(field, value) if field else None
    return None


def _label(name: str) -> str:
    field = next((field.name for field in FIELDS if name == f"cf_{field.id}"), None)
    return field or _LABELS.get(name, name)


def _status(value: str) -> Test:
    if value in ("*", ""):
        return lambda row: True
    if value in ("open", "o"):
        return lambda row: row["status_id"] not in _CLOSED
    if value in ("closed", "c"):
        return lambda row: row["status_id"] in _CLOSED
    if value.startswith("!"):
        unwanted = set(value[1:].split("|"))
        return lambda row: str(row["status_id"]) not in unwanted
    wanted = set(value.split("|"))  # "5,6" is one value that no status has
    return lambda row: str(row["status_id"]) in wanted


def _people(value: str, user: UserRow | None) -> set[str]:
    me = str(user["id"]) if user else ""
    return {me if part == "me" else part for part in value.split("|")} - {""}


def _person(key: str, value: str, user: UserRow | None) -> Test:
    def holder(row: IssueRow) -> int | None:
        return row["assigned_to_id"] if key == "assigned_to_id" else row["author_id"]

    if value == "!*":
        return lambda row: holder(row) is None
    if value == "*":
        return lambda row: holder(row) is not None
    wanted = _people(value, user)
    return lambda row: str(holder(row)) in wanted


def _number(value: str) -> Callable[[int], bool]:
    """A number's filter: ``5``, ``5,6``, ``>=5``, ``<=5``, ``><5|9``."""
    if value.startswith((">=", "<=", "><")):
        parts = value[2:].split("|")
        if not all(_NUMBER.fullmatch(part) for part in parts):
            raise ValueError(value)
        low, high = int(parts[0]), int(parts[-1])
        if value.startswith(">="):
            return lambda number: number >= low
        if value.startswith("<="):
            return lambda number: number <= low
        return lambda number: low <= number <= high
    # of "a|b" only the first counts: a trap of its own
    parts = value.split("|")[0].split(",")
    if not all(_NUMBER.fullmatch(part) for part in parts):
        raise ValueError(value)
    wanted = {int(part) for part in parts}
    return lambda number: number in wanted


def _moment(key: str, value: str, now: datetime) -> Test:
    """A time's filter: ``>=``, ``<=``, ``><a|b``, a day, days ago (``>t-7``) or today (``t``)."""
    start, end = _span(value, now)

    def test(row: IssueRow) -> bool:
        text = {"created_on": row["created_on"], "updated_on": row["updated_on"]}.get(key, row["closed_on"])
        return text is not None and start <= read_stamp(text) < end

    return test


def _span(value: str, now: datetime) -> tuple[datetime, datetime]:
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if value == "t":
        return today, today + timedelta(days=1)
    if ago := re.fullmatch(r">t-(\d+)", value):
        return today - timedelta(days=int(ago[1])), last
    if value.startswith("><"):
        low, _, high = value[2:].partition("|")
        return _instant(low)[0], _instant(high)[1]
    if value.startswith(">="):
        return _instant(value[2:])[0], last
    if value.startswith("<="):
        return first, _instant(value[2:])[1]
    return _instant(value)


def _instant(text: str) -> tuple[datetime, datetime]:
    """First instant of a day or second, and the first one after it."""
    if _DAY.fullmatch(text):
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
        return day, day + timedelta(days=1)
    if _INSTANT.fullmatch(text):
        return read_stamp(text), read_stamp(text) + timedelta(seconds=1)
    raise ValueError(text)


def _project(value: str, user: UserRow | None, *, alone: bool) -> frozenset[int]:
    project = find_project(value)
    if project is None:
        raise NoSuchProject(value)
    if project.id not in visible(user):
        raise HiddenProject(value)
    below = () if alone else (p.id for p in PROJECTS if p.parent_id == project.id)
    return frozenset((project.id, *below))


def find_project(value: object) -> Project | None:
    """The project of that id or identifier."""
    return next((p for p in PROJECTS if str(value) in (str(p.id), p.identifier)), None)


def _custom(field: FieldWord, value: str) -> Test:
    def values(row: IssueRow) -> list[str]:
        held = row["custom"].get(str(field.id))
        return [text for text in (held if isinstance(held, list) else [held]) if text]

    if value == "*":
        return lambda row: bool(values(row))
    if value == "!*":
        return lambda row: not values(row)
    if field.number:
        number = _number(value)
        return lambda row: any(number(int(text)) for text in values(row))
    if value.startswith("~"):
        part = value[1:].casefold()
        return lambda row: any(part in text.casefold() for text in values(row))
    wanted = {text.casefold() for text in value.split("|")}
    return lambda row: any(text.casefold() in wanted for text in values(row))


def _sorted(rows: list[IssueRow], order: str) -> list[IssueRow]:
    keys: dict[str, Callable[[IssueRow], str | int]] = {
        "id": lambda row: row["id"],
        "updated_on": lambda row: row["updated_on"],
        "created_on": lambda row: row["created_on"],
        "status": lambda row: row["status_id"],
        "priority": lambda row: row["priority_id"],
    }
    for part in reversed(order.split(",")):
        name, _, direction = part.partition(":")
        if name in keys:  # others are ignored
            rows = sorted(rows, key=keys[name], reverse=direction == "desc")
    return rows
