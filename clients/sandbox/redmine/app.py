"""The routes of the sandbox's Redmine."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import wraps

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from ...store import Store
from . import changes, wire
from .filters import MAX_FILTER, HiddenProject, Invalid, NoSuchProject, select, visible
from .rows import IssueRow, Rows, UserRow
from .words import ACTIVITIES, PRIORITIES, STATUSES, TRACKERS

Handler = Callable[["Redmine", Request], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]

_PAGE, _MOST = 25, 100
_NOT_FOUND = (
    "<!DOCTYPE html>\n<html><head><title>Redmine 404 error</title></head><body>Page not found</body></html>"
)
_NOT_FILTERS = frozenset(("limit", "offset", "sort", "include", "key"))


class Refused(Exception):
    """An answer without a body: 400, 401, 403, 404."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Redmine:
    """What the routes share."""

    def __init__(self, store: Store, clock: Callable[[], datetime], login_required: bool) -> None:
        self.rows = Rows(store)
        self.store = store
        self.clock = clock
        self.login_required = login_required

    def reader(self, request: Request) -> UserRow | None:
        """The key's owner. Where strangers may read, a wrong key makes one of them, without a word."""
        user = self.rows.user_of(request.headers.get("X-Redmine-API-Key", ""))
        if user is None and self.login_required:
            raise Refused(401)
        return user

    def owner(self, request: Request) -> UserRow:
        """The key's owner; needed to write."""
        user = self.reader(request)
        if user is None:
            raise Refused(401)
        return user

    def issue(self, request: Request, user: UserRow | None) -> IssueRow:
        """The issue of the address, if the user sees it."""
        row = self.rows.issue(int(request.path_params["number"]))
        if row is None:
            raise Refused(404)
        if row["project_id"] not in visible(user):
            raise Refused(403)
        return row

    def hours(self) -> dict[int, float]:
        """Hours logged, by issue."""
        total: dict[int, float] = {}
        for row in self.rows.spent():
            if row["issue_id"] is not None:
                total[row["issue_id"]] = total.get(row["issue_id"], 0.0) + row["hours"]
        return total

    def issue_json(self, row: IssueRow, include: str = "") -> dict[str, object]:
        """One issue with what ``include`` names."""
        spent = self.hours().get(row["id"], 0.0)
        return wire.issue_json(row, self.rows.users(), spent, include.split(","))


def redmine_app(store: Store, clock: Callable[[], datetime], *, login_required: bool = True) -> Starlette:
    """The app on what `seed_redmine` put into ``store``; ``clock`` gives the instant (UTC) of each write."""
    redmine = Redmine(store, clock, login_required)

    def route(path: str, handler: Handler, method: str = "GET") -> Route:
        return Route(path, _endpoint(redmine, handler), methods=[method])

    return Starlette(
        routes=[
            route("/users/current.json", current_user),
            route("/issue_statuses.json", statuses),
            route("/trackers.json", trackers),
            route("/enumerations/issue_priorities.json", priorities),
            route("/enumerations/time_entry_activities.json", activities),
            route("/issues.json", list_issues),
            route("/issues.json", create_issue, "POST"),
            route("/projects/{project}/issues.json", create_issue, "POST"),
            route("/issues/{number:int}.json", view_issue),
            route("/issues/{number:int}.json", update_issue, "PUT"),
            route("/issues/{number:int}/watchers.json", add_watcher, "POST"),
            route("/issues/{number:int}/watchers/{user:int}.json", remove_watcher, "DELETE"),
            route("/time_entries.json", list_time, "GET"),
            route("/time_entries.json", create_time, "POST"),
            route("/time_entries/{number:int}.json", update_time, "PUT"),
            route("/time_entries/{number:int}.json", delete_time, "DELETE"),
        ],
        exception_handlers={404: _unknown_route, 405: _unknown_route},
    )


def _endpoint(redmine: Redmine, handler: Handler) -> Endpoint:
    @wraps(handler)
    async def endpoint(request: Request) -> Response:
        try:
            return await handler(redmine, request)
        except Refused as refused:
            return _empty(refused.status)
        except (changes.Forbidden, HiddenProject):
            return _empty(403)
        except NoSuchProject:
            return _empty(404)
        except Invalid as invalid:
            return JSONResponse({"errors": invalid.sentences}, status_code=422)

    return endpoint


def _empty(status: int) -> Response:
    headers = {"WWW-Authenticate": 'Basic realm="Redmine API"'} if status == 401 else None
    return Response(status_code=status, headers=headers, media_type="application/json")


async def _unknown_route(request: Request, error: Exception) -> Response:
    if "json" in request.headers.get("Accept", ""):
        return JSONResponse({"status": 404, "error": "Not Found"}, status_code=404)
    return HTMLResponse(_NOT_FOUND, status_code=404)


async def _asked(request: Request, wrapper: str) -> Mapping[str, object]:
    try:
        body: object = json.loads(await request.body() or b"{}")
    except ValueError:
        raise Refused(400) from None
    inner = body.get(wrapper) if isinstance(body, dict) else None
    return inner if isinstance(inner, dict) else {}  # without the wrapper, nothing was asked


def _page(request: Request) -> tuple[int, int]:
    def number(name: str) -> int:
        text = request.query_params.get(name, "")
        return int(text) if text.isdecimal() else 0

    return min(number("limit"), _MOST) or _PAGE, number("offset")


async def current_user(redmine: Redmine, request: Request) -> Response:
    """Whose key it is; 401 for strangers even where they may read."""
    return JSONResponse({"user": wire.user_json(redmine.owner(request))})


