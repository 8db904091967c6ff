"""The top line: where one is, what asks for attention everywhere, and the time."""

from collections.abc import Sequence
from datetime import datetime

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
        """Modes lose their names before counters lose their words; the clock always shows."""
        mode, counters, shorter, time, pages = self._told
        clock: Line = (Piece(f" {time} ", Tone.DIM),) if time else ()
        for named, told in ((True, counters), (False, counters), *((False, one) for one in shorter)):
            left = (Piece(" Plantão  ", Tone.STRONG), *self._mode_pieces(mode, named), *pages)
            right = (*told, *clock)
            if line_width(left) + line_width(right) <= width:
                break
        room = max(0, width - line_width(right))
        left = clip_line(left, room)
        return (*left, Piece(" " * (room - line_width(left))), *clip_line(right, width))

    def _mode_pieces(self, current: str, named: bool) -> Line:
        pieces: list[Piece] = []
        for digit, name in self._modes:
            if digit == current:
                pieces.append(Piece(f"[{digit} {name}] ", Tone.ACCENT))
            elif named:
                pieces += [Piece(f" {digit}", Tone.PLAIN), Piece(f" {name}  ", Tone.DIM)]
            else:
                pieces.append(Piece(f"{digit} ", Tone.PLAIN))
        return tuple(pieces)
