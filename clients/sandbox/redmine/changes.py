"""Creating and changing issues and time entries, and what Redmine does silently while at it."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from ..clock import stamp
from .filters import Invalid, find_project, visible
from .rows import DetailRow, IssueRow, JournalRow, Rows, SpentRow, UserRow
from .words import ACTIVITIES, FIELDS, PRIORITIES, STATUSES, TRACKERS, FieldWord, Project, default

Asked = Mapping[str, object]

_CLOCKED = re.compile(r"(\d+):([0-5]?\d)")
_WORDED = re.compile(r"(?:(\d+)\s*h)?\s*(?:(\d+)\s*m?)?")


class Forbidden(Exception):
    """403: the user may not."""


def create(rows: Rows, asked: Asked, user: UserRow, now: datetime) -> IssueRow:
    """Create an issue. A status, tracker or field that is unknown or forbidden is dropped without a word."""
    wrong = [] if str(asked.get("subject") or "").strip() else ["Título não pode ficar vazio"]
    project = find_project(asked.get("project_id"))
    if project is None or project.id not in visible(user):
        blank = ("Projeto", "Tipo", "Situação")
        raise Invalid(*wrong, *(f"{label} não pode ficar vazio" for label in blank))
    tracker = _known(asked.get("tracker_id"), [word.id for word in TRACKERS]) or TRACKERS[0].id
    moment = stamp(now)
    row: IssueRow = {
        "id": rows.next_issue(),
        "project_id": project.id,
        "tracker_id": tracker,
        "status_id": _status(asked) or STATUSES[0].id,
        "priority_id": _known(asked.get("priority_id"), [w.id for w in PRIORITIES]) or default(PRIORITIES).id,
        "author_id": user["id"],
        "assigned_to_id": None,
        "parent_id": None,
        "subject": str(asked.get("subject") or ""),
        "description": "",
        "start_date": moment[:10],
        "due_date": None,
        "done_ratio": 0,
        "is_private": bool(asked.get("is_private")),
        "estimated_hours": None,
        "custom": {},
        "created_on": moment,
        "updated_on": moment,
        "closed_on": None,
        "journals": [],
        "watcher_ids": _watchers(asked.get("watcher_user_ids"), rows),
    }
    _apply(row, asked, rows)
    wrong += _missing(row)
    if wrong:
        raise Invalid(*wrong)
    rows.put_issue(row)
    return row


def update(rows: Rows, row: IssueRow, asked: Asked, user: UserRow, now: datetime) -> None:
    """Change an issue. ``updated_on`` moves whatever was asked, even nothing."""
    before: IssueRow = {**row, "custom": dict(row["custom"])}
    if "subject" in asked:
        row["subject"] = str(asked["subject"] or "")
        if not row["subject"].strip():
            raise Invalid("Título não pode ficar vazio")
    row["tracker_id"] = _known(asked.get("tracker_id"), [word.id for word in TRACKERS]) or row["tracker_id"]
    row["status_id"] = _status(asked) or row["status_id"]
    row["priority_id"] = _known(asked.get("priority_id"), [w.id for w in PRIORITIES]) or row["priority_id"]
    _apply(row, asked, rows)
    if wrong := _missing(row):
        raise Invalid(*wrong)
    notes = str(asked.get("notes") or "")
    details = _details(before, row)
    if notes or details:
        entry: JournalRow = {
            "id": rows.next_journal(),
            "user_id": user["id"],
            "notes": notes,
            "private_notes": bool(notes and asked.get("private_notes")),
            "created_on": stamp(now),
            "details": details,
        }
        row["journals"] = [*row["journals"], entry]
        if user["id"] not in row["watcher_ids"]:  # whoever contributes observes from then on
            row["watcher_ids"] = [*row["watcher_ids"], user["id"]]
    row["updated_on"] = stamp(now)
    rows.put_issue(row)


def log_time(rows: Rows, asked: Asked, user: UserRow, now: datetime) -> SpentRow:
    """Log time on an issue or a project."""
    issue = rows.issue(_number(asked.get("issue_id")) or 0)
    project = find_project(asked.get("project_id"))
    if issue is None and project is None:
        raise Invalid("Projeto não pode ficar vazio", "Projeto não é válido")
    place = issue["project_id"] if issue else project.id if project else 0
    if place not in visible(user):
        raise Forbidden
    if _number(asked.get("user_id")) not in (None, user["id"]):
        raise Invalid("Usuário não é válido")
    row: SpentRow = {
        "id": rows.next_spent(),
        "project_id": place,
        "issue_id": issue["id"] if issue else None,
        "user_id": user["id"],
        "activity_id": default(ACTIVITIES).id,
        "hours": 0.0,
        "comments": None,
        "spent_on": stamp(now)[:10],
        "created_on": stamp(now),
        "updated_on": stamp(now),
    }
    change_time(rows, row, {"hours": None, **asked}, user, now)
    return row


def change_time(rows: Rows, row: SpentRow, asked: Asked, user: UserRow, now: datetime) -> None:
    """Change time logged; one's own only."""
    if row["user_id"] != user["id"]:
        raise Forbidden
    wrong: list[str] = []
    if "hours" in asked:
        hours = read_hours(asked["hours"])
        if asked["hours"] in (None, ""):
            wrong.append("Horas não pode ficar vazio")
        elif hours is None:
            wrong.append("Horas não é válido")
        row["hours"] = hours or 0.0
    if "activity_id" in asked:
        activity = _known(asked["activity_id"], [word.id for word in ACTIVITIES])
        if activity is None:
            wrong.append("Atividade não está incluso na lista")
        row["activity_id"] = activity or row["activity_id"]
    if "comments" in asked:
        row["comments"] = comments = str(asked["comments"] or "")
        if len(comments) > 1024:
            wrong.append("Comentário é muito longo (máximo: 1024 caracteres)")
    if "spent_on" in asked:
        day = _day(asked["spent_on"])
        if day is None:
            wrong.append("Data não é uma data válida")
        row["spent_on"] = day or row["spent_on"]
    if wrong:
        raise Invalid(*wrong)
    row["updated_on"] = stamp(now)
    rows.put_spent(row)


