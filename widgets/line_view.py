"""Lines drawn one by one: only those on screen are ever made, only those that changed are repainted."""

from typing import Self

from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from .bound import bound
from .cells import Ground, Line, Piece, Tone, clip_line, line_width
from .changed_cells import changed_cells
from .keys import LINES
from .tones import Palette, palette_of

THUMB = "▐"


class LineView(ScrollView, can_focus=True):
    """Base of what scrolls. A subclass says how many lines there are and what each of them shows.

    The last cell of each line tells where one is: Textual's scrollbar is a widget of its own, which is
    repainted as a whole at every change of focus.

    After its content changed, a subclass calls `content_changed`, which compares what is on screen with
    what should be there and repaints the difference.
    """

    ALLOW_SELECT = False
    BINDINGS = bound(LINES)
    DEFAULT_CSS = """
    LineView {
        height: 1fr; width: 1fr;
        overflow: hidden hidden; scrollbar-size: 0 0;
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._strips: LRUCache[tuple[int, int, Ground, bool], Strip] = LRUCache(512)
        self._painted: dict[int, Strip] = {}
        self._look: Palette | None = None
        """None: to be asked for again."""
        self._drawn_in: Palette | None = None

    # ── what a subclass says ──

    def line_count(self, width: int) -> int:
        """How many lines there are at ``width`` cells."""
        raise NotImplementedError

    def line_at(self, index: int, width: int) -> Line:
        """What line ``index`` shows."""
        raise NotImplementedError

    def ground_at(self, index: int) -> Ground:
        """What lies behind line ``index``."""
        return Ground.PLAIN

    # ── what it gets for it ──

    @property
    def line_cells(self) -> int:
        """Width of a line, without the cell of the position bar."""
        return max(0, self.scrollable_content_region.width - 1)

    @property
    def line_rows(self) -> int:
        """Lines that are visible at once; at least one."""
        return max(1, self.scrollable_content_region.height)

    @property
    def top(self) -> int:
        """Index of the first visible line."""
        return self.scroll_offset.y

    def content_changed(self) -> None:
        """Repaint the lines on screen that are no longer what they should be."""
        self._strips.clear()
        if not self.is_attached:
            return
        if not self.line_cells:  # hidden: what was painted before says nothing about what comes into view
            self._painted.clear()
            self.refresh()
            return
        self._measure()
        self.repaint_changed()

    def repaint_changed(self) -> None:
        """Repaint, of the visible lines, the cells whose text or ground differs from what is painted."""
        for y in range(self.line_rows):
            painted, strip = self._painted.get(y), self._strip(y)
            if painted is None:  # what is not known to be painted counts as changed
                self.refresh_line(self.top + y)
            elif painted != strip:
                start, count = changed_cells(painted, strip)
                if count:
                    self.refresh(Region(start, y, count, 1))

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Mark for repainting. A refresh of everything, which Textual asks for at each change of focus or of
        a class above, is narrowed to the lines that really look different now; other colours are around the
        lines, too."""
        everything = not regions or regions == (self.size.region,)
        if not everything or layout or recompose or not repaint or not self._painted or not self.is_attached:
            return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        before, self._look = self._drawn_in, None
        if self._palette() is not before:
            return super().refresh(repaint=repaint)
        self.repaint_changed()
        return self

    def render_line(self, y: int) -> Strip:
        """Draw the screen line ``y``."""
        strip = self._painted[y] = self._strip(y)
        return strip

    def _strip(self, y: int) -> Strip:
        """The screen line ``y`` as it should be: a line of the content, and a cell of the position bar."""
        index, width = self.top + y, self.line_cells
        palette = self._palette()
        count = self.line_count(width)
        on_thumb = self._on_thumb(y, count)
        ground = self.ground_at(index) if 0 <= index < count else Ground.PLAIN
        key = (index, width, ground, on_thumb)
        strip = self._strips.get(key)
        if strip is None:
            line = self.line_at(index, width) if 0 <= index < count else ()
            line = clip_line(line, width)
            blank = Piece(" " * (width - line_width(line)))
            bar = Piece(THUMB if on_thumb else " ", Tone.DIM)
            strip = palette.strip((*line, blank, bar), width + 1, ground)
            self._strips[key] = strip
        return strip

    def _on_thumb(self, y: int, count: int) -> bool:
        rows = self.line_rows
        if count <= rows:
            return False
        length = max(1, rows * rows // count)
        start = round(self.top / (count - rows) * (rows - length))
        return start <= y < start + length

    def _palette(self) -> Palette:
        if self._look is None:
            look = palette_of(self)
            if look is not self._drawn_in:
                self._strips.clear()
            self._look = self._drawn_in = look
        return self._look

    def _measure(self) -> None:
        width = self.line_cells
        size = Size(width, self.line_count(width))
        if size != self.virtual_size:
            # no layout: nothing around a list depends on how many lines it has
            self.set_reactive(LineView.virtual_size, size)
            self.scroll_target_y = self.scroll_y = self.validate_scroll_y(self.scroll_y)

    @property
    def allow_vertical_scroll(self) -> bool:
        """Whether there is more than fits; Textual would ask its scrollbar, which is not there."""
        return self.max_scroll_y > 0

    def notify_style_update(self) -> None:
        """Forget colours: the theme, or what has the focus, may have changed."""
        super().notify_style_update()
        self._look = None

    def on_resize(self, event: events.Resize) -> None:
        """Lay the lines out anew."""
        self._strips.clear()
        self._measure()

    # scrolling without animation: each frame of one is bytes on the wire

    def jump_to(self, top: int) -> None:
        """Make line ``top`` the first visible one, as far as there are lines."""
        self.scroll_to(y=max(0, min(top, self.max_scroll_y)), animate=False)

    def action_line_up(self) -> None:
        """One line up."""
        self.jump_to(self.top - 1)

    def action_line_down(self) -> None:
        """One line down."""
        self.jump_to(self.top + 1)

    def action_page_up(self) -> None:
        """One screen up, less one line to keep the thread."""
        self.jump_to(self.top - max(1, self.line_rows - 1))

    def action_page_down(self) -> None:
        """One screen down, less one line."""
        self.jump_to(self.top + max(1, self.line_rows - 1))

    def action_line_first(self) -> None:
        """To the beginning."""
        self.jump_to(0)

    def action_line_last(self) -> None:
        """To the end."""
        self.jump_to(self.max_scroll_y)
