"""Which cells of a line changed: the rest need not be written again."""

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

Cell = tuple[str, int, Style | None]
"""A character, which of its cells this is, and how it looks."""


def changed_cells(before: Strip, after: Strip) -> tuple[int, int]:
    """Return the first cell in which the lines differ and the number of cells up to the last; (0, 0): none.

    Lines of different widths differ in everything, and so do those with characters that join into others:
    Textual cuts a mark off where it cuts behind it.
    """
    width = after.cell_length
    old, new = _cells(before), _cells(after)
    if not width == before.cell_length == len(old) == len(new):
        return 0, width
    differing = [index for index in range(width) if old[index] != new[index]]
    return (differing[0], differing[-1] + 1 - differing[0]) if differing else (0, 0)


def _cells(strip: Strip) -> list[Cell]:
    cells: list[Cell] = []
    for text, style, _ in strip:
        if text.isascii():
            cells += [(char, 0, style) for char in text]
            continue
        for char in text:
            width = cell_len(char)
            if not width:
                return []
            cells += [(char, part, style) for part in range(width)]
    return cells
