"""The top line: where one is, what asks for attention everywhere, and the time."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from . import phrases
from .cells import Line, Piece, Tone, clip_line, line_width
from .one_line import OneLine

Mode = tuple[str, str]
"""Digit and name."""


class TopLine(OneLine):
    """Name, modes with the current one in brackets, counters of the application, clock."""

    def __init__(self, modes: Sequence[Mode], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._modes = tuple(modes)
        self._told: tuple[str, Line, tuple[Line, ...], str, Line] = ("", (), (), "", ())

    def tell(
        self, mode: str, counters: Line, now: datetime, *, shorter: Sequence[Line] = (), pages: Line = ()
    ) -> None:
        """Show the mode of that digit, the ``counters`` and the time; repaints only what is new.

        The first of ``shorter`` that fits stands in the place of the counters where they have no room, or
        the last; ``pages`` of the mode go behind the modes.
        """
        told = (mode, counters, tuple(shorter), phrases.hour_minute(now), pages)
        if told != self._told:
            self._told = told
            self.refresh()

    def lay_out(self, width: int) -> Line:
        """Modes lose their names before counters lose their words; digits and clock always show."""
        mode, counters, shorter, time, pages = self._told
        clock: Line = (Piece(f" {time} ", Tone.DIM),) if time else ()
        name, bare = Piece(" Plantão  ", Tone.STRONG), self._mode_pieces(mode, _Names.NONE)
        some = (name, *self._mode_pieces(mode, _Names.CURRENT), *pages)
        lefts = ((name, *self._mode_pieces(mode, _Names.ALL), *pages), some)
        least = shorter[-1] if shorter else counters
        ways = [*((left, counters) for left in lefts), *((some, told) for told in shorter)]
        ways += [((*bare, *pages), least), (bare, least)]
        for left, told in ways:
            gap = width - line_width((*left, *told, *clock))
            if gap >= 0:
                return (*left, Piece(" " * gap), *told, *clock)
        room = width - line_width((*bare, *clock))
        told = _whole(least, room)
        gap = max(0, room - line_width(told))
        return clip_line((*bare, Piece(" " * gap), *told, *clock), width)

    def _mode_pieces(self, current: str, names: "_Names") -> Line:
        pieces: list[Piece] = [Piece(" ")] if names is _Names.NONE else []
        for digit, name in self._modes:
            if digit == current:
                told = digit if names is _Names.NONE else f"{digit} {name}"
                pieces.append(Piece(f"[{told}] ", Tone.ACCENT))
            elif names is _Names.ALL:
                pieces += [Piece(f" {digit}", Tone.PLAIN), Piece(f" {name}  ", Tone.DIM)]
            else:
                pieces.append(Piece(f"{digit} ", Tone.PLAIN))
        return tuple(pieces)


class _Names(Enum):
    """Which modes say their names beside their digits."""

    ALL = "all"
    CURRENT = "current"
    NONE = "none"


def _whole(line: Line, width: int) -> Line:
    """The first pieces that fit, none of them cut: half a number is a wrong one."""
    kept: list[Piece] = []
    for piece in line:
        if line_width((*kept, piece)) > width:
            break
        kept.append(piece)
    return tuple(kept)
