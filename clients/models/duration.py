"""How long something took, as people type it: a whole number of minutes, or why it is not one."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .duration_words import numbers_for_words
from .text import fold

LONGEST = 24 * 60
"""Minutes of the longest time that is taken: nobody works more than a day on one day."""
ASKED_FROM = 8
"""From here on a bare integer could be minutes as well as hours; below it is hours, as Redmine reads it."""
_LONGEST_TEXT = 60
_WIRE_PLACES = Decimal("0.000001")
_MINUTE = Decimal(60)

_HOURS = r"(?:h|hs|hr|hrs|horas?)"
_MINUTES = r"(?:m|min|mins|minutos?)"
_INTEGER = re.compile("[0-9]+")
_CLOCK = re.compile(rf"([0-9]+):([0-9]+) ?{_HOURS}?")
_DECIMAL = re.compile(rf"([0-9]+)[.,]([0-9]+) ?({_HOURS})?")
_WITH_HOURS = re.compile(rf"([0-9]+) ?{_HOURS}(?: ?(?:e )?([0-9]+) ?{_MINUTES}?)?")
_WITH_MINUTES = re.compile(rf"([0-9]+) ?{_MINUTES}")
_BROKEN_MINUTES = re.compile(rf"[0-9]+[.,][0-9]+ ?{_MINUTES}")
_SECONDS = re.compile(r".*[0-9] ?(?:s|seg|segs|segundos?)")
_NEGATIVE = re.compile(r"[-\u2212\u2013] ?[0-9].*")
_QUARTERS = frozenset(("00", "25", "50", "75"))


@dataclass(frozen=True)
class Duration:
    """A time that can be logged: from one minute to `LONGEST`."""

    minutes: int
    note: str = ""
    """How it was read, where that is worth saying: in hours, to the nearest minute."""
    warning: str = ""
    """Why it may not be what was meant; the analyst decides."""

    @property
    def echo(self) -> str:
        """What was understood, as it is shown before it is saved: ``= 1h30 (1,50 h)``."""
        return f"{echo(self.minutes)}, {self.note}" if self.note else echo(self.minutes)


@dataclass(frozen=True)
class Refusal:
    """No time can be read from it, or none that may be logged."""

    reason: str
    """What is wrong, in Portuguese, with an example of how to write it."""


@dataclass(frozen=True)
class UnitQuestion:
    """A bare integer from `ASKED_FROM` on: "90 minutos ou 90 horas?". One of the readings may be refused."""

    number: int
    as_minutes: Duration | Refusal
    as_hours: Duration | Refusal

    @property
    def question(self) -> str:
        """What is asked."""
        return f"{self.number} minutos ou {self.number} horas?"


Reading = Duration | UnitQuestion | Refusal


def read_duration(text: str) -> Reading:
    """Read what was typed: ``1h30``, ``1:30``, ``90 min``, ``1,5``, ``2 horas``, ``meia hora``, ``1h e 30``…

    Takes what Redmine takes and what people say besides. Decimal hours are rounded to the nearest minute,
    half a minute up, and the note says so. Never raises.
    """
    if not text.strip():
        return Refusal("Falta o tempo: escreva como 1h30, 45min ou 0:05.")
    if len(text) > _LONGEST_TEXT:
        return _unreadable()
    plain = numbers_for_words(" ".join(fold(text).split()))
    if _NEGATIVE.fullmatch(plain):
        return Refusal("O tempo não pode ser negativo: escreva como 1h30 ou 45min.")
    return _read(plain)


def _read(plain: str) -> Reading:
    if _INTEGER.fullmatch(plain):
        return _bare(int(plain))
    if match := _CLOCK.fullmatch(plain):
        return _clocked(int(match[1]), int(match[2]))
    if match := _WITH_HOURS.fullmatch(plain):
        return _clocked(int(match[1]), int(match[2] or 0))
    if match := _WITH_MINUTES.fullmatch(plain):
        return _bounded(int(match[1]))
    if match := _DECIMAL.fullmatch(plain):
        return _decimal(match[1], match[2], with_unit=match[3] is not None)
    if _BROKEN_MINUTES.fullmatch(plain):
        return Refusal("Minutos são inteiros: escreva 2min, ou em horas, como 1,5h.")
    if _SECONDS.fullmatch(plain):
        return Refusal("Segundos não contam: o menor tempo é 1min.")
    return _unreadable()


def _unreadable() -> Refusal:
    return Refusal("Não entendi o tempo: escreva como 1h30, 1:30, 90min ou 1,5.")


def _bare(number: int) -> Reading:
    as_hours = _bounded(number * 60, note=f"{number} lido em horas")
    if number < ASKED_FROM:
        return as_hours
    as_minutes = _bounded(number)
    if isinstance(as_minutes, Refusal):
        return as_minutes
    return UnitQuestion(number, as_minutes, _bounded(number * 60))


def _clocked(hours: int, minutes: int) -> Duration | Refusal:
    total = hours * 60 + minutes
    surplus = minutes >= 60 and total <= LONGEST
    return _bounded(
        total, warning=f"{minutes} minutos passam de uma hora: é {clock(total)}?" if surplus else ""
    )


def _decimal(whole: str, fraction: str, *, with_unit: bool) -> Duration | Refusal:
    exact = Decimal(f"{whole}.{fraction}") * _MINUTE
    total = int(exact.to_integral_value(ROUND_HALF_UP))
    if total == 0 and exact:
        return Refusal("Menos de um minuto: o menor tempo é 1min.")
    warning = "" if with_unit else _told_from_a_clock(whole, fraction)
    return _bounded(total, note="" if exact == total else "arredondado ao minuto", warning=warning)


def _told_from_a_clock(whole: str, fraction: str) -> str:
    # 1,30 is typed by people who mean 1h30; Redmine takes it for 1h18 without a word
    like_a_clock = len(fraction) == 2 and int(fraction) < 60 and int(fraction) % 5 == 0
    if not like_a_clock or fraction in _QUARTERS:
        return ""
    return f"{whole},{fraction} é hora decimal: para {whole}h{fraction}, escreva {whole}h{fraction}."


def _bounded(minutes: int, *, note: str = "", warning: str = "") -> Duration | Refusal:
    if minutes == 0:
        return Refusal("O tempo não pode ser zero: o menor é 1min.")
    if minutes > LONGEST:
        return Refusal(f"{clock(minutes)} passa de 24 horas: escreva o tempo de um dia só, como 1h30.")
    return Duration(minutes, note, warning)


def clock(minutes: int) -> str:
    """Minutes as hours and minutes, as they can be typed again: "1h30", "0h05"."""
    return f"{minutes // 60}h{minutes % 60:02}"


def clock_of(hours: float) -> str:
    """Decimal hours as Redmine tells them, like `clock`: its two decimals tell each minute apart."""
    return clock(round(hours * 60))


def echo(minutes: int) -> str:
    """Minutes as they are shown before they are saved: ``= 1h30 (1,50 h)``; the decimals round half up."""
    decimal = (Decimal(minutes) / _MINUTE).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"= {clock(minutes)} ({decimal} h)".replace(".", ",")


def wire_hours(minutes: int) -> str:
    """Minutes as Redmine is sent them: decimal hours with a dot, six places at most ("1.5", "0.083333").

    Redmine (5.0) stores the number as it comes, adds up what it stored, and shows two decimals. Six places
    keep such sums right to the two decimals over ten thousand entries; with two, twelve times five minutes
    would make 0.96 h.
    """
    hours = (Decimal(minutes) / _MINUTE).quantize(_WIRE_PLACES, ROUND_HALF_UP)
    return f"{hours:f}".rstrip("0").rstrip(".")
