"""Lines that are laid out for the width there is: tables and charts, which do not wrap."""

from collections.abc import Callable, Sequence

from .cells import Line, clip_line
from .line_view import LineView

Draw = Callable[[int], Sequence[Line]]
"""Lays the lines out for a width."""


class DrawnLines(LineView):
    """Shows what it is given a way to draw; what is too wide is cut."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._draw: Draw = lambda width: ()
        self._lines: tuple[int, Sequence[Line]] = (0, ())

    def show(self, draw: Draw) -> None:
        """Draw something else; one stays where one reads."""
        self._draw, self._lines = draw, (0, ())
        self.content_changed()

    def line_count(self, width: int) -> int:
        """Lines of what is drawn."""
        return len(self._laid_out(width))

    def line_at(self, index: int, width: int) -> Line:
        """One of them."""
        return clip_line(self._laid_out(width)[index], width)

    def _laid_out(self, width: int) -> Sequence[Line]:
        if self._lines[0] != width:
            self._lines = width, self._draw(width)
        return self._lines[1]
