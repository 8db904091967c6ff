"""Time as the desk tells it: in which zone, and how long a stretch of it is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BRAZIL = ZoneInfo("America/Sao_Paulo")
"""São Paulo's; the jump host's own never matters."""
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def day_of(moment: datetime) -> date:
    """The day that it is in São Paulo at that moment."""
    return moment.astimezone(BRAZIL).date()


def midnight_after(moment: datetime) -> datetime:
    """When the day that it is in São Paulo at that moment ends, in UTC."""
    return datetime.combine(day_of(moment) + timedelta(days=1), time(), BRAZIL).astimezone(UTC)


def span(length: timedelta) -> str:
    """The size of a stretch of time in its largest unit: "12 min", "3 h", "2 d". Sign is ignored."""
    seconds = abs(int(length.total_seconds()))
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    if seconds < 2 * _DAY:
        return f"{seconds // _HOUR} h"
    if seconds < 365 * _DAY:
        return f"{seconds // _DAY} d"
    return f"{seconds // (365 * _DAY)} a"


def at(moment: datetime, now: datetime) -> str:
    """The time of day of ``moment``, with its day where that is not today: "09:12", "ontem 09:12"."""
    return day_time(moment, now).removeprefix("hoje ")


def day_time(moment: datetime, now: datetime) -> str:
    """Day and time of ``moment``, seen from ``now``: "hoje 09:12", "ontem 09:12", "31/07 09:12"."""
    local, today = moment.astimezone(BRAZIL), now.astimezone(BRAZIL).date()
    days = (today - local.date()).days
    day = {0: "hoje", 1: "ontem"}.get(days, f"{local:%d/%m}")
    return f"{day} {local:%H:%M}"
