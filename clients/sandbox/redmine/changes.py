"""Creating and changing issues, and what Redmine does silently while at it."""

from collections.abc import Mapping
from datetime import datetime

from ..clock import stamp
from .families import tell_parents
from .fields import Asked, apply, missing
from .filters import Invalid, find_project, writable
from .history import detail, entry
from .rows import DetailRow, IssueRow, JournalRow, Rows, UserRow
from .values import known
from .words import (
    CLOSED_STATUSES,
    KANBAN,
    KANBAN_TRACKERS,
    KANBAN_WORKFLOW,
    PRIORITIES,
    SUPPORT_STATUSES,
    Project,
    StatusWord,
    default,
    first_status,
    trackers_of,
)

_UNKNOWN_PLACE = ("Projeto", "Tipo", "Situação")
_OF_CHILDREN = frozenset(("priority_id", "done_ratio", "start_date", "due_date"))


class Forbidden(Exception):
    """403: the user may not."""


class NoSuchWatcher(Exception):
    """404: a new issue was to be observed by somebody who is not there."""


def create(rows: Rows, asked: Asked, user: UserRow, now: datetime) -> IssueRow:
    """Create an issue. A status, tracker or field that is unknown or forbidden is dropped without a word."""
    project = find_project(asked.get("project_id"))
    if project is None or not writable(project, user):
        untitled = () if str(asked.get("subject") or "").strip() else ("Título",)
        raise Invalid(*(f"{label} não pode ficar vazio" for label in (*untitled, *_UNKNOWN_PLACE)))
    trackers = [word.id for word in trackers_of(project)]
    tracker = known(asked.get("tracker_id"), trackers) or trackers[0]
    moment = stamp(now)
    row: IssueRow = {
        "id": rows.next_issue(),
        "project_id": project.id,
        "tracker_id": tracker,
        "status_id": first_status(tracker).id,
        "priority_id": default(PRIORITIES).id,
        "author_id": user["id"],
        "assigned_to_id": None,
        "parent_id": None,
        "category_id": None,
        "fixed_version_id": None,
        "subject": "",
        "description": "",
        "start_date": moment[:10],
        "due_date": None,
        "done_ratio": 0,
        "is_private": False,  # the analysts' role may not, and is not told so
        "estimated_hours": None,
        "custom": {},
        "created_on": moment,
        "updated_on": moment,
        "closed_on": None,
        "journals": [],
        "watcher_ids": _watchers(asked.get("watcher_user_ids"), rows),
        "file_ids": [],
    }
    if tracker not in KANBAN_TRACKERS:  # a chamado begins where all do
        row["status_id"] = _status(rows, row, asked) or row["status_id"]
    if isinstance(named := asked.get("watcher_user_ids"), list) and len(named) != len(row["watcher_ids"]):
        raise NoSuchWatcher
    if wrong := [*apply(row, asked, rows, user), *missing(row)]:
        raise Invalid(*wrong)
    _attach(row, asked.get("uploads"), rows)
    if row["status_id"] in CLOSED_STATUSES:
        row["closed_on"] = row["created_on"]
    rows.put_issue(row)
    tell_parents(rows, row, None, user, now)
    return row


def update(rows: Rows, row: IssueRow, asked: Asked, user: UserRow, now: datetime) -> None:
    """Change an issue. ``updated_on`` moves whatever was asked, even nothing."""
    if not writable(project_of(row), user):
        raise Forbidden
    if rows.children(row["id"]):  # what subtasks decide is dropped without a word
        asked = {name: value for name, value in asked.items() if name not in _OF_CHILDREN}
    before: IssueRow = {**row, "custom": dict(row["custom"])}
    target = find_project(asked.get("project_id"))
    if target is not None and writable(target, user):
        row["project_id"] = target.id
    trackers = [word.id for word in trackers_of(project_of(row))]
    kept = row["tracker_id"] if row["tracker_id"] in trackers else trackers[0]
    row["tracker_id"] = known(asked.get("tracker_id"), trackers) or kept
    row["status_id"] = _status(rows, row, asked) or row["status_id"]
    if wrong := [*apply(row, asked, rows, user), *missing(row)]:
        raise Invalid(*wrong)
    _attach(row, asked.get("uploads"), rows)
    _note(rows, row, _details(rows, before, row), asked, user, now)
    row["updated_on"] = stamp(now)
    if row["status_id"] in CLOSED_STATUSES and before["status_id"] not in CLOSED_STATUSES:
        row["closed_on"] = row["updated_on"]  # of the last time; opened again it stays
    rows.put_issue(row)
    tell_parents(rows, row, before["parent_id"], user, now)


def edit_note(rows: Rows, number: int, notes: str, user: UserRow) -> bool:
    """Change what an entry of the history says; an entry that says nothing goes. False: there is none."""
    for row in rows.issues():
        found = next((one for one in row["journals"] if one["id"] == number), None)
        if found is None:
            continue
        if found["user_id"] != user["id"] or not writable(project_of(row), user):
            raise Forbidden
        edited: JournalRow = {**found, "notes": notes}
        stay = bool(edited["notes"].strip() or edited["details"])
        row["journals"] = [
            edited if one["id"] == number else one for one in row["journals"] if stay or one["id"] != number
        ]
        rows.put_issue(row)
        return True
    return False


