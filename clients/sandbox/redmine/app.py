"""The routes of the sandbox's Redmine."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import wraps

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from ...store import Store
from . import changes, file_routes, links, project_routes, time_routes, wire
from .call import Redmine, Refused, asked_in, page_of, root_of
from .filters import MAX_FILTER, HiddenProject, Invalid, NoSuchProject, select
from .words import ACTIVITIES, PRIORITIES, STATUSES, TRACKERS

Handler = Callable[["Redmine", Request], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]

_NOT_FOUND = (
    "<!DOCTYPE html>\n<html><head><title>Redmine 404 error</title></head><body>Page not found</body></html>"
)
_IN_LISTS = frozenset(("attachments", "relations"))
"""All that a list includes of what the view gives."""
_NOT_FILTERS = frozenset(("limit", "offset", "sort", "include", "key"))


def redmine_app(store: Store, clock: Callable[[], datetime], *, login_required: bool = True) -> Starlette:
    """The app on what `seed_redmine` put into ``store``; ``clock`` gives the instant (UTC) of each write."""
    redmine = Redmine(store, clock, login_required)

    def route(path: str, handler: Handler, method: str = "GET") -> Route:
        return Route(path, _endpoint(redmine, handler), methods=[method])

    return Starlette(
        routes=[
            route("/users/current.json", current_user),
            route("/users/{user:int}.json", user),
            route("/roles/{role:int}.json", project_routes.view_role),
            route("/issue_statuses.json", statuses),
            route("/trackers.json", trackers),
            route("/enumerations/issue_priorities.json", priorities),
            route("/enumerations/time_entry_activities.json", activities),
            route("/issues.json", list_issues),
            route("/issues.json", create_issue, "POST"),
            route("/projects/{project}/issues.json", create_issue, "POST"),
            route("/issues/{number:int}.json", view_issue),
            route("/issues/{number:int}.json", update_issue, "PUT"),
            route("/issues/{number:int}/watchers.json", links.add_watcher, "POST"),
            route("/issues/{number:int}/watchers/{user:int}.json", links.remove_watcher, "DELETE"),
            route("/issues/{number:int}/relations.json", links.relate, "POST"),
            route("/relations/{number:int}.json", links.unrelate, "DELETE"),
            route("/journals/{number:int}.json", update_journal, "PUT"),
            route("/uploads.json", file_routes.upload, "POST"),
            route("/attachments/download/{number:int}/{name:path}", file_routes.download),
            route("/projects.json", project_routes.list_projects),
            route("/projects/{project}/versions.json", project_routes.versions),
            route("/projects/{project}/memberships.json", project_routes.memberships),
            route("/projects/{project}.json", project_routes.view_project),
            route("/time_entries.json", time_routes.list_time),
            route("/time_entries.json", time_routes.create_time, "POST"),
            route("/time_entries/{number:int}.json", time_routes.view_time),
            route("/time_entries/{number:int}.json", time_routes.update_time, "PUT"),
            route("/time_entries/{number:int}.json", time_routes.delete_time, "DELETE"),
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
        except changes.NoSuchWatcher:
            return JSONResponse({"status": 404, "error": "Not Found"}, status_code=404)
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


async def current_user(redmine: Redmine, request: Request) -> Response:
    """Whose key it is; 401 for strangers even where they may read."""
    owner = redmine.owner(request)
    told = wire.user_json(owner)
    if request.query_params.get("include") == "memberships":
        told["memberships"] = project_routes.parts_of(owner)
    return JSONResponse({"user": told})


async def user(redmine: Redmine, request: Request) -> Response:
    """Somebody: name and login; mail and key are their owner's."""
    redmine.reader(request)
    found = redmine.rows.users().get(request.path_params["user"])
    if found is None:
        return Response(status_code=404)
    shown = wire.user_json(found)
    return JSONResponse({"user": {key: shown[key] for key in ("id", "login", "firstname", "lastname")}})


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
    issues = redmine.rows.issues()
    found = select(issues, asked, user, redmine.clock())
    limit, offset = page_of(request)
    hours = wire.hours_of(redmine.rows, issues)
    include = _IN_LISTS.intersection(request.query_params.get("include", "").split(","))
    page = [
        wire.view_json(redmine.rows, row, hours, include, root_of(request))
        for row in found[offset : offset + limit]
    ]
    return JSONResponse({"issues": page, "total_count": len(found), "offset": offset, "limit": limit})


async def view_issue(redmine: Redmine, request: Request) -> Response:
    """One issue."""
    row = redmine.issue(request, redmine.reader(request))
    return JSONResponse({"issue": redmine.issue_json(request, row, request.query_params.get("include", ""))})


async def create_issue(redmine: Redmine, request: Request) -> Response:
    """A new issue; two equal requests make two."""
    user = redmine.owner(request)
    asked = await asked_in(request, "issue")
    if "project" in request.path_params:
        asked = {**asked, "project_id": request.path_params["project"]}
    with redmine.store.transaction():
        row = changes.create(redmine.rows, asked, user, redmine.clock())
    return JSONResponse({"issue": redmine.issue_json(request, row)}, status_code=201)


async def update_issue(redmine: Redmine, request: Request) -> Response:
    """A change, or what was let through of it: 204 tells nothing."""
    user = redmine.owner(request)
    asked = await asked_in(request, "issue")
    with redmine.store.transaction():
        changes.update(redmine.rows, redmine.issue(request, user), asked, user, redmine.clock())
    return Response(status_code=204)


async def update_journal(redmine: Redmine, request: Request) -> Response:
    """Another wording for a note of one's own; without words it is gone."""
    user = redmine.owner(request)
    asked = await asked_in(request, "journal")
    with redmine.store.transaction():
        there = changes.edit_note(
            redmine.rows, int(request.path_params["number"]), str(asked.get("notes") or ""), user
        )
    return Response(status_code=204 if there else 404)
