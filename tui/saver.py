"""Saves what is typed at every change without falling behind: only the newest version of each thing waits."""

import asyncio
from collections.abc import Callable

from clients.errors import StoreError

from .disk import Disk


class Saver:
    """Hands writes to the disk one at a time; a newer write under the same key replaces one that waits."""

    def __init__(self, disk: Disk, failed: Callable[[StoreError], None]) -> None:
        """``failed`` is told of each write that the store refused."""
        self._disk = disk
        self._failed = failed
        self._waiting: dict[str, Callable[[], object]] = {}
        self._draining: asyncio.Task[None] | None = None

    def save(self, key: str, write: Callable[[], object]) -> None:
        """Have ``write`` done soon, in the place of what waits under ``key``."""
        self._waiting.pop(key, None)
        self._waiting[key] = write
        if self._draining is None or self._draining.done():
            self._draining = asyncio.create_task(self._drain(), name="saver")

    async def flush(self) -> None:
        """Return once everything handed over is on disk."""
        while self._draining is not None and not self._draining.done():
            await asyncio.shield(self._draining)

    async def _drain(self) -> None:
        while self._waiting:
            key = next(iter(self._waiting))
            write = self._waiting.pop(key)
            try:
                await self._disk(write)
            except StoreError as error:
                self._failed(error)
