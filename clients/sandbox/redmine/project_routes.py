"""The routes of projects: what a form asks for."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from . import wire
from .call import Redmine, page_of
from .filters import HiddenProject, NoSuchProject, find_project, visible
from .rows import UserRow
from .words import ACTIVITIES, CATEGORIES, FIELDS, PROJECTS, VERSIONS, Project, Word, trackers_of

_ROLE = {"id": 6, "name": "Analista de Suporte"}
_PERMISSIONS = (
    "view_issues",
    "add_issues",
    "edit_issues",
    "add_issue_notes",
    "edit_own_issue_notes",
    "view_private_notes",
    "set_notes_private",
    "log_time",
)


async def list_projects(redmine: Redmine, request: Request) -> Response:
    """The projects that the key's owner sees; closed ones are left out."""
    seen = visible(redmine.reader(request))
    found = [project for project in PROJECTS if project.id in seen and not project.closed]
    limit, offset = page_of(request)
    page = [wire.project_json(project) for project in found[offset : offset + limit]]
    return JSONResponse({"projects": page, "total_count": len(found), "offset": offset, "limit": limit})


async def view_project(redmine: Redmine, request: Request) -> Response:
    """One project with what ``include`` names."""
    project = _project(redmine, request)
    include = request.query_params.get("include", "").split(",")
    body = wire.project_json(project)
    if "trackers" in include:
        body["trackers"] = _named(trackers_of(project))
    if "issue_categories" in include:
        own = [word for word in CATEGORIES if word.project_id == project.id]
        body["issue_categories"] = [{"id": word.id, "name": word.name} for word in own]
    if "time_entry_activities" in include:
        body["time_entry_activities"] = _named(ACTIVITIES)
    if "issue_custom_fields" in include:  # those that all projects have are not among them
        own_fields = [field for field in FIELDS if project.id in field.projects]
        body["issue_custom_fields"] = [{"id": field.id, "name": field.name} for field in own_fields]
    return JSONResponse({"project": body})


async def versions(redmine: Redmine, request: Request) -> Response:
    """The versions of a project; this list knows no pages."""
    project = _project(redmine, request)
    own = [wire.version_json(word) for word in VERSIONS if word.project_id == project.id]
    return JSONResponse({"versions": own, "total_count": len(own)})


async def memberships(redmine: Redmine, request: Request) -> Response:
    """Who takes part in a project."""
    project = _project(redmine, request)
    people = list(redmine.rows.users().values())
    limit, offset = page_of(request)
    page = [
        {
            "id": project.id * 1000 + user["id"],
            "project": {"id": project.id, "name": project.name},
            "user": {"id": user["id"], "name": wire.name_of(user)},
            "roles": [_ROLE],
        }
        for user in people[offset : offset + limit]
    ]
    return JSONResponse({"memberships": page, "total_count": len(people), "offset": offset, "limit": limit})


def parts_of(user: UserRow) -> list[wire.Json]:
    """The projects that somebody takes part in, and as what."""
    seen = visible(user)
    return [
        {
            "id": project.id * 1000 + user["id"],
            "project": {"id": project.id, "name": project.name},
            "roles": [_ROLE],
        }
        for project in PROJECTS
        if project.id in seen
    ]


async def view_role(redmine: Redmine, request: Request) -> Response:
    """What a role may do; there is one."""
    redmine.reader(request)
    if request.path_params["role"] != _ROLE["id"]:
        return Response(status_code=404)
    return JSONResponse({"role": {**_ROLE, "assignable": True, "permissions": list(_PERMISSIONS)}})


def _project(redmine: Redmine, request: Request) -> Project:
    project = find_project(request.path_params["project"])
    if project is None:
        raise NoSuchProject
    if project.id not in visible(redmine.reader(request)):
        raise HiddenProject
    return project


def _named(words: tuple[Word, ...]) -> list[wire.Json]:
    return [{"id": word.id, "name": word.name} for word in words]
