"""What a row of mode 5 is about: what a timer may run on, and its words. Pure."""

from datetime import date

from clients.models.duration import clock
from clients.models.timer import target_name, task_target
from clients.models.timesheet import Timesheet
from clients.models.workday import day_name
from clients.models.worked import NO_TASK, minutes_of, task_of, told_of
from widgets.hours_row import HoursRow, suggestion_words

_TIMED = ("ticket:", "task:")


def timed_target(row: HoursRow | None) -> str:
    """The ticket or task that a timer may run on; empty where the row is about neither."""
    if row is None:
        return ""
    if row.entry is not None and task_of(row.entry) != NO_TASK:
        return task_target(task_of(row.entry))
    if row.timer is not None:
        return row.timer.target
    if row.suggestion is not None and row.suggestion.target.startswith(_TIMED):
        return row.suggestion.target
    if row.share is not None and row.share.task_id != NO_TASK:
        return task_target(row.share.task_id)
    return ""


def row_day(row: HoursRow | None) -> date | None:
    """The day that the row is of; None where it is of none, or of several."""
    if row is None:
        return None
    return row.entry.spent_on if row.entry is not None else row.day


def row_words(row: HoursRow, sheet: Timesheet) -> str:
    """The row on one line, to be copied; empty where there is nothing to copy."""
    if row.entry is not None:
        name = target_name(task_target(task_of(row.entry))) if row.entry.issue else row.entry.project.name
        parts = (
            day_name(row.entry.spent_on),
            clock(minutes_of(row.entry)),
            name,
            sheet.subject(row.entry),
            told_of(row.entry),
        )
        return " · ".join(filter(None, parts))
    return " · ".join(suggestion_words(row.suggestion, sheet)) if row.suggestion else ""
