"""What each part of a handover finds: number, client, what, whose turn and since when. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from .base import Model, Moment
from .chamado import Chamado
from .feed import Feed, Item
from .handover import HandoverLine, Part, Portion
from .late import is_overdue
from .lifecycle import CLOSED, MEANING, WITH_THE_PARTNER, ChamadoStatus, Labels
from .morning import Sight, Weight
from .promises import Promise, promises
from .queue import QueueEntry
from .server_talk import Occupant, told
from .slack_talk import Question
from .text import SafeMultiline, SafeText
from .ticket import Ticket, Turn
from .times import BRAZIL, day_of, day_time
from .workday import WorkCalendar

AHEAD = timedelta(hours=24)
"""A clock that ends by then ends in the next shift."""
LONGEST_QUOTE = 100
"""Characters of what was asked on Slack."""
_WEEKDAYS = ("seg", "ter", "qua", "qui", "sex", "sáb", "dom")


class Reply(Model):
    """Something that one of us wrote to a client."""

    id: int
    ticket_id: int
    who: SafeText = ""
    at: Moment
    text: SafeMultiline


def absent_portion(part: Part, why: str) -> Portion:
    """Return the part of a system that is not configured."""
    return Portion(part=part, absent=why)


def promises_portion(
    feed: Feed[Ticket], replies: Iterable[Reply], now: datetime, calendar: WorkCalendar, *, unread: int = 0
) -> Portion:
    """Return what was promised on tickets that are open, what is due first at the top.

    A promise that is overdue is dropped where we wrote to the client again after giving it. ``calendar``
    tells which days are worked. ``unread`` tickets were answered and not read: what they promise is unknown.
    """
    tickets = {ticket.id: ticket for ticket in feed.items if ticket.is_open}
    ours = sorted((one for one in replies if one.ticket_id in tickets), key=lambda one: one.at)
    last = {one.ticket_id: one.at for one in ours}
    found: list[tuple[datetime, HandoverLine]] = []
    for reply in ours:
        later = last[reply.ticket_id] if last[reply.ticket_id] > reply.at else None
        for place, promise in enumerate(promises(reply.text, reply.at, calendar)):
            if promise.due > now or later is None:
                key = f"promessa:{reply.ticket_id}:{reply.id}:{place}"
                line = _promise(key, tickets[reply.ticket_id], reply, promise, later, now)
                found.append((promise.due, line))
    found.sort(key=lambda one: one[0])
    portion = _portion(Part.PROMISES, feed, [line for _, line in found])
    if portion.trouble or not unread:
        return portion
    told = (
        "1 ticket respondido não foi lido aqui"
        if unread == 1
        else f"{unread} tickets respondidos não foram lidos aqui"
    )
    return portion.model_copy(update={"trouble": told})


def clocks_portion(
    entries: Iterable[QueueEntry],
    feed: Feed[Ticket],
    chamados: Feed[Chamado],
    labels: Labels,
    now: datetime,
) -> Portion:
    """Return the clocks that have run out or end within `AHEAD`, of tickets and chamados, the first first.

    ``entries`` are the tickets whose clocks are passed on.
    """
    found: list[tuple[datetime, HandoverLine]] = [
        (entry.clock, _clock(entry, entry.clock, now))
        for entry in entries
        if entry.clock is not None and is_ending(entry, now)
    ]
    today = day_of(now)
    for chamado in chamados.items:
        if (day := chamado.deadline) is not None and _is_due(chamado, day, today):
            end = datetime.combine(day, datetime.max.time(), BRAZIL)
            found.append((end, _deadline(chamado, day, labels, today)))
    found.sort(key=lambda one: one[0])
    trouble = _trouble(feed) or _trouble(chamados)
    return Portion(part=Part.CLOCKS, lines=tuple(line for _, line in found), trouble=trouble)


def is_ending(entry: QueueEntry, now: datetime) -> bool:
    """Tell whether it is our turn, and its clock ends within `AHEAD`."""
    ours = entry.turn in (Turn.UNANSWERED, Turn.OURS)
    return ours and entry.clock is not None and entry.clock - now <= AHEAD


def services_portion(sight: Sight, occupied: Mapping[str, tuple[Occupant, ...]], now: datetime) -> Portion:
    """Return the services that do not run, what was done about each and who is on the server.

    ``sight`` is the morning round's; ``occupied`` as of `ServerRoom.look`.
    """
    lines = []
    for line in sight.lines:
        if line.weight is Weight.PLAIN:
            continue
        people = (who for client, who in occupied.items() if line.key.startswith(f"{client}/"))
        there = "; ".join(told(person, now) for person in next(people, ()))
        doing = line.dealt or ("ninguém anotou o que fez" if line.weight is Weight.RED else "")
        said = " — ".join(filter(None, (line.text, doing, there)))
        lines.append(_line(f"servico:{line.key}", Part.SERVICES, said, line.weight, service=line.key))
    return Portion(part=Part.SERVICES, lines=tuple(lines), absent=sight.absent, trouble=_unread(sight))


def open_portion(entries: Iterable[QueueEntry], feed: Feed[Ticket], now: datetime) -> Portion:
    """Return the open tickets among ``entries`` as the queue has them, but for those whose clock is told."""
    lines = [
        _line(
            f"ticket:{entry.id}",
            Part.OPEN,
            f"{_about(entry.ticket)} — {_turn(entry, now)}",
            ticket=entry.id,
        )
        for entry in entries
        if entry.turn is not Turn.DONE and not is_ending(entry, now)
    ]
    return _portion(Part.OPEN, feed, lines)


def chamados_portion(feed: Feed[Chamado], labels: Labels, now: datetime) -> Portion:
    """Return the chamados that wait for an answer, a test or a validation of ours, the longest first."""
    waiting = sorted(
        (each for each in feed.items if each.status in WITH_THE_PARTNER), key=lambda one: one.since
    )
    lines = [
        _line(
            f"chamado:{each.id}",
            Part.CHAMADOS,
            f"nº {each.number} · {each.title} — nossa vez: {labels[each.status]} desde"
            f" {day_time(each.since, now)} ({MEANING[each.status]})",
            ticket=each.ticket_id,
            chamado=each.number,
        )
        for each in waiting
    ]
    return _portion(Part.CHAMADOS, feed, lines)


def questions_portion(questions: Sequence[Question], now: datetime) -> Portion:
    """Return what was asked on Slack and is not settled, the oldest first."""
    lines = []
    for each in sorted(questions, key=lambda one: one.asked_at):
        about = " · ".join(filter(None, (f"#{each.ticket_id}" if each.ticket_id else "", each.place)))
        answer = each.answer
        turn = (
            f"{answer.who} respondeu {day_time(answer.at, now)}: {_quote(answer.text)}"
            if answer is not None
            else f"sem resposta desde {day_time(each.asked_at, now)}"
        )
        said = f"{about}: {_quote(each.text)} — {turn}"
        line = _line(f"pergunta:{each.id}", Part.QUESTIONS, said, ticket=each.ticket_id)
        lines.append(line.model_copy(update={"link": each.permalink}))
    return Portion(part=Part.QUESTIONS, lines=tuple(lines))


# ── one line each ──


def _promise(
    key: str, ticket: Ticket, reply: Reply, promise: Promise, later: datetime | None, now: datetime
) -> HandoverLine:
    overdue = promise.due <= now
    until = f"{'▲ venceu' if overdue else 'até'} {_by(promise, now)}"
    by = f" por {reply.who}" if reply.who else ""
    after = f"; escrevemos de novo {day_time(later, now)}" if later is not None else ""
    head = " · ".join(filter(None, (f"#{ticket.id}", ticket.client)))
    text = f"{head}: «{promise.text}» — nossa vez: {until} (dito {day_time(reply.at, now)}{by}{after})"
    weight = Weight.RED if overdue else Weight.PLAIN
    return _line(key, Part.PROMISES, text, weight, ticket=ticket.id)


def _by(promise: Promise, now: datetime) -> str:
    day = _ahead(promise.due, now)
    return f"{day} {promise.due.astimezone(BRAZIL):%H:%M}" if promise.timed else day


def _clock(entry: QueueEntry, clock: datetime, now: datetime) -> HandoverLine:
    what = "1ª resposta" if not entry.ticket.answered else "solução"
    over = clock <= now
    until = f"{'▲ venceu' if over else 'vence'} {_ahead(clock, now)} {clock.astimezone(BRAZIL):%H:%M}"
    text = f"{_about(entry.ticket)} — {what} {until}; {_turn(entry, now)}"
    return _line(
        f"prazo:{entry.id}", Part.CLOCKS, text, Weight.RED if over else Weight.PLAIN, ticket=entry.id
    )


def _deadline(chamado: Chamado, day: date, labels: Labels, today: date) -> HandoverLine:
    over = day < today
    head = f"nº {chamado.number} · {chamado.title}"
    text = f"{head} — prazo {'▲ venceu' if over else ''} {day:%d/%m}; está em {labels[chamado.status]}"
    weight = Weight.RED if over else Weight.PLAIN
    line = " ".join(text.split())
    return _line(
        f"prazo-chamado:{chamado.id}",
        Part.CLOCKS,
        line,
        weight,
        ticket=chamado.ticket_id,
        chamado=chamado.number,
    )


def _is_due(chamado: Chamado, day: date, today: date) -> bool:
    done = chamado.status in CLOSED or chamado.status is ChamadoStatus.PUBLICADO
    return is_overdue(chamado, today) or (not done and day <= today + AHEAD)


def _turn(entry: QueueEntry, now: datetime) -> str:
    ticket, stats = entry.ticket, entry.ticket.stats
    owner = f"com {entry.owner}" if ticket.responder_id is not None and entry.owner else "sem responsável"
    if entry.turn is Turn.UNANSWERED:
        return f"sem resposta desde {day_time(ticket.created_at, now)}, {owner}"
    ours = entry.turn is Turn.OURS
    word = "nossa vez" if ours else "vez do cliente"
    spoke = stats and (
        stats.requester_responded_at if ours else stats.agent_responded_at or stats.first_responded_at
    )
    since = f" desde {day_time(spoke, now)}" if spoke else ""
    return f"{word}{since}, {owner}, {entry.status}"


# ── below ──


def _line(
    key: str,
    part: Part,
    text: str,
    weight: Weight = Weight.PLAIN,
    *,
    ticket: int | None = None,
    service: str = "",
    chamado: int | None = None,
) -> HandoverLine:
    return HandoverLine(
        key=key, part=part, text=text, weight=weight, ticket_id=ticket, service=service, chamado=chamado
    )


def _portion(part: Part, feed: Feed[Item], lines: Sequence[HandoverLine]) -> Portion:
    return Portion(part=part, lines=tuple(lines), trouble=_trouble(feed))


def _trouble(feed: Feed[Item]) -> str:
    if feed.trouble is not None:
        return feed.trouble.message
    return "ainda sem leitura" if feed.as_of is None else ""


def _unread(sight: Sight) -> str:
    return sight.trouble or ("" if sight.read_at or sight.absent else "ainda sem leitura")


def _about(ticket: Ticket) -> str:
    return " · ".join(
        filter(None, (f"#{ticket.id}", ": ".join(filter(None, (ticket.client, ticket.subject)))))
    )


def _ahead(moment: datetime, now: datetime) -> str:
    """The day of ``moment``: "hoje", "amanhã", "sex 06/03"."""
    local, today = moment.astimezone(BRAZIL).date(), now.astimezone(BRAZIL).date()
    near = {-1: "ontem", 0: "hoje", 1: "amanhã"}
    return near.get((local - today).days, f"{_WEEKDAYS[local.weekday()]} {local:%d/%m}")


def _quote(text: str) -> str:
    told = " ".join(text.split())
    return f"«{told if len(told) <= LONGEST_QUOTE else f'{told[:LONGEST_QUOTE].rstrip()}…'}»"
