"""The team's work that hangs together: families, relations, files, hours, and what was concluded lately."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from . import changes
from .acting import FIRST_PERSON, act, named
from .facts import PastFact, TaskFact, team_facts
from .rows import IssueRow, Rows
from .words import (
    CLIENT,
    MODULE,
    PRIORITIES,
    REASON,
    TICKET_NUMBER,
    TICKET_TEXT,
    TICKET_UNFILTERED,
    TICKETS,
    TRACKERS,
)

IN_PROGRESS = 2
_SET_DOWN = (1, 4, 7)
"""Where tasks lie that somebody was at before: new, feedback, waiting for the client."""


def open_stories(rows: Rows, now: datetime, waiting: Sequence[tuple[int, str]]) -> None:
    """Let the past of ``team.toml`` happen, in its order. ``waiting`` are tickets whose clients wait.

    By number and subject; tasks that serve one take them in turn.
    """
    for at, step in sorted(_past(rows, now, iter(waiting)), key=lambda one: one[0]):
        step(at)


def one_at_a_time(rows: Rows) -> None:
    """Leave everybody one task in progress: of the stories', or else what changed last."""
    stories = set(rows.stories().values())
    at_work = [row for row in rows.issues() if row["status_id"] == IN_PROGRESS]
    at_work.sort(key=lambda row: (row["id"] in stories, row["updated_on"]), reverse=True)
    busy: set[int | None] = {None}  # what nobody has, nobody is at
    for row in at_work:
        if row["assigned_to_id"] in busy:
            rows.put_issue({**row, "status_id": _SET_DOWN[row["id"] % len(_SET_DOWN)]})
        busy.add(row["assigned_to_id"])


def _past(
    rows: Rows, now: datetime, tickets: Iterator[tuple[int, str]]
) -> Iterable[tuple[datetime, Callable[[datetime], None]]]:
    for task in team_facts().tasks:
        ticket = next(tickets, None) if task.waiting else None
        yield now - timedelta(hours=task.at), partial(_open, rows, task, ticket, now)
        for fact in task.acts:
            yield now - timedelta(hours=fact.at), partial(_go_on, rows, task.key, fact)


def _open(rows: Rows, task: TaskFact, ticket: tuple[int, str] | None, now: datetime, at: datetime) -> None:
    asked = {
        "project_id": task.project,
        "tracker_id": named(TRACKERS, task.tracker),
        "subject": ticket[1] if ticket else task.subject,
        "description": task.description.strip(),
        "priority_id": named(PRIORITIES, task.priority),
        "assigned_to_id": FIRST_PERSON + task.assigned,
        "estimated_hours": task.estimated,
        "due_date": None if task.due is None else (now + timedelta(days=task.due)).date().isoformat(),
        "watcher_user_ids": [FIRST_PERSON + place for place in task.watchers],
        "parent_issue_id": rows.stories().get(task.parent),
        "custom_fields": [{"id": number, "value": value} for number, value in _fields(task, ticket)],
    }
    row: IssueRow = changes.create(rows, asked, rows.users()[FIRST_PERSON + task.author], at)
    rows.name_story(task.key, row["id"])


def _fields(task: TaskFact, ticket: tuple[int, str] | None) -> Iterator[tuple[int, str | list[str]]]:
    yield CLIENT, task.client
    yield MODULE, task.modules
    yield REASON, task.reason
    if ticket is not None:
        number = str(ticket[0])
        yield from ((each, number) for each in (TICKET_NUMBER, TICKETS, TICKET_UNFILTERED))
        yield TICKET_TEXT, f"FD-{number}"


def _go_on(rows: Rows, key: str, fact: PastFact, at: datetime) -> None:
    act(rows, rows.stories()[key], fact, at)
