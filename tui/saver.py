"""Saves what is typed at every change without falling behind, and tells what became of each write.

Only the newest version of each thing waits. What the store refuses stays in line, everything after it
behind it, and is tried again: with the next write, at `Saver.flush`, and after a pause.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from clients.errors import StoreError

from .disk import Disk

SLOW = 1.0
"""Seconds after which a write that still waits is told to be on its way."""
AGAIN = 5.0
"""Seconds until what the store refused is tried again."""


@dataclass(frozen=True)
class Saving:
    """Not on disk yet, for longer than one notices."""


@dataclass(frozen=True)
class Kept:
    """On disk."""


@dataclass(frozen=True)
class Refused:
    """Not on disk: the store says why."""

    error: StoreError


Fate = Saving | Kept | Refused
"""What became of a write."""


def _to_nobody(fate: Fate) -> None:
    """For what nobody waits for."""


@dataclass(frozen=True)
class _Job:
    write: Callable[[], object]
    told: Callable[[Fate], None]


class Saver:
    """Hands writes to the disk one at a time; a newer write under the same key replaces one that waits."""

    def __init__(
        self, disk: Disk, failed: Callable[[StoreError], None], *, slow: float = SLOW, again: float = AGAIN
    ) -> None:
        """``failed`` is told once when the store begins to refuse, not of each write that waits for it."""
        self._disk = disk
        self._failed = failed
        self._slow, self._again = slow, again
        self._waiting: dict[tuple[int, str], _Job] = {}
        self._steps = 0
        self._draining: asyncio.Task[None] | None = None
        self._writing: _Job | None = None
        self._retry: asyncio.TimerHandle | None = None
        self.refusal: StoreError | None = None
        """Why the newest write is not on disk; None while the store takes what it is given."""

    @property
    def idle(self) -> bool:
        """Whether everything handed over is on disk."""
        return not self._waiting and self._writing is None

    def save(self, key: str, write: Callable[[], object], told: Callable[[Fate], None] = _to_nobody) -> None:
        """Have ``write`` done soon, in the place of what waits under ``key``."""
        place = self._steps, key
        self._waiting.pop(place, None)
        self._waiting[place] = _Job(write, told)
        self._start()

    def then(self, write: Callable[[], object], told: Callable[[Fate], None] = _to_nobody) -> None:
        """Have ``write`` done after what was handed over before, and before what comes after."""
        self._steps += 1  # a later save joins no write from before this one
        self.save("", write, told)
        self._steps += 1

    async def flush(self) -> None:
        """Return once everything handed over is on disk, or was refused once more."""
        if self._waiting:
            self._start()
        while self._draining is not None and not self._draining.done():
            await asyncio.shield(self._draining)

    async def close(self) -> None:
        """Try everything a last time."""
        await self.flush()
        if self._retry is not None:
            self._retry.cancel()

    def _start(self) -> None:
        if self._draining is None or self._draining.done():
            self._draining = asyncio.create_task(self._drain(), name="saver")

    async def _drain(self) -> None:
        if self._retry is not None:
            self._retry.cancel()
        self._patience = asyncio.get_running_loop().call_later(self._slow, self._tell_slow)
        try:
            while self._waiting:
                place = next(iter(self._waiting))
                self._writing = job = self._waiting.pop(place)
                try:
                    await self._disk(job.write)
                except StoreError as error:
                    self._waiting = {place: job} | self._waiting  # at its place, or a newer one there
                    self._refuse(error)
                    return
                self.refusal = None
                if place not in self._waiting:
                    job.told(Kept())
        finally:
            self._writing = None
            self._patience.cancel()

    def _refuse(self, error: StoreError) -> None:
        before, self.refusal = self.refusal, error
        for job in tuple(self._waiting.values()):
            job.told(Refused(error))
        if before is None:
            self._failed(error)
        self._retry = asyncio.get_running_loop().call_later(self._again, self._start)

    def _tell_slow(self) -> None:
        for job in (self._writing, *self._waiting.values()):
            if job is not None:
                job.told(Saving())
        self._patience = asyncio.get_running_loop().call_later(self._slow, self._tell_slow)
