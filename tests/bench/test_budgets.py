"""What the desk costs beside a bare Textual app, in one run. ``pytest -m bench -s`` prints the table.

Only the ratios travel from one machine to another. Bytes are the same everywhere, so their budgets are
asserted; times are printed with their budgets and left to the reader, who knows what else the machine did.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tui.cli.demo import sandbox

from .desks import Home, bigger_home, first_home
from .measure import Idleness
from .sessions import (
    Figures,
    bare_idleness,
    bare_session,
    desk_idleness,
    desk_session,
    longest_wait_while_reading,
)

pytestmark = pytest.mark.bench
ROUNDS = 3
IDLE_SECONDS = 120.0
SIZES = (300, 10_000, 100_000)
BARE = "bare"
GROWTH = 1.2
"""With many tickets a figure may be this many times what it is with few."""


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    name: str
    figure: Callable[[Figures], float]
    budget: float | None = None
    """As a ratio to the bare app; None: stated only."""
    grows: bool = True
    """Whether the budget for many tickets holds for it."""
    exact: bool = False
    """Whether it is the same on every machine: then the budgets are asserted."""


def _median(name: str) -> Callable[[Figures], float]:
    return lambda figures: figures.median(name)


def _p95(name: str) -> Callable[[Figures], float]:
    return lambda figures: figures.p95(name)


def _mean(name: str) -> Callable[[Figures], float]:
    return lambda figures: figures.mean(name)


ROWS = (
    Row("first paint, ms", _median("first paint")),
    Row("ready: queue on screen, ms", _median("ready"), 1.25, grows=False),
    Row("bytes at start", _median("start bytes"), exact=True),
    Row("key p50, preview unchanged, ms", _median("key")),
    Row("key p95, preview unchanged, ms", _p95("key")),
    Row("key p50, preview following, ms", _median("key following")),
    Row("key p95, preview following, ms", _p95("key following"), 1.5),
    Row("bytes per key, preview unchanged", _median("bytes per key"), 0.4, exact=True),
    Row("bytes per key, preview following", _mean("bytes per key following"), 3, exact=True),
    Row("bytes per scrolled line", _mean("bytes per scrolled line"), 0.5, exact=True),
    Row("bytes per page", _median("bytes per page"), exact=True),
    Row("filter, key p50 to last byte, ms", _median("filter key"), grows=False),
    Row("filter, key p95 to last byte, ms", _p95("filter key"), grows=False),
    Row("composer, key p95, ms", _p95("composer key")),
    Row("composer, bytes per key", _mean("bytes per composer key")),
    Row("idle minute: bytes of the clock", _median("idle clock")),
    Row("idle minute: other bytes", _median("idle other"), exact=True),
    Row("idle minute: CPU, ms", _median("idle cpu"), 1.5),
    Row("peak memory, MB", _median("peak"), 2.0, grows=False),
    Row("longest wait of a key in the cold read, ms", _median("cold read key"), grows=False),
)


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Figures]:
    """The figures of each program: ``bare``, and the desk by the number of its tickets."""
    folder = tmp_path_factory.mktemp("bench")
    with sandbox(folder / "sandbox") as ready:
        homes = _homes(folder, ready)
        measured = {name: Figures() for name in (BARE, *homes)}
        bare_session(Figures())  # not counted: the first time compiles and fills the disk's cache
        desk_session(homes[f"{SIZES[0]}"], Figures())
        for _ in range(ROUNDS):
            bare_session(measured[BARE])
            for name, home in homes.items():
                desk_session(home, measured[name])
                measured[name].add("cold read key", longest_wait_while_reading(home))
        with ThreadPoolExecutor() as together:
            idle = {BARE: together.submit(bare_idleness, IDLE_SECONDS)}
            idle |= {name: together.submit(desk_idleness, home, IDLE_SECONDS) for name, home in homes.items()}
        for name, future in idle.items():
            _note_idleness(measured[name], future.result())
    return measured


def _homes(folder: Path, ready: Mapping[str, object]) -> dict[str, Home]:
    few = first_home(folder / "few", ready)
    more = {f"{size}": bigger_home(folder / f"{size}", few, size) for size in SIZES[1:]}
    return {f"{SIZES[0]}": few, **more}


def _note_idleness(figures: Figures, idle: Idleness) -> None:
    figures.add("idle clock", idle.clock_bytes)
    figures.add("idle other", idle.other_bytes)
    figures.add("idle cpu", idle.cpu_ms)


def test_the_desk_keeps_its_budgets_of_bytes(figures: dict[str, Figures]) -> None:
    print(f"\n{table(figures)}")  # first: whoever runs this wants the table, whatever the verdict
    few, *many = (figures[f"{size}"] for size in SIZES)
    for row in ROWS:
        if not row.exact:
            continue
        mine, bare = row.figure(few), row.figure(figures[BARE])
        if row.budget is not None:
            assert mine <= row.budget * bare, row.name
        for bigger in many:
            assert row.figure(bigger) <= GROWTH * mine, row.name
    assert few.median("idle other") == 0


def table(figures: Mapping[str, Figures]) -> str:
    """One line for each figure: as it is, as ratio to the bare app and its budget; then with many tickets."""
    head = ["", "bare", "desk", "ratio", "budget"]
    for size in SIZES[1:]:
        head += [f"{size:,}", "× desk"]
    lines = [head]
    for row in ROWS:
        few = row.figure(figures[f"{SIZES[0]}"])
        bare = row.figure(figures[BARE]) if _has(row, figures[BARE]) else None
        line = [row.name, _number(bare), _number(few), _ratio(few, bare)]
        line.append("" if row.budget is None else f"≤ {row.budget:g}")
        for size in SIZES[1:]:
            many = row.figure(figures[f"{size}"])
            line += [_number(many), _ratio(many, few)]
        line.append(f"≤ {GROWTH:g}" if row.grows else "stated")
        lines.append(line)
    widths = [
        max(len(line[column]) for line in lines if column < len(line)) for column in range(len(head) + 1)
    ]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=False))
        )
        for line in lines
    )


def _has(row: Row, figures: Figures) -> bool:
    try:
        row.figure(figures)
    except KeyError:
        return False
    return True


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _ratio(value: float, base: float | None) -> str:
    return f"{value / base:.2f}" if base else "–"
