"""The hours as ``plantao horas`` prints them: the lines of mode 5, JSON with minutes, CSV of the entries."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from clients.models.doing import Suggestion
from clients.models.duration import clock
from clients.models.spent_time import SpentTime
from clients.models.timer import target_name
from clients.models.timesheet import Timesheet
from clients.models.workday import day_name
from clients.models.worked import DaySum, Share, client_of, minutes_of, task_of, told_of
from widgets import phrases
from widgets.hours_row import UNLOGGED, UNLOGGED_HERE, UNREAD, day_words, suggestion_words

from .show import as_json, columns
from .spreadsheet import Cell, csv_page

_NAMES = ("data", "minutos", "horas", "tarefa", "assunto", "cliente", "atividade", "comentario")


def hours(sheet: Timesheet, now: datetime, *, week: bool) -> str:
    """Sums, entries, and what waits to be logged; ``week`` lists all its days."""
    entries = listed(sheet, week=week)
    days = ((day_name(day.day), day_words(day, sheet)) for day in _days(sheet, week=week))
    parts = [
        columns(days if sheet.read_at else [(day_name(sheet.today), UNREAD)]),
        _headed("Lançamentos", columns(_entry(entry, sheet) for entry in entries), week),
        columns(_suggestion(one, sheet) for one in sheet.suggestions),
        columns(
            (" ".join(phrases.timer_state(timer, now)), clock(timer.minutes(now)), target_name(timer.target))
            for timer in sheet.timers
        ),
        columns(("sem desfecho", each.subject, each.words) for each in sheet.pending),
    ]
    if week:
        parts[0] = _headed("Dias", parts[0], week)
        parts[1:1] = [
            _headed("Por tarefa", _shares(sheet.tasks, sheet), week),
            _headed("Por cliente", _shares(sheet.clients, sheet), week),
        ]
    return "\n\n".join(filter(None, parts))


def hours_json(sheet: Timesheet, now: datetime, *, week: bool) -> str:
    """The same for programs, in minutes."""
    return as_json(
        {
            "em": now.isoformat(),
            "hoje": sheet.today.isoformat(),
            "lidas_em": sheet.read_at.isoformat() if sheet.read_at else None,
            "semana": {
                "minutos": sheet.logged if sheet.read_at else None,
                "jornada": sheet.expected,
                "faltam": sheet.missing if sheet.read_at else None,
            },
            "dias": [
                {
                    "dia": day.day.isoformat(),
                    "minutos": day.logged if sheet.read_at else None,
                    "jornada": day.expected,
                    "faltam": _missing(day, sheet),
                    "feriado": day.day_off or None,
                }
                for day in _days(sheet, week=week)
            ],
            "lancamentos": [
                {
                    "id": entry.id,
                    "dia": entry.spent_on.isoformat(),
                    "minutos": minutes_of(entry),
                    "tarefa": task_of(entry) or None,
                    "assunto": sheet.subject(entry),
                    "cliente": client_of(entry),
                    "projeto": entry.project.name,
                    "atividade": entry.activity.name,
                    "comentario": told_of(entry),
                }
                for entry in listed(sheet, week=week)
            ],
            "por_tarefa": _shares_json(sheet.tasks) if week else [],
            "por_cliente": _shares_json(sheet.clients) if week else [],
            "sem_hora": [
                {
                    "alvo": one.target,
                    "de": one.began.isoformat(),
                    "ate": one.ended.isoformat(),
                    "minutos": one.minutes,
                    "feito": list(one.words),
                }
                for one in sheet.suggestions
            ],
            "cronometros": [
                {"alvo": timer.target, "estado": timer.state.value, "minutos": timer.minutes(now)}
                for timer in sheet.timers
            ],
            "sem_desfecho": [{"em": each.subject, "passo": each.words} for each in sheet.pending],
        }
    )


def hours_csv(sheet: Timesheet, *, week: bool) -> str:
    """The entries, a line each below the names."""
    return csv_page(_NAMES, (_csv_row(entry, sheet) for entry in listed(sheet, week=week)))


def listed(sheet: Timesheet, *, week: bool) -> tuple[SpentTime, ...]:
    """The entries that are told."""
    return sheet.entries if week else sheet.of_today


def _headed(title: str, lines: str, week: bool) -> str:
    """The block below its title, where there are several that would look alike."""
    return f"── {title}\n{lines}" if week and lines else lines


def _days(sheet: Timesheet, *, week: bool) -> Iterator[DaySum]:
    for day in sheet.days:
        if day.day == sheet.today or (week and (day.day < sheet.today or day.logged)):
            yield day


def _missing(day: DaySum, sheet: Timesheet) -> int | None:
    if sheet.read_at is None:
        return None
    return day.missing if day.day <= sheet.today else 0


def _entry(entry: SpentTime, sheet: Timesheet) -> Sequence[str]:
    return (
        day_name(entry.spent_on),
        clock(minutes_of(entry)),
        f"#{task_of(entry)}" if entry.issue else "—",
        sheet.subject(entry),
        client_of(entry),
        entry.activity.name,
        told_of(entry),
    )


def _csv_row(entry: SpentTime, sheet: Timesheet) -> Sequence[Cell]:
    minutes = minutes_of(entry)
    texts = (sheet.subject(entry), client_of(entry), entry.activity.name, told_of(entry))
    return (entry.spent_on, minutes, round(minutes / 60, 2), task_of(entry) or None, *texts)


def _suggestion(one: Suggestion, sheet: Timesheet) -> Sequence[str]:
    return ("+", *suggestion_words(one, sheet), UNLOGGED if sheet.read_at else UNLOGGED_HERE)


def _shares(shares: Sequence[Share], sheet: Timesheet) -> str:
    return columns(
        (
            clock(share.minutes),
            f"#{share.task_id} {sheet.subjects.get(share.task_id, '')}".rstrip() if share.task_id else "",
            share.name,
        )
        for share in shares
    )


def _shares_json(shares: Sequence[Share]) -> list[dict[str, object]]:
    return [
        {"tarefa": share.task_id or None, "cliente": share.name, "minutos": share.minutes} for share in shares
    ]
