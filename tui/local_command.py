"""A program of this machine, run for a step of a runbook: no shell, no keyboard, an end in any case."""

import asyncio
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from clients.errors import PlantaoError
from clients.models.text import MAX_CHARS, safe_text
from clients.os_faults import os_fault

LONGEST = 120.0
"""Seconds after which it is ended."""
_MOST = 4 * MAX_CHARS
"""Bytes of its output that are read; what comes after is thrown away."""


class NotRun(PlantaoError):
    """It could not be begun."""

    title = "Comando local"
    way_out = "Confira comando_local em [roteiros]."


@dataclass(frozen=True)
class Ran:
    """What came of it."""

    output: str
    """What it wrote, cleaned."""
    code: int | None
    """Its exit code; None where it was ended after its time."""


async def run_locally(argv: Sequence[str], longest: float = LONGEST) -> Ran:
    """Run ``argv`` and return what it wrote. NotRun where it could not be begun.

    It gets no terminal, so that it can neither ask there nor write over the screen. Where it is ended, the
    programs that it began end with it; what it left running by itself goes on.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *argv,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        why = os_fault(error) if isinstance(error, OSError) else "o nome não serve"
        raise NotRun(f"não dá para executar “{argv[0]}”: {why}.") from None
    written, code = bytearray(), None
    try:
        async with asyncio.timeout(longest):
            await _read(process, written)
            code = await process.wait()
    except TimeoutError:
        code = process.returncode  # known where only something that it began still writes
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    return Ran(safe_text(bytes(written)).strip(), code)


async def _read(process: asyncio.subprocess.Process, written: bytearray) -> None:
    assert process.stdout is not None
    while chunk := await process.stdout.read(65_536):
        written += chunk[: _MOST - len(written)]
