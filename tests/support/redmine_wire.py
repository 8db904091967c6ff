"""The sandbox's Redmine with a note of every request, and colleagues who work in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl

import requests
from pydantic import SecretStr
from starlette.types import ASGIApp, Receive, Scope, Send

from clients.redmine import Redmine
from clients.sandbox.redmine import redmine_app, seed_redmine
from clients.sandbox.redmine.rows import Rows
from clients.store import Store
from tests.support.serving import serving

Asked = tuple[str, dict[str, str]]
"""Method and path, and the query."""


@dataclass
class RedmineWire:
    """A running Redmine of an invented company, whose clock is the test's."""

    url: str
    keys: tuple[str, ...] = field(repr=False)
    """The analyst's first."""
    rows: Rows
    _asked: list[Asked]

    def client(self) -> Redmine:
        """The analyst's client."""
        return Redmine(self.url, SecretStr(self.keys[0]), ticket_field="Freshdesk")

    def taken(self) -> list[Asked]:
        """What was asked since the last time."""
        asked, self._asked[:] = list(self._asked), []
        return asked

    def does(self, method: str, path: str, *, who: int = 1, **body: object) -> dict[str, object]:
        """Somebody, the colleague where nobody is named, writes; that is not counted."""
        noted = list(self._asked)
        answer = requests.request(
            method, self.url + path, json=body, headers={"X-Redmine-API-Key": self.keys[who]}, timeout=30
        )
        answer.raise_for_status()
        self._asked[:] = noted
        made: dict[str, object] = answer.json() if answer.content else {}
        return made

    def creates(self, subject: str, *, who: int = 0, **more: object) -> int:
        """A new task of somebody's, the analyst's where nobody is named."""
        wanted = {"project_id": "erp", "tracker_id": 4, "subject": subject, **more}
        made = self.does("POST", "/issues.json", who=who, issue=wanted)["issue"]
        assert isinstance(made, dict)
        return int(made["id"])

    def changes(self, number: int, *, who: int = 1, **fields: object) -> None:
        """Somebody changes a task."""
        self.does("PUT", f"/issues/{number}.json", who=who, issue=fields)


@contextmanager
def redmine_wire(folder: Path, clock: Callable[[], datetime], *, tickets: int = 40) -> Iterator[RedmineWire]:
    """A Redmine with a task for most of so many tickets."""
    store = Store(folder / "redmine.db")
    keys = tuple(seed_redmine(store, clock(), range(100_001, 100_001 + tickets)).values())
    asked: list[Asked] = []
    with serving(_noting(redmine_app(store, clock), asked)) as url:
        yield RedmineWire(url, keys, Rows(store), asked)
    store.close()


def _noting(app: ASGIApp, asked: list[Asked]) -> ASGIApp:
    async def noting(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            query = dict(parse_qsl(scope["query_string"].decode()))
            asked.append((f"{scope['method']} {scope['path']}", query))
        await app(scope, receive, send)

    return noting
