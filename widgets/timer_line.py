"""What runs and what waits to be logged, in one line: ``⏱ 0:42 #4102 · 1 pausado``."""

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from clients.models.timer import Timer, TimerState, target_name

from .pane import Clock
from .phrases import counted

RUNS, ASKS = "⏱", "▲"
"""Before time that passes, and before a timer that somebody forgot. The first is one cell wide as text."""


def timer_line(timers: Sequence[Timer], now: datetime) -> str:
    """Say each timer that runs, then how many are paused and how many wait to be logged; "" for none.

    Whole minutes, so that it changes once a minute at most.
    """
    running = [_running(timer, now) for timer in timers if timer.is_running]
    paused = sum(timer.state is TimerState.PAUSED for timer in timers)
    waiting = sum(timer.state is TimerState.STOPPED for timer in timers)
    told = [
        *running,
        *([counted(paused, "pausado", "pausados")] if paused else []),
        *([f"{waiting} a registrar"] if waiting else []),
    ]
    if not told:
        return ""
    return " · ".join(told) if running else f"{RUNS} {' · '.join(told)}"


def _running(timer: Timer, now: datetime) -> str:
    minutes = timer.minutes(now)
    told = f"{minutes // 60}:{minutes % 60:02} {target_name(timer.target)}"
    return f"{ASKS} {told} esquecido?" if timer.is_forgotten(now) else f"{RUNS} {told}"


class TimerLine(Static):
    """The line of `timer_line`; it takes no room while there is no timer.

    ``timers`` is given or bound; whoever shows it calls `tick` with the minute.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TimerLine { height: 1; width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; display: none; }
    TimerLine.-told { display: block; }
    """

    timers: var[tuple[Timer, ...]] = var(())

    def __init__(self, *, clock: Clock, id: str | None = None) -> None:
        super().__init__(id=id)
        self._clock = clock
        self._told = ""

    def watch_timers(self) -> None:
        """One was started, paused, logged."""
        self.tick()

    def tick(self) -> None:
        """Say the minutes anew; within the same minute nothing is repainted."""
        told = timer_line(self.timers, self._clock())
        if told != self._told:
            self._told = told
            self.set_class(bool(told), "-told")
            self.update(Content(told), layout=False)
