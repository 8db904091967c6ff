"""When a pilot goes on: once the event loop has nothing left to do.

Textual waits until the whole process uses next to no processor, a fiftieth of a second at least and a second
at most: a server in another thread keeps that from coming, and a busy machine makes it come too soon.
"""

import asyncio

import pytest

_BREATH = 0.002
"""Seconds in which other threads and sockets may have their word."""
_QUIET_ROUNDS = 3


async def nothing_left_to_do(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Return when the loop went round a few times without a callback; after ``max_sleep`` seconds anyway."""
    loop = asyncio.get_running_loop()
    deadline, quiet = loop.time() + max_sleep, 0
    while quiet < _QUIET_ROUNDS and loop.time() < deadline:
        await asyncio.sleep(0 if quiet else _BREATH)
        quiet = 0 if loop._ready else quiet + 1  # type: ignore[attr-defined]


def install(patch: pytest.MonkeyPatch) -> None:
    """Let pilots wait so."""
    for module in ("app", "pilot"):
        patch.setattr(f"textual.{module}.wait_for_idle", nothing_left_to_do)
