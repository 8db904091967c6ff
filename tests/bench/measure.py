"""Watches one terminal program from outside: its bytes, its delays, its memory, its idleness."""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyte

from tests.support.terminal import Terminal, TolerantScreen

COLUMNS, LINES = 120, 36
FIRST_SECONDS = 3
"""Of a minute: what is written then is the clock of the top line and the ages below it."""


@dataclass(frozen=True)
class Reaction:
    """What a key brought about."""

    first_ms: float
    """Until its first byte."""
    last_ms: float
    """Until its last byte."""
    size: int
    """Bytes."""


@dataclass(frozen=True)
class Idleness:
    """What a minute cost in which nobody did anything."""

    clock_bytes: float
    """Written as a minute began."""
    other_bytes: float
    cpu_ms: float


class Watched:
    """A program in a terminal of 120×36, and the clock beside it."""

    def __init__(self, terminal: Terminal, started: float) -> None:
        self.terminal = terminal
        self._started = started

    def shown_after_ms(self, wanted: Callable[[str], bool]) -> float:
        """From the start until the screen was first as ``wanted``, to the piece of output that made it so."""
        screen = TolerantScreen(COLUMNS, LINES)
        stream = pyte.ByteStream(screen)
        fed = 0
        for at, size in self.terminal.arrivals:
            stream.feed(bytes(self.terminal.raw[fed:size]))
            fed = size
            if wanted("\n".join(screen.display)):
                return (at - self._started) * 1000
        raise AssertionError("the screen never was as wanted")

    def press(self, key: str, quiet: float, patience: float = 120.0) -> Reaction:
        """Send a key; wait for an answer and then until nothing came for ``quiet`` seconds."""
        arrivals = self.terminal.arrivals
        before, size_before = len(arrivals), self.terminal.bytes_so_far()
        pressed = time.perf_counter()
        self.terminal.send(key)
        while len(arrivals) == before:
            assert time.perf_counter() - pressed < patience, f"nothing came of {key!r}"
            time.sleep(0.0005)
        while time.perf_counter() - arrivals[-1][0] < quiet:
            time.sleep(0.001)
        first, (last, size) = arrivals[before][0], arrivals[-1]
        return Reaction((first - pressed) * 1000, (last - pressed) * 1000, size - size_before)

    def idle(self, seconds: float) -> Idleness:
        """Leave it alone; figures are those of one minute."""
        began, cpu_before = len(self.terminal.arrivals), self._cpu_ms()
        offset = time.time() - time.perf_counter()
        time.sleep(seconds)
        clock = other = 0
        size = self.terminal.arrivals[began - 1][1]
        for at, so_far in self.terminal.arrivals[began:]:
            if datetime.fromtimestamp(at + offset).second < FIRST_SECONDS:
                clock += so_far - size
            else:
                other += so_far - size
            size = so_far
        minutes = seconds / 60
        return Idleness(clock / minutes, other / minutes, (self._cpu_ms() - cpu_before) / minutes)

    def peak_mb(self) -> float:
        """The most memory it ever had."""
        status = Path(f"/proc/{self.terminal.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def _cpu_ms(self) -> float:
        fields = Path(f"/proc/{self.terminal.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


@contextmanager
def watching(argv: Sequence[str], env: Mapping[str, str] | None = None) -> Iterator[Watched]:
    """Start ``argv``; it is hung up on at the end."""
    started = time.perf_counter()
    with Terminal(argv, env=env, columns=COLUMNS, lines=LINES) as terminal:
        yield Watched(terminal, started)
