"""One call: whose key it brings, which issue it means, what it asks for."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from starlette.requests import Request

from ...store import Store
from . import wire
from .filters import visible
from .rows import IssueRow, Rows, UserRow

_PAGE, _MOST = 25, 100


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

    def issue_json(self, request: Request, row: IssueRow, include: str = "") -> dict[str, object]:
        """One issue with what ``include`` names."""
        hours = wire.hours_of(self.rows, self.rows.issues())
        return wire.view_json(self.rows, row, hours, include.split(","), root_of(request))


async def asked_in(request: Request, wrapper: str) -> Mapping[str, object]:
    """What a body asks for under its wrapper; nothing where that is missing."""
    try:
        body: object = json.loads(await request.body() or b"{}")
    except ValueError:
        raise Refused(400) from None
    inner = body.get(wrapper) if isinstance(body, dict) else None
    return inner if isinstance(inner, dict) else {}  # without the wrapper, nothing was asked


def root_of(request: Request) -> str:
    """The address that the request came to, without a slash at the end."""
    return str(request.base_url).rstrip("/")


def page_of(request: Request) -> tuple[int, int]:
    """Limit and offset."""

    def number(name: str) -> int:
        text = request.query_params.get(name, "")
        return int(text) if text.isdecimal() else 0

    return min(number("limit"), _MOST) or _PAGE, number("offset")
