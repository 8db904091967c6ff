"""What each view of the tasks lists, and how many it holds: the same on screen and without one. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from clients.models.task_columns import TaskColumn
from clients.models.task_news import TaskNews
from clients.models.task_views import TaskEntry, TaskView, counts, listed

from .task_row import TaskRow

NEWS = TaskView("novidades", "o que mudou", "mudou", lambda entry, since: False)
"""The first view: of tasks on which something is new, also of those that are gone."""
CALLED = TaskView("buscadas", "buscadas", "busc.", lambda entry, since: entry.called, "alterada")
"""The last view, there once a task was called that no other view has: it stays for the session."""


def rows_of(
    view: TaskView, entries: Sequence[TaskEntry], news: Sequence[TaskNews], since: datetime
) -> list[TaskRow]:
    """What ``view`` lists, in its order; ``since`` is from when on concluded tasks count."""
    if view.id == NEWS.id:
        known = {entry.id: entry for entry in entries}
        return [TaskRow(one.task_id, known.get(one.task_id), one) for one in news]
    told = {one.task_id: one for one in news}
    return [TaskRow(entry.id, entry, told.get(entry.id)) for entry in listed(entries, view, since)]


def counts_of(
    views: Iterable[TaskView], entries: Sequence[TaskEntry], news: Iterable[TaskNews], since: datetime
) -> Mapping[str, int]:
    """How many each view holds, by its id; of what changed, what was not seen."""
    others = [view for view in views if view.id != NEWS.id]
    return {NEWS.id: sum(one.unread for one in news), **counts(entries, others, since)}


def columns_of(view: TaskView, wanted: Iterable[TaskColumn]) -> list[TaskColumn]:
    """Those of ``wanted`` that do not say the same of all that ``view`` holds."""
    return [column for column in dict.fromkeys(wanted) if column not in view.same]
