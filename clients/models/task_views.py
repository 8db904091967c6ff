"""The tasks that one has to do with: what each is to one, which views they have, in which order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from .base import Model
from .task import Task
from .task_columns import TaskColumn
from .text import fold

CONCLUDED_DAYS = 30
"""How long ago a task may have been concluded to be shown, where the settings do not say it."""

Order = Literal["prazo", "alterada", "concluida", "prioridade", "numero", "titulo"]
_NO_DAY = date.max


class TaskEntry(Model):
    """A task as a list has it, with its relations, and what it is to the analyst."""

    task: Task
    assigned: bool = False
    authored: bool = False
    watched: bool = False
    blocked_by: tuple[int, ...] = ()
    """Open tasks that keep it from going on."""
    last_journal: int = 0
    """The newest entry of its history that was read; 0 where none was."""
    called: bool = False
    """Whether it was called by its number: it is shown whatever it is to the analyst."""
    on_its_way: bool = False
    """Whether it is as it was asked to become, and the change is on its way."""

    @property
    def id(self) -> int:
        """The task's number."""
        return self.task.id

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return not self.task.status.is_closed

    @property
    def is_ours(self) -> bool:
        """Whether the analyst has to do with it at all."""
        return self.assigned or self.authored or self.watched

    def concluded_since(self, since: datetime) -> bool:
        """Whether it was concluded at ``since`` or later; a task that was opened again was not."""
        closed_on = self.task.closed_on
        return not self.is_open and closed_on is not None and closed_on >= since

    def roles(self) -> str:
        """What it is to the analyst, in words."""
        words = (
            (self.assigned, "com você"),
            (self.authored, "criada por você"),
            (self.watched, "você observa"),
        )
        return ", ".join(word for held, word in words if held)

    def haystack(self) -> str:
        """Folded text that the filter searches."""
        task = self.task
        named = (task.project, task.tracker, task.status, task.priority, task.assigned_to, task.author)
        placed = (task.category, task.fixed_version)
        words = [str(task.id), task.subject, *(one.name for one in (*named, *placed) if one is not None)]
        words += [value for field in task.custom_fields for value in field.values]
        return fold(" ".join(words))


def entry_of(task: Task, me: int, *, watched: bool, before: TaskEntry | None = None) -> TaskEntry:
    """Read ``task``, a row of a list, for the person ``me``; ``before`` is how it was known."""
    return TaskEntry(
        task=task,
        assigned=task.assigned_to is not None and task.assigned_to.id == me,
        authored=task.author is not None and task.author.id == me,
        watched=watched,
        last_journal=before.last_journal if before is not None else 0,
    )


def blockers(task: Task) -> tuple[int, ...]:
    """The tasks that are said to block it, open or not."""
    return tuple(
        relation.issue_id
        for relation in task.relations
        if relation.relation_type == "blocks" and relation.issue_to_id == task.id
    )


class Narrowing(Model):
    """What a saved view leaves of another one. Words are compared without accents and case; none lets all
    through."""

    statuses: tuple[str, ...] = ()
    trackers: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    """Whom the task is assigned to, by the whole name or a part of it; "" is nobody."""
    text: str = ""
    """Words that number, title, fields or people must have."""

    def lets_through(self, entry: TaskEntry) -> bool:
        """Whether the entry stays."""
        task = entry.task
        exact = (
            (self.statuses, task.status.name),
            (self.trackers, task.tracker.name),
            (self.projects, task.project.name),
            (self.priorities, task.priority.name if task.priority else ""),
        )
        if not all(_is_one_of(wanted, found) for wanted, found in exact):
            return False
        if self.people and not _is_with(self.people, task.assigned_to.name if task.assigned_to else ""):
            return False
        words = fold(self.text).split()
        return not words or all(word in entry.haystack() for word in words)


@dataclass(frozen=True)
class TaskView:
    """A view of the tasks."""

    id: str
    label: str
    short: str
    """The label where there is little room."""
    holds: Callable[[TaskEntry, datetime], bool]
    """Whether an entry is in it; the moment is since when concluded tasks count."""
    order: Order = "prazo"
    nothing: str = ""
    """What is said where it holds nothing."""
    same: tuple[TaskColumn, ...] = ()
    """Columns that would say the same of all that it holds."""


