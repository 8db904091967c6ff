"""What is typed into a field of Redmine's own, as that field takes it: its kind shows in the values met.

Redmine tells kinds to administrators only. It stores anything in a yes-or-no field without a word, and
refuses a day that is not written its own way.
"""

from collections.abc import Collection
from contextlib import suppress
from datetime import date, datetime

from clients.models.day import EXAMPLES, Day, read_day
from clients.models.text import fold

YES, NO = "1", "0"
_TYPED = {"sim": YES, "s": YES, "nao": NO, "n": NO, "": ""}


def offered(met: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The values to choose from, and what each is called; ``met`` are those that tasks have."""
    if is_yes_or_no(met):
        return ((YES, "sim"), (NO, "não"))
    return tuple((value, _as_read(value) if _is_day(met) else value) for value in met)


def own_value(typed: str, met: Collection[str], today: date) -> str | None:
    """``typed`` as the field takes it; None where it would be stored, and mean nothing."""
    if is_yes_or_no(met):
        text = fold(typed).strip()
        # a number that was 0 or 1 so far looks the same
        return _TYPED.get(text, text if text.isdecimal() else None)
    return _day(typed.strip(), today) if _is_day(met) else typed


def own_refusal(typed: str, met: Collection[str], today: date) -> str | None:
    """Why ``typed`` cannot be sent: it would be stored and mean nothing, or be refused; None where it can."""
    value = own_value(typed, met, today)
    if value is None:
        return f"Este campo é sim ou não: «{typed}» não seria entendido."
    if value and _is_day(met) and not _is_day((value,)):
        return f"Não se entende esta data. Escreva, por exemplo: {EXAMPLES}."
    return None


def is_yes_or_no(met: Collection[str]) -> bool:
    """Whether the field is one that is ticked or not, by the values that tasks have."""
    return bool(met) and set(met) <= {YES, NO}


def _is_day(met: Collection[str]) -> bool:
    return bool(met) and all(_as_read(value) != value for value in met)


def _as_read(value: str) -> str:
    with suppress(ValueError):
        return f"{datetime.strptime(value, '%Y-%m-%d').date():%d/%m/%Y}"
    return value


def _day(typed: str, today: date) -> str:
    for shape in ("%d/%m/%Y", "%Y-%m-%d"):  # a past one, too, which is no deadline
        with suppress(ValueError):
            return datetime.strptime(typed, shape).date().isoformat()
    found = read_day(typed, today)
    return found.day.isoformat() if isinstance(found, Day) else typed
