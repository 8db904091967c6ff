"""The frame that all panes share: a title line with count, age and loading mark, trouble, and content."""

from collections.abc import Callable
from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from clients.models.feed import Feed, Item, Trouble

from . import phrases
from .cells import Line, Piece, Tone, clip_line, line_width
from .one_line import OneLine
from .reasons import trouble_line

Clock = Callable[[], datetime]
"""Says what time it is, in UTC."""


class PaneTitle(OneLine):
    """The title as a rule: heavy and bright where the keys go, thin and dim elsewhere."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._label = name
        self._facts: tuple[str, str, bool, bool] = ("", "", False, False)

    def tell(
        self,
        *,
        count: str | None = None,
        age: str | None = None,
        loading: bool | None = None,
        focused: bool | None = None,
    ) -> None:
        """Change what is given; what is None stays."""
        old = self._facts
        self._facts = (
            old[0] if count is None else count,
            old[1] if age is None else age,
            old[2] if loading is None else loading,
            old[3] if focused is None else focused,
        )
        if self._facts != old:
            self.refresh()

    def rename(self, name: str) -> None:
        """Say another name."""
        if name != self._label:
            self._label = name
            self.refresh()

    def lay_out(self, width: int) -> Line:
        """Name and count on the left, age of the data on the right, the rule between them."""
        count, age, loading, focused = self._facts
        dash, rule = ("━", Tone.ACCENT) if focused else ("─", Tone.DIM)
        left = [Piece(dash, rule), Piece(f" {self._label} ", Tone.ACCENT if focused else Tone.STRONG)]
        if count:
            left.append(Piece(f"{count} ", Tone.PLAIN if focused else Tone.DIM))
        right = [Piece(f" {age} ", Tone.DIM)] if age else []
        # the mark has a cell of its own, so that its coming and going moves nothing
        right.append(Piece("↻ " if loading else dash * 2, rule))
        room = width - line_width(right)
        left = list(clip_line(left, room))
        return (*left, Piece(dash * (room - line_width(left)), rule), *right)


class Pane(Vertical):
    """A titled area. Subclasses give the content and feed the title through `tell_feed`."""

    DEFAULT_CSS = """
    Pane { height: 1fr; width: 1fr; }
    Pane > .trouble { display: none; }
    Pane > .trouble.-on { display: block; }
    Pane.-divided { border-left: solid $foreground 20%; }
    """

    def __init__(self, title: str, *, clock: Clock, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self._title = PaneTitle(title)
        self._trouble = OneLine(classes="trouble")
        self._as_of: datetime | None = None

    def compose(self) -> ComposeResult:
        """Title, trouble, content."""
        yield self._title
        yield self._trouble
        yield from self.content()

    def content(self) -> "list[Widget]":
        """What is below the title."""
        return []

    def tell_feed(self, feed: Feed[Item], count: str = "") -> None:
        """Show how many, how old, whether newer ones are being fetched, and what went wrong.

        Where there are no items the content says why (`empty_reason`); the trouble is not told twice.
        """
        self._as_of = feed.as_of
        self._title.tell(count=count, age=phrases.data_age(feed.as_of, self.clock()), loading=feed.loading)
        self._tell_trouble(feed.trouble if feed.items else None)

    def tell_count(self, count: str) -> None:
        """Change the count alone."""
        self._title.tell(count=count)

    def tick(self) -> None:
        """Say ages anew; the application calls this once a minute."""
        self._title.tell(age=phrases.data_age(self._as_of, self.clock()))

    def _tell_trouble(self, trouble: Trouble | None) -> None:
        if trouble:
            self._trouble.show(trouble_line(trouble))
        self._trouble.set_class(trouble is not None, "-on")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The keys came here."""
        self._title.tell(focused=True)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """The keys went elsewhere, or to another part of this pane."""
        focused = self.screen.focused
        self._title.tell(focused=focused is not None and self in focused.ancestors)
