"""Charts as lines of text, each with its numbers below. What is drawn is plotext's; colours are ours."""

from collections.abc import Iterator, Sequence

from clients.models.figures import Figure, Series

from .cells import Line, Piece, Tone, clip, clip_line, fit, wrap

HEIGHT = 9
"""Lines of a chart of days."""
LONGEST_NAME = 24
MARKS = ("█", "░")
"""Of the first series and the second: told apart without a colour."""
_HALF_A_BAR = 0.6
_ROWS_OF_A_BAR = 2
_FRAME = 3
"""Lines and the row of labels around the bars."""


def chart_lines(figures: Sequence[Figure], width: int) -> tuple[Line, ...]:
    """All of them, one below the other."""
    return tuple(line for figure in figures for line in _one(figure, width))


def load() -> None:
    """Import what draws: it takes a moment, which a worker has and the screen has not."""
    import plotext  # noqa: F401


def _one(figure: Figure, width: int) -> Iterator[Line]:
    marks = [f"{mark} {each.name}" for mark, each in zip(MARKS, figure.series, strict=False)]
    head = (
        Piece(figure.title, Tone.STRONG),
        Piece(f"  {figure.unit}", Tone.DIM),
        Piece(f"   {'  '.join(marks)}" if len(marks) > 1 else "", Tone.DIM),
    )
    yield clip_line(head, width)
    for line in _drawn(figure, width):
        yield (Piece(line, Tone.ACCENT),)
    yield from ((Piece(part),) for part in wrap(figure.told, width))
    yield from _numbers(figure, width)
    yield ()


def _drawn(figure: Figure, width: int) -> list[str]:
    """The bars; nothing where there is nothing to draw."""
    values = [[value or 0 for value in series.values] for series in figure.series]
    top = max((value for each in values for value in each), default=0)
    if not top:
        return []
    import plotext

    plot = plotext.figure
    plot.clear()
    plot.theme("colorless")
    if figure.by_day:
        plot.plot_size(width, HEIGHT)
        names = [label.split()[-1][:2] for label in figure.labels]  # the day of the month has room
        plot.draw(plot.bar(names, values, marker=list(MARKS[: len(values)]), width=0.8))
        plot.ruler("x").lim(1 - _HALF_A_BAR, len(names) + _HALF_A_BAR)
        plot.ruler("y").lim(0, top)
    else:
        names = [clip(label, LONGEST_NAME) for label in reversed(figure.labels)]
        plot.plot_size(width, _ROWS_OF_A_BAR * len(names) + _FRAME)
        plot.draw(plot.bar(names, list(reversed(values[0])), orientation="h", width=0.5))
        plot.ruler("x").lim(0, top)
    return [line.rstrip() for line in plotext.uncolorize(str(plot.build())).splitlines() if line.strip()]


def _numbers(figure: Figure, width: int) -> Iterator[Line]:
    """Each label with its numbers, as many side by side as fit."""
    cells = [
        f"{clip(label, LONGEST_NAME)} {' / '.join(_number(series, place) for series in figure.series)}"
        for place, label in enumerate(figure.labels)
    ]
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


def _number(series: Series, place: int) -> str:
    value = series.values[place]
    return "—" if value is None else f"{value:g}".replace(".", ",")
