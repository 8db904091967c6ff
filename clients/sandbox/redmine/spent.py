"""Logging time and changing time logged."""

from datetime import datetime

from ..clock import stamp
from .changes import Forbidden
from .fields import NO_DAY, Asked
from .filters import Invalid, find_project, visible, writable
from .rows import Rows, SpentRow, UserRow
from .values import day_in, known, number_in, read_hours
from .words import ACTIVITIES, default


def log_time(rows: Rows, asked: Asked, user: UserRow, now: datetime) -> SpentRow:
    """Log time on an issue or a project."""
    issue = rows.issue(number_in(asked.get("issue_id")) or 0)
    project = find_project(asked.get("project_id"))
    if issue is None and project is None:
        named = ("Tarefa não é válido",) if asked.get("issue_id") else ()
        raise Invalid("Projeto não pode ficar vazio", "Projeto não é válido", *named)
    place = issue["project_id"] if issue else project.id if project else 0
    if issue and not writable(find_project(place), user):
        raise Invalid("Tarefa não é válido")
    if place not in visible(user):
        raise Forbidden
    if number_in(asked.get("user_id")) not in (None, user["id"]):
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
        activity = known(asked["activity_id"], [word.id for word in ACTIVITIES])
        if activity is None:
            wrong.append("Atividade não está incluso na lista")
        row["activity_id"] = activity or row["activity_id"]
    if "comments" in asked:
        row["comments"] = comments = str(asked["comments"] or "")
        if len(comments) > 1024:
            wrong.append("Comentário é muito longo (máximo: 1024 caracteres)")
    if "spent_on" in asked:
        day = day_in(asked["spent_on"])
        if day is None:
            wrong.append("Data não pode ficar vazio")
        if day is None and asked["spent_on"] not in (None, ""):
            wrong.append(f"Data {NO_DAY}")
        row["spent_on"] = day or row["spent_on"]
    if wrong:
        raise Invalid(*wrong)
    row["updated_on"] = stamp(now)
    rows.put_spent(row)
