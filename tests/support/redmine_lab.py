"""The two Redmines that the contract suite runs on: the real one of tests/redmine, and the sandbox's."""

import fcntl
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import pytest
import requests
from pydantic import SecretStr
from tinydb import where

from clients.redmine import Redmine
from clients.sandbox.redmine import redmine_app, seed_redmine
from clients.sandbox.redmine.rows import IssueRow, Rows
from clients.sandbox.redmine.words import KANBAN_TRACKERS, FieldWord
from clients.store import Store
from tests.support.redmine_rights import RealRights, Rights, SandboxRights
from tests.support.serving import serving

STATE = Path(os.environ.get("REDMINE_STATE", "/var/lib/plantao-redmine"))
REQUIRED = bool(os.environ.get("REDMINE_REQUIRED"))
RESET = Path(__file__).parents[1] / "redmine" / "reset.py"
STRANGERS_KEY = "0" * 40

NUMBER_FIELD = "Freshdesk ticket"
TEXT_FIELD = "Freshdesk ticket (texto)"
MANY_FIELD = "Freshdesk"
UNFILTERED_FIELD = "Ticket sem filtro"
FORBIDDEN_STATUS = 10
"""*Cancelada*: the analysts' role may not go there."""


Query = Mapping[str, str | int]
Json = dict[str, Any]
"""An object as it came over the wire."""


@dataclass(frozen=True)
class Lab:
    """A seeded Redmine: an analyst, a colleague, and the wire itself."""

    url: str
    key: str = field(repr=False)
    colleague_key: str = field(repr=False)
    hidden_issue: int
    """An issue in a project that the analyst does not see."""
    closed_issue: int
    """An issue in a project that was closed; the analyst sees it."""
    open_to_strangers: Callable[[], None]
    """Let anybody read what is public, until the module ends."""
    without_chamados: Callable[[], None]
    """Take all chamados away: a board is read whole, and what tests before left there is read with it."""
    tracker_without: Callable[[int], AbstractContextManager[None]]
    """Take a custom field off the tracker of chamados for a while."""
    rights: Rights
    """What the analysts may."""

    def client(self, *, ticket_field: int | str | None = MANY_FIELD, key: str | None = None) -> Redmine:
        """The client under test, with the analyst's key."""
        return Redmine(self.url, SecretStr(self.key if key is None else key), ticket_field=ticket_field)

    def ask(
        self,
        method: str,
        path: str,
        query: Query | None = None,
        *,
        key: str | None = None,
        body: object = None,
    ) -> requests.Response:
        """One request as it goes over the wire, with no client of ours between."""
        return requests.request(
            method,
            self.url + path,
            params=dict(query or {}),
            json=body,
            headers={"X-Redmine-API-Key": self.key if key is None else key},
            timeout=30,
        )

    def rows(self, **query: str | int) -> list[Json]:
        """Rows of one page of the list."""
        rows: list[Json] = self.ask("GET", "/issues.json", query).json()["issues"]
        return rows

    def issue(self, number: int, include: str = "") -> Json:
        """One issue."""
        found: Json = self.ask("GET", f"/issues/{number}.json", {"include": include}).json()["issue"]
        return found

    def create(self, **asked: object) -> Json:
        """A new issue in the project *erp*."""
        wanted = {"project_id": "erp", "tracker_id": 4, "subject": "Erro no pedido", **asked}
        answer = self.ask("POST", "/issues.json", body={"issue": wanted})
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()["issue"]
        return made

    def field_id(self, name: str) -> int:
        """Id of a custom field, read off an issue."""
        fields = self.rows(status_id="*", limit=1)[0]["custom_fields"]
        return next(int(one["id"]) for one in fields if one["name"] == name)


