"""Entries of an issue's history, as Redmine writes them: ids as text."""

from collections.abc import Sequence
from datetime import datetime

from ..clock import stamp
from .rows import DetailRow, IssueRow, JournalRow, Rows, UserRow


def entry(
    rows: Rows,
    row: IssueRow,
    user: UserRow,
    now: datetime,
    details: Sequence[DetailRow],
    *,
    notes: str = "",
    private: bool = False,
) -> JournalRow:
    """The next entry of an issue, which is not on it yet."""
    return {
        "id": rows.next_journal() + len(row["journals"]),
        "user_id": user["id"],
        "notes": notes,
        "private_notes": private,
        "created_on": stamp(now),
        "details": list(details),
    }


def detail(kind: str, name: str, old: object, new: object) -> DetailRow:
    """One change: ``kind`` is attr, cf, attachment or relation."""
    return {
        "property": kind,
        "name": name,
        "old_value": None if old is None else str(old),
        "new_value": None if new is None else str(new),
    }
