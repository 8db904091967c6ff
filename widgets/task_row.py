"""A task as one line of the list; which columns there are is the settings' and the room's to say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from rich.cells import cell_len

from clients.models.duration import clock_of
from clients.models.task_columns import TaskColumn
from clients.models.task_news import TaskNews
from clients.models.task_views import TaskEntry
from clients.models.times import BRAZIL

from . import phrases
from .cells import Line, Piece, Tone, fit

UNREAD = "✱"
"""Before a task on which something is new that was not seen."""
ON_ITS_WAY = "…"
"""Before a task that is shown as it was asked to become."""
_TITLE = 30
"""Cells that the title has at least, before a column takes any of them."""
_ROOMY = 34
"""Cells that it has at least, before a column takes more of them than it must."""
_WIDEST = 22
"""Cells of a column at most."""
_LOOKED_AT = 500
"""Rows that say how wide a column is; a longer word further down is cut."""
_AGE = 6
"""Cells of how long ago something happened."""
_COLUMNS: Mapping[TaskColumn, tuple[str, int, bool]] = {
    # name over the column, cells that it has at least, whether it stands at the right
    "situacao": ("situação", 14, False),
    "tipo": ("tipo", 13, False),
    "com": ("com", 10, False),
    "prazo": ("prazo", 8, True),
    "alterada": ("alterada", 8, True),
    "horas": ("horas", 7, True),
    "projeto": ("projeto", 14, False),
    "prioridade": ("prioridade", 10, False),
    "autor": ("autor", 10, False),
    "feito": ("feito", 5, True),
    "versao": ("versão", 9, False),
    "papel": ("papel", 14, False),
}


@dataclass(frozen=True)
class TaskRow:
    """A task as it is listed: with what is new on it, or only that, where the task itself is gone."""

    id: int
    entry: TaskEntry | None
    news: TaskNews | None

    @property
    def is_new(self) -> bool:
        """Whether something on it was not seen yet."""
        return self.news is not None and self.news.unread

    @property
    def mark(self) -> str:
        """What stands before it; a blank where nothing is to be said."""
        if self.entry is not None and self.entry.on_its_way:
            return ON_ITS_WAY
        return UNREAD if self.is_new else " "

    @property
    def subject(self) -> str:
        """The task's title."""
        return self.entry.task.subject if self.entry is not None else self.news.subject if self.news else ""


@dataclass(frozen=True)
class TaskColumns:
    """The columns that fit with their cells, and those of number and title. One blank stands between them."""

    number: int
    title: int
    others: Mapping[TaskColumn, int]

    @classmethod
    def for_width(
        cls,
        width: int,
        wanted: Iterable[TaskColumn],
        number: int,
        told: Mapping[TaskColumn, int] = MappingProxyType({}),
    ) -> "TaskColumns":
        """The columns for a list of ``width`` cells: those of ``wanted``, as many as leave the title room.

        ``told`` is the longest that each of them says: where there is room for that, it is said whole.
        """
        room = width - 2 - number - 1
        taken: dict[TaskColumn, int] = {}
        for column in dict.fromkeys(wanted):
            least, whole = _cells_of(column, told)
            cells = whole if room - whole - 1 >= _ROOMY else least
            if room - cells - 1 < _TITLE:
                break
            room -= cells + 1
            taken[column] = cells
        for column, cells in taken.items():
            more = max(0, min(room - _ROOMY, _cells_of(column, told)[1] - cells))
            room -= more
            taken[column] = cells + more
        return cls(number, max(0, room), taken)

    @property
    def rest(self) -> int:
        """Cells behind the number."""
        return self.title + sum(cells + 1 for cells in self.others.values())


def longest_told(
    rows: Sequence[TaskRow], wanted: Iterable[TaskColumn], now: datetime
) -> Mapping[TaskColumn, int]:
    """Cells of the longest that each column says of ``rows``; one that says nothing of any is left out."""
    entries = [row.entry for row in rows if row.entry is not None]
    return {
        column: max((cell_len(cell(column, one, now)[0]) for one in entries[:_LOOKED_AT]), default=0)
        for column in wanted
        if any(cell(column, one, now)[0] for one in entries)
    }


def _cells_of(column: TaskColumn, told: Mapping[TaskColumn, int]) -> tuple[int, int]:
    """Cells that a column must have, and with which it says all of what it says."""
    name, cells, right = _COLUMNS[column]
    if right or column not in told:
        return cells, cells
    whole = min(_WIDEST, max(len(name), told[column]))
    return min(cells, whole), whole


