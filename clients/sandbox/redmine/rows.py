"""Rows of the sandbox's Redmine, and how they lie in the store."""

from typing import TypedDict, cast

from tinydb import where
from tinydb.table import Document

from ...store import Store, StoreTable


class UserRow(TypedDict):
    """Somebody with a key."""

    id: int
    login: str
    firstname: str
    lastname: str
    key: str
    created_on: str


class DetailRow(TypedDict):
    """One change of a journal entry; ids as text, as on the wire."""

    property: str
    name: str
    old_value: str | None
    new_value: str | None


class JournalRow(TypedDict):
    """One entry of an issue's history."""

    id: int
    user_id: int
    notes: str
    private_notes: bool
    created_on: str
    details: list[DetailRow]


class IssueRow(TypedDict):
    """An issue; ``custom`` holds values by field id as text, a list where the field is multiple."""

    id: int
    project_id: int
    tracker_id: int
    status_id: int
    priority_id: int
    author_id: int
    assigned_to_id: int | None
    parent_id: int | None
    subject: str
    description: str
    start_date: str | None
    due_date: str | None
    done_ratio: int
    is_private: bool
    estimated_hours: float | None
    custom: dict[str, str | list[str] | None]
    created_on: str
    updated_on: str
    closed_on: str | None
    journals: list[JournalRow]
    watcher_ids: list[int]


class SpentRow(TypedDict):
    """Time logged."""

    id: int
    project_id: int
    issue_id: int | None
    user_id: int
    activity_id: int
    hours: float
    comments: str | None
    spent_on: str
    created_on: str
    updated_on: str


class Rows:
    """The tables, read anew each time: another process may write to them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._users = store.table("redmine_users")
        self._issues = store.table("redmine_issues")
        self._spent = store.table("redmine_time_entries")

    def users(self) -> dict[int, UserRow]:
        """Everybody, by id."""
        return {row.doc_id: cast(UserRow, dict(row)) for row in self._users.all()}

    def user_of(self, key: str) -> UserRow | None:
        """Whose key it is."""
        found = self._users.get(where("key") == key)
        return cast(UserRow, dict(found)) if found else None

    def issues(self) -> list[IssueRow]:
        """All issues, by id."""
        rows = [cast(IssueRow, dict(row)) for row in self._issues.all()]
        return sorted(rows, key=lambda row: row["id"])

    def issue(self, number: int) -> IssueRow | None:
        """One issue."""
        found = self._issues.get(doc_id=number)
        return cast(IssueRow, dict(found)) if found else None

    def spent(self) -> list[SpentRow]:
        """All time logged, newest first."""
        rows = [cast(SpentRow, dict(row)) for row in self._spent.all()]
        return sorted(rows, key=lambda row: (row["spent_on"], row["id"]), reverse=True)

    def put_user(self, row: UserRow) -> None:
        """Store a user."""
        _put(self._users, row["id"], dict(row))

    def put_issue(self, row: IssueRow) -> None:
        """Store an issue, new or changed."""
        _put(self._issues, row["id"], dict(row))

    def put_issues(self, rows: list[IssueRow]) -> None:
        """Store new issues."""
        self._issues.insert_multiple(Document(dict(row), row["id"]) for row in rows)

    def put_spent(self, row: SpentRow) -> None:
        """Store time logged, new or changed."""
        _put(self._spent, row["id"], dict(row))

    def remove_spent(self, number: int) -> None:
        """Take back time logged."""
        self._spent.remove(doc_ids=[number])

    def next_issue(self) -> int:
        """Number of the next issue."""
        return max((row["id"] for row in self.issues()), default=0) + 1

    def next_spent(self) -> int:
        """Number of the next time entry."""
        return max((row["id"] for row in self.spent()), default=0) + 1

    def next_journal(self) -> int:
        """Number of the next journal entry, over all issues."""
        return max((entry["id"] for row in self.issues() for entry in row["journals"]), default=0) + 1


def _put(table: StoreTable, number: int, row: dict[str, object]) -> None:
    # TinyDB's upsert of a document with an id merges; every key is given, so it replaces
    table.upsert(Document(row, number))
