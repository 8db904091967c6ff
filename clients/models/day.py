"""A day as people type it: a deadline in the near future, or why it is not one."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from .text import fold

FURTHEST = 5 * 366
"""Days ahead; what lies further is a slip of the finger."""
EXAMPLES = "13/03 · 13/03/2026 · hoje · amanhã · sex · +10d"
_LONGEST_TEXT = 30
LONG_WEEKDAYS = (
    "segunda-feira",
    "terça-feira",
    "quarta-feira",
    "quinta-feira",
    "sexta-feira",
    "sábado",
    "domingo",
)
"""Monday first."""
_SATURDAY = 5
_NEAR = {"hoje": 0, "amanha": 1, "depois de amanha": 2}
_AHEAD = re.compile(r"(?:\+ ?(\d{1,4})|(?:em )?(\d{1,4}) ?(?=[a-z])) ?(d|dias?|s|sem|semanas?)?")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True)
class Day:
    """A day that was understood."""

    day: date
    echo: str
    """What was understood: ``= sexta-feira, 13/03/2026 (em 9 dias)``."""
    warning: str = ""
    """Why it may not be what was meant; deciding is the analyst's."""


@dataclass(frozen=True)
class NoDay:
    """No day can be read from it, or none that lies ahead."""

    reason: str


def read_day(typed: str, today: date) -> Day | NoDay:
    """Return the day that ``typed`` means, seen from ``today``: never a past one.

    Without a year it is the next such day; a weekday is the next one after today. Pure; never raises.
    """
    text = " ".join(fold(typed).split())
    if not text:
        return NoDay("Falta o prazo.")
    found = None if len(text) > _LONGEST_TEXT else _day(text, today)
    if found is None:
        return NoDay(f"Não se entende esta data. Escreva, por exemplo: {EXAMPLES}.")
    if found < today:
        return NoDay(f"{found:%d/%m/%Y} já passou.")
    if found - today > timedelta(days=FURTHEST):
        return NoDay(f"{found:%d/%m/%Y} está longe demais: confira o ano.")
    warning = f"cai num {LONG_WEEKDAYS[found.weekday()]}" if found.weekday() >= _SATURDAY else ""
    return Day(
        found, f"= {LONG_WEEKDAYS[found.weekday()]}, {found:%d/%m/%Y} ({_distance(found, today)})", warning
    )


def _day(text: str, today: date) -> date | None:
    if text in _NEAR:
        return today + timedelta(days=_NEAR[text])
    if (weekday := _weekday(text)) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if match := _AHEAD.fullmatch(text):
        count, unit = int(match[1] or match[2]), match[3] or "d"
        return today + timedelta(days=count * (7 if unit.startswith("s") else 1))
    if match := _ISO.fullmatch(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.fullmatch(text):
        day, month = int(match[1]), int(match[2])
        if match[3]:
            return _date(int(match[3]) + (2000 if len(match[3]) == 2 else 0), month, day)
        this_year = _date(today.year, month, day)
        return this_year if this_year and this_year >= today else _date(today.year + 1, month, day)
    return None


def _weekday(text: str) -> int | None:
    """ "seg", "segunda", "segunda-feira", "prox sex": the number of the weekday."""
    word = re.sub(r"^(?:na |no |prox |proxima |proximo )|[ -]feira$", "", text)
    if len(word) < 3:
        return None
    names = [fold(name).removesuffix("-feira") for name in LONG_WEEKDAYS]
    return next((number for number, name in enumerate(names) if name.startswith(word)), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _distance(day: date, today: date) -> str:
    days = (day - today).days
    return {0: "hoje", 1: "amanhã"}.get(days, f"em {days} dias")
