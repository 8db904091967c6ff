"""How Plantão says ages, deadlines, states and sizes, in short Brazilian Portuguese. Pure functions."""

from datetime import datetime, timedelta

from clients.models.service import ServiceState
from clients.models.ticket import Turn
from clients.models.timer import Timer, TimerState
from clients.models.times import BRAZIL, span

# glyphs of one cell in the common terminal fonts, none of which has an emoji twin that draws wider
_TURNS = {
    Turn.UNANSWERED: ("◆", "sem resposta"),
    Turn.OURS: ("◄", "nossa vez"),
    Turn.CLIENT: ("►", "cliente"),
    Turn.DONE: ("✓", "encerrado"),
}
TO_VALIDATE = ("★", "validar com o cliente")
"""In the place of whose turn it is, where a chamado was published and the client is to be asked."""
_STATES = {
    ServiceState.FAIL: ("✖", "falha"),
    ServiceState.UNKNOWN: ("?", "desconhecido"),
    ServiceState.OK: ("●", "ok"),
}
FORGOTTEN = "▲"
"""Before a timer that somebody forgot."""
_TIMERS = {
    TimerState.RUNNING: ("⏱", "contando"),
    TimerState.PAUSED: ("‖", "pausado"),
    TimerState.STOPPED: ("■", "a registrar"),
}
_MINUTE, _HOUR = 60, 3600


def turn(value: Turn) -> tuple[str, str]:
    """Glyph and word for whose turn it is."""
    return _TURNS[value]


def state(value: ServiceState) -> tuple[str, str]:
    """Glyph and word for a service's state."""
    return _STATES[value]


def timer_state(timer: Timer, now: datetime) -> tuple[str, str]:
    """Glyph and word for what a timer is doing; one that was forgotten says so."""
    return (FORGOTTEN, "esquecido?") if timer.is_forgotten(now) else _TIMERS[timer.state]


def age(moment: datetime | None, now: datetime) -> str:
    """How long ago: "agora" under a minute (and for clocks that run ahead), else as `span`; "" if unknown."""
    if moment is None:
        return ""
    return "agora" if (now - moment).total_seconds() < _MINUTE else span(now - moment)


def ago(moment: datetime | None, now: datetime) -> str:
    """The same in a sentence: "agora", "há 12 min"."""
    said = age(moment, now)
    return said if said in ("", "agora") else f"há {said}"


def deadline(moment: datetime | None, now: datetime) -> str:
    """A clock in words: "vence em 2 h", "vence agora", "venceu há 3 d"; "" where none runs."""
    if moment is None:
        return ""
    left = moment - now
    if abs(left.total_seconds()) < _MINUTE:
        return "vence agora"
    return f"vence em {span(left)}" if left > timedelta() else f"venceu há {span(left)}"


def short_deadline(moment: datetime | None, now: datetime) -> str:
    """A clock for a narrow column: "em 2 h", "agora", "▲ 3 d" once it has passed; "" where none runs."""
    if moment is None:
        return ""
    left = moment - now
    if abs(left.total_seconds()) < _MINUTE:
        return "agora"
    return f"em {span(left)}" if left >= timedelta() else f"▲ {span(left)}"


def data_age(as_of: datetime | None, now: datetime) -> str:
    """How old what one sees is: "há 5 min", from one hour on the time "dados de 10:42"; "" if never read."""
    if as_of is None:
        return ""
    if (now - as_of).total_seconds() < _HOUR:
        return ago(as_of, now)
    here, today = as_of.astimezone(BRAZIL), now.astimezone(BRAZIL)
    return f"dados de {here:%H:%M}" if here.date() == today.date() else f"dados de {here:%d/%m %H:%M}"


def date_time(moment: datetime, now: datetime) -> str:
    """Local date and time: "31/07 10:42", with the year where it is not this one."""
    here = moment.astimezone(BRAZIL)
    return f"{here:%d/%m %H:%M}" if here.year == now.astimezone(BRAZIL).year else f"{here:%d/%m/%Y %H:%M}"


def hour_minute(moment: datetime) -> str:
    """Local time of day: "10:42"."""
    return f"{moment.astimezone(BRAZIL):%H:%M}"


def sentence(text: str) -> str:
    """``text`` with a capital at its beginning and a full stop at its end."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def size(count: int) -> str:
    """A file's size: "812 B", "34 KB", "1,2 MB"."""
    if count < 1000:
        return f"{count} B"
    if count < 999_500:
        return f"{round(count / 1000)} KB"
    unit, name = (1e6, "MB") if count < 999_950_000 else (1e9, "GB")
    return f"{count / unit:.1f}".replace(".", ",") + f" {name}"


def number(count: int) -> str:
    """A whole number with Brazilian thousands: "12.345"."""
    return f"{count:,}".replace(",", ".")


def tally(count: int | None) -> str:
    """A count; "?" of what was not read, which is not none."""
    return "?" if count is None else number(count)


def counted(count: int, one: str, many: str) -> str:
    """A count with its noun: "1 chamado", "12.345 chamados", "0 chamados"."""
    return f"{number(count)} {one if count == 1 else many}"
