"""One line of toned text that repaints only when it changed."""

from typing import Self

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from .cells import Line
from .tones import palette_of


class OneLine(Widget):
    """A line of pieces. What is shown costs bytes only when it differs from what is there."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    OneLine { height: 1; width: 1fr; }
    """

    def __init__(self, line: Line = (), *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._line: Line = line
        self._painted: Strip | None = None

    @property
    def line(self) -> Line:
        """What is shown."""
        return self._line

    def show(self, line: Line) -> None:
        """Show ``line``; nothing is repainted if it is there already."""
        if line != self._line:
            self._line = line
            self.refresh()

    def lay_out(self, width: int) -> Line:
        """The line for a width; subclasses that fill or drop things override this."""
        return self._line

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Mark for repainting, unless the line would look as it does."""
        known = self._painted if self.is_attached else None
        if layout or recompose or known is None or known != self._drawn():
            super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self

    def render_line(self, y: int) -> Strip:
        """Draw the line (the first is the only one)."""
        if y:
            return palette_of(self).strip((), self.size.width)
        strip = self._painted = self._drawn()
        return strip

    def _drawn(self) -> Strip:
        width = self.size.width
        return palette_of(self).strip(self.lay_out(width), width)