def draw_header(columns: TaskColumns) -> Line:
    """The names of the columns."""
    cells = [fit("nº", columns.number, right=True), fit("título", columns.title)]
    for column, width in columns.others.items():
        name, _, right = _COLUMNS[column]
        cells.append(fit(name, width, right=right))
    return (Piece("   " + " ".join(cells), Tone.DIM),)  # the list has the cursor's mark in the first cell


def draw_news_header(columns: TaskColumns) -> Line:
    """The same over news."""
    subject, told = _news_cells(columns)
    names = (fit("nº", columns.number, right=True), fit("título", subject), fit("o que mudou", told))
    return (Piece("   " + " ".join((*names, fit("há", _AGE, right=True))), Tone.DIM),)


def draw_task(row: TaskRow, columns: TaskColumns, now: datetime) -> Line:
    """One task."""
    entry = row.entry
    if entry is None:
        return draw_news(row, columns, now)
    quiet = Tone.PLAIN if entry.is_open else Tone.DIM
    line = [*_beginning(row, columns), Piece(fit(title(row), columns.title), quiet)]
    for column, width in columns.others.items():
        right = _COLUMNS[column][2]
        text, tone = cell(column, entry, now)
        line.append(Piece(" " + fit(text, width, right=right), tone))
    return tuple(line)


def title(row: TaskRow) -> str:
    """The task's title, behind what it waits for."""
    blocked_by = row.entry.blocked_by if row.entry is not None else ()
    waits = f"(espera {', '.join(f'{each}' for each in blocked_by)}) " if blocked_by else ""
    return waits + row.subject


def draw_news(row: TaskRow, columns: TaskColumns, now: datetime) -> Line:
    """What is new on a task, and how long ago it happened."""
    news = row.news
    if news is None:
        return draw_task(row, columns, now)
    tone = Tone.PLAIN if news.unread else Tone.DIM
    subject, told = _news_cells(columns)
    accent = Tone.ACCENT if news.unread else Tone.DIM
    return (
        *_beginning(row, columns),
        Piece(fit(row.subject, subject) + " ", tone),
        Piece(fit(news.told, told) + " ", accent),
        Piece(fit(phrases.age(news.at, now), _AGE, right=True), Tone.DIM),
    )


def _news_cells(columns: TaskColumns) -> tuple[int, int]:
    """Cells of the title, and of what happened."""
    room = columns.rest - _AGE - 2
    subject = max(12, room // 3)
    return subject, max(0, room - subject)


def _beginning(row: TaskRow, columns: TaskColumns) -> tuple[Piece, Piece]:
    number = fit(str(row.id), columns.number, right=True)
    return Piece(f"{row.mark} ", Tone.ACCENT), Piece(f"{number} ", Tone.DIM)


def column_name(column: TaskColumn) -> str:
    """The name that stands over a column."""
    return _COLUMNS[column][0]


def cell(column: TaskColumn, entry: TaskEntry, now: datetime) -> tuple[str, Tone]:
    """What a column says of a task, whole."""
    task = entry.task
    match column:
        case "situacao":
            return (task.status.name if entry.is_open else f"✓ {task.status.name}"), Tone.PLAIN
        case "tipo":
            return task.tracker.name, Tone.DIM
        case "com":
            who = "você" if entry.assigned else task.assigned_to.name if task.assigned_to else "ninguém"
            return who, Tone.PLAIN if entry.assigned else Tone.DIM
        case "prazo":
            return _due(entry, now)
        case "alterada":
            return phrases.age(task.updated_on, now), Tone.DIM
        case "horas":
            return hours(task.spent_hours), Tone.WARN if task.spent_hours == 0 else Tone.DIM
        case "projeto":
            return task.project.name, Tone.DIM
        case "prioridade":
            return (task.priority.name if task.priority else ""), Tone.PLAIN
        case "autor":
            return ("você" if entry.authored else task.author.name if task.author else ""), Tone.DIM
        case "feito":
            return f"{task.done_ratio}%", Tone.DIM
        case "versao":
            return (task.fixed_version.name if task.fixed_version else ""), Tone.DIM
        case "papel":
            return entry.roles(), Tone.DIM


def _due(entry: TaskEntry, now: datetime) -> tuple[str, Tone]:
    day = entry.task.due_date
    if day is None:
        return "", Tone.DIM
    late = entry.is_open and day < now.astimezone(BRAZIL).date()
    return f"{'▲ ' if late else ''}{day:%d/%m}", Tone.WARN if late else Tone.PLAIN


def hours(count: float | None) -> str:
    """Hours and minutes: "1h30"; "" where one may not see them."""
    return "" if count is None else clock_of(count)
