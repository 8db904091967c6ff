"""One yes or no at the terminal, before anything is done."""

import asyncio
import sys

from clients.models.text import safe_text

from .running import say


async def agreed(question: str, *, above: str = "") -> bool:
    """Ask once, below ``above``; no where nobody is there to be asked, and that is said."""
    if not sys.stdin.isatty():
        say("plantao: sem terminal não há a quem perguntar: use --sim, ou --simular para só ver.")
        return False
    if above:
        say(above)
    sys.stderr.write(f"{safe_text(question, multiline=False)} [s/N] ")
    sys.stderr.flush()
    if (await _typed_line()).strip().lower() in ("s", "sim"):
        return True
    say("Nada foi feito.")
    return False


async def _typed_line() -> str:
    """A line from the terminal; Ctrl+C is heard meanwhile."""
    loop, readable = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(sys.stdin.fileno(), readable.set)
    try:
        await readable.wait()
        return sys.stdin.readline()
    finally:
        loop.remove_reader(sys.stdin.fileno())
