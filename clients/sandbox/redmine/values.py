"""What Redmine reads out of the values that it is sent: numbers, days, hours."""

import re
from collections.abc import Sequence
from datetime import date

_CLOCKED = re.compile(r"(\d+):([0-5]?\d)")
_WORDED = re.compile(r"(?:(\d+)\s*h)?\s*(?:(\d+)\s*m?)?")


def known(value: object, numbers: Sequence[int]) -> int | None:
    """The number that ``value`` spells, if it is one of ``numbers``."""
    number = number_in(value)
    return number if number in numbers else None


def number_in(value: object) -> int | None:
    """The number that ``value`` spells."""
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return int(text) if re.fullmatch(r"-?\d{1,18}", text) else None


def day_in(value: object) -> str | None:
    """The ISO day that ``value`` spells."""
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        return None


def read_hours(value: object) -> float | None:
    """Hours from 1.5, "1:30", "1h30", "90m", "0,5"; None if they are none."""
    if isinstance(value, int | float):
        return float(value) if value >= 0 else None
    text = str(value or "").strip().lower().replace(",", ".")
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text)
    if clocked := _CLOCKED.fullmatch(text):
        return int(clocked[1]) + int(clocked[2]) / 60
    worded = _WORDED.fullmatch(text)
    if worded and (worded[1] or worded[2]):
        return int(worded[1] or 0) + int(worded[2] or 0) / 60
    return None