TASK_VIEWS = (
    TaskView(
        "minhas",
        "minhas",
        "minhas",
        lambda entry, since: entry.assigned and entry.is_open,
        nothing="Nenhuma tarefa aberta com você.",
        same=("com",),
    ),
    TaskView(
        "criadas",
        "criadas por mim",
        "criadas",
        lambda entry, since: entry.authored and entry.is_open,
        "alterada",
        "Nenhuma tarefa aberta criada por você.",
        ("autor",),
    ),
    TaskView(
        "observadas",
        "observadas",
        "obs.",
        lambda entry, since: entry.watched and entry.is_open,
        "alterada",
        "Você não observa nenhuma tarefa aberta.",
    ),
    TaskView(
        "concluidas",
        "concluídas",
        "concl.",
        lambda entry, since: entry.concluded_since(since),
        "concluida",
        "Nada foi concluído neste período.",
    ),
    TaskView(
        "bloqueadas",
        "bloqueadas",
        "bloq.",
        lambda entry, since: entry.is_open and bool(entry.blocked_by),
        nothing="Nenhuma tarefa espera por outra.",
    ),
    TaskView(
        "sem_horas",
        "sem horas",
        "s/ horas",
        lambda entry, since: entry.assigned and entry.task.spent_hours == 0,
        "alterada",
        "Toda tarefa com você tem tempo registrado.",
        ("com", "horas"),
    ),
)
"""The built-in ones, in the order of the keys; the first is where the mode opens."""
BUILT_IN = tuple(view.id for view in TASK_VIEWS)


def saved_view(name: str, base: str, narrowing: Narrowing, order: Order | None = None) -> TaskView:
    """The view ``name``: what ``narrowing`` leaves of the built-in one ``base``. KeyError if that is none."""
    below = {view.id: view for view in TASK_VIEWS}[base]
    return TaskView(
        f"salva:{name}",
        name,
        name,
        lambda entry, since: below.holds(entry, since) and narrowing.lets_through(entry),
        order or below.order,
        f"Nada em “{name}”.",
        below.same,
    )


def listed(entries: Iterable[TaskEntry], view: TaskView, concluded_since: datetime) -> tuple[TaskEntry, ...]:
    """The entries of ``view``, in its order."""
    held = (entry for entry in entries if view.holds(entry, concluded_since))
    return tuple(sorted(held, key=_KEYS[view.order]))


def counts(
    entries: Sequence[TaskEntry], views: Iterable[TaskView], concluded_since: datetime
) -> Mapping[str, int]:
    """How many of ``entries`` each view holds, by its id."""
    return {view.id: sum(view.holds(entry, concluded_since) for entry in entries) for view in views}


def since_when(now: datetime, days: int) -> datetime:
    """Since when concluded tasks count; whole hours, so that it is the same for a while."""
    return now.replace(minute=0, second=0, microsecond=0) - timedelta(days=days)


def _is_one_of(wanted: Sequence[str], found: str) -> bool:
    return not wanted or fold(found) in {fold(each) for each in wanted}


def _is_with(wanted: Sequence[str], name: str) -> bool:
    return any(fold(each) in fold(name) if each.strip() else not name for each in wanted)


def _newest(moment: datetime | None) -> float:
    return -moment.timestamp() if moment else float("inf")


_KEYS: Mapping[Order, Callable[[TaskEntry], tuple[object, ...]]] = {
    "prazo": lambda entry: (
        entry.task.due_date or _NO_DAY,
        -(entry.task.priority.id if entry.task.priority else 0),
        _newest(entry.task.updated_on),
    ),
    "alterada": lambda entry: (_newest(entry.task.updated_on), -entry.id),
    "concluida": lambda entry: (_newest(entry.task.closed_on), -entry.id),
    "prioridade": lambda entry: (
        # Redmine gives priorities their ids in the order in which they are set up, the highest last
        -(entry.task.priority.id if entry.task.priority else 0),
        entry.task.due_date or _NO_DAY,
        entry.id,
    ),
    "numero": lambda entry: (-entry.id,),
    "titulo": lambda entry: (fold(entry.task.subject), entry.id),
}