def read_hours(value: object) -> float | None:
    """Hours from 1.5, "1:30", "1h30", "90m", "0,5"; None if they are none."""
    if isinstance(value, int | float):
        return float(value) if value >= 0 else None
    text = str(value or "").strip().lower().replace(",", ".")
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text)
    if clocked := _CLOCKED.fullmatch(text):
        return int(clocked[1]) + int(clocked[2]) / 60
    worded = _WORDED.fullmatch(text)
    if worded and (worded[1] or worded[2]):
        return int(worded[1] or 0) + int(worded[2] or 0) / 60
    return None


def watch(rows: Rows, issue: IssueRow, wanted: object) -> None:
    """Add a watcher; an unknown one, or one who is there, changes nothing and says nothing."""
    added = [number for number in _watchers([wanted], rows) if number not in issue["watcher_ids"]]
    issue["watcher_ids"] = [*issue["watcher_ids"], *added]
    rows.put_issue(issue)


def _apply(row: IssueRow, asked: Asked, rows: Rows) -> None:
    if asked.get("description") is not None:
        row["description"] = re.sub(r"\r?\n", "\r\n", str(asked["description"]))
    if (assignee := asked.get("assigned_to_id")) is not None:  # null is ignored, "" takes the person off
        row["assigned_to_id"] = _known(assignee, list(rows.users()))
    if (parent := asked.get("parent_issue_id")) is not None:
        row["parent_id"] = _number(parent)
    if (ratio := _number(asked.get("done_ratio"))) is not None and 0 <= ratio <= 100:
        row["done_ratio"] = ratio
    if "estimated_hours" in asked:
        row["estimated_hours"] = read_hours(asked["estimated_hours"])
    if "start_date" in asked:
        row["start_date"] = _day(asked["start_date"])
    if "due_date" in asked:
        row["due_date"] = _day(asked["due_date"])
    row["custom"] = {**row["custom"], **_custom(asked.get("custom_fields"))}
    closed = any(status.id == row["status_id"] and status.is_closed for status in STATUSES)
    if closed and row["closed_on"] is None:
        row["closed_on"] = row["updated_on"]


def _custom(asked: object) -> dict[str, str | list[str] | None]:
    found: dict[str, str | list[str] | None] = {}
    wrong: list[str] = []
    for item in asked if isinstance(asked, list) else ():
        number = _number(item.get("id")) if isinstance(item, Mapping) else None
        field = next((field for field in FIELDS if field.id == number), None)
        if field is None:  # unknown, or given by name
            continue
        value = item.get("value")
        if field.number and value not in (None, "") and _number(value) is None:
            wrong.append(f"{field.name} não é um número")
        found[str(field.id)] = _text_of(field, value)
    if wrong:
        raise Invalid(*wrong)
    return found


def _text_of(field: FieldWord, value: object) -> str | list[str] | None:
    if field.multiple:
        return [str(part) for part in (value if isinstance(value, list) else [value]) if part]
    return None if value is None else str(value)


def _missing(row: IssueRow) -> list[str]:
    return [
        f"{field.name} não pode ficar vazio"
        for field in FIELDS
        if field.required_on == row["tracker_id"] and not row["custom"].get(str(field.id))
    ]


def _details(before: IssueRow, after: IssueRow) -> list[DetailRow]:
    """What changed, with ids as text, as a journal tells it."""
    pairs: list[tuple[str, object, object]] = [
        ("subject", before["subject"], after["subject"]),
        ("tracker_id", before["tracker_id"], after["tracker_id"]),
        ("status_id", before["status_id"], after["status_id"]),
        ("priority_id", before["priority_id"], after["priority_id"]),
        ("assigned_to_id", before["assigned_to_id"], after["assigned_to_id"]),
        ("description", before["description"], after["description"]),
        ("due_date", before["due_date"], after["due_date"]),
        ("done_ratio", before["done_ratio"], after["done_ratio"]),
        ("estimated_hours", before["estimated_hours"], after["estimated_hours"]),
    ]
    changed = [_detail("attr", name, old, new) for name, old, new in pairs if old != new]
    for number, new in after["custom"].items():
        old = before["custom"].get(number)
        if old != new and (old or new):
            changed.append(_detail("cf", number, old, new))
    return changed


def _detail(kind: str, name: str, old: object, new: object) -> DetailRow:
    return {
        "property": kind,
        "name": name,
        "old_value": None if old is None else str(old),
        "new_value": None if new is None else str(new),
    }


def _status(asked: Asked) -> int | None:
    return _known(asked.get("status_id"), [status.id for status in STATUSES if status.allowed])


def _watchers(asked: object, rows: Rows) -> list[int]:
    everybody = list(rows.users())
    wanted = [_known(one, everybody) for one in asked] if isinstance(asked, list) else []
    return list(dict.fromkeys(number for number in wanted if number is not None))


def _known(value: object, numbers: list[int]) -> int | None:
    number = _number(value)
    return number if number in numbers else None


def _number(value: object) -> int | None:
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return int(text) if re.fullmatch(r"-?\d{1,18}", text) else None


def _day(value: object) -> str | None:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        return None


def project_of(row: IssueRow) -> Project:
    """The project that an issue lies in."""
    found = find_project(row["project_id"])
    if found is None:
        raise LookupError(row["project_id"])
    return found
