"""The routes of time logged."""

from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from . import spent, wire
from .call import Redmine, Refused, asked_in, page_of
from .filters import visible
from .rows import SpentRow


async def list_time(redmine: Redmine, request: Request) -> Response:
    """Time logged: by issue, person (``me``) and days."""
    user = redmine.reader(request)
    asked = request.query_params
    person = str(user["id"]) if user and asked.get("user_id") == "me" else asked.get("user_id")
    found = [
        row
        for row in redmine.rows.spent()
        if row["project_id"] in visible(user)
        and asked.get("issue_id") in (None, str(row["issue_id"]))
        and person in (None, str(row["user_id"]))
        and asked.get("from", "") < row["spent_on"] <= _day_after(asked.get("to", "9999-12-30"))
        and asked.get("spent_on") in (None, row["spent_on"])
    ]
    limit, offset = page_of(request)
    users = redmine.rows.users()
    page = [wire.spent_json(row, users) for row in found[offset : offset + limit]]
    return JSONResponse({"time_entries": page, "total_count": len(found), "offset": offset, "limit": limit})


async def create_time(redmine: Redmine, request: Request) -> Response:
    """Log time; ``updated_on`` of the issue does not move."""
    user = redmine.owner(request)
    asked = await asked_in(request, "time_entry")
    with redmine.store.transaction():
        row = spent.log_time(redmine.rows, asked, user, redmine.clock())
    return JSONResponse({"time_entry": wire.spent_json(row, redmine.rows.users())}, status_code=201)


async def update_time(redmine: Redmine, request: Request) -> Response:
    """Change one's own time entry."""
    user = redmine.owner(request)
    asked = await asked_in(request, "time_entry")
    number = int(request.path_params["number"])
    with redmine.store.transaction():
        row = _entry(redmine, number)
        spent.change_time(redmine.rows, row, asked, user, redmine.clock())
    return Response(status_code=204)


async def delete_time(redmine: Redmine, request: Request) -> Response:
    """Take back one's own time entry."""
    user = redmine.owner(request)
    number = int(request.path_params["number"])
    with redmine.store.transaction():
        row = _entry(redmine, number)
        if row["user_id"] != user["id"]:
            raise Refused(403)
        redmine.rows.remove_spent(number)
    return Response(status_code=204)


async def view_time(redmine: Redmine, request: Request) -> Response:
    """One time entry."""
    user = redmine.reader(request)
    row = _entry(redmine, int(request.path_params["number"]))
    if row["project_id"] not in visible(user):
        raise Refused(403)
    return JSONResponse({"time_entry": wire.spent_json(row, redmine.rows.users())})


def _day_after(day: str) -> str:
    # days are compared with midnights of the user's zone: west of Greenwich "from" loses a day, "to" wins one
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _entry(redmine: Redmine, number: int) -> SpentRow:
    row = next((row for row in redmine.rows.spent() if row["id"] == number), None)
    if row is None:
        raise Refused(404)
    return row
