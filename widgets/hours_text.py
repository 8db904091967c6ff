"""The week beside the list of mode 5: each day against its working time, tasks and clients. Pure."""

from collections.abc import Iterator

from clients.models.duration import clock
from clients.models.timesheet import Timesheet
from clients.models.workday import day_name
from clients.models.worked import DaySum

from .cells import Line, Piece, Tone, fit
from .hours_row import UNREAD

BAR = 8
"""Cells of a full day's bar."""


def title_words(sheet: Timesheet) -> str:
    """What the pane's title says of today and the week."""
    day, week = sheet.day, f"semana {clock(sheet.logged)} de {clock(sheet.expected)}"
    if sheet.read_at is None:
        return f"{day_name(sheet.shown)} · {UNREAD}"
    if not sheet.is_this_week:
        return f"{day_name(sheet.days[0].day)} a {day_name(sheet.days[-1].day)} · {week}"
    today = f"{clock(day.logged)} de {clock(day.expected)}" if day.expected else clock(day.logged)
    off = f" · {day.day_off}" if day.day_off else ""
    return f"{day_name(day.day)} {today}{off} · {week}"


def week_lines(sheet: Timesheet) -> Iterator[Line]:
    """The week, day by day, and who it went to."""
    yield (Piece("Semana", Tone.STRONG),)
    if sheet.read_at is None:
        yield (Piece(UNREAD, Tone.DIM),)
        return
    for day in sheet.days:
        yield _day_line(day, sheet)
    if sheet.missing:
        upto = " até hoje" if sheet.is_this_week else ""
        yield (Piece(f"Faltam {clock(sheet.missing)}{upto}.", Tone.WARN),)
    for name, shares in (("Por cliente", sheet.clients), ("Por tarefa", sheet.tasks)):
        if not shares:
            continue
        yield ()
        yield (Piece(name, Tone.STRONG),)
        for share in shares:
            subject = sheet.subjects.get(share.task_id, "")
            said = f"#{share.task_id} {subject}".strip() if share.task_id else share.name
            yield (Piece(fit(clock(share.minutes), 6, right=True) + "  "), Piece(said, Tone.DIM))


def _day_line(day: DaySum, sheet: Timesheet) -> Line:
    today, ahead = day.day == sheet.today, day.day > sheet.today
    full = max(day.expected, day.logged, 1)
    cells = round(BAR * day.logged / full)
    rest = "·" * (BAR - cells) if day.expected else " " * (BAR - cells)
    tone = Tone.DIM if ahead else Tone.PLAIN
    line = [
        Piece("▸ " if today else "  ", Tone.ACCENT),
        Piece(f"{day_name(day.day)} ", Tone.STRONG if today else tone),
        Piece("█" * cells, Tone.ACCENT if today else Tone.PLAIN),
        Piece(rest + " ", Tone.DIM),
        Piece(fit(clock(day.logged), 6, right=True), tone),
    ]
    if day.day_off:
        line.append(Piece(f" {day.day_off}", Tone.DIM))
    elif day.missing and not ahead and not today:
        line.append(Piece(f" ▲ faltam {clock(day.missing)}", Tone.WARN))
    elif day.expected:
        line.append(Piece(f" de {clock(day.expected)}", Tone.DIM))
    return tuple(line)
