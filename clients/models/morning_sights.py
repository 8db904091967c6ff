"""What each check of the morning round finds in what was read: pure, the worst first, times as of a clock."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from .chamado import Chamado
from .duration import clock
from .feed import Feed, Item
from .lifecycle import Labels
from .morning import CheckKind, Sight, SightLine, Weight
from .rules.unanswered import unanswered
from .service import Service, ServiceState
from .task import Task
from .ticket import Ticket
from .timer import Timer, target_name
from .times import day_time

_WEIGHTS = {ServiceState.FAIL: Weight.RED, ServiceState.UNKNOWN: Weight.UNKNOWN}


def absent(kind: CheckKind, why: str) -> Sight:
    """Return the sight of a check whose system is not configured."""
    return Sight(kind=kind, absent=why)


def services_sight(feed: Feed[Service], dealt: Mapping[str, str], now: datetime) -> Sight:
    """Return the services that are not well; ``feed`` as it stands now, ``dealt`` what was done, by key."""
    counts = {state: sum(each.state is state for each in feed.items) for state in ServiceState}
    said = {
        ServiceState.FAIL: f"{counts[ServiceState.FAIL]} em falha",
        ServiceState.UNKNOWN: _counted(counts[ServiceState.UNKNOWN], "desconhecido", "desconhecidos"),
        ServiceState.OK: f"{counts[ServiceState.OK]} ok",
    }
    told = " · ".join(said[state] for state in ServiceState if counts[state])
    lines = (
        SightLine(
            key=each.key,
            text=_service(each, now),
            weight=_WEIGHTS[each.state],
            dealt=dealt.get(each.key, "") if each.state is ServiceState.FAIL else "",
        )
        for each in sorted(feed.items, key=lambda one: one.order)
        if each.state in _WEIGHTS
    )
    return _sight(CheckKind.SERVICES, feed, told or "nenhum serviço na lista", lines)


def unanswered_sight(feed: Feed[Ticket], now: datetime) -> Sight:
    """Return the tickets that nobody answered yet, the oldest first (R15)."""
    waiting = sorted(filter(unanswered, feed.items), key=lambda one: (one.created_at, one.id))
    oldest = f" · o mais antigo de {day_time(waiting[0].created_at, now)}" if waiting else ""
    lines = (
        SightLine(
            key=str(each.id),
            text=f"{_about(f'#{each.id}', each.client, each.subject)}"
            f" (desde {day_time(each.created_at, now)})",
        )
        for each in waiting
    )
    return _sight(CheckKind.UNANSWERED, feed, f"{len(waiting) or 'nenhum'}{oldest}", lines)


def concluded_sight(feed: Feed[Task], since: datetime, now: datetime) -> Sight:
    """Return the tasks that were concluded, the latest first (R21)."""
    tasks = sorted(feed.items, key=lambda one: (one.closed_on or one.updated_on, one.id), reverse=True)
    lines = (
        SightLine(
            key=str(each.id),
            text=f"{_about(f'tarefa #{each.id}', each.project.name, each.subject)}"
            f" ({each.status.name}, {day_time(each.closed_on or each.updated_on, now)})",
        )
        for each in tasks
    )
    told = f"{len(tasks) or 'nenhuma'} desde {day_time(since, now)}"
    return _sight(CheckKind.CONCLUDED, feed, told, lines)


def chamados_sight(feed: Feed[Chamado], since: datetime, labels: Labels, now: datetime) -> Sight:
    """Return the chamados that went to another status since then, the latest first, and who moved them."""
    lines = []
    for each in feed.items:
        moves = [event for event in each.events if event.is_move and event.at >= since]
        if moves and moves[0].before is not None:
            way = f"{labels[moves[0].before]} → {labels[moves[-1].status]}"
            who = f"por {moves[-1].who or 'alguém'}, {day_time(moves[-1].at, now)}"
            head = _about(f"nº {each.number}", "", each.title)
            lines.append((moves[-1].at, SightLine(key=each.id, text=f"{head}: {way} ({who})")))
    lines.sort(key=lambda one: one[0], reverse=True)
    told = f"{len(lines) or 'nenhum'} desde {day_time(since, now)}"
    return _sight(CheckKind.CHAMADOS, feed, told, (line for _, line in lines))


def timers_sight(timers: Iterable[Timer], now: datetime) -> Sight:
    """Return the timers that run: one of yesterday was forgotten."""
    running = [each for each in timers if each.is_running]
    lines = (
        SightLine(
            key=each.target,
            text=f"{target_name(each.target)} conta desde {day_time(each.spans[-1].began, now)}"
            f" ({clock(each.minutes(now))} por registrar)",
        )
        for each in running
    )
    return _sight(CheckKind.TIMERS, Feed[Timer](as_of=now), f"{len(running) or 'nenhum'}", lines)


def _sight(kind: CheckKind, feed: Feed[Item], told: str, lines: Iterable[SightLine]) -> Sight:
    trouble = feed.trouble.message if feed.trouble is not None else ""
    if feed.as_of is None:
        return Sight(kind=kind, trouble=trouble)
    return Sight(kind=kind, told=told, lines=tuple(lines), read_at=feed.as_of, trouble=trouble)


def _service(service: Service, now: datetime) -> str:
    word = "em falha" if service.state is ServiceState.FAIL else "desconhecido"
    since = f" desde {day_time(service.since, now)}" if service.since is not None else ""
    return f"{service.client} · {service.service}: {word}{since}"


def _about(number: str, whose: str, title: str) -> str:
    return " · ".join(filter(None, (number, ": ".join(filter(None, (whose, title))))))


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
