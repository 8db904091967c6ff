"""What the charts show, as numbers: hours by day and by client, tickets in and out, first response. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import median

from .duration import clock
from .feed import Feed, Item
from .spent_time import SpentTime
from .ticket import Ticket
from .times import day_of, day_time
from .workday import WorkCalendar, day_name
from .worked import by_client, day_sums

DAYS = 14
"""How far back the charts go, today included."""
_MINUTE, _HOUR = 60, 3600
_HOURS, _RUNNING_HOURS = "h", "h corridas"


@dataclass(frozen=True)
class Series:
    """One row of numbers, with a number for each label; None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Figure:
    """One chart."""

    id: str
    title: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    told: str
    """What it comes to, in a sentence; without numbers, nothing."""
    days: tuple[date, ...] = ()
    """The days that its labels name, in a row; empty where they name something else."""
    doubt: str = ""
    """Why there are no numbers, or no newer ones."""

    @property
    def is_time(self) -> bool:
        """Whether its numbers are hours."""
        return self.unit in (_HOURS, _RUNNING_HOURS)

    @property
    def by_day(self) -> bool:
        """Whether its labels are days in a row."""
        return bool(self.days)


def last_days(today: date, count: int = DAYS) -> tuple[date, ...]:
    """The days up to ``today``, oldest first."""
    return tuple(today - timedelta(days=ago) for ago in reversed(range(count)))


def figures(
    hours: Feed[SpentTime], queue: Feed[Ticket], days: Sequence[date], calendar: WorkCalendar, now: datetime
) -> tuple[Figure, ...]:
    """All charts over ``days``; those whose source was never read say why they have no numbers."""
    return (
        _of(hours, now, _hours_by_day(hours.items, days, calendar)),
        _of(hours, now, _hours_by_client(hours.items, days)),
        _of(queue, now, _in_and_out(queue.items, days)),
        _of(queue, now, _first_response(queue.items, days)),
    )


def _of(source: Feed[Item], now: datetime, figure: Figure) -> Figure:
    """The chart with what is to be said of its source."""
    doubt = _why(source)
    if source.as_of is None:
        return replace(figure, labels=(), series=(), told="", days=(), doubt=doubt)
    if source.trouble is not None:
        return replace(figure, doubt=f"Dados de {day_time(source.as_of, now)}. {doubt}")
    return figure


def _why(source: Feed[Item]) -> str:
    if source.trouble is None:
        return "Ainda não lido."
    what = ": ".join(filter(None, (source.trouble.title, source.trouble.message)))
    return " ".join(f"{part.rstrip('.')}." for part in (what, source.trouble.way_out) if part)


def _hours_by_day(entries: Sequence[SpentTime], days: Sequence[date], calendar: WorkCalendar) -> Figure:
    sums = day_sums(entries, days, calendar)
    logged, expected = sum(day.logged for day in sums), sum(day.expected for day in sums)
    return Figure(
        "horas-por-dia",
        "Horas por dia",
        _HOURS,
        _names(days),
        (
            Series("registradas", tuple(_hours(day.logged) for day in sums)),
            Series("jornada", tuple(_hours(day.expected) for day in sums)),
        ),
        f"{clock(logged)} registradas de {clock(expected)} de jornada.",
        tuple(days),
    )


def _hours_by_client(entries: Sequence[SpentTime], days: Sequence[date]) -> Figure:
    shares = by_client(entry for entry in entries if entry.spent_on in days)
    most = f" O maior: {shares[0].name}, {clock(shares[0].minutes)}." if shares else ""
    count = "1 cliente" if len(shares) == 1 else f"{len(shares)} clientes"
    return Figure(
        "horas-por-cliente",
        "Horas por cliente",
        _HOURS,
        tuple(share.name for share in shares),
        (Series("registradas", tuple(_hours(share.minutes) for share in shares)),),
        f"{count}.{most}",
    )


def _in_and_out(tickets: Sequence[Ticket], days: Sequence[date]) -> Figure:
    arrived = _counted((ticket.created_at for ticket in tickets), days)
    done = _counted((at for ticket in tickets if (at := _ended(ticket)) is not None), days)
    return Figure(
        "tickets",
        "Tickets que entraram e que saíram",
        "tickets",
        _names(days),
        (Series("entraram", arrived), Series("saíram", done)),
        f"{int(sum(arrived))} entraram, {int(sum(done))} saíram.",
        tuple(days),
    )


def _first_response(tickets: Sequence[Ticket], days: Sequence[date]) -> Figure:
    waits: dict[date, list[float]] = {}
    for ticket in tickets:
        answered = ticket.stats.first_responded_at if ticket.stats else None
        if answered is not None and (day := day_of(ticket.created_at)) in days:
            waited = max(timedelta(), answered - ticket.created_at)
            waits.setdefault(day, []).append(waited.total_seconds() / _HOUR)
    every = [wait for each in waits.values() for wait in each]
    told = f"Metade em até {clock(round(median(every) * _MINUTE))}." if every else "Nenhuma resposta ainda."
    return Figure(
        "primeira-resposta",
        "Tempo até a 1ª resposta, pelo dia de abertura",
        _RUNNING_HOURS,
        _names(days),
        (Series("mediana", tuple(round(median(waits[day]), 2) if day in waits else None for day in days)),),
        f"{told} {len(every)} respondidos.",
        tuple(days),
    )


def _ended(ticket: Ticket) -> datetime | None:
    """When it was resolved or closed; None for one that is open, reopened ones among them."""
    if ticket.is_open or ticket.stats is None:
        return None
    return ticket.stats.resolved_at or ticket.stats.closed_at


def _counted(moments: Iterable[datetime], days: Sequence[date]) -> tuple[int, ...]:
    found = [day_of(moment) for moment in moments]
    return tuple(found.count(day) for day in days)


def _names(days: Sequence[date]) -> tuple[str, ...]:
    return tuple(map(day_name, days))


def _hours(minutes: int) -> float:
    return round(minutes / _MINUTE, 2)
