"""What an administrator sets up otherwise for a while: in the real Redmine's data, in the sandbox's code."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest
from starlette.requests import Request

from clients.sandbox.redmine import changes, fields, words
from clients.sandbox.redmine.call import Redmine, Refused
from clients.sandbox.redmine.rows import IssueRow, Rows, UserRow

_ANALYSTS = "(select id from roles where name = 'Analista de Suporte')"
_BUG = "(select id from trackers where name = 'Bug')"
_ROUTES = {
    "log_time": ("POST", "/time_entries"),
    "edit_own_time_entries": ("PUT DELETE", "/time_entries/"),
    "add_issue_watchers": ("POST", "/watchers"),
    "delete_issue_watchers": ("DELETE", "/watchers/"),
}
"""What answers 403 without a permission."""
_OF_NOTES = ("notes", "private_notes", "uploads")


class Rights(Protocol):
    """Takes something from the analysts until the block ends."""

    def read_only(self, field: str) -> AbstractContextManager[None]:
        """A field, as the wire names it or by a custom one's id, that the workflow lets nobody change."""

    def without(self, permission: str) -> AbstractContextManager[None]:
        """The analysts' role lacks a permission, as Redmine names it."""

    def closed_version(self, number: int) -> AbstractContextManager[None]:
        """A version to which no task is added any more."""

    def demanding_bugs(self) -> AbstractContextManager[None]:
        """Bugs have to have a category and a deadline, as the tracker *Implantação* has it always."""


@dataclass(frozen=True)
class RealRights:
    """Written beneath the running server, which reads it at each request."""

    database: Path

    @contextmanager
    def read_only(self, field: str) -> Iterator[None]:
        """Of all trackers, in all situations."""
        self._write(
            "insert into workflows (role_id, tracker_id, old_status_id, type, field_name, rule)"
            f" select {_ANALYSTS}, trackers.id, issue_statuses.id, 'WorkflowPermission', ?, 'readonly'"
            " from trackers, issue_statuses",
            field,
        )
        try:
            yield
        finally:
            self._write("delete from workflows where rule = 'readonly' and field_name = ?", field)

    @contextmanager
    def without(self, permission: str) -> Iterator[None]:
        """Off the role's list, and back at its end."""
        line = f"- :{permission}\n"
        self._write(
            f"update roles set permissions = replace(permissions, ?, '') where id = {_ANALYSTS}", line
        )
        try:
            yield
        finally:
            self._write(f"update roles set permissions = permissions || ? where id = {_ANALYSTS}", line)

    @contextmanager
    def closed_version(self, number: int) -> Iterator[None]:
        """As its page does it."""
        self._write("update versions set status = 'closed' where id = ?", number)
        try:
            yield
        finally:
            self._write("update versions set status = 'open' where id = ?", number)

    @contextmanager
    def demanding_bugs(self) -> Iterator[None]:
        """In all situations."""
        for field in ("category_id", "due_date"):
            self._write(
                "insert into workflows (role_id, tracker_id, old_status_id, type, field_name, rule)"
                f" select {_ANALYSTS}, {_BUG}, issue_statuses.id, 'WorkflowPermission', ?, 'required'"
                " from issue_statuses",
                field,
            )
        try:
            yield
        finally:
            self._write(f"delete from workflows where rule = ? and tracker_id = {_BUG}", "required")

    def _write(self, statement: str, value: str | int) -> None:
        with closing(sqlite3.connect(self.database, timeout=15)) as live, live:
            assert live.execute(statement, (value,)).rowcount > 0


@dataclass(frozen=True)
class SandboxRights:
    """Patched into the sandbox, which runs in the tests' own process."""

    @contextmanager
    def read_only(self, field: str) -> Iterator[None]:
        """What is asked of it is left out, without a word."""

        def but_for_it(asked: Mapping[str, object]) -> dict[str, object]:
            custom = asked.get("custom_fields")
            kept = [one for one in custom if str(one["id"]) != field] if isinstance(custom, list) else []
            return {name: value for name, value in {**asked, "custom_fields": kept}.items() if name != field}

        with _asking_only(but_for_it):
            yield

    @contextmanager
    def without(self, permission: str) -> Iterator[None]:
        """What Redmine drops without a word is dropped, and what it refuses is refused."""
        match permission:
            case "set_notes_private":
                with _asking_only(lambda asked: {**asked, "private_notes": False}):
                    yield
            case "edit_issues":
                with _asking_only(lambda asked: {name: asked[name] for name in _OF_NOTES if name in asked}):
                    yield
            case _:
                with _refusing(*_ROUTES[permission]):
                    yield

    @contextmanager
    def closed_version(self, number: int) -> Iterator[None]:
        """In the vocabulary."""
        versions = tuple(replace(one, is_open=one.is_open and one.id != number) for one in words.VERSIONS)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(fields, "VERSIONS", versions)
            yield

    @contextmanager
    def demanding_bugs(self) -> Iterator[None]:
        """In the vocabulary."""
        bug, demanding = (
            next(word.id for word in words.TRACKERS if word.name == name) for name in ("Bug", "Implantação")
        )
        required = {**words.REQUIRED, bug: words.REQUIRED[demanding]}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(fields, "REQUIRED", required)
            yield


@contextmanager
def _asking_only(kept: Callable[[Mapping[str, object]], Mapping[str, object]]) -> Iterator[None]:
    update = changes.update

    def updating(
        rows: Rows, row: IssueRow, asked: Mapping[str, object], user: UserRow, now: datetime
    ) -> None:
        update(rows, row, kept(asked), user, now)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changes, "update", updating)
        yield


@contextmanager
def _refusing(methods: str, path: str) -> Iterator[None]:
    owner = Redmine.owner

    def owning(redmine: Redmine, request: Request) -> UserRow:
        if request.method in methods.split() and path in request.url.path:
            raise Refused(403)
        return owner(redmine, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Redmine, "owner", owning)
        yield
