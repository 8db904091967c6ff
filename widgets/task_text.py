"""A task in lines to be read: what it is, what is tied to it, what happened to it. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from clients.models.task import CustomField, Task
from clients.models.task_history import TaskEvent
from clients.models.task_news import TaskNews
from clients.models.task_reading import TaskReading, Total, totals
from clients.models.task_views import TaskEntry
from clients.models.text import fold

from . import phrases
from .cells import Line, Piece, Tone, clip_line, fit, line_width, wrap
from .phrases import counted
from .task_row import ON_ITS_WAY, UNREAD, hours

_LABEL = 11
"""Cells of the names in front of facts."""
_GROUPING = frozenset(("atendimento", "planejamento", "funcionalidade", "assunto"))
"""Trackers, folded, of tasks that are there for the tasks below them."""


def task_lines(
    reading: TaskReading, entry: TaskEntry | None, news: TaskNews | None, now: datetime, width: int
) -> Iterator[Line]:
    """Yield the lines of a task; ``entry`` is what it is to the analyst, ``news`` what is new on it."""
    task = reading.task
    for part in wrap(f"{task.id} · {task.subject or '(sem título)'}", width - 2):
        yield (Piece(f" {part}", Tone.STRONG),)
    yield ()
    if entry is not None and entry.on_its_way:
        yield (Piece(f" {ON_ITS_WAY} mudança a caminho; abaixo, como ainda está", Tone.ACCENT),)
    if news is not None:
        yield from _wrapped(
            [Piece(f" {UNREAD if news.unread else '·'} ", Tone.ACCENT)],
            f"{news.told}, {phrases.ago(news.at, now)}",
            width,
        )
    for name, value in facts(reading, entry, now):
        yield from _fact(name, value, width)
    yield from _text(task.description, width)
    fields = own_fields(reading)
    if fields:
        yield from _section("Campos", width)
    for field in fields:
        yield from _wrapped([Piece(f" {field.name}: ", Tone.DIM)], ", ".join(field.values), width)
    if task.children:
        yield from _section("Subtarefas", width)
        yield from children_lines(reading, width)
    if task.relations:
        yield from _section("Relações", width)
        yield from related_lines(reading, width)
    if task.attachments:
        yield from _section("Anexos", width)
        for file in task.attachments:
            yield clip_line(
                (Piece(f" {file.filename}", Tone.LINK), Piece(f" · {phrases.size(file.filesize)}", Tone.DIM)),
                width,
            )
    yield from _section("Histórico", width)
    yield from _history(reading, now, width)


# ── facts ──


def facts(reading: TaskReading, entry: TaskEntry | None, now: datetime) -> Iterator[tuple[str, list[Piece]]]:
    """What the task is, each fact with its name."""
    task = reading.task
    kind = [task.tracker.name, *([task.priority.name] if task.priority else []), task.project.name]
    yield "situação", [Piece(task.status.name), Piece(f" · {' · '.join(kind)}", Tone.DIM)]
    yield "com", [Piece(task.assigned_to.name) if task.assigned_to else Piece("ninguém", Tone.WARN)]
    if entry is not None and entry.is_ours:
        yield "para você", [Piece(entry.roles(), Tone.DIM)]
    if entry is not None and entry.blocked_by:
        numbers = ", ".join(f"nº {number}" for number in entry.blocked_by)
        yield "espera", [Piece(f"▲ pela {numbers}, ainda aberta", Tone.WARN)]
    yield "horas", _hours(task)
    if task.due_date or task.start_date:
        begun = f"{task.start_date:%d/%m/%Y}" if task.start_date else "?"
        due = f"{task.due_date:%d/%m/%Y}" if task.due_date else "sem prazo"
        yield "prazo", [Piece(due), Piece(f" · início {begun} · {task.done_ratio}%", Tone.DIM)]
    placed = [one.name for one in (task.category, task.fixed_version) if one is not None]
    if placed:
        yield "em", [Piece(" · ".join(placed))]
    if task.parent_id is not None:
        yield "parte de", [Piece(f"nº {task.parent_id}")]
    if reading.tickets:
        yield "ticket", [Piece(", ".join(f"#{number}" for number in reading.tickets), Tone.LINK)]
    who = task.author.name if task.author else "—"
    yield "criada", [Piece(f"{phrases.date_time(task.created_on, now)} por {who}", Tone.DIM)]
    ended = task.closed_on if task.status.is_closed else None
    if ended is not None:
        yield "concluída", [Piece(f"{phrases.date_time(ended, now)} · {phrases.ago(ended, now)}")]
    if task.watchers:
        yield "observam", [Piece(", ".join(person.name for person in task.watchers), Tone.DIM)]


def own_fields(reading: TaskReading) -> list[CustomField]:
    """The custom fields that say something of their own."""
    return [field for field in reading.task.custom_fields if field.values and not _is_ticket(field, reading)]


def _is_ticket(field: CustomField, reading: TaskReading) -> bool:
    """Whether the field only says once more which tickets the task serves."""
    told = {number for value in field.values for number in value.replace(",", " ").split()}
    return told <= {str(number) for number in reading.tickets}


def _hours(task: Task) -> list[Piece]:
    spent = hours(task.spent_hours) or "não se vê"
    tone = Tone.WARN if task.spent_hours == 0 else Tone.PLAIN
    estimated = f" de {hours(task.estimated_hours)} estimadas" if task.estimated_hours else ""
    return [Piece("nenhuma" if task.spent_hours == 0 else spent, tone), Piece(estimated, Tone.DIM)]


def _fact(name: str, value: Iterable[Piece], width: int) -> Iterator[Line]:
    """A named fact, wrapped under itself."""
    label = Piece(f" {fit(name, _LABEL)} ", Tone.DIM)
    line: Line = (label,)
    if line_width((*line, *value)) <= width:
        yield (*line, *value)
        return
    blank = Piece(" " * line_width(line))
    for number, piece in enumerate(value):
        for place, part in enumerate(wrap(piece.text.strip(" ·"), max(8, width - line_width((label,))))):
            yield (label if not number and not place else blank, Piece(part.rstrip(" ·"), piece.tone))


# ── what is tied to it ──


def children_lines(reading: TaskReading, width: int) -> Iterator[Line]:
    """What the tasks below it come to, then each of them."""
    task = reading.task
    if reading.children:
        for total in totals(reading.children):
            yield clip_line(_total(total), width)
    elif fold(task.tracker.name) in _GROUPING:
        yield (Piece(" Nenhuma subtarefa à vista.", Tone.DIM),)
    known = {child.id: child for child in reading.children}
    for below in task.children:
        child = known.get(below.id)
        yield clip_line(_other(below.id, below.subject, child), width)


def _total(total: Total) -> Line:
    name = f" {total.name}: " if total.name else " "
    of = f" de {hours(total.estimated)}" if total.estimated else ""
    told = f"{counted(total.count, 'tarefa', 'tarefas')} · {counted(total.open, 'aberta', 'abertas')}"
    tone = Tone.PLAIN if total.name else Tone.ACCENT
    return (Piece(name, Tone.DIM), Piece(told, tone), Piece(f" · {hours(total.spent)}{of}", Tone.DIM))


def related_lines(reading: TaskReading, width: int) -> Iterator[Line]:
    """The tasks that it is tied to, and how."""
    for one in reading.related:
        subject = one.task.subject if one.task else "você não vê esta tarefa"
        how = (Piece(f" {one.how}", Tone.DIM),)
        yield clip_line((*how, *_other(one.number, subject, one.task)), width)


def _other(number: int, subject: str, task: Task | None) -> Line:
    if task is None:
        return (Piece(f" {number} "), Piece(subject, Tone.DIM))
    mark = "✓ " if task.status.is_closed else ""
    who = task.assigned_to.name if task.assigned_to else "ninguém"
    spent = f" · {hours(task.spent_hours)}" if task.spent_hours else ""
    return (
        Piece(f" {number} "),
        Piece(f"{mark}{task.status.name} · {who}{spent} · ", Tone.DIM),
        Piece(subject, Tone.DIM if task.status.is_closed else Tone.PLAIN),
    )


# ── texts ──


def _history(reading: TaskReading, now: datetime, width: int) -> Iterator[Line]:
    if reading.as_of is None:
        yield (Piece(" ↻ lendo…", Tone.DIM),)
        return
    if not reading.events:
        yield (Piece(" Nada aconteceu ainda.", Tone.DIM),)
    for event in reversed(reading.events):
        yield from event_lines(event, now, width)


def event_lines(event: TaskEvent, now: datetime, width: int) -> Iterator[Line]:
    """What somebody did at once: who and when, each change, the note."""
    when = f" {phrases.date_time(event.when, now)} · {phrases.ago(event.when, now)}"
    yield clip_line((Piece(f" {event.who}", Tone.STRONG), Piece(f" {when}", Tone.DIM)), width)
    for change in event.changes:
        yield from _wrapped([Piece("  · ", Tone.DIM)], change, width)
    edge = Piece("  NOTA PRIVADA ┃ ", Tone.WARN) if event.private else Piece("  │ ", Tone.DIM)
    for line in event.notes.split("\n") if event.notes else ():
        yield from _wrapped([edge], line, width, again=True)


def _text(text: str, width: int) -> Iterator[Line]:
    if not text.strip():
        return
    yield from _section("Descrição", width)
    for line in text.strip().split("\n"):
        for part in wrap(line, width - 2):
            yield (Piece(f" {part}"),)


def _section(title: str, width: int) -> Iterator[Line]:
    yield ()
    rule = "─" * max(0, width - len(title) - 3)
    yield (Piece(f" {title} ", Tone.ACCENT), Piece(rule, Tone.DIM))


def _wrapped(beginning: list[Piece], text: str, width: int, *, again: bool = False) -> Iterator[Line]:
    """``text`` behind ``beginning``, which stands before each of its lines or is left blank there."""
    taken = line_width(beginning)
    blank = beginning if again else [Piece(" " * taken)]
    for number, part in enumerate(wrap(text, max(8, width - taken - 1))):
        yield (*(blank if number else beginning), Piece(part))
