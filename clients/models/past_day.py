"""A day on which one worked, as people type it: today or one that has been. Never a future one."""

import re
from datetime import date, timedelta

from .day import LONG_WEEKDAYS, Day, NoDay
from .text import fold
from .workday import WEEKDAYS, day_name

EXAMPLES = "hoje · ontem · seg · 03/03"
LONGEST_AGO = 366
"""Days back; what lies further is a slip of the finger."""
_NEAR = {"hoje": 0, "ontem": 1, "anteontem": 2}
_WEEKDAYS = {
    name: number
    for number, (short, long) in enumerate(zip(WEEKDAYS, LONG_WEEKDAYS, strict=True))
    for name in (fold(short), fold(long), fold(long).replace("-", " "), fold(long).removesuffix("-feira"))
}
"""What each weekday is called, in full or by its three letters."""
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?")


def read_past_day(typed: str, today: date) -> Day | NoDay:
    """Return the day that ``typed`` means, seen from ``today``: a weekday or a date is the last such one.

    Redmine would take time for a day that has not come. Pure; never raises.
    """
    text = " ".join(fold(typed).split())
    found = _day(text, today)
    if found is None:
        return NoDay(f"Não se entende este dia. Escreva, por exemplo: {EXAMPLES}.")
    if found > today:
        return NoDay(f"{found:%d/%m/%Y} ainda não chegou.")
    if today - found > timedelta(days=LONGEST_AGO):
        return NoDay(f"{found:%d/%m/%Y} está longe demais: confira o ano.")
    return Day(found, f"= {day_name(found)}/{found.year}")


def _day(text: str, today: date) -> date | None:
    if text in _NEAR:
        return today - timedelta(days=_NEAR[text])
    if text in _WEEKDAYS:
        return today - timedelta(days=(today.weekday() - _WEEKDAYS[text]) % 7)
    match = _NUMBERS.fullmatch(text)
    if match is None:
        return None
    day, month = int(match[1]), int(match[2])
    if match[3]:
        return _date(int(match[3]), month, day)
    this_year = _date(today.year, month, day)
    return this_year if this_year and this_year <= today else _date(today.year - 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
