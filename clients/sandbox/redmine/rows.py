"""Rows of the sandbox's Redmine, and how they lie in the store."""

from pathlib import Path
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
    category_id: int | None
    fixed_version_id: int | None
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
    file_ids: list[int]


class RelationRow(TypedDict):
    """A link between two issues, as it reads from the first to the second."""

    id: int
    issue_id: int
    issue_to_id: int
    relation_type: str


class FileRow(TypedDict):
    """A file; its bytes lie beside the store. On no issue until its token was given to one."""

    id: int
    token: str
    filename: str
    filesize: int
    content_type: str | None
    user_id: int
    used: bool
    created_on: str


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
        self._relations = store.table("redmine_relations")
        self._files = store.table("redmine_files")
        self._stories = store.table("redmine_stories")

    def users(self) -> dict[int, UserRow]:
        """Everybody, by id."""
        return {row.doc_id: cast(UserRow, dict(row)) for row in self._users.all()}

    def user_of(self, key: str) -> UserRow | None:
        """Whose key it is."""
        found = self._users.get(where("key") == key)
        return cast(UserRow, dict(found)) if found else None

    def issues(self) -> list[IssueRow]:
        """All issues, by id."""
        rows = [_issue(row) for row in self._issues.all()]
        return sorted(rows, key=lambda row: row["id"])

    def issue(self, number: int) -> IssueRow | None:
        """One issue."""
        found = self._issues.get(doc_id=number)
        return _issue(found) if isinstance(found, Document) else None

    def children(self, number: int) -> list[IssueRow]:
        """The issues right below one."""
        found = (_issue(row) for row in self._issues.search(where("parent_id") == number))
        return sorted(found, key=lambda row: row["id"])

    def relations(self) -> list[RelationRow]:
        """All links between issues."""
        return [cast(RelationRow, dict(row)) for row in self._relations.all()]

    def files(self) -> dict[int, FileRow]:
        """All files, by id."""
        return {row.doc_id: cast(FileRow, dict(row)) for row in self._files.all()}

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

    def name_story(self, key: str, number: int) -> None:
        """Remember which issue a story of the team's goes by."""
        _put(self._stories, number, {"id": number, "key": key})

    def stories(self) -> dict[str, int]:
        """The issues of the team's stories, by key."""
        return {str(row["key"]): row.doc_id for row in self._stories.all()}

    def put_spent(self, row: SpentRow) -> None:
        """Store time logged, new or changed."""
        _put(self._spent, row["id"], dict(row))

    def put_relation(self, row: RelationRow) -> None:
        """Store a link."""
        _put(self._relations, row["id"], dict(row))

    def remove_relation(self, number: int) -> None:
        """Take a link away."""
        self._relations.remove(doc_ids=[number])

    def put_file(self, row: FileRow) -> None:
        """Store what is known of a file."""
        _put(self._files, row["id"], dict(row))

    def keep_bytes(self, number: int, content: bytes) -> None:
        """Keep the bytes of a file."""
        folder = self._bytes
        folder.mkdir(mode=0o700, exist_ok=True)
        (folder / str(number)).write_bytes(content)

    def bytes_of(self, number: int) -> bytes | None:
        """The bytes of a file; None where they were not kept."""
        try:
            return (self._bytes / str(number)).read_bytes()
        except FileNotFoundError:
            return None

    @property
    def _bytes(self) -> Path:
        return self.store.path.parent / "redmine_files"

    def remove_spent(self, number: int) -> None:
        """Take back time logged."""
        self._spent.remove(doc_ids=[number])

    def next_issue(self) -> int:
        """Number of the next issue."""
        return max((row["id"] for row in self.issues()), default=0) + 1

    def next_relation(self) -> int:
        """Number of the next link."""
        return max((row["id"] for row in self.relations()), default=0) + 1

    def next_file(self) -> int:
        """Number of the next file."""
        return max(self.files(), default=0) + 1

    def next_spent(self) -> int:
        """Number of the next time entry."""
        return max((row["id"] for row in self.spent()), default=0) + 1

    def next_journal(self) -> int:
        """Number of the next journal entry, over all issues."""
        return max((entry["id"] for row in self.issues() for entry in row["journals"]), default=0) + 1


def _issue(row: Document) -> IssueRow:
    # a store that an earlier sandbox left behind lacks these
    return cast(IssueRow, {"category_id": None, "fixed_version_id": None, "file_ids": [], **row})


def _put(table: StoreTable, number: int, row: dict[str, object]) -> None:
    # TinyDB's upsert of a document with an id merges; every key is given, so it replaces
    table.upsert(Document(row, number))
