"""What each part of a handover finds in what was read, and in what is on this machine. Knows no screen."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from clients.models.answer import Kind
from clients.models.chamado import Chamado
from clients.models.conversation import Voice
from clients.models.feed import Feed
from clients.models.handover import Part, Portion
from clients.models.handover_lines import (
    Reply,
    absent_portion,
    chamados_portion,
    clocks_portion,
    open_portion,
    promises_portion,
    questions_portion,
    services_portion,
)
from clients.models.promise_times import FURTHEST
from clients.models.queue import Queue, QueueEntry
from clients.models.server_talk import Occupant
from clients.models.service import Service
from clients.models.slack_talk import HANDED_OVER
from clients.models.ticket import Ticket
from clients.models.times import day_of
from clients.models.validation import published

from .flows.answer import KINDS, answer_of
from .morning import services_as_they_stand
from .promise_reading import read_answered, unread

if TYPE_CHECKING:
    from .desk import Desk
    from .settings import Settings

_NOT_CONFIGURED = "{} não configurado"


@dataclass(frozen=True)
class Read:
    """What the sources say, each with its age."""

    services: Feed[Service]
    queue: Feed[Ticket]
    chamados: Feed[Chamado]
    occupied: Mapping[str, tuple[Occupant, ...]]
    """Who is on which server, as of `ServerRoom.look`."""


async def portions_of(desk: "Desk", read: Read, *, whole_team: bool) -> tuple[Portion, ...]:
    """Return every part; with ``whole_team`` everybody's tickets, else one's own and nobody's."""
    now, labels = desk.clock(), desk.settings.chamados.labels
    entries = _entries(desk, read, whole_team=whole_team)
    tickets = frozenset(entry.id for entry in entries)
    said = await desk.disk(_replies, desk, [each.id for each in read.queue.items if each.is_open])
    replies = [one for one in said if one.ticket_id in tickets or one.who == desk.author]
    left = len(await unread(desk, [entry.ticket for entry in entries if entry.ticket.is_open]))
    asked = [each for each in await desk.disk(desk.local.questions.open) if each.about != HANDED_OVER]
    yesterday = day_of(now) - timedelta(days=1)  # a shift may begin before midnight
    rounds = await desk.disk(desk.local.morning_rounds.since, yesterday, desk.author)
    services = await services_as_they_stand(desk, read.services, rounds)
    found = (
        # what is said of working days may read the holidays of a year
        await asyncio.to_thread(
            promises_portion, read.queue, replies, now, desk.settings.workday.calendar, unread=left
        ),
        clocks_portion(entries, read.queue, read.chamados, labels, now),
        services_portion(services, read.occupied, now),
        open_portion(entries, read.queue, now),
        chamados_portion(read.chamados, labels, now),
        questions_portion(asked, now),
    )
    missing = _absent(desk.settings)
    return tuple(
        absent_portion(each.part, missing[each.part]) if each.part in missing else each for each in found
    )


async def read_promises(desk: "Desk", read: Read, *, whole_team: bool) -> None:
    """Read what was answered on the tickets of the handover since it was last read here. RemoteError."""
    entries = _entries(desk, read, whole_team=whole_team)
    await read_answered(desk, [entry.ticket for entry in entries if entry.ticket.is_open])


def _entries(desk: "Desk", read: Read, *, whole_team: bool) -> list[QueueEntry]:
    queue = Queue.read(
        read.queue.items,
        me=desk.account.me.id if desk.account.me else None,
        vocabulary=desk.account.vocabulary,
        now=desk.clock(),
        published=published(read.chamados.items),
    )
    return [each for each in queue.entries if each.mine or whole_team]


def _absent(settings: "Settings") -> Mapping[Part, str]:
    systems = {
        Part.PROMISES: (settings.freshdesk, "Freshdesk"),
        Part.CLOCKS: (settings.freshdesk, "Freshdesk"),
        Part.SERVICES: (settings.monitor, "Monitoramento"),
        Part.OPEN: (settings.freshdesk, "Freshdesk"),
        Part.QUESTIONS: (settings.slack, "Slack"),
    }
    missing = {part: name for part, (section, name) in systems.items() if section is None}
    return {part: _NOT_CONFIGURED.format(name) for part, name in missing.items()}


def _replies(desk: "Desk", tickets: Sequence[int]) -> tuple[Reply, ...]:
    """What we wrote to the clients: as their tickets were last read here, and what was sent since."""
    agent, wanted = desk.account.vocabulary.agent, frozenset(tickets)
    said = [one for one in desk.local.cache.conversations(wanted) if one.voice is Voice.REPLY]
    read = {
        one.id: Reply(
            id=one.id, ticket_id=one.ticket_id, who=agent(one.user_id), at=one.created_at, text=one.text
        )
        for one in said
        if not one.bounced
    }
    sent: dict[int, Reply] = {}
    replies = KINDS[Kind.REPLY]
    for intent in desk.local.journal.done_since(desk.clock() - FURTHEST):
        if intent.kind != replies:
            continue
        answer, number = answer_of(intent), intent.remote_id
        if answer.ticket_id in wanted and isinstance(number, int):
            at = intent.sent_at or intent.planned_at
            sent[number] = Reply(
                id=number, ticket_id=answer.ticket_id, who=desk.author, at=at, text=answer.text
            )
    return tuple((sent | read).values())
