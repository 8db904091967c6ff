"""Charts as lines of text, each with its numbers below. What is drawn is plotext's; colours are ours."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from math import floor, log10

from clients.models.duration import clock_of
from clients.models.figures import Figure, Series

from .cells import Line, Piece, Tone, clip, clip_line, fit, line_width, wrap

HEIGHT = 9
"""Lines of a chart of days."""
LOW = 7
"""The same where it stands beside something else."""
TWO = 110
"""Columns from which two stand side by side."""
_BETWEEN = 2
LONGEST_NAME = 24
MARKS = ("█", "░")
"""Of the first series and the second: told apart without a colour."""
_THICK = (0.5, 0.8)
"""Part of a day's room that one bar takes, and two."""
_HALF_A_BAR = 0.6
_THIN = 0.1
"""The same of a bar that lies: less than a row."""
_TICKS = 4
"""The most numbers beside 0 below bars that lie."""
_ROUNDING = 1e-9
_FRAME = 3
"""Lines and the row of labels around the bars."""


def chart_lines(figures: Sequence[Figure], width: int) -> tuple[Line, ...]:
    """All of them with their numbers; two side by side where there is room."""
    if width < TWO:
        return tuple(line for figure in figures for line in _one(figure, width))
    column = (width - _BETWEEN) // 2
    pairs = zip(figures[::2], (*figures[1::2], None), strict=False)
    return tuple(line for left, right in pairs for line in _beside(left, right, column))


def short_chart_lines(figures: Sequence[Figure], width: int) -> tuple[Line, ...]:
    """All of them, one below the other, lower and with what they come to in place of each number."""
    return tuple(line for figure in figures for line in (*_headed(figure, width, LOW), ()))


def load() -> None:
    """Import what draws: it takes a moment, which a worker has and the screen has not."""
    import plotext  # noqa: F401


def _beside(left: Figure, right: Figure | None, width: int) -> Iterator[Line]:
    ours, theirs = list(_one(left, width)), list(_one(right, width)) if right else []
    for one, other in zip_longest(ours, theirs, fillvalue=()):
        yield (*one, Piece(" " * (width - line_width(one) + _BETWEEN)), *other)


def _one(figure: Figure, width: int) -> Iterator[Line]:
    yield from _headed(figure, width, HEIGHT)
    yield from _numbers(figure, width)
    yield ()


def _headed(figure: Figure, width: int, height: int) -> Iterator[Line]:
    """Title, bars, and what they come to."""
    marks = [f"{mark} {each.name}" for mark, each in zip(MARKS, figure.series, strict=False)]
    yield from _head(figure, "  ".join(marks) if len(marks) > 1 else "", width)
    for line in _drawn(figure, width, height):
        yield (Piece(line, Tone.ACCENT),)
    for said, tone in ((figure.doubt, Tone.WARN), (figure.told, Tone.PLAIN)):
        yield from ((Piece(part, tone),) for part in wrap(said, width) if said)


def _head(figure: Figure, marks: str, width: int) -> Iterator[Line]:
    """Title, unit, and which bar is which: without room the unit goes, never the bars' names."""
    title, unit = Piece(figure.title, Tone.STRONG), Piece(f"  {figure.unit}", Tone.DIM)
    legend = Piece(f"   {marks}" if marks else "", Tone.DIM)
    for head in ((title, unit, legend), (title, legend)):
        if line_width(head) <= width:
            yield head
            return
    yield clip_line((title, unit), width)
    if marks:
        yield (Piece(marks, Tone.DIM),)


def _drawn(figure: Figure, width: int, height: int) -> list[str]:
    """The bars; nothing where there is nothing to draw."""
    values = [[value or 0 for value in series.values] for series in figure.series]
    top = max((value for each in values for value in each), default=0)
    if not top:
        return []
    import plotext

    plotext.terminal.limit(False, False)  # the pane says how wide it is, not the terminal
    plot = plotext.figure
    plot.clear()
    plot.theme("colorless")
    if figure.by_day:
        plot.plot_size(width, height)
        names = [label.split()[-1][:2] for label in figure.labels]  # the day of the month has room
        plot.draw(plot.bar(names, values, marker=list(MARKS[: len(values)]), width=_THICK[len(values) - 1]))
        plot.ruler("x").lim(1 - _HALF_A_BAR, len(names) + _HALF_A_BAR)
        plot.ruler("y").lim(0, top)
        plot.ruler("y").ticks(*_ticks(top, height // 3))
    else:
        names = [clip(label, LONGEST_NAME) for label in reversed(figure.labels)]
        # a row for each bar and a blank one between: the labels then stand before their bars
        plot.plot_size(width, 2 * len(names) - 1 + _FRAME)
        plot.draw(plot.bar(names, list(reversed(values[0])), orientation="h", width=_THIN))
        plot.ruler("y").lim(*((1, len(names)) if len(names) > 1 else (0, 2)))
        plot.ruler("x").lim(0, top)
        plot.ruler("x").ticks(*_ticks(top, _TICKS))
    return [line.rstrip() for line in plotext.uncolorize(str(plot.build())).splitlines() if line.strip()]


def _ticks(top: float, most: int) -> tuple[list[float], list[str]]:
    """Round numbers from 0 up to ``top``, ``most`` of them beside 0, and how they are written."""
    power = 10 ** floor(log10(top))
    step = next(part * power for part in (0.2, 0.4, 0.5, 1, 2, 4, 5) if top / (part * power) <= most)
    if isinstance(top, int):
        step = max(1, step)  # nobody counts half a ticket
    places = [round(number * step, 6) for number in range(int(top / step + _ROUNDING) + 1)]
    return places, [_written(place) for place in places]


def _numbers(figure: Figure, width: int) -> Iterator[Line]:
    """Each label with its numbers, as many side by side as fit."""
    cells = []
    for place, label in enumerate(figure.labels):
        numbers = (_number(figure, series, place) for series in figure.series)
        cells.append(f"{clip(label, LONGEST_NAME)} {' / '.join(numbers)}")
    if not cells:
        return
    column = max(map(len, cells)) + 3
    if column > width:
        for cell in cells:
            yield from ((Piece(part, Tone.DIM),) for part in wrap(cell, width))
        return
    per_line = max(1, width // column)
    for start in range(0, len(cells), per_line):
        row = "".join(fit(cell, column) for cell in cells[start : start + per_line])
        yield (Piece(row.rstrip(), Tone.DIM),)


def _number(figure: Figure, series: Series, place: int) -> str:
    value = series.values[place]
    if value is None:
        return "—"
    return clock_of(value) if figure.is_time else _written(value)


def _written(value: float) -> str:
    return f"{value:g}".replace(".", ",")
