"""Handing a shift over: what is found, what is passed on and posted, what the next shift acknowledged.

Knows no screen.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from clients.errors import StoreError
from clients.models.handover import (
    WAITS,
    Handover,
    HandoverLine,
    Portion,
    Preparation,
    awaited,
)
from clients.models.handover_text import HEADING, author_of, handover_text
from clients.models.slack import SlackChannel
from clients.models.slack_talk import HANDED_OVER, Answer, Following, Question

from .flows.slack_posting import Posting, post_step
from .handovers import News
from .posted_once import fate_of, link_of, plan_posting, thread_of

if TYPE_CHECKING:
    from .desk import Desk

Change = Callable[[Preparation], Preparation]
_ON_SLACK = "slack:"
"""How the id of a handover begins that is only read in the channel: its message's follows."""


class HandingOver:
    """The handovers of who sits at the desk; `Desk.open` comes first.

    What a rule refuses is a ValueError with the reason in Portuguese; what the disk refuses a StoreError.
    """

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    # ── what is prepared ──

    async def preparation(self) -> Preparation:
        """What was made of the lines so far."""
        return await self._desk.disk(self._desk.handovers.preparation, self._desk.author)

    async def of_whole_team(self, *, is_so: bool) -> Preparation:
        """Pass everybody's tickets on, or one's own and nobody's only."""
        return await self._prepare(lambda one: one.of_whole_team(is_so=is_so))

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
            desk.local.questions.settle_about(HANDED_OVER)
            desk.handovers.hand_over(handover.model_copy(update={"workflow": workflow}), after)

        workflow = ""
        if channel is None:
            await desk.disk(closing, "")
        else:
            workflow = await plan_posting(desk, text, channel, f"passagem:{who}", closing, about=HANDED_OVER)
        try:
            await desk.disk(desk.handovers.share)
        except StoreError as error:  # handed over it is; the folder gets it at the next look
            desk.trouble(error.trouble)
        return workflow

    # ── what was handed over ──

    async def handovers(self) -> tuple[Handover, ...]:
        """All that can be read, the latest first; one's own of an interrupted session are shared first."""
        await self._desk.disk(self._desk.handovers.share)
        return await self._desk.disk(self._desk.handovers.list)

    async def awaited(self) -> tuple[Handover, ...]:
        """Those of others that wait for an acknowledgement, the latest first."""
        return awaited(await self.handovers(), self._desk.author, self._desk.clock())

    async def acknowledge(self, handover: Handover, keys: Iterable[str]) -> Handover | None:
        """Acknowledge lines; None where the handover is forgotten."""
        wanted, now = tuple(keys), self._desk.clock()
        return await self._take_in(handover, lambda one, who: one.acknowledged(wanted, who, now))

    async def ask_back(self, handover: Handover, key: str, note: str) -> Handover | None:
        """Acknowledge a line with a note for who handed over; None where the handover is forgotten."""
        now = self._desk.clock()
        return await self._take_in(handover, lambda one, who: one.asked_back(key, who, now, note))

    async def take_back(self, handover: Handover, key: str) -> Handover | None:
        """Take one's own acknowledgement of a line back; None where the handover is forgotten."""
        return await self._take_in(handover, lambda one, who: one.taken_back(key, who))

    async def _take_in(
        self, handover: Handover, change: Callable[[Handover, str], Handover]
    ) -> Handover | None:
        desk, who = self._desk, self._desk.author
        if not desk.knows_author:
            raise ValueError("Ainda não se sabe quem dá ciência: o Freshdesk não respondeu.")
        return await desk.disk(desk.handovers.change, handover.id, lambda one: change(one, who))

    async def answer_on_slack(self, handover: Handover, text: str) -> str:
        """Answer one of `on_slack` below its text; return the operation that posts it, to be carried on.

        Raises Busy and RemoteError.
        """
        desk, room = self._desk, self._desk.room
        if room is None:
            raise ValueError("O Slack ainda não está conectado.")
        channel, thread = await room.handover(), handover.id.removeprefix(_ON_SLACK)
        posting = Posting(channel=channel.id, place=channel.name, text=text, thread_ts=thread)
        planned = await desk.workflows.plan([post_step(posting)])
        return planned[0].workflow

    async def news(self) -> tuple[News, ...]:
        """What the next shift acknowledged of one's own handovers; told once, whatever session asks.

        Of one that waits for nobody any more, what is answered on Slack is no longer followed.
        """
        desk = self._desk
        news = await desk.disk(desk.handovers.news, desk.author, desk.clock() - WAITS)
        for each in news:
            thread = None if each.handover.waiting else await self._thread(each.handover)
            if thread is not None:
                await desk.disk(desk.local.questions.set_state, thread.id, Following.SETTLED)
        return news

    async def answers(self, handover: Handover) -> tuple[Answer, ...]:
        """What others wrote below its text on Slack, as far as it was read here."""
        thread = await self._thread(handover)
        return thread.answers if thread is not None else ()

    async def _thread(self, handover: Handover) -> Question | None:
        own = handover.workflow and handover.is_of(self._desk.author)
        return await thread_of(self._desk, handover.workflow) if own else None

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
                id=f"{_ON_SLACK}{one.ts}",
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
