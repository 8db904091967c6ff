"""``python -m clients.sandbox --dir DIR``: one line of JSON when all answers, and an end with its parent.

The line is as of `ready_line`; or it has ``trouble`` (title, message, way_out) where it cannot be.
"""

import argparse
import asyncio
import contextlib
import json
import os
import signal
import sys
import threading
from dataclasses import asdict
from pathlib import Path

from ..errors import PlantaoError
from .company.facts import company_facts
from .house import DEFAULT_SEED, DEFAULT_TICKETS
from .knobs import Knobs, LifeKnobs
from .server import Running, serving_sandbox


def main() -> int:
    """Serve until standard input ends (the parent died, however it did) or a signal says so."""
    parser = argparse.ArgumentParser(prog="python -m clients.sandbox", description=__doc__)
    parser.add_argument("--dir", type=Path, required=True, help="where it keeps its state")
    parser.add_argument("--tickets", type=int, default=DEFAULT_TICKETS, help="how many, on the first start")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="another company's history")
    parser.add_argument(
        "--handovers", type=Path, help="where colleagues who are at work hand over; without it nobody is"
    )
    options = parser.parse_args()
    try:
        asyncio.run(_serve(options.dir, options.tickets, options.seed, options.handovers))
    except PlantaoError as error:
        sys.stdout.write(json.dumps({"trouble": asdict(error.trouble)}) + "\n")
        return 1
    return 0


async def _serve(folder: Path, tickets: int, seed: int, handovers: Path | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    threading.Thread(target=_until_orphaned, args=(loop, stop), daemon=True).start()
    knobs = Knobs(life=LifeKnobs(colleagues=handovers is not None))
    async with serving_sandbox(
        folder, tickets=tickets, seed=seed, knobs=knobs, handovers=handovers
    ) as running:
        sys.stdout.write(ready_line(running) + "\n")
        sys.stdout.flush()
        await stop.wait()


def _until_orphaned(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    with contextlib.suppress(OSError):  # closed from the start is an end too
        while os.read(0, 4096):
            pass
    loop.call_soon_threadsafe(stop.set)


def ready_line(running: Running) -> str:
    """The line that is printed: ``{"urls": {…}, "keys": {…}, "letters": …, "servers": {client: code}}``."""
    ready = {
        "urls": asdict(running.urls),
        "keys": asdict(running.keys),
        "letters": str(running.mail.folder),
        "servers": {client.name: client.server for client in company_facts().clients},
    }
    return json.dumps(ready)


if __name__ == "__main__":
    sys.exit(main())
