"""Today's morning round: what each check finds, ticking, and closing it with a post. Knows no screen."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from clients.errors import RemoteError
from clients.models.chamado import Chamado
from clients.models.excerpt import masked
from clients.models.feed import Feed
from clients.models.morning import CheckKind, MorningRound, Sight, day_of, since_when
from clients.models.morning_doings import told_at_the_round
from clients.models.morning_sights import (
    absent,
    chamados_sight,
    concluded_sight,
    services_sight,
    timers_sight,
    unanswered_sight,
)
from clients.models.service import Service, ServiceState, standing
from clients.models.service_doings import dealt_with
from clients.models.slack import SlackChannel
from clients.models.task import Task
from clients.models.ticket import Ticket

from .posted_once import fate_of, link_of, plan_posting

if TYPE_CHECKING:
    from .desk import Desk

Sights = Mapping[CheckKind, Sight]
Change = Callable[[MorningRound], MorningRound]
_NOT_CONFIGURED = "{} não configurado"


@dataclass(frozen=True)
class Read:
    """What the sources say, each with its age."""

    services: Feed[Service]
    queue: Feed[Ticket]
    chamados: Feed[Chamado]
    concluded: Feed[Task]


async def services_as_they_stand(
    desk: "Desk", read: Feed[Service], rounds: Sequence[MorningRound] = ()
) -> Sight:
    """What of the services is not well by now, and what was done about it on this machine.

    Where nothing was noted of a service, what was written on it at one of ``rounds`` is told.
    """
    now = desk.clock()
    services = replace(read, items=standing(read.items, now, desk.longest_unchecked))
    red = [each for each in services.items if each.state is ServiceState.FAIL]
    notes = {each.key: await desk.disk(desk.local.service_log.notes, each.key) for each in red}
    walks = await desk.disk(desk.local.walks.list) if red else ()
    dealt = {
        each.key: dealt_with(each, notes[each.key], walks, now) or told_at_the_round(each, rounds, now)
        for each in red
    }
    return services_sight(services, dealt, now)


class Morning:
    """The round of who sits at the desk, on the day that it is; `Desk.open` comes first.

    What a rule refuses is a ValueError with the reason in Portuguese; what the disk refuses a StoreError.
    """

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    @property
    def day(self) -> date:
        """Today in São Paulo."""
        return day_of(self._desk.clock())

    @property
    def is_known_who(self) -> bool:
        """Whether it is known whose round it is."""
        return self._desk.knows_author

    @property
    def absent(self) -> Mapping[CheckKind, str]:
        """Checks that have no system to look at, and why."""
        settings = self._desk.settings
        systems = {
            CheckKind.SERVICES: (settings.monitor, "Monitoramento"),
            CheckKind.UNANSWERED: (settings.freshdesk, "Freshdesk"),
            CheckKind.CONCLUDED: (settings.redmine, "Redmine"),
        }
        missing = {kind: name for kind, (section, name) in systems.items() if section is None}
        return {kind: _NOT_CONFIGURED.format(name) for kind, name in missing.items()}

    async def is_expected(self) -> bool:
        """Whether anybody has to go the round today: not on a day off."""
        return await asyncio.to_thread(self._desk.settings.workday.calendar.is_worked, self.day)

    # ── what is there ──

    async def round(self) -> MorningRound:
        """The round as it stands."""
        return await self._desk.disk(self._desk.local.morning_rounds.of, self.day, self._desk.author)

    async def since(self) -> datetime:
        """From when on it looks back."""
        desk = self._desk
        closed = await desk.disk(desk.local.morning_rounds.closed_before, self.day, desk.author)
        return await asyncio.to_thread(since_when, self.day, closed, desk.settings.workday.calendar)

    async def concluded(self, before: Feed[Task]) -> Feed[Task]:
        """Read which tasks one created or observes were concluded; where that fails, ``before`` and why."""
        redmine, clock = self._desk.redmine, self._desk.clock
        if redmine is None:
            return before
        since, at = await self.since(), clock()
        try:
            mine = await redmine.tasks(author="me", status="closed", closed_since=since)
            observed = await redmine.tasks(watcher="me", status="closed", closed_since=since)
        except RemoteError as error:
            return before.failed(error.trouble)
        return Feed(tuple({task.id: task for task in (*mine, *observed)}.values()), as_of=at)

    async def sights(self, read: Read) -> Sights:
        """What each check finds in what was ``read``, and in what is on this machine."""
        desk, now, since = self._desk, self._desk.clock(), await self.since()
        found = (
            await services_as_they_stand(desk, read.services),
            unanswered_sight(read.queue, now),
            concluded_sight(read.concluded, since, now),
            chamados_sight(read.chamados, since, desk.settings.chamados.labels, now),
            timers_sight(await desk.disk(desk.local.timers.list), now),
        )
        missing = self.absent
        return {
            each.kind: absent(each.kind, missing[each.kind]) if each.kind in missing else each
            for each in found
        }

    # ── what is done ──

    async def tick(self, sight: Sight) -> MorningRound:
        """Tick a check as it is seen now."""
        now = self._desk.clock()
        return await self._change(lambda one: one.ticked(sight, now))

    async def untick(self, kind: CheckKind) -> MorningRound:
        """Take a tick back."""
        return await self._change(lambda one: one.unticked(kind))

    async def note(self, kind: CheckKind, text: str) -> MorningRound:
        """Write a note on a check, masked, for others read it; an empty one takes it away."""
        note, now = masked((text,)).texts[0], self._desk.clock()
        return await self._change(lambda one: one.noted(kind, note, now))

    async def channel(self) -> SlackChannel | None:
        """The channel that it goes to. Raises RemoteError."""
        room = self._desk.room
        return None if room is None or not room.round_channel else await room.round()

    async def close(self, text: str, channel: SlackChannel | None) -> str:
        """Close the round; return the operation that posts ``text``, to be carried on, or nothing.

        Both are written at once, so that whichever session closes it is the one that posts. Raises Busy too.
        """
        desk, now, missing = self._desk, self._desk.clock(), frozenset(self.absent)

        def closing(workflow: str) -> MorningRound:
            return desk.local.morning_rounds.change(
                self.day, desk.author, lambda one: one.closed(text, now, absent=missing, workflow=workflow)
            )

        if channel is None:
            await desk.disk(closing, "")
            return ""
        return await plan_posting(desk, text, channel, f"rotina:{self.day.isoformat()}", closing)

    async def fate(self, morning: MorningRound) -> str:
        """What became of the summary of a closed round, in words."""
        return await fate_of(self._desk, morning.workflow) if morning.workflow else "resumo para copiar"

    async def with_link(self, morning: MorningRound) -> MorningRound:
        """The same with the address of the message, once it is there; kept from then on."""
        if morning.link or not morning.workflow:
            return morning
        link = await link_of(self._desk, morning.workflow)
        return await self._change(lambda one: one.posted(link)) if link else morning

    async def _change(self, change: Change) -> MorningRound:
        desk = self._desk
        return await desk.disk(desk.local.morning_rounds.change, self.day, desk.author, change)
