"""The working day: how long each weekday is, and which days nobody works. Days are São Paulo's."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

WEEKDAYS = ("seg", "ter", "qua", "qui", "sex", "sáb", "dom")
"""Short names, Monday first."""
EIGHT_HOURS = 8 * 60
CUSTOMARY = ("Carnaval", "Corpus Christi")
"""Days that the law leaves to the employer, and that most give."""
_TEAM_DAY = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")
_ANY_LEAP_YEAR = 2024


@dataclass(frozen=True)
class TeamDay:
    """A day off of the team's own."""

    day: int
    month: int
    year: int | None = None
    """None: every year."""

    def falls_on(self, day: date) -> bool:
        """Whether ``day`` is one."""
        return (self.day, self.month) == (day.day, day.month) and self.year in (None, day.year)


@dataclass(frozen=True)
class WorkCalendar:
    """What is expected of a day.

    The first question about a year reads its holidays, which takes the time of many keys: not for the
    screen's thread.
    """

    minutes: tuple[int, ...] = (*(EIGHT_HOURS,) * 5, 0, 0)
    """Of each weekday, Monday first."""
    optional: tuple[str, ...] = CUSTOMARY
    """Optional holidays (*pontos facultativos*) that are days off here, by name."""
    team: Mapping[TeamDay, str] = field(default_factory=dict)
    """Days off of the team's own, with their names."""

    def day_off(self, day: date) -> str:
        """The name of the holiday that ``day`` is; empty where it is none."""
        own = next((name for each, name in self.team.items() if each.falls_on(day)), "")
        if own:
            return own
        national, optional = _holidays(day.year)
        granted = [name for name in optional.get(day, ()) if name in self.optional]
        return national.get(day, "") or next(iter(granted), "")

    def expected(self, day: date) -> int:
        """Minutes to be worked on ``day``."""
        return 0 if self.day_off(day) else self.minutes[day.weekday()]

    def is_worked(self, day: date) -> bool:
        """Whether anybody is expected at work on ``day``."""
        return self.expected(day) > 0


def read_team_day(text: str) -> TeamDay:
    """Read ``24/12`` (every year) or ``24/12/2026``. ValueError (Portuguese) for what is no day."""
    match = _TEAM_DAY.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"“{text}” não é um dia como 24/12 ou 24/12/2026")
    found = TeamDay(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
    try:
        date(found.year or _ANY_LEAP_YEAR, found.month, found.day)
    except ValueError:
        raise ValueError(f"“{text}” não existe no calendário") from None
    return found


def week_of(day: date) -> tuple[date, ...]:
    """The seven days of the week of ``day``, Monday first."""
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=number) for number in range(7))


def day_name(day: date) -> str:
    """A day as a list shows it: "seg 23/11"."""
    return f"{WEEKDAYS[day.weekday()]} {day:%d/%m}"


@lru_cache(maxsize=8)
def _holidays(year: int) -> tuple[dict[date, str], dict[date, tuple[str, ...]]]:
    """The national holidays of a year, and the optional ones."""
    # here, not above: it takes the time of many keys, and only a question about days needs it
    import holidays

    def read(category: str) -> dict[date, str]:
        return dict(holidays.country_holidays("BR", years=year, categories=category, language="pt_BR"))

    return read("public"), {day: tuple(names.split("; ")) for day, names in read("optional").items()}
