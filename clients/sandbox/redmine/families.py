"""Issues below others: what a parent takes over from its children, and how it is told of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from ..clock import stamp
from .history import detail, entry
from .rows import IssueRow, Rows, UserRow
from .words import CLOSED_STATUSES


def totals(values: Mapping[int, float], issues: Iterable[IssueRow]) -> dict[int, float]:
    """The values by issue, each added to all that are above it too."""
    above = {row["id"]: row["parent_id"] for row in issues if row["parent_id"] is not None}
    summed: dict[int, float] = {}
    for number, value in values.items():
        at: int | None = number
        while at is not None:
            summed[at] = summed.get(at, 0.0) + value
            at = above.get(at)
    return summed


def tell_parents(rows: Rows, row: IssueRow, before: int | None, user: UserRow, now: datetime) -> None:
    """Write into the parents' histories that a child came or went, and settle what it decides there."""
    after = row["parent_id"]
    if before != after:
        for number, old, new in ((before, row["id"], None), (after, None, row["id"])):
            parent = rows.issue(number) if number is not None else None
            if parent is not None:
                told = entry(rows, parent, user, now, [detail("attr", "child_id", old, new)])
                rows.put_issue({**parent, "journals": [*parent["journals"], told], "updated_on": stamp(now)})
        _settle(rows, before, now)
    _settle(rows, after, now)


def _settle(rows: Rows, number: int | None, now: datetime) -> None:
    """Take priority, days and progress from the children, then the same above."""
    parent = rows.issue(number) if number is not None else None
    children = rows.children(parent["id"]) if parent is not None else []
    if parent is None or not children:
        return
    waiting = [row for row in children if row["status_id"] not in CLOSED_STATUSES]
    settled: IssueRow = {
        **parent,
        "priority_id": max((row["priority_id"] for row in waiting), default=parent["priority_id"]),
        "start_date": min(filter(None, (row["start_date"] for row in children)), default=None),
        "due_date": max(filter(None, (row["due_date"] for row in children)), default=None),
        "done_ratio": _progress(rows, children),
    }
    if settled != parent:
        rows.put_issue({**settled, "updated_on": stamp(now)})
        _settle(rows, parent["parent_id"], now)


def _progress(rows: Rows, children: Sequence[IssueRow]) -> int:
    """Percent of the estimated work that is done; without an estimate a child weighs as the average does."""
    every = rows.issues()
    whole = totals({row["id"]: row["estimated_hours"] or 0.0 for row in every}, every)
    known = [whole[row["id"]] for row in children if whole[row["id"]]]
    average = sum(known) / len(known) if known else 1.0
    done = sum((whole[row["id"]] or average) * _percent(row) for row in children)
    return int(done / (average * len(children)))


def _percent(row: IssueRow) -> int:
    return 100 if row["status_id"] in CLOSED_STATUSES else row["done_ratio"]