@contextmanager
def real_lab() -> Iterator[Lab]:
    """The real Redmine, on its seeded data. Where none runs: a skip, or a failure if one is required."""
    if not os.access(STATE / "lab.env", os.R_OK):
        _absent(
            f"no real Redmine here (no readable {STATE}/lab.env): start one with tests/redmine/up.sh, as root"
        )
    environment = dict(line.split("=", 1) for line in (STATE / "lab.env").read_text().splitlines())
    url, admin_key = environment["REDMINE_URL"], environment["REDMINE_ADMIN_KEY"]
    users = json.loads((STATE / "lab.json").read_text())["users"]
    with (STATE / "tests.lock").open("w") as lock:
        # one server, one set of data: one module of tests at a time, and no reset under another's feet
        fcntl.flock(lock, fcntl.LOCK_EX)
        if why := _reset():
            _absent(why)
        keys = (users[0]["key"], users[1]["key"])
        rights = RealRights(STATE / "redmine.sqlite3")
        lab = Lab(url, *keys, 0, 0, _open_to_strangers, _seeded_anew, _tracker_without, rights)
        hidden = {"project_id": "diretoria", "tracker_id": 4, "subject": "Assunto reservado"}
        made = lab.ask("POST", "/issues.json", key=admin_key, body={"issue": hidden})
        yield replace(
            lab, hidden_issue=made.json()["issue"]["id"], closed_issue=_closed_issue(lab, admin_key)
        )


def _closed_issue(lab: Lab, admin_key: str) -> int:
    project = {"name": "Arquivo", "identifier": "arquivo", "parent_id": 1, "inherit_members": True}
    made = lab.ask("POST", "/projects.json", key=admin_key, body={"project": project})
    assert made.status_code == 201, made.text
    number = int(lab.create(project_id="arquivo", subject="Tarefa antiga")["id"])
    assert lab.ask("PUT", "/projects/arquivo/close.json", key=admin_key).status_code == 204
    return number


def _absent(why: str) -> NoReturn:
    if REQUIRED:
        pytest.fail(why, pytrace=False)
    pytest.skip(why)


def _reset(*options: str) -> str:
    """Put the seeded data back; return why that cannot be, or nothing."""
    done = subprocess.run([sys.executable, RESET, *options], capture_output=True, text=True, timeout=60)
    return done.stderr.strip() if done.returncode else ""


def _seeded_anew() -> None:
    assert _reset() == ""


@contextmanager
def _tracker_without(field: int) -> Iterator[None]:
    tie = "(select id from trackers where name = 'Chamado')"

    def change(statement: str) -> None:
        with closing(sqlite3.connect(STATE / "redmine.sqlite3", timeout=15)) as live, live:
            live.execute(statement)

    change(f"delete from custom_fields_trackers where custom_field_id = {field} and tracker_id = {tie}")
    try:
        yield
    finally:
        change(f"insert into custom_fields_trackers (custom_field_id, tracker_id) values ({field}, {tie})")


@contextmanager
def _sandbox_tracker_without(field: int) -> Iterator[None]:
    is_on = FieldWord.is_on

    def but_for_one(word: FieldWord, project_id: int, tracker_id: int) -> bool:
        return word.id != field and is_on(word, project_id, tracker_id)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FieldWord, "is_on", but_for_one)
        yield


def _open_to_strangers() -> None:
    assert _reset("--anonymous") == ""


@contextmanager
def sandbox_lab(folder: Path) -> Iterator[Lab]:
    """The sandbox's Redmine on a fresh store."""
    store = Store(folder / "redmine.db")
    keys = list(seed_redmine(store, datetime.now(UTC), range(100_001, 100_161)).values())
    rows = Rows(store)
    closed: IssueRow = {
        **rows.issues()[0],
        "id": rows.next_issue(),
        "project_id": 6,
        "status_id": 1,
        "subject": "Tarefa antiga",
        "custom": {},
    }
    rows.put_issue(closed)
    app = redmine_app(store, lambda: datetime.now(UTC))

    def open_to_strangers() -> None:
        app.router.routes[:] = redmine_app(
            store, lambda: datetime.now(UTC), login_required=False
        ).router.routes

    def without_chamados() -> None:
        store.table("redmine_issues").remove(where("tracker_id").one_of(list(KANBAN_TRACKERS)))

    with serving(app) as url:
        yield Lab(
            url,
            keys[0],
            keys[1],
            50,
            closed["id"],
            open_to_strangers,
            without_chamados,
            _sandbox_tracker_without,
            SandboxRights(),
        )
    store.close()
