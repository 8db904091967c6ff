"""All chamados of a board in a Redmine: read whole once, and from then on what changed."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from ..errors import NotFound, RemoteError
from ..models.chamado import Chamado
from ..models.task import Task
from ..redmine import Redmine
from ..store import Store
from .redmine_memory import SETTLED_AFTER, Memory, Reading
from .redmine_place import Layout
from .redmine_reading import read_chamado
from .redmine_tasks import ChamadoTasks

WHOLE_EVERY = timedelta(minutes=15)
"""How often all tasks are listed: one that is gone, or in another project now, leaves no trace."""
OVERLAP = timedelta(minutes=1)
"""What is asked for again: a change is seen some time after the moment that it bears."""
PAGE = 20
"""Histories read before they are kept: where it is broken off, the next reading goes on from there."""

Readings = Mapping[int, Reading]


class BoardReading:
    """Reads all chamados; the history of a task only where the task changed since it was last read."""

    def __init__(
        self, redmine: Redmine, tasks: ChamadoTasks, clock: Callable[[], datetime], store: Store | None
    ) -> None:
        """``store`` keeps what was read for the next start."""
        self._redmine = redmine
        self._tasks = tasks
        self._clock = clock
        self._memory = Memory(store)
        self._known: Readings | None = None
        self._whole_at: datetime | None = None
        self._one_at_a_time = asyncio.Lock()

    async def chamados(self) -> tuple[Chamado, ...]:
        """Return every chamado, the newest first."""
        layout = await self._tasks.layout()
        async with self._one_at_a_time:
            before = self._known
            if before is None:
                before = await asyncio.to_thread(self._memory.recall, layout)
            now = await self._read(layout, before)
        return tuple(reading.chamado for reading in reversed(_first_ones(now)))

    async def _read(self, layout: Layout, before: Readings) -> Readings:
        begun, whole_at = self._clock(), self._whole_at
        since = self._since(before, begun)
        rows = await self._tasks.rows(since)
        newest = max((row.updated_on for row in rows), default=begun)
        now: dict[int, Reading] = {} if since is None else dict(before)
        # broken off, some of what changed stays unread behind what was read: then all are listed next
        self._whole_at = None
        kept = before
        for start in range(0, len(rows), PAGE):
            try:
                for row in rows[start : start + PAGE]:
                    now.pop(row.id, None)
                    with suppress(NotFound):  # gone since it was listed
                        now[row.id] = await self._read_one(layout, row, before.get(row.id), begun, newest)
            except RemoteError:
                await self._keep(layout, kept, {**before, **now})
                raise
            except asyncio.CancelledError:
                self._known = {**before, **now}
                raise
            kept = await self._keep(layout, kept, {**before, **now})
        await self._keep(layout, kept, now)
        self._whole_at = begun if since is None else whole_at
        return now

    async def _keep(self, layout: Layout, kept: Readings, now: Readings) -> Readings:
        """Know ``now``, and keep what of it is not ``kept``."""
        self._known = now
        await asyncio.to_thread(self._memory.keep, layout, kept, now)
        return now

    def _since(self, before: Readings, now: datetime) -> datetime | None:
        """From when on what changed is asked for; None where all is."""
        if not before or self._whole_at is None or now - self._whole_at >= WHOLE_EVERY:
            return None
        return max(reading.updated_on for reading in before.values()) - OVERLAP  # the server's own clock

    async def _read_one(
        self, layout: Layout, row: Task, before: Reading | None, begun: datetime, newest: datetime
    ) -> Reading:
        same = before is not None and before.updated_on == row.updated_on
        if before is not None and same and before.is_settled:
            return before
        seen_at = before.seen_at if before is not None and same else begun
        overtaken = newest - row.updated_on >= SETTLED_AFTER
        settled = overtaken or self._clock() - seen_at >= SETTLED_AFTER
        chamado = read_chamado(await self._redmine.task(row.id), layout)
        return Reading(row.updated_on, seen_at, settled, chamado)


def _first_ones(readings: Readings) -> Sequence[Reading]:
    """Of several tasks of one chamado the one that came into being first, oldest first."""
    first: dict[str, Reading] = {}
    for number in sorted(readings):
        first.setdefault(readings[number].chamado.id, readings[number])
    return tuple(first.values())
