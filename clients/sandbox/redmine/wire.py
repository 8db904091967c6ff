"""Redmine's JSON: rows in the shapes in which the real one answers."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from .changes import allowed, project_of
from .families import totals
from .filters import find_project
from .rows import FileRow, IssueRow, JournalRow, RelationRow, Rows, SpentRow, UserRow
from .words import (
    ACTIVITIES,
    CATEGORIES,
    FIELDS,
    PRIORITIES,
    STATUSES,
    TRACKERS,
    VERSIONS,
    OfProject,
    Project,
    StatusWord,
    Word,
    first_status,
)

Users = dict[int, UserRow]
Json = dict[str, object]


@dataclass(frozen=True)
class Hours:
    """Hours by issue."""

    spent: Mapping[int, float]
    total_spent: Mapping[int, float]
    """With those of all issues below."""
    total_estimated: Mapping[int, float]


def hours_of(rows: Rows, issues: Iterable[IssueRow]) -> Hours:
    """The hours of all ``issues``."""
    every = list(issues)
    spent: dict[int, float] = {}
    for row in rows.spent():
        if row["issue_id"] is not None:
            spent[row["issue_id"]] = spent.get(row["issue_id"], 0.0) + row["hours"]
    estimated = {row["id"]: hours for row in every if (hours := row["estimated_hours"]) is not None}
    return Hours(spent, totals(spent, every), totals(estimated, every))


def name_of(user: UserRow) -> str:
    """First and last name."""
    return f"{user['firstname']} {user['lastname']}"


def user_json(user: UserRow) -> Json:
    """The key's owner; the key is in it."""
    return {
        "id": user["id"],
        "login": user["login"],
        "admin": False,
        "firstname": user["firstname"],
        "lastname": user["lastname"],
        "created_on": user["created_on"],
        "last_login_on": None,
        "api_key": user["key"],
    }


def status_json(status: StatusWord) -> Json:
    """A situation."""
    return {"id": status.id, "name": status.name, "is_closed": status.is_closed}


def tracker_json(word: Word) -> Json:
    """A tracker."""
    first = first_status(word.id)
    start = {"id": first.id, "name": first.name}
    return {"id": word.id, "name": word.name, "default_status": start, "description": None}


def enumeration_json(word: Word) -> Json:
    """A priority or an activity."""
    return {"id": word.id, "name": word.name, "is_default": word.is_default, "active": True}


def issue_json(row: IssueRow, users: Users, hours: Hours) -> Json:
    """An issue as the list has it. What is not set is absent, not null."""
    project = project_of(row)
    status = next(status for status in STATUSES if status.id == row["status_id"])
    body: Json = {
        "id": row["id"],
        "project": {"id": project.id, "name": project.name},
        "tracker": _reference(TRACKERS, row["tracker_id"]),
        "status": status_json(status),
        "priority": _reference(PRIORITIES, row["priority_id"]),
        "author": _person(users, row["author_id"]),
    }
    if row["assigned_to_id"] is not None:
        body["assigned_to"] = _person(users, row["assigned_to_id"])
    if row["category_id"] is not None:
        body["category"] = _of_project(CATEGORIES, row["category_id"])
    if row["fixed_version_id"] is not None:
        body["fixed_version"] = _of_project(VERSIONS, row["fixed_version_id"])
    if row["parent_id"] is not None:
        body["parent"] = {"id": row["parent_id"]}
    body |= {
        "subject": row["subject"],
        "description": row["description"],
        "start_date": row["start_date"],
        "due_date": row["due_date"],
        "done_ratio": row["done_ratio"],
        "is_private": row["is_private"],
        "estimated_hours": row["estimated_hours"],
        "total_estimated_hours": hours.total_estimated.get(row["id"]),
        "spent_hours": hours.spent.get(row["id"], 0.0),
        "total_spent_hours": hours.total_spent.get(row["id"], 0.0),
        "custom_fields": list(_custom(row)),
        "created_on": row["created_on"],
        "updated_on": row["updated_on"],
        "closed_on": row["closed_on"],
    }
    return body


