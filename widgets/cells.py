"""Lines made of toned pieces, laid out by terminal cells: wide characters count two, marks none."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size


class Tone(StrEnum):
    """What a piece of text means; the theme decides how that looks."""

    PLAIN = "plain"
    DIM = "dim"
    STRONG = "strong"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    ACCENT = "accent"
    LINK = "link"
    ADDED = "added"
    """Underlined: what another text has more."""
    REMOVED = "removed"
    """Struck through: what it has no more."""


class Ground(StrEnum):
    """What lies behind a line."""

    PLAIN = "plain"
    CURSOR = "cursor"
    """The row the keys act on."""
    RESTING = "resting"
    """The same row while another pane has the keys."""
    NOTE = "note"
    """Not for the client's eyes."""


class Piece(NamedTuple):
    """Text with its tone."""

    text: str
    tone: Tone = Tone.PLAIN


Line = tuple[Piece, ...]
"""One screen line, left to right. Text in it is data: it is never read as markup."""


def line_width(line: Iterable[Piece]) -> int:
    """Cells that a line takes."""
    return sum(cell_len(piece.text) for piece in line)


def clip(text: str, width: int) -> str:
    """``text`` in at most ``width`` cells, with an ellipsis where something was cut."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…"


def fit(text: str, width: int, *, right: bool = False) -> str:
    """``text`` in exactly ``width`` cells, padded with blanks on the other side."""
    cut = clip(text, width)
    blank = " " * (width - cell_len(cut))
    return blank + cut if right else cut + blank


def clip_line(line: Iterable[Piece], width: int) -> Line:
    """The pieces that fit into ``width`` cells; the last may be cut with an ellipsis."""
    pieces = tuple(line)
    if line_width(pieces) <= width:
        return pieces
    kept: list[Piece] = []
    left = width - 1  # one cell for the ellipsis
    for piece in pieces:
        taken = cell_len(piece.text)
        if taken > left:
            return (
                (*kept, Piece(set_cell_size(piece.text, left).rstrip() + "…", piece.tone))
                if width > 0
                else ()
            )
        kept.append(piece)
        left -= taken
    return tuple(kept)


def justify(left: Iterable[Piece], right: Iterable[Piece], width: int, filler: str = " ") -> Line:
    """``left`` and ``right`` at the two ends of ``width`` cells; the left side gives way first."""
    ending = clip_line(right, width)
    room = width - line_width(ending)
    beginning = clip_line(left, max(0, room - 1) if ending else room)
    gap = room - line_width(beginning)
    return (*beginning, Piece(filler * gap, Tone.DIM), *ending) if gap > 0 else (*beginning, *ending)


_WORDS = re.compile(r"\S+\s*|\s+")


def wrap(text: str, width: int) -> Iterator[str]:
    """Break one line of text at blanks into lines of at most ``width`` cells; longer words are chopped.

    Leading blanks are kept (they are indentation); blanks at a break are dropped. An empty line stays.
    """
    if width <= 0:
        return
    if (text.isascii() and len(text) <= width) or cell_len(text) <= width:
        yield text.rstrip()
        return
    current, used = "", 0
    for word in _WORDS.findall(text):
        taken = cell_len(word.rstrip())
        if used and used + taken > width:
            yield current.rstrip()
            current, used = "", 0
        if taken > width:
            *whole, word = chop_cells(word.rstrip(), width)
            yield from whole
            word += " "
        current += word
        used += cell_len(word)
    if current.strip():
        yield current.rstrip()