def watch(rows: Rows, issue: IssueRow, wanted: object) -> None:
    """Add a watcher; an unknown one, or one who is there, changes nothing and says nothing."""
    added = [number for number in _watchers([wanted], rows) if number not in issue["watcher_ids"]]
    issue["watcher_ids"] = [*issue["watcher_ids"], *added]
    rows.put_issue(issue)


def allowed(rows: Rows, row: IssueRow) -> list[StatusWord]:
    """The situations that an analyst may take an issue to: none that ends it while others are in its way."""
    blockers = {
        link["issue_id"]
        for link in rows.relations()
        if link["relation_type"] == "blocks" and link["issue_to_id"] == row["id"]
    }
    in_the_way = [*rows.children(row["id"]), *(one for one in rows.issues() if one["id"] in blockers)]
    barred = any(one["status_id"] not in CLOSED_STATUSES for one in in_the_way)
    words = _reachable(row) if row["tracker_id"] in KANBAN_TRACKERS else SUPPORT_STATUSES
    return [status for status in words if status.allowed and not (barred and status.is_closed)]


def _reachable(row: IssueRow) -> list[StatusWord]:
    ways = KANBAN_WORKFLOW.get(row["status_id"], frozenset())
    # Redmine counts the situation itself among them, unless no way leads out of it
    return [status for status in KANBAN if status.id in ways or (ways and status.id == row["status_id"])]


def _note(
    rows: Rows, row: IssueRow, details: list[DetailRow], asked: Asked, user: UserRow, now: datetime
) -> None:
    notes = str(asked.get("notes") or "")
    private = bool(notes and asked.get("private_notes"))
    # what changes along with a private note is told in an entry of its own, which is not private
    entries = [(notes, []), ("", details)] if private else [(notes, details)]
    for text, changed in entries:
        if not text and not changed:
            continue
        told = entry(rows, row, user, now, changed, notes=text, private=private and bool(text))
        row["journals"] = [*row["journals"], told]
        if user["id"] not in row["watcher_ids"]:  # whoever contributes observes from then on
            row["watcher_ids"] = [*row["watcher_ids"], user["id"]]


def _attach(row: IssueRow, asked: object, rows: Rows) -> None:
    uploads = [one for one in asked if isinstance(one, Mapping)] if isinstance(asked, list) else []
    loose = {file["token"]: file for file in rows.files().values() if not file["used"]}
    found = [loose[str(one.get("token"))] for one in uploads if str(one.get("token")) in loose]
    if len(found) != len(uploads):
        raise Invalid(f"{len(uploads) - len(found)} arquivo(s) não puderam ser salvo(s).")
    for file in found:
        rows.put_file({**file, "used": True})
    row["file_ids"] = [*row["file_ids"], *(file["id"] for file in found)]


def _details(rows: Rows, before: IssueRow, after: IssueRow) -> list[DetailRow]:
    """What changed, with ids as text, as a journal tells it."""
    pairs: list[tuple[str, object, object]] = [
        ("project_id", before["project_id"], after["project_id"]),
        ("subject", before["subject"], after["subject"]),
        ("tracker_id", before["tracker_id"], after["tracker_id"]),
        ("status_id", before["status_id"], after["status_id"]),
        ("priority_id", before["priority_id"], after["priority_id"]),
        ("assigned_to_id", before["assigned_to_id"], after["assigned_to_id"]),
        ("category_id", before["category_id"], after["category_id"]),
        ("fixed_version_id", before["fixed_version_id"], after["fixed_version_id"]),
        ("description", before["description"], after["description"]),
        ("start_date", before["start_date"], after["start_date"]),
        ("due_date", before["due_date"], after["due_date"]),
        ("parent_id", before["parent_id"], after["parent_id"]),
        ("done_ratio", before["done_ratio"], after["done_ratio"]),
        ("estimated_hours", before["estimated_hours"], after["estimated_hours"]),
    ]
    changed = [detail("attr", name, old, new) for name, old, new in pairs if old != new]
    new_files = [number for number in after["file_ids"] if number not in before["file_ids"]]
    names = {number: row["filename"] for number, row in rows.files().items()} if new_files else {}
    changed += [detail("attachment", str(number), None, names[number]) for number in new_files]
    for number, new in after["custom"].items():
        old = before["custom"].get(number)
        if isinstance(new, list):  # each value that goes or comes is told on its own
            held = old if isinstance(old, list) else []
            changed += [detail("cf", number, value, None) for value in held if value not in new]
            changed += [detail("cf", number, None, value) for value in new if value not in held]
        elif old != new and (old or new):
            changed.append(detail("cf", number, old, new))
    return changed


def _status(rows: Rows, row: IssueRow, asked: Asked) -> int | None:
    return known(asked.get("status_id"), [status.id for status in allowed(rows, row)])


def _watchers(asked: object, rows: Rows) -> list[int]:
    everybody = list(rows.users())
    wanted = [known(one, everybody) for one in asked] if isinstance(asked, list) else []
    return list(dict.fromkeys(number for number in wanted if number is not None))


def project_of(row: IssueRow) -> Project:
    """The project that an issue lies in."""
    found = find_project(row["project_id"])
    if found is None:
        raise LookupError(row["project_id"])
    return found
