"""Points of time as one promises them in Portuguese: "até sexta", "amanhã às 10h", "em 2 horas". Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .times import BRAZIL
from .workday import WorkCalendar

END_OF_DAY = time(18)
"""What a day without an hour means: until one goes home."""
FURTHEST = timedelta(days=90)
"""What lies further ahead is no promise that a shift has to keep in mind."""
_LAST_HOURS_OF_NIGHT = 7
""""até 2 horas" is how long, "até 14 horas" is when."""
_HOURS_A_DAY = 24
_NOON = 12
_MINUTE, _HOUR, _DAY, _WEEK = "m", "h", "d", "s"
_PARTS = {
    **dict.fromkeys(("inicio da manha", "comeco da manha", "amanha cedo", "logo cedo", "bem cedo"), time(9)),
    **dict.fromkeys(("inicio da tarde", "comeco da tarde"), time(14)),
    **dict.fromkeys(("meio-dia", "meio dia", "fim da manha", "final da manha", "de manha"), time(12)),
    **dict.fromkeys(("pela manha", "parte da manha", "periodo da manha"), time(12)),
    **dict.fromkeys(("fim da tarde", "final da tarde", "fim do dia", "final do dia"), END_OF_DAY),
    **dict.fromkeys(("fim do expediente", "final do expediente", "a tarde", "de tarde"), END_OF_DAY),
    **dict.fromkeys(("parte da tarde", "periodo da tarde"), END_OF_DAY),
    **dict.fromkeys(("a noite", "de noite"), time(20)),
}
_WEEKDAYS = ("segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo")
_MONTHS = (
    *("janeiro", "fevereiro", "marco", "abril", "maio", "junho", "julho", "agosto", "setembro"),
    *("outubro", "novembro", "dezembro"),
)
_WORDS = {
    **{"meia": 0.5, "um": 1, "uma": 1, "dois": 2, "duas": 2, "tres": 3, "quatro": 4, "cinco": 5, "seis": 6},
    **{"sete": 7, "oito": 8, "dez": 10, "quinze": 15, "vinte": 20, "trinta": 30, "quarenta": 40},
}
_LONG = re.compile(
    r"\b(?:em|dentro de|daqui(?: a)?|proxim[ao]s|ate"
    r"|(?:prazo|estimativa|previsao)(?: (?:para|da|do|de) [^\d,;:]{1,30})?(?: de|:| e de))\s"
    r"(?:ate\s|cerca de\s|no maximo\s|mais\s)*"
    rf"(?P<count>\d{{1,3}}|{'|'.join(_WORDS)})\s?"
    r"(?P<unit>min(?:uto)?s?|h(?:ora)?s?|dias?|semanas?)"
    r"(?:(?P<more>[0-5]\d)\b|\b(?:(?P<half> e meia)| e (?P<minutes>[0-5]?\d) ?min(?:uto)?s?\b)?)"
    r"(?P<work> ut(?:il|eis))?(?!\d)"
)
_DAYS = re.compile(
    r"\b(?:(?P<near>hoje|depois de amanha|amanha)"
    rf"|(?P<this>n?es[ts]a )?(?:proxim[ao] )?(?P<weekday>{'|'.join(_WEEKDAYS)})(?:[- ]feira)?"
    r"|(?P<d>[0-3]?\d)/(?P<m>[01]?\d)(?:/(?P<y>\d{4}|\d{2}))?"
    rf"|(?P<d2>[0-3]?\d)(?:o|º)? de (?P<month>{'|'.join(_MONTHS)})"
    r"|dia (?P<d3>[0-3]?\d)(?!/|\d| de)"
    r"|(?P<week>(?:fim|final) d(?:a|esta|essa) semana|n?es[ts]a semana)"
    r"|(?P<next>(?:(?:inicio|comeco) da )?(?:semana que vem|proxima semana))"
    r"|(?P<month_end>(?:fim|final) d(?:o|este|esse) mes))\b"
)
_CLOCKS = re.compile(
    r"(?P<hour>\b(?:[01]?\d|2[0-3]))(?:"
    r"(?:\s?(?:h|hs|hrs)(?P<min>[0-5]\d)?|:(?P<min2>[0-5]\d)(?:\s?(?:h|hs|hrs))?"
    r"| horas?(?: e (?P<min3>[0-5]\d)(?: min(?:uto)?s?)?)?)\b"
    r"(?: d[ae] (?P<half>manha|tarde|noite)\b)?| da (?P<half2>manha|tarde|noite)\b)"
    r"|\b(?:ate|antes d)\s?(?:as )?(?P<bare>[01]?\d|2[0-3])(?=\s*[.,;!)]|\s*$)"
    rf"|\b(?P<part>{'|'.join(_PARTS)})\b"
)
_AHEAD = re.compile(r"\b(?:ate|antes)\b")
_PAST = re.compile(r"\b(?:ontem|anteontem)\b")
_RANGE = re.compile(
    r"\b(?:d?as|de) \d{1,2}(?:h|:)?(?:\d\d)?(?: horas)? (?:as|a|ate) \d{1,2}(?:h|:)?(?:\d\d)?"
)


@dataclass(frozen=True)
class When:
    """A point of time that was named."""

    at: datetime
    timed: bool
    """Whether the hour was said; without one it is the end of the working day."""
    certain: bool
    """Whether it lies ahead by its words: "na sexta" may be the one before, "até sexta" is not."""


def named_time(clause: str, said: datetime, calendar: WorkCalendar) -> When | None:
    """Return the point of time that ``clause`` (folded) names, seen from when it was ``said``.

    None where it names none, or none that lies ahead and within `FURTHEST`. ``calendar`` tells which days
    are worked.
    """
    here = said.astimezone(BRAZIL)
    when = _after(clause, here, calendar) or _on(_RANGE.sub(" ", clause), here)
    return when if when is not None and here < when.at <= here + FURTHEST else None


def _after(clause: str, here: datetime, calendar: WorkCalendar) -> When | None:
    found = _LONG.search(clause)
    if found is None:
        return None
    count, unit = _number(found["count"]), found["unit"][0]
    if unit == _HOUR:
        count += 0.5 if found["half"] else int(found["more"] or found["minutes"] or 0) / 60
    is_hours = unit == _HOUR and found[0].startswith("ate ")
    if is_hours and _LAST_HOURS_OF_NIGHT <= count < _HOURS_A_DAY:
        return None
    if found["work"] and unit == _HOUR and count >= _HOURS_A_DAY:
        count, unit = count / _HOURS_A_DAY, _DAY  # "48 horas úteis" are two working days
    if found["work"] and unit == _DAY:
        day = _working_days_after(here.date(), round(count), calendar)
        return When(_end_of(day), timed=False, certain=True)
    if unit in (_DAY, _WEEK):
        days = round(count * (7 if unit == _WEEK else 1))
        return When(_end_of(here.date() + timedelta(days=days)), timed=False, certain=True)
    return When(
        here + timedelta(minutes=count * (60 if unit == _HOUR else 1)),
        timed=True,
        certain=True,
    )


def _on(clause: str, here: datetime) -> When | None:
    days = [*_days(clause, here.date())]
    clocks = [*_CLOCKS.finditer(clause)]
    if not days and not clocks:
        return None
    hour = _hour(clocks[-1]) if clocks else None
    if not days:
        return None if _PAST.search(clause) else _today(clocks[-1], hour or END_OF_DAY, clause, here)
    day, certain = next((each for each in days if each[1]), days[-1])
    return When(datetime.combine(day, hour or END_OF_DAY, BRAZIL), timed=hour is not None, certain=certain)


def _today(found: re.Match[str], hour: time, clause: str, here: datetime) -> When:
    """An hour without a day: that of today, or where it is over and one says "até", that of tomorrow."""
    at, ahead = datetime.combine(here.date(), hour, BRAZIL), bool(_AHEAD.search(clause))
    if at <= here and ahead and found["part"] is None:
        at += timedelta(days=1)
    return When(at, timed=True, certain=ahead)


def _days(clause: str, today: date) -> Iterator[tuple[date, bool]]:
    """Each day that is named, and whether it lies ahead for certain."""
    for found in _DAYS.finditer(clause):
        day = _day(found, today)
        if day is not None:
            before, behind = clause[: found.start()].split()[-2:], clause[found.end() :]
            ahead = bool({"ate", "para", "antes"} & set(before)) or behind.startswith(" que vem")
            yield day, ahead or found["weekday"] is None or found[0].startswith(("proxim", "nes", "es"))


def _day(found: re.Match[str], today: date) -> date | None:
    if near := found["near"]:
        return today + timedelta(days={"hoje": 0, "amanha": 1}.get(near, 2))
    if weekday := found["weekday"]:
        ahead = (_WEEKDAYS.index(weekday) - today.weekday()) % 7
        return today + timedelta(days=ahead if ahead or found["this"] else 7)
    if found["week"]:
        return today + timedelta(days=(_WEEKDAYS.index("sexta") - today.weekday()) % 7)
    if found["next"]:
        monday = today + timedelta(days=7 - today.weekday())
        return monday if found["next"].startswith(("inicio", "comeco")) else monday + timedelta(days=4)
    if found["month_end"]:
        return (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return _dated(found, today)


def _dated(found: re.Match[str], today: date) -> date | None:
    """The next such day; None for one that no calendar has."""
    number = int(found["d"] or found["d2"] or found["d3"])
    month = int(found["m"]) if found["m"] else 0
    if found["month"]:
        month = _MONTHS.index(found["month"]) + 1
    try:
        if found["y"]:
            return date(int(found["y"]) % 100 + 2000, month, number)
        if month:
            day = date(today.year, month, number)
            return day if today - day < timedelta(days=180) else day.replace(year=today.year + 1)
        later = today.replace(day=1) + timedelta(days=0 if number >= today.day else 32)
        return later.replace(day=number)
    except ValueError:
        return None


def _hour(found: re.Match[str]) -> time:
    if found["part"]:
        return _PARTS[found["part"]]
    hour, half = int(found["hour"] or found["bare"]), found["half"] or found["half2"]
    afternoon = half in ("tarde", "noite") and hour < _NOON
    return time(hour + _NOON * afternoon, int(found["min"] or found["min2"] or found["min3"] or 0))


def _number(word: str) -> float:
    return float(word) if word.isdigit() else _WORDS[word]


def _working_days_after(day: date, count: int, calendar: WorkCalendar) -> date:
    last = day + FURTHEST + timedelta(days=1)  # beyond it lies no promise, even where no day is worked
    while count > 0 and day < last:
        day += timedelta(days=1)
        count -= calendar.is_worked(day)
    return day


def _end_of(day: date) -> datetime:
    return datetime.combine(day, END_OF_DAY, BRAZIL)
