"""Handing a shift over: what is found, what is passed on and posted, what the next shift acknowledged.

Knows no screen.
"""

import asyncio
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from clients.models.answer import Kind
from clients.models.chamado import Chamado
from clients.models.conversation import Voice
from clients.models.feed import Feed
from clients.models.handover import (
    WAITS,
    Handover,
    HandoverLine,
    Part,
    Portion,
    Preparation,
    awaited,
)
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
from clients.models.handover_text import HEADING, author_of, handover_text
from clients.models.promise_times import FURTHEST
from clients.models.queue import Queue
from clients.models.server_talk import Occupant
from clients.models.service import Service
from clients.models.slack import SlackChannel
from clients.models.ticket import Ticket
from clients.models.times import day_of
from clients.models.validation import published

from .flows.answer import KINDS, answer_of
from .morning import services_as_they_stand
from .posted_once import fate_of, link_of, plan_posting

if TYPE_CHECKING:
    from .desk import Desk

Change = Callable[[Preparation], Preparation]
_NOT_CONFIGURED = "{} não configurado"


@dataclass(frozen=True)
class Read:
    """What the sources say, each with its age."""

    services: Feed[Service]
    queue: Feed[Ticket]
    chamados: Feed[Chamado]
    occupied: Mapping[str, tuple[Occupant, ...]]
    """Who is on which server, as of `ServerRoom.look`."""


