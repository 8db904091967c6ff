"""One session of each program, key by key; what it cost, as figures by name."""

import re
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from .desks import Home
from .measure import LINES, Idleness, Watched, watching

DOWN, UP, PAGE_DOWN, ESCAPE = "\x1b[B", "\x1b[A", "\x1b[6~", "\x1b"
SERVICES, QUEUE = "\x1bOQ", "\x1bOR"
WALK = (DOWN,) * 10 + (UP,) * 10
"""Never scrolls."""
AT_ONCE, FOLLOWED = 0.03, 0.9
"""Seconds of silence after a key: too short for the preview to follow, and enough for it to be read anew."""
COLD_READ = 300.0
"""Seconds that 100,000 tickets may take on a machine that does other things too."""
FILTER, LETTERS = "nota", "O ajuste foi feito."
BARE = (sys.executable, "-m", "tests.bench.bare_app")


@dataclass
class Figures:
    """What one program cost: each figure with all its samples."""

    samples: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, *values: float) -> None:
        """Note more samples of a figure."""
        self.samples.setdefault(name, []).extend(values)

    def median(self, name: str) -> float:
        """The middle one."""
        return statistics.median(self.samples[name])

    def mean(self, name: str) -> float:
        """The sum, shared out: for bytes, of which some keys write many and most write few."""
        return statistics.mean(self.samples[name])

    def p95(self, name: str) -> float:
        """The one that a twentieth exceeds."""
        return statistics.quantiles(self.samples[name], n=20, method="inclusive")[-1]


def bare_session(figures: Figures) -> None:
    """The yardstick."""
    with watching(BARE) as program:
        _start(program, figures, first=lambda screen: bool(screen.strip()), ready=_bare_ready)
        _walk(program, figures, "key following", FOLLOWED)
        _walk(program, figures, "key", AT_ONCE)
        _scroll(program, figures)
        figures.add("peak", program.peak_mb())


def desk_session(home: Home, figures: Figures) -> None:
    """The Mesa: start, cursor, filter, composer."""
    with watching(home.argv, home.env) as program:
        _start(program, figures, first=_painted, ready=_queue_shown)
        _walk(program, figures, "key following", FOLLOWED)
        _walk(program, figures, "key", AT_ONCE)
        _scroll(program, figures)
        program.press("g", FOLLOWED)
        program.press("f", FOLLOWED)
        for key in 2 * (*FILTER, *("\x7f" * len(FILTER))):
            figures.add("filter key", program.press(key, AT_ONCE).last_ms)
        program.press(ESCAPE, FOLLOWED)
        program.press("r", FOLLOWED)
        program.terminal.wait_for("RESPOSTA AO CLIENTE")
        for key in LETTERS:
            reaction = program.press(key, AT_ONCE)
            figures.add("composer key", reaction.first_ms)
            figures.add("bytes per composer key", reaction.size)
        figures.add("peak", program.peak_mb())


def longest_wait_while_reading(home: Home) -> float:
    """Milliseconds that a key waits at worst while the queue comes from the cache."""
    waits = [0.0]
    with watching(home.argv, home.env) as program:
        program.terminal.wait_for(_painted)
        while not _queue_shown(program.terminal.text()):
            waits.append(program.press((QUEUE, SERVICES)[len(waits) % 2], AT_ONCE).first_ms)
    return max(waits)


def bare_idleness(seconds: float) -> Idleness:
    """The yardstick, left alone."""
    with watching(BARE) as program:
        return _idleness(program, _bare_ready, seconds)


def desk_idleness(home: Home, seconds: float) -> Idleness:
    """The Mesa with its pollers on, left alone."""
    with watching(home.argv, home.env) as program:
        return _idleness(program, _queue_shown, seconds)


def _idleness(program: Watched, ready: Callable[[str], bool], seconds: float) -> Idleness:
    program.terminal.wait_for(ready, COLD_READ)
    program.terminal.wait_quiet(4)
    return program.idle(seconds)


def _start(
    program: Watched, figures: Figures, *, first: Callable[[str], bool], ready: Callable[[str], bool]
) -> None:
    program.terminal.wait_for(ready, COLD_READ)
    program.terminal.wait_quiet(2)
    figures.add("first paint", program.shown_after_ms(first))
    figures.add("ready", program.shown_after_ms(ready))
    figures.add("start bytes", program.terminal.bytes_so_far())


def _walk(program: Watched, figures: Figures, name: str, quiet: float) -> None:
    for key in WALK:
        reaction = program.press(key, quiet)
        figures.add(name, reaction.first_ms)
        figures.add(f"bytes per {name}", reaction.size)
    program.terminal.wait_quiet(FOLLOWED)


def _scroll(program: Watched, figures: Figures) -> None:
    program.press(DOWN * LINES, FOLLOWED)
    for _ in range(LINES):
        figures.add("bytes per scrolled line", program.press(DOWN, AT_ONCE).size)
    program.terminal.wait_quiet(FOLLOWED)
    figures.add("bytes per page", program.press(PAGE_DOWN, AT_ONCE).size)
    program.terminal.wait_quiet(FOLLOWED)


def _bare_ready(screen: str) -> bool:
    return "nota 20" in screen and "Sair" in screen


def _painted(screen: str) -> bool:
    return "Plantão" in screen


def _queue_shown(screen: str) -> bool:
    return bool(re.search(r"Fila \d", screen) and re.search(r"#\d", screen))
