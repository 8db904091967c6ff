"""What time passes on, in a few cells of the top line: ``⏱ 0:42 #4102``, paused ``‖ 0:42 #4102``."""

from collections.abc import Sequence
from datetime import datetime

from clients.models.timer import Timer, target_name

from .cells import Line, Piece, Tone
from .phrases import FORGOTTEN, timer_state


def timer_line(timers: Sequence[Timer], now: datetime, *, named: bool = True) -> Line:
    """Say the first of the timers, which are in the order of `Timers.list`, and how many more there are.

    Whole minutes: with ``now`` as the minute it changes once a minute. Only how long, unless ``named``.
    Empty where there is no timer.
    """
    if not timers:
        return ()
    first, *more = timers
    forgotten = any(timer.is_forgotten(now) for timer in timers)
    mark = FORGOTTEN if forgotten else timer_state(first, now)[0]
    minutes = first.minutes(now)
    told = f"{mark} {minutes // 60}:{minutes % 60:02}"
    told += f" {target_name(first.target)}" if named else ""
    tone = Tone.WARN if forgotten else Tone.ACCENT if first.is_running else Tone.DIM
    return (Piece(f"{told} +{len(more)}" if more else told, tone),)
