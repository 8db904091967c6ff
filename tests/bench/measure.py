"""Measures one terminal program from outside: its bytes, its delays, its memory, its idleness."""

import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.terminal import Terminal

COLUMNS, LINES = 120, 36


@dataclass(frozen=True)
class Figures:
    """What one program cost in one run. Milliseconds, bytes, megabytes."""

    ready_ms: float
    start_bytes: int
    key_p50_ms: float
    key_p95_ms: float
    bytes_per_key: float
    bytes_per_scrolled_line: float
    idle_bytes: int
    idle_cpu_ms: float
    peak_mb: float


def run(
    argv: Sequence[str],
    ready: str | Callable[[str], bool],
    *,
    env: Mapping[str, str] | None = None,
    keys: int = 20,
    idle_seconds: float = 10.0,
    settle: float = 1.5,
    prepare: Callable[[Terminal], None] | None = None,
) -> Figures:
    """Start ``argv``, wait until it is ``ready``, press Down, scroll, then leave it alone."""
    started = time.perf_counter()
    with Terminal(argv, env=env, columns=COLUMNS, lines=LINES) as terminal:
        terminal.wait_for(ready)
        ready_ms = (time.perf_counter() - started) * 1000
        terminal.wait_quiet(settle)
        start_bytes = terminal.bytes_so_far()
        if prepare is not None:
            prepare(terminal)
            terminal.wait_quiet(settle)
        delays, per_key = zip(*(_press(terminal, "\x1b[B") for _ in range(keys)), strict=True)
        for _ in range(LINES):
            _press(terminal, "\x1b[B")
        scrolled = [_press(terminal, "\x1b[B")[1] for _ in range(keys)]
        terminal.wait_quiet(settle)
        before, cpu_before = terminal.bytes_so_far(), _cpu_ms(terminal.process.pid)
        time.sleep(idle_seconds)
        return Figures(
            ready_ms=ready_ms,
            start_bytes=start_bytes,
            key_p50_ms=statistics.median(delays),
            key_p95_ms=sorted(delays)[int(len(delays) * 0.95) - 1],
            bytes_per_key=statistics.mean(per_key),
            bytes_per_scrolled_line=statistics.mean(scrolled),
            idle_bytes=terminal.bytes_so_far() - before,
            idle_cpu_ms=_cpu_ms(terminal.process.pid) - cpu_before,
            peak_mb=_peak_mb(terminal.process.pid),
        )


def _press(terminal: Terminal, key: str) -> tuple[float, int]:
    """Milliseconds until the first byte that follows the key, and bytes until it falls silent."""
    before = terminal.bytes_so_far()
    pressed = time.perf_counter()
    terminal.send(key)
    while terminal.bytes_so_far() == before and time.perf_counter() - pressed < 5:
        time.sleep(0.0005)
    delay = (time.perf_counter() - pressed) * 1000
    terminal.wait_quiet(0.15)
    return delay, terminal.bytes_so_far() - before


def _cpu_ms(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _peak_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
