"""One task as ``plantao tarefa`` prints it: what mode 2 shows beside the list, with no line cut short."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from clients.models.task import Task
from clients.models.task_news import TaskNews
from clients.models.task_reading import TaskReading, totals
from clients.models.task_views import TaskEntry
from clients.models.text import safe_text
from widgets import phrases
from widgets.cells import Line
from widgets.task_row import UNREAD
from widgets.task_text import children_lines, event_lines, facts, own_fields, related_lines

from .show import as_json, columns
from .show_tasks import news_json
from .spreadsheet import Cell, csv_page
from .task_rows import task_row

_UNCUT = 1_000_000
"""Cells of a line: whoever reads it here has a terminal that wraps, or a program."""


def task(reading: TaskReading, entry: TaskEntry | None, news: TaskNews | None, now: datetime) -> str:
    """The task as a page of text: what it is, what is tied to it, its history, the newest first."""
    item = reading.task
    new = f"{UNREAD if news.unread else '·'} {news.told}, {phrases.ago(news.at, now)}" if news else ""
    told = [(name, _text(value)) for name, value in facts(reading, entry, now)]
    parts = [
        "\n".join(filter(None, (f"{item.id} {item.subject or '(sem título)'}", new, columns(told)))),
        _section("Descrição", item.description.strip().split("\n") if item.description.strip() else ()),
        _section("Campos", (f"{field.name}: {', '.join(field.values)}" for field in own_fields(reading))),
        _section("Subtarefas", _lines(children_lines(reading, _UNCUT)) if item.children else ()),
        _section("Relações", _lines(related_lines(reading, _UNCUT))),
        _section("Anexos", (f"{file.filename} · {phrases.size(file.filesize)}" for file in item.attachments)),
        _section("Histórico", _history(reading, now)),
    ]
    return safe_text("\n\n".join(filter(None, parts)))


def task_json(reading: TaskReading, entry: TaskEntry | None, news: TaskNews | None) -> str:
    """The same for programs, with names in the place of ids."""
    item = reading.task
    return as_json(
        {
            "em": reading.as_of.isoformat() if reading.as_of else None,
            "tarefa": task_row(item),
            "papel": entry.roles() if entry is not None else "",
            "espera": list(entry.blocked_by) if entry is not None else [],
            "novidade": news_json(news) if news is not None else None,
            "tickets": list(reading.tickets),
            "subtarefas": [_other(below.id, below.subject, reading.children) for below in item.children],
            "totais": [
                {
                    "tipo": total.name or None,
                    "tarefas": total.count,
                    "abertas": total.open,
                    "horas": total.spent,
                    "estimadas": total.estimated,
                }
                for total in totals(reading.children)
                if reading.children
            ],
            "relacoes": [
                {"como": one.how, **_other(one.number, "", (one.task,) if one.task else ())}
                for one in reading.related
            ],
            "historico": [
                {
                    "id": event.id,
                    "quem": event.who,
                    "em": event.when.isoformat(),
                    "mudancas": list(event.changes),
                    "nota": event.notes,
                    "privada": event.private,
                }
                for event in reading.events
            ],
        }
    )


def task_csv(reading: TaskReading, entry: TaskEntry | None, now: datetime) -> str:
    """What the page tells, a row for each thing; of the history with its moment, the newest first."""
    return csv_page(("parte", "nome", "valor", "quando", "quem"), _rows(reading, entry, now))


# ── below ──


def _rows(reading: TaskReading, entry: TaskEntry | None, now: datetime) -> Iterator[Sequence[Cell]]:
    item = reading.task
    yield "tarefa", f"{item.id}", item.subject, None, None
    for name, value in facts(reading, entry, now):
        yield "dado", name, _text(value), None, None
    if item.description.strip():
        yield "descrição", "", item.description.strip(), None, None
    for field in own_fields(reading):
        yield "campo", field.name, ", ".join(field.values), None, None
    for line in _lines(children_lines(reading, _UNCUT)) if item.children else ():
        yield "subtarefa", "", line, None, None
    for line in _lines(related_lines(reading, _UNCUT)):
        yield "relação", "", line, None, None
    for file in item.attachments:
        yield "anexo", file.filename, phrases.size(file.filesize), None, None
    for event in reversed(reading.events):
        for change in event.changes:
            yield "histórico", "mudança", change, event.when, event.who
        if event.notes:
            yield "histórico", "nota privada" if event.private else "nota", event.notes, event.when, event.who


def _history(reading: TaskReading, now: datetime) -> Iterator[str]:
    if not reading.events:
        yield "Nada aconteceu ainda."
    for event in reversed(reading.events):
        yield from _lines(event_lines(event, now, _UNCUT))


def _other(number: int, subject: str, known: Iterable[Task]) -> dict[str, object]:
    """A task that is tied to another; without more than its number where one does not see it."""
    found = next((one for one in known if one.id == number), None)
    if found is None:
        return {"numero": number, "titulo": subject or None}
    return {
        "numero": number,
        "titulo": found.subject,
        "tipo": found.tracker.name,
        "situacao": found.status.name,
        "aberta": not found.status.is_closed,
        "com": found.assigned_to.name if found.assigned_to else None,
        "horas": found.spent_hours,
        "estimadas": found.estimated_hours,
    }


def _section(title: str, lines: Iterable[str]) -> str:
    told = list(lines)
    return "\n".join((f"── {title}", *told)) if told else ""


def _lines(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        yield _text(line).removeprefix(" ")


def _text(line: Iterable[tuple[str, object]]) -> str:
    return "".join(piece[0] for piece in line).rstrip()
