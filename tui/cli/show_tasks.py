"""The tasks as ``plantao tarefas`` prints them: views with counts, and what mode 2 lists in one of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import get_args

from clients.models.feed import Feed
from clients.models.task import Named
from clients.models.task_columns import TaskColumn
from clients.models.task_news import TaskNews
from clients.models.task_views import TaskEntry, TaskView
from widgets import phrases
from widgets.task_listing import NEWS, columns_of, counts_of, rows_of
from widgets.task_row import UNREAD, TaskRow, cell, column_name, title

from .show import as_json, columns
from .spreadsheet import Cell, csv_page


@dataclass(frozen=True)
class Listing:
    """One view of the tasks, with the counts of all."""

    feed: Feed[TaskEntry]
    news: tuple[TaskNews, ...]
    views: tuple[TaskView, ...]
    """All of them, what changed first."""
    view: TaskView
    wanted: tuple[TaskColumn, ...]
    """The columns of the settings."""
    since: datetime
    """From when on concluded tasks count."""

    @property
    def rows(self) -> Sequence[TaskRow]:
        """What is listed."""
        return rows_of(self.view, self.feed.items, self.news, self.since)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many each view holds, by its id; none where nothing was ever read."""
        if not self.feed.is_read:
            return {}
        return counts_of(self.views, self.feed.items, self.news, self.since)

    @property
    def columns(self) -> Sequence[TaskColumn]:
        """The columns beside number and title."""
        return columns_of(self.view, self.wanted)

    @property
    def is_news(self) -> bool:
        """Whether it lists what changed."""
        return self.view.id == NEWS.id


def tasks(listing: Listing, now: datetime) -> str:
    """The views, the names of the columns, and a line a task."""
    lines = _news(listing, now) if listing.is_news else _tasks(listing, now)
    table = list(lines) if listing.rows else []
    return "\n\n".join(filter(None, (_strip(listing), columns(table) if table else "")))


def tasks_json(listing: Listing) -> str:
    """The same for programs, with every column."""
    as_of, counts = listing.feed.as_of, listing.counts
    return as_json(
        {
            "em": as_of.isoformat() if as_of else None,
            "vista": listing.view.id,
            "vistas": [
                {"id": view.id, "nome": view.label, "quantas": counts.get(view.id)} for view in listing.views
            ],
            "tarefas": [_row_json(row) for row in listing.rows],
        }
    )


def tasks_csv(listing: Listing) -> str:
    """What is listed, in the columns in which it is."""
    if listing.is_news:
        return csv_page(("numero", "titulo", "mudou", "em", "vista"), map(_news_csv, listing.rows))
    names = ("numero", "titulo", *listing.columns)
    return csv_page(names, (_row_csv(row, listing.columns) for row in listing.rows))


def news_json(news: TaskNews) -> dict[str, object]:
    """What is new on a task."""
    return {
        "frases": list(news.lines),
        "em": news.at.isoformat(),
        "concluida": news.concluded,
        "vista": not news.unread,
    }


# ── below ──


def _strip(listing: Listing) -> str:
    counts = listing.counts
    told = [(view, f"{view.label} {phrases.tally(counts.get(view.id))}") for view in listing.views]
    return "  ".join(f"[{text}]" if view.id == listing.view.id else text for view, text in told)


def _tasks(listing: Listing, now: datetime) -> Iterator[Sequence[str]]:
    yield ("", "nº", "título", *map(column_name, listing.columns))
    for row in listing.rows:
        if row.entry is not None:
            told = [cell(column, row.entry, now)[0] for column in listing.columns]
            yield (UNREAD if row.is_new else "", f"{row.id}", title(row), *told)


def _news(listing: Listing, now: datetime) -> Iterator[Sequence[str]]:
    yield ("", "nº", "título", "o que mudou", "há")
    for row in listing.rows:
        if row.news is not None:
            told = (row.news.told, phrases.age(row.news.at, now))
            yield (UNREAD if row.is_new else "", f"{row.id}", row.subject, *told)


def _row_json(row: TaskRow) -> dict[str, object]:
    told: dict[str, object] = {"numero": row.id, "titulo": row.subject}
    if row.entry is not None:
        told |= {column: _in_iso(_value(column, row.entry)) for column in get_args(TaskColumn)}
        told |= {"aberta": row.entry.is_open, "espera": list(row.entry.blocked_by)}
    told["novidade"] = news_json(row.news) if row.news is not None else None
    return told


def _row_csv(row: TaskRow, shown: Sequence[TaskColumn]) -> Sequence[Cell]:
    values = [_value(column, row.entry) if row.entry is not None else None for column in shown]
    return (row.id, row.subject, *values)


def _news_csv(row: TaskRow) -> Sequence[Cell]:
    if row.news is None:
        return (row.id, row.subject, "", "", "")
    seen = "não" if row.news.unread else "sim"
    return (row.id, row.subject, row.news.told, row.news.at, seen)


def _in_iso(value: Cell) -> Cell:
    return value.isoformat() if isinstance(value, date) else value


def _value(column: TaskColumn, entry: TaskEntry) -> Cell:
    """What a column holds: days, moments, hours and per cent as such."""
    task = entry.task
    match column:
        case "situacao":
            return task.status.name
        case "tipo":
            return task.tracker.name
        case "com":
            return _name(task.assigned_to)
        case "prazo":
            return task.due_date
        case "alterada":
            return task.updated_on
        case "horas":
            return task.spent_hours
        case "projeto":
            return task.project.name
        case "prioridade":
            return _name(task.priority)
        case "autor":
            return _name(task.author)
        case "feito":
            return task.done_ratio
        case "versao":
            return _name(task.fixed_version)
        case "papel":
            return entry.roles()


def _name(one: Named | None) -> str | None:
    return one.name if one is not None else None