def view_json(rows: Rows, row: IssueRow, hours: Hours, include: Collection[str], root: str) -> Json:
    """An issue with what ``include`` names, which only the view gives; ``root`` is the server's address."""
    users = rows.users()
    body = issue_json(row, users, hours)
    if "children" in include and (children := rows.children(row["id"])):
        body["children"] = [_child(child) for child in children]
    if "attachments" in include:
        files = rows.files()
        body["attachments"] = [file_json(files[number], users, root) for number in row["file_ids"]]
    related = [link for link in rows.relations() if row["id"] in (link["issue_id"], link["issue_to_id"])]
    if "relations" in include and related:
        body["relations"] = [relation_json(link) for link in related]
    if "journals" in include:
        body["journals"] = [_journal(entry, users) for entry in row["journals"]]
    if "watchers" in include:
        body["watchers"] = [_person(users, number) for number in row["watcher_ids"]]
    if "allowed_statuses" in include:
        body["allowed_statuses"] = [status_json(status) for status in allowed(rows, row)]
    return body


def project_json(project: Project) -> Json:
    """A project."""
    above = find_project(project.parent_id)
    return {
        "id": project.id,
        "name": project.name,
        "identifier": project.identifier,
        "description": None,
        **({"parent": {"id": above.id, "name": above.name}} if above else {}),
        "status": 5 if project.closed else 1,
        "is_public": project.public,
    }


def version_json(version: OfProject) -> Json:
    """A version."""
    return {
        "id": version.id,
        "name": version.name,
        "status": "open" if version.is_open else "closed",
        "due_date": None,
    }


def relation_json(link: RelationRow) -> Json:
    """A link between two issues."""
    return {**link, "delay": None}


def file_json(file: FileRow, users: Users, root: str) -> Json:
    """A file of an issue."""
    return {
        "id": file["id"],
        "filename": file["filename"],
        "filesize": file["filesize"],
        "content_type": file["content_type"],
        "description": "",
        "content_url": f"{root}/attachments/download/{file['id']}/{quote(file['filename'])}",
        "author": _person(users, file["user_id"]),
        "created_on": file["created_on"],
    }


def spent_json(row: SpentRow, users: Users) -> Json:
    """A time entry."""
    project = find_project(row["project_id"])
    issue = {"issue": {"id": row["issue_id"]}} if row["issue_id"] is not None else {}
    return {
        "id": row["id"],
        "project": {"id": row["project_id"], "name": project.name if project else ""},
        **issue,
        "user": _person(users, row["user_id"]),
        "activity": _reference(ACTIVITIES, row["activity_id"]),
        "hours": round(row["hours"], 2),
        "comments": row["comments"],
        "spent_on": row["spent_on"],
        "created_on": row["created_on"],
        "updated_on": row["updated_on"],
    }


def _custom(row: IssueRow) -> Iterable[Json]:
    for field in FIELDS:
        if field.is_on(row["project_id"], row["tracker_id"]):
            value = row["custom"].get(str(field.id))
            many: Json = {"multiple": True} if field.multiple else {}
            yield {
                "id": field.id,
                "name": field.name,
                **many,
                "value": value or ([] if field.multiple else value),
            }


def _journal(entry: JournalRow, users: Users) -> Json:
    return {
        "id": entry["id"],
        "user": _person(users, entry["user_id"]),
        "notes": entry["notes"],
        "created_on": entry["created_on"],
        "private_notes": entry["private_notes"],
        "details": entry["details"],
    }


def _reference(words: tuple[Word, ...], number: int) -> Json:
    word = next(word for word in words if word.id == number)
    return {"id": word.id, "name": word.name}


def _of_project(words: tuple[OfProject, ...], number: int) -> Json:
    word = next(word for word in words if word.id == number)
    return {"id": word.id, "name": word.name}


def _child(row: IssueRow) -> Json:
    return {"id": row["id"], "tracker": _reference(TRACKERS, row["tracker_id"]), "subject": row["subject"]}


def _person(users: Users, number: int) -> Json:
    return {"id": number, "name": name_of(users[number])}