async def statuses(redmine: Redmine, request: Request) -> Response:
    """All situations."""
    redmine.reader(request)
    return JSONResponse({"issue_statuses": [wire.status_json(status) for status in STATUSES]})


async def trackers(redmine: Redmine, request: Request) -> Response:
    """All trackers."""
    redmine.reader(request)
    return JSONResponse({"trackers": [wire.tracker_json(word) for word in TRACKERS]})


async def priorities(redmine: Redmine, request: Request) -> Response:
    """All priorities."""
    redmine.reader(request)
    return JSONResponse({"issue_priorities": [wire.enumeration_json(word) for word in PRIORITIES]})


async def activities(redmine: Redmine, request: Request) -> Response:
    """All activities."""
    redmine.reader(request)
    return JSONResponse({"time_entry_activities": [wire.enumeration_json(word) for word in ACTIVITIES]})


async def list_issues(redmine: Redmine, request: Request) -> Response:
    """A page of the issues that the filters let through."""
    user = redmine.reader(request)
    asked = dict(request.query_params)
    if sum(len(value) for name, value in asked.items() if name not in _NOT_FILTERS) > MAX_FILTER:
        return JSONResponse({"status": 500, "error": "Internal Server Error"}, status_code=500)
    found = select(redmine.rows.issues(), asked, user, redmine.clock())
    limit, offset = _page(request)
    users, hours = redmine.rows.users(), redmine.hours()
    page = [wire.issue_json(row, users, hours.get(row["id"], 0.0)) for row in found[offset : offset + limit]]
    return JSONResponse({"issues": page, "total_count": len(found), "offset": offset, "limit": limit})


async def view_issue(redmine: Redmine, request: Request) -> Response:
    """One issue."""
    row = redmine.issue(request, redmine.reader(request))
    return JSONResponse({"issue": redmine.issue_json(row, request.query_params.get("include", ""))})


async def create_issue(redmine: Redmine, request: Request) -> Response:
    """A new issue; two equal requests make two."""
    user = redmine.owner(request)
    asked = await _asked(request, "issue")
    if "project" in request.path_params:
        asked = {**asked, "project_id": request.path_params["project"]}
    with redmine.store.transaction():
        row = changes.create(redmine.rows, asked, user, redmine.clock())
    return JSONResponse({"issue": redmine.issue_json(row)}, status_code=201)


async def update_issue(redmine: Redmine, request: Request) -> Response:
    """A change, or what was let through of it: 204 tells nothing."""
    user = redmine.owner(request)
    asked = await _asked(request, "issue")
    with redmine.store.transaction():
        changes.update(redmine.rows, redmine.issue(request, user), asked, user, redmine.clock())
    return Response(status_code=204)


async def add_watcher(redmine: Redmine, request: Request) -> Response:
    """204, whoever was named; a missing issue is 403 here."""
    redmine.owner(request)
    try:
        body: object = json.loads(await request.body() or b"{}")
    except ValueError:
        raise Refused(400) from None
    with redmine.store.transaction():
        row = redmine.rows.issue(int(request.path_params["number"]))
        if row is None:
            raise Refused(403)
        changes.watch(redmine.rows, row, body.get("user_id") if isinstance(body, dict) else None)
    return Response(status_code=204)


async def remove_watcher(redmine: Redmine, request: Request) -> Response:
    """204, whether or not the person was watching."""
    user = redmine.owner(request)
    with redmine.store.transaction():
        row = redmine.issue(request, user)
        row["watcher_ids"] = [one for one in row["watcher_ids"] if one != int(request.path_params["user"])]
        redmine.rows.put_issue(row)
    return Response(status_code=204)


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
        and asked.get("from", "") <= row["spent_on"] <= asked.get("to", "9999")
        and asked.get("spent_on") in (None, row["spent_on"])
    ]
    limit, offset = _page(request)
    users = redmine.rows.users()
    page = [wire.spent_json(row, users) for row in found[offset : offset + limit]]
    return JSONResponse({"time_entries": page, "total_count": len(found), "offset": offset, "limit": limit})


async def create_time(redmine: Redmine, request: Request) -> Response:
    """Log time; ``updated_on`` of the issue does not move."""
    user = redmine.owner(request)
    asked = await _asked(request, "time_entry")
    with redmine.store.transaction():
        row = changes.log_time(redmine.rows, asked, user, redmine.clock())
    return JSONResponse({"time_entry": wire.spent_json(row, redmine.rows.users())}, status_code=201)


async def update_time(redmine: Redmine, request: Request) -> Response:
    """Change one's own time entry."""
    user = redmine.owner(request)
    asked = await _asked(request, "time_entry")
    number = int(request.path_params["number"])
    with redmine.store.transaction():
        row = next((row for row in redmine.rows.spent() if row["id"] == number), None)
        if row is None:
            raise Refused(404)
        changes.change_time(redmine.rows, row, asked, user, redmine.clock())
    return Response(status_code=204)


async def delete_time(redmine: Redmine, request: Request) -> Response:
    """Take back one's own time entry."""
    user = redmine.owner(request)
    number = int(request.path_params["number"])
    with redmine.store.transaction():
        row = next((row for row in redmine.rows.spent() if row["id"] == number), None)
        if row is None:
            raise Refused(404)
        if row["user_id"] != user["id"]:
            raise Refused(403)
        redmine.rows.remove_spent(number)
    return Response(status_code=204)
