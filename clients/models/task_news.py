"""What happened to a task since its analyst last looked, in words (R23)."""

from collections.abc import Iterable, Iterator, Sequence

from .base import Model, Moment
from .duration import clock_of
from .spent_time import SpentTime
from .task import Task
from .task_history import TaskEvent
from .task_views import TaskEntry
from .text import SafeText

MOST_LINES = 6
"""What is told of one task; what is older than that is in its history."""
_QUOTED = 80
"""Characters of a note that are told."""


class TaskNews(Model):
    """What is new on one task."""

    task_id: int
    subject: SafeText
    lines: tuple[SafeText, ...]
    """Oldest first."""
    at: Moment
    """When the newest of it happened."""
    concluded: bool = False
    """Whether that left it concluded."""
    reopened: bool = False
    """Whether that left it open again."""
    unread: bool = True

    @property
    def told(self) -> str:
        """All of it in one line, the newest first: "concluída por Otávio Prado"."""
        return " · ".join(reversed(self.lines))

    def is_told_by(self, other: "TaskNews | None") -> bool:
        """Whether ``other``, which another session may have found first, says all of it."""
        return other is not None and other.at >= self.at and set(self.lines) <= set(other.lines)

    def after(self, before: "TaskNews | None") -> "TaskNews":
        """The same, with what ``before`` told and nobody saw yet."""
        if before is None or not before.unread:
            return self
        lines = (*before.lines, *(line for line in self.lines if line not in before.lines))
        return self.model_copy(
            update={
                "lines": lines[-MOST_LINES:],
                "at": max(self.at, before.at),
                "concluded": self.concluded or (before.concluded and not self.reopened),
            }
        )


def news_of(entry: TaskEntry, lines: Iterable[str], at: Moment, before: TaskEntry | None) -> TaskNews | None:
    """The news of a task that came to be ``entry``; None where there is nothing to tell."""
    told = tuple(lines)[-MOST_LINES:]
    if not told:
        return None
    was_open = before is None or before.is_open
    return TaskNews(
        task_id=entry.id,
        subject=entry.task.subject,
        lines=told,
        at=at,
        concluded=was_open and not entry.is_open,
        reopened=not was_open and entry.is_open,
    )


def event_lines(events: Sequence[TaskEvent], now: Task, was_closed: bool) -> Iterator[str]:
    """What others did, a line each, what matters most of an event last; an ending has a word of its own."""
    is_closed = now.status.is_closed
    moved = [event for event in events if "status_id" in event.moves]
    ending = moved[-1] if moved and was_closed != is_closed else None
    for event in events:
        if event.notes:
            yield f"{event.who} comentou: «{_quoted(event.notes)}»"
        if event is ending:
            yield f"{'concluída' if is_closed else 'reaberta'} por {event.who}"
        elif event.changes:
            yield f"{event.who}: {'; '.join(event.changes)}"


def assigned_line(task: Task, events: Sequence[TaskEvent], me: int) -> str:
    """Who gave the task to ``me``; "" where one took it oneself."""
    given = [event for event in events if "assigned_to_id" in event.moves]
    if given:
        return "" if given[-1].who_id == me else f"{given[-1].who} passou a você"
    if task.author is not None and task.author.id != me:
        return f"{task.author.name} criou para você"
    return ""


def hours_lines(times: Iterable[SpentTime]) -> Iterator[str]:
    """Who logged how much, a line for each person."""
    total: dict[str, float] = {}
    for one in times:
        total[one.user.name] = total.get(one.user.name, 0.0) + one.hours
    for who, hours in total.items():
        yield f"{who} lançou {clock_of(hours)}"


def blocking_lines(before: TaskEntry, now: TaskEntry) -> Iterator[str]:
    """Which tasks it waits for now, and for which no more."""
    for number in now.blocked_by:
        if number not in before.blocked_by:
            yield f"espera pela nº {number}"
    for number in before.blocked_by:
        if number not in now.blocked_by and now.is_open:
            yield f"não espera mais pela nº {number}"


def unexplained_line(before: TaskEntry, now: TaskEntry) -> str:
    """What the list alone tells of a change that was not looked at."""
    if before.is_open and not now.is_open:
        return "concluída"
    if not before.is_open and now.is_open:
        return "reaberta"
    return "mudou"


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1].rstrip()}…"
