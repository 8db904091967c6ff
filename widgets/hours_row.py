"""The rows of mode 5: what there is of hours, timers, gaps and open operations, each on one line. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from clients.models.doing import Suggestion
from clients.models.duration import clock
from clients.models.spent_time import SpentTime
from clients.models.timer import Timer, target_name
from clients.models.timesheet import Timesheet
from clients.models.workday import day_name
from clients.models.worked import NO_TASK, DaySum, Share, client_of, minutes_of, task_of, told_of

from . import phrases
from .cells import Line, Piece, Tone, fit, justify

UNLOGGED = "sem hora registrada"
UNLOGGED_HERE = f"{UNLOGGED} aqui"
"""Where it is not known what Redmine has."""
UNREAD = "horas não lidas"
NameOf = Callable[[str], str]
"""What a target is called, where that is known: the subject of a ticket."""


class RowKind(StrEnum):
    """What a row is about, and so what its keys do."""

    HEAD = "head"
    DAY = "day"
    """The heading of a day."""
    NOTE = "note"
    ENTRY = "entry"
    SUGGESTION = "suggestion"
    TIMER = "timer"
    PENDING = "pending"
    ROUND = "round"
    SHARE = "share"


@dataclass(frozen=True)
class HoursRow:
    """One row."""

    key: str
    kind: RowKind
    text: str = ""
    """What a heading or an operation says."""
    told: str = ""
    """Said at its right."""
    entry: SpentTime | None = None
    suggestion: Suggestion | None = None
    timer: Timer | None = None
    share: Share | None = None
    day: date | None = None
    """Of the heading of one."""
    urgent: bool = False
    """Whether what is said at its right wants attention."""


def today_rows(sheet: Timesheet, why: Sequence[str]) -> tuple[HoursRow, ...]:
    """Today: what waits to be logged first, then what is logged, then what is open.

    ``why`` is said in the place of hours that are not known.
    """
    if not sheet.is_this_week:  # on its way: another week was looked at
        return ()
    rows = [*_timers(sheet), *_suggestions(sheet)]
    if sheet.read_at is None:
        rows += _unread(f"Hoje, {day_name(sheet.today)}", why)
    else:
        rows += [_day_head(sheet.day, sheet), *(_entry(entry) for entry in sheet.of_today)]
    if sheet.pending:
        rows.append(HoursRow("head-pending", RowKind.HEAD, "Sem desfecho", f"{len(sheet.pending)}"))
        rows += [
            HoursRow(f"pending-{number}", RowKind.PENDING, f"{each.subject} · {each.words}")
            for number, each in enumerate(sheet.pending)
        ]
    if sheet.round is not None:
        done, checks, closed = sheet.round.done, len(sheet.round.checks), sheet.round.closed_at
        said = f"feita às {phrases.hour_minute(closed)}" if closed else f"{done} de {checks}"
        mark = "✓" if closed else "☐"
        rows.append(HoursRow("round", RowKind.ROUND, f"{mark} Rotina da manhã", said, urgent=not closed))
    return tuple(rows)


def week_rows(sheet: Timesheet, why: Sequence[str]) -> tuple[HoursRow, ...]:
    """The week: each day with its entries, then its tasks, then its clients; ``why`` as in `today_rows`."""
    rows = [] if sheet.is_this_week else list(_suggestions(sheet))
    if sheet.read_at is None:
        return (*rows, *_unread(f"{day_name(sheet.days[0].day)} a {day_name(sheet.days[-1].day)}", why))
    for day in reversed(sheet.days):
        if day.day <= sheet.today or day.logged:
            rows.append(_day_head(day, sheet))
            rows += [_entry(entry) for entry in sheet.entries if entry.spent_on == day.day]
    for name, shares in (("Por tarefa", sheet.tasks), ("Por cliente", sheet.clients)):
        if shares:
            rows.append(HoursRow(f"head-{name}", RowKind.HEAD, name, clock(sheet.logged)))
            rows += [
                HoursRow(f"{name}-{share.task_id}-{share.name}", RowKind.SHARE, share=share)
                for share in shares
            ]
    return tuple(rows)


def day_words(day: DaySum, sheet: Timesheet) -> str:
    """What was logged of what was to be worked: "3h20 de 8h00, faltam 4h40"."""
    said = f"{clock(day.logged)} de {clock(day.expected)}" if day.expected else clock(day.logged)
    if day.day_off:
        return f"{said} · {day.day_off}"
    missing = day.missing if day.day <= sheet.today else 0
    return f"{said}, faltam {clock(missing)}" if missing else said


def suggestion_words(one: Suggestion, sheet: Timesheet) -> tuple[str, str, str]:
    """When, what it was done to, what was done."""
    began, ended = phrases.hour_minute(one.began), phrases.hour_minute(one.ended)
    when = began if began == ended else f"{began}–{ended}"
    if one.day != sheet.today:
        when = f"{day_name(one.day)} {when}"
    name = one.about if one.target.startswith("client:") else target_name(one.target)
    return when, name, ", ".join(one.words)


def draw_hours_row(row: HoursRow, sheet: Timesheet, width: int, now: datetime, named: NameOf) -> Line:
    """One row in ``width`` cells."""
    if row.entry is not None:
        return _draw_entry(row.entry, sheet, width)
    if row.suggestion is not None:
        return _draw_suggestion(row.suggestion, sheet, width, named)
    if row.timer is not None:
        return _draw_timer(row.timer, width, now, named)
    if row.share is not None:
        return _draw_share(row.share, sheet, width)
    tone = {RowKind.HEAD: Tone.STRONG, RowKind.DAY: Tone.STRONG, RowKind.NOTE: Tone.DIM}.get(
        row.kind, Tone.PLAIN
    )
    mark = {RowKind.PENDING: "? ", RowKind.NOTE: "  "}.get(row.kind, "")
    right = (Piece(row.told, Tone.WARN if row.urgent else Tone.DIM),) if row.told else ()
    return justify((Piece(f"{mark}{row.text}", tone),), right, width)


# ── the rows ──


def _day_head(day: DaySum, sheet: Timesheet) -> HoursRow:
    today = day.day == sheet.today
    name = f"Hoje, {day_name(day.day)}" if today else day_name(day.day)
    late = day.missing > 0 and day.day < sheet.today
    told = f"{'▲ ' if late else ''}{day_words(day, sheet)}"
    return HoursRow(f"day-{day.day}", RowKind.DAY, name, told, day=day.day, urgent=late)


def _unread(name: str, why: Sequence[str]) -> Iterator[HoursRow]:
    yield HoursRow("head-unread", RowKind.HEAD, name, UNREAD)
    for number, sentence in enumerate(why):
        yield HoursRow(f"why-{number}", RowKind.NOTE, sentence)


def _entry(entry: SpentTime) -> HoursRow:
    return HoursRow(f"entry-{entry.id}", RowKind.ENTRY, entry=entry)


def _timers(sheet: Timesheet) -> Iterator[HoursRow]:
    if sheet.timers:
        yield HoursRow("head-timers", RowKind.HEAD, "Cronômetros", "contado e não registrado")
    for timer in sheet.timers:
        yield HoursRow(f"timer-{timer.target}", RowKind.TIMER, timer=timer)


def _suggestions(sheet: Timesheet) -> Iterator[HoursRow]:
    if sheet.suggestions:
        told = "Enter registra" if sheet.read_at else "não conferido no Redmine"
        yield HoursRow("head-gaps", RowKind.HEAD, f"Feito aqui, {UNLOGGED}", told)
    for one in sheet.suggestions:
        yield HoursRow(f"gap-{one.key}", RowKind.SUGGESTION, suggestion=one)


# ── drawing ──


def _draw_entry(entry: SpentTime, sheet: Timesheet, width: int) -> Line:
    client = 18 if width >= 70 else 0
    activity = 12 if width >= 96 else 0
    number = "—" if task_of(entry) == NO_TASK else f"#{task_of(entry)}"
    taken = 7 + 8 + (client + 1 if client else 0) + (activity + 1 if activity else 0)
    subject, told = sheet.subject(entry), told_of(entry)
    what = " · ".join(filter(None, (subject, told))) or "sem comentário"
    line = [
        Piece(fit(clock(minutes_of(entry)), 6, right=True) + " ", Tone.STRONG),
        Piece(fit(number, 7) + " "),
        Piece(fit(what, max(1, width - taken))),
    ]
    if client:
        line.append(Piece(" " + fit(client_of(entry), client), Tone.DIM))
    if activity:
        line.append(Piece(" " + fit(entry.activity.name, activity), Tone.DIM))
    return tuple(line)


def _draw_suggestion(one: Suggestion, sheet: Timesheet, width: int, named: NameOf) -> Line:
    when, name, what = suggestion_words(one, sheet)
    subject = named(one.target)
    left = (
        Piece(f"+ {when}  ", Tone.WARN),
        Piece(f"{name}  ", Tone.STRONG),
        Piece(what),
        Piece(f" · {subject}" if subject else "", Tone.DIM),
    )
    minutes = f"{clock(one.minutes)} · " if one.minutes else ""
    said = UNLOGGED if sheet.read_at else UNLOGGED_HERE
    return justify(left, (Piece(f"{minutes}{said}", Tone.DIM),), width)


def _draw_timer(timer: Timer, width: int, now: datetime, named: NameOf) -> Line:
    mark, word = phrases.timer_state(timer, now)
    tone = Tone.WARN if timer.is_forgotten(now) else Tone.ACCENT if timer.is_running else Tone.PLAIN
    left = (
        Piece(fit(clock(timer.minutes(now)), 6, right=True) + " ", Tone.STRONG),
        Piece(f"{mark} {word:<12} ", tone),
        Piece(f"{target_name(timer.target)}  "),
        Piece(named(timer.target), Tone.DIM),
    )
    return justify(left, (), width)


def _draw_share(share: Share, sheet: Timesheet, width: int) -> Line:
    whole = max(1, sheet.logged)
    per_cent = f"{round(100 * share.minutes / whole)}%"
    subject = sheet.subjects.get(share.task_id, "")
    name = " ".join(filter(None, (f"#{share.task_id}", subject))) if share.task_id else share.name
    left = (
        Piece(fit(clock(share.minutes), 6, right=True) + " ", Tone.STRONG),
        Piece(fit(per_cent, 4, right=True) + "  ", Tone.DIM),
        Piece(name),
    )
    right = (Piece(share.name, Tone.DIM),) if share.task_id else ()
    return justify(left, right, width)
