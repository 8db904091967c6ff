"""Lines drawn one by one: only those on screen are ever made, only those that changed are repainted."""

from textual import events
from textual.binding import Binding
from textual.cache import LRUCache
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from .cells import Ground, Line
from .tones import Palette, palette_of


class LineView(ScrollView, can_focus=True):
    """Base of what scrolls. A subclass says how many lines there are and what each of them shows.

    After its content changed, a subclass calls `content_changed`, which compares what is on screen with
    what should be there and repaints the difference.
    """

    ALLOW_SELECT = False
    BINDINGS = [
        Binding("up,k", "scroll_up", "Sobe", show=False, id="lista.sobe"),
        Binding("down,j", "scroll_down", "Desce", show=False, id="lista.desce"),
        Binding("pageup", "page_up", "Página acima", show=False, id="lista.pagina_acima"),
        Binding("pagedown", "page_down", "Página abaixo", show=False, id="lista.pagina_abaixo"),
        Binding("home,g", "scroll_home", "Início", show=False, id="lista.inicio"),
        Binding("end,G", "scroll_end", "Fim", show=False, id="lista.fim"),
    ]
    DEFAULT_CSS = """
    LineView {
        height: 1fr; width: 1fr;
        overflow-x: hidden; overflow-y: auto; scrollbar-gutter: stable; scrollbar-size-vertical: 1;
        scrollbar-color: $foreground 20%; scrollbar-color-hover: $foreground 30%;
        scrollbar-color-active: $primary;
        scrollbar-background: transparent; scrollbar-background-hover: transparent;
        scrollbar-background-active: transparent;
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._strips: LRUCache[tuple[int, int, Ground], Strip] = LRUCache(512)
        self._painted: dict[int, Strip] = {}
        self._look: Palette | None = None

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
        """Width of a line."""
        return self.scrollable_content_region.width

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
        if not self.is_attached or not self.line_cells:
            return
        self._measure()
        self.repaint_changed()

    def repaint_changed(self) -> None:
        """Repaint visible lines whose text or ground differs from what is painted."""
        top = self.top
        for y in range(self.line_rows):
            if y in self._painted and self._painted[y] != self._strip(top + y):
                self.refresh_line(top + y)

    def render_line(self, y: int) -> Strip:
        """Draw the screen line ``y``."""
        strip = self._painted[y] = self._strip(self.top + y)
        return strip

    def _strip(self, index: int) -> Strip:
        width = self.line_cells
        palette = self._palette()
        if not 0 <= index < self.line_count(width):
            return palette.strip((), width)
        ground = self.ground_at(index)
        strip = self._strips.get((index, width, ground))
        if strip is None:
            strip = palette.strip(self.line_at(index, width), width, ground)
            self._strips[index, width, ground] = strip
        return strip

    def _palette(self) -> Palette:
        if self._look is None:
            self._look = palette_of(self)
            self._strips.clear()
        return self._look

    def _measure(self) -> None:
        width = self.line_cells
        size = Size(width, self.line_count(width))
        if size != self.virtual_size:
            self.virtual_size = size

    def notify_style_update(self) -> None:
        """Forget colours: the theme, or what has the focus, may have changed."""
        super().notify_style_update()
        self._look = None

    def on_resize(self, event: events.Resize) -> None:
        """Lay the lines out anew."""
        self._painted.clear()
        self._strips.clear()
        self._measure()

    # scrolling without animation: each frame of one is bytes on the wire

    def jump_to(self, top: int) -> None:
        """Make line ``top`` the first visible one, as far as there are lines."""
        self.scroll_to(y=max(0, min(top, self.max_scroll_y)), animate=False)

    def action_scroll_up(self) -> None:
        """One line up."""
        self.jump_to(self.top - 1)

    def action_scroll_down(self) -> None:
        """One line down."""
        self.jump_to(self.top + 1)

    def action_page_up(self) -> None:
        """One screen up, less one line to keep the thread."""
        self.jump_to(self.top - max(1, self.line_rows - 1))

    def action_page_down(self) -> None:
        """One screen down, less one line."""
        self.jump_to(self.top + max(1, self.line_rows - 1))

    def action_scroll_home(self) -> None:
        """To the beginning."""
        self.jump_to(0)

    def action_scroll_end(self) -> None:
        """To the end."""
        self.jump_to(self.max_scroll_y)