class HandingOver:
    """The handovers of who sits at the desk; `Desk.open` comes first.

    What a rule refuses is a ValueError with the reason in Portuguese; what the disk refuses a StoreError.
    """

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    # ── what is found ──

    async def portions(self, read: Read) -> tuple[Portion, ...]:
        """What each part finds in what was ``read``, and in what is on this machine."""
        desk, now = self._desk, self._desk.clock()
        me = desk.account.me.id if desk.account.me else None
        queue = Queue.read(
            read.queue.items,
            me=me,
            vocabulary=desk.account.vocabulary,
            now=now,
            published=published(read.chamados.items),
        )
        labels = desk.settings.chamados.labels
        replies = await desk.disk(self._replies, [each.id for each in read.queue.items if each.is_open])
        questions = await desk.disk(desk.questions.open)
        yesterday = day_of(now) - timedelta(days=1)  # a shift may begin before midnight
        rounds = await desk.disk(desk.morning_rounds.since, yesterday, desk.author)
        services = await services_as_they_stand(desk, read.services, rounds)
        found = (
            # what is said of working days may read the holidays of a year
            await asyncio.to_thread(
                promises_portion, read.queue, replies, now, desk.settings.workday.calendar
            ),
            clocks_portion(queue.entries, read.queue, read.chamados, labels, now),
            services_portion(services, read.occupied, now),
            open_portion(queue.entries, read.queue, now),
            chamados_portion(read.chamados, labels, now),
            questions_portion(questions, now),
        )
        missing = self._absent
        return tuple(
            absent_portion(each.part, missing[each.part]) if each.part in missing else each for each in found
        )

    @property
    def _absent(self) -> Mapping[Part, str]:
        settings = self._desk.settings
        systems = {
            Part.PROMISES: (settings.freshdesk, "Freshdesk"),
            Part.CLOCKS: (settings.freshdesk, "Freshdesk"),
            Part.SERVICES: (settings.monitor, "Monitoramento"),
            Part.OPEN: (settings.freshdesk, "Freshdesk"),
            Part.QUESTIONS: (settings.slack, "Slack"),
        }
        missing = {part: name for part, (section, name) in systems.items() if section is None}
        return {part: _NOT_CONFIGURED.format(name) for part, name in missing.items()}

    def _replies(self, tickets: Sequence[int]) -> tuple[Reply, ...]:
        """What we wrote to the clients: as their tickets were last read here, and what was sent since."""
        agent, wanted = self._desk.account.vocabulary.agent, frozenset(tickets)
        said = [one for one in self._desk.cache.conversations(wanted) if one.voice is Voice.REPLY]
        read = {
            one.id: Reply(
                id=one.id, ticket_id=one.ticket_id, who=agent(one.user_id), at=one.created_at, text=one.text
            )
            for one in said
            if not one.bounced
        }
        sent: dict[int, Reply] = {}
        replies = KINDS[Kind.REPLY]
        for intent in self._desk.journal.done_since(self._desk.clock() - FURTHEST):
            if intent.kind != replies:
                continue
            answer, number = answer_of(intent), intent.remote_id
            if answer.ticket_id in wanted and isinstance(number, int):
                at = intent.sent_at or intent.planned_at
                who = self._desk.author
                sent[number] = Reply(id=number, ticket_id=answer.ticket_id, who=who, at=at, text=answer.text)
        return tuple((sent | read).values())

    # ── what is prepared ──

    async def preparation(self) -> Preparation:
        """What was made of the lines so far."""
        return await self._desk.disk(self._desk.handovers.preparation, self._desk.author)

    async def pass_on(self, keys: Iterable[str], *, passed_on: bool) -> Preparation:
        """Pass the lines of ``keys`` on, or leave them out."""
        wanted = tuple(keys)
        return await self._prepare(lambda one: one.with_only(wanted, passed_on=passed_on))

    async def note(self, key: str, text: str) -> Preparation:
        """Write a note on a line; an empty one takes it away."""
        return await self._prepare(lambda one: one.noted(key, text))

    async def write_line(self, text: str, key: str = "") -> Preparation:
        """Add a line of one's own, or write the one of ``key`` anew; an empty text takes that away."""
        name = key or f"livre:{uuid.uuid4().hex}"
        return await self._prepare(lambda one: one.with_line(name, text))

    async def _prepare(self, change: Change) -> Preparation:
        return await self._desk.disk(self._desk.handovers.prepare, self._desk.author, change)

    # ── what is handed over ──

    def text(
        self, lines: Sequence[HandoverLine], portions: Iterable[Portion], longest: int | None = None
    ) -> str:
        """The text of ``lines``, as it is proposed."""
        desk = self._desk
        return handover_text(lines, portions, who=desk.author, at=desk.clock(), longest=longest)

    async def channel(self) -> SlackChannel | None:
        """The channel that it goes to; None where it is only saved or copied. Raises RemoteError."""
        room = self._desk.room
        return None if room is None or not room.handover_channel else await room.handover()

    async def last(self) -> str:
        """The id of what one handed over last; empty where nothing was."""
        last = await self._desk.disk(self._desk.handovers.last, self._desk.author)
        return "" if last is None else last.id

    async def hand_over(
        self, lines: Sequence[HandoverLine], text: str, channel: SlackChannel | None, *, after: str
    ) -> str:
        """Hand the shift over; return the operation that posts ``text``, to be carried on, or nothing.

        Both are written at once. ``after`` is `last` as the text was made: whoever was faster is the one
        that hands over, and this is refused. Raises Busy, too.
        """
        desk, who = self._desk, self._desk.author
        if not desk.knows_author:
            raise ValueError("Ainda não se sabe quem passa o turno: o Freshdesk não respondeu.")
        handover = Handover(
            id=uuid.uuid4().hex,
            who=who,
            at=desk.clock(),
            lines=tuple(lines),
            text=text,
            place=channel.name if channel is not None else "",
        )

        def closing(workflow: str) -> None:
            desk.handovers.hand_over(handover.model_copy(update={"workflow": workflow}), after)

        workflow = ""
        if channel is None:
            await desk.disk(closing, "")
        else:
            workflow = await plan_posting(desk, text, channel, f"passagem:{who}", closing)
        await desk.disk(desk.handovers.share)
        return workflow

    # ── what was handed over ──

    async def handovers(self) -> tuple[Handover, ...]:
        """All that can be read, the latest first; one's own of an interrupted session are shared first."""
        await self._desk.disk(self._desk.handovers.share)
        return await self._desk.disk(self._desk.handovers.list)

    async def awaited(self) -> tuple[Handover, ...]:
        """Those of others that wait for an acknowledgement, the latest first."""
        return awaited(await self.handovers(), self._desk.author, self._desk.clock())

    async def acknowledge(self, handover: Handover, key: str) -> Handover | None:
        """Acknowledge a line; None where the handover is forgotten."""
        desk, who, now = self._desk, self._desk.author, self._desk.clock()
        if not desk.knows_author:
            raise ValueError("Ainda não se sabe quem dá ciência: o Freshdesk não respondeu.")
        return await desk.disk(
            desk.handovers.change, handover.id, lambda one: one.acknowledged(key, who, now)
        )

    async def take_back(self, handover: Handover, key: str) -> Handover | None:
        """Take one's own acknowledgement of a line back; None where the handover is forgotten."""
        desk, who = self._desk, self._desk.author
        return await desk.disk(desk.handovers.change, handover.id, lambda one: one.taken_back(key, who))

    async def on_slack(self) -> tuple[Handover, ...]:
        """Handovers of others in the channel, the latest first, where there is no folder to share them.

        They have a text and an address, and no lines. Raises RemoteError.
        """
        desk, room = self._desk, self._desk.room
        if desk.handovers.is_shared or room is None or not room.handover_channel:
            return ()
        said = await room.said_at_handover(desk.clock() - WAITS)
        for_all = await room.speaks_for_all()
        own = {each.text for each in await self.handovers() if each.is_of(desk.author)}
        return tuple(
            Handover(
                id=f"slack:{one.ts}",
                who=author_of(one.text) or one.who,
                at=one.at,
                text=one.text,
                place=room.handover_channel,
                link=one.link,
            )
            for one in sorted(said, key=lambda one: one.at, reverse=True)
            if one.text.startswith(HEADING) and one.text not in own and (for_all or not one.own)
        )

    async def fate(self, handover: Handover) -> str:
        """What became of its text, in words."""
        if not handover.place:
            return "sem publicação"
        if handover.workflow and handover.is_of(self._desk.author) and not handover.link:
            return await fate_of(self._desk, handover.workflow)
        return f"publicada em {handover.place}" if handover.link else f"para {handover.place}, sem link"

    async def with_link(self, handover: Handover) -> Handover:
        """The same with the address of the message, once it is there; kept from then on."""
        desk = self._desk
        if handover.link or not handover.workflow or not handover.is_of(desk.author):
            return handover
        link = await link_of(desk, handover.workflow)
        if not link:
            return handover
        kept = await desk.disk(desk.handovers.change, handover.id, lambda one: one.posted(link))
        return handover if kept is None else kept
