"""A pane with a filter that answers at every letter, and gives the keys back where it got them from."""

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from clients.models.spot import Spot

from .bound import bound
from .filter_input import FilterInput
from .keys import SIFTING
from .line_list import LineList
from .pane import Clock, Pane


class FilteredPane(Pane):
    """Subclasses place ``filter_line`` and say what is listed, what moves and what has the keys."""

    BINDINGS = bound(SIFTING)
    DEFAULT_CSS = """
    FilteredPane FilterInput { display: none; }
    FilteredPane.-filtering FilterInput { display: block; }
    """

    def __init__(self, title: str, *, clock: Clock, looked_in: str, id: str | None = None) -> None:
        """``looked_in`` says what the filter searches."""
        super().__init__(title, clock=clock, id=id)
        self.filter_line = FilterInput(placeholder=f"filtrar: {looked_in}…")
        self.wanted = ""
        """What is filtered by."""

    # ── what a subclass says ──

    @property
    def walked(self) -> Widget:
        """What has the keys while nothing is typed."""
        raise NotImplementedError

    def sift(self) -> None:
        """List what ``wanted`` leaves."""
        raise NotImplementedError

    def step(self, by: int) -> None:
        """Move the cursor by so many rows."""
        raise NotImplementedError

    # ── where one is ──

    @property
    def spot(self) -> Spot:
        """View, filter and row."""
        rows = self.walked
        assert isinstance(rows, LineList)
        row, at = rows.whereabouts
        return Spot(filter=self.wanted, row=row, at=at)

    def go_back_to(self, spot: Spot) -> None:
        """Come back there, as far as it is still there."""
        self.filter_line.value = self.wanted = spot.filter
        self.set_class(bool(spot.filter), "-filtering")
        self.sift()
        rows = self.walked
        if spot.row and isinstance(rows, LineList):
            rows.go_back_to(spot.row, spot.at)

    # ── keys ──

    def focus(self, scroll_visible: bool = True) -> "FilteredPane":
        """Give the keys to what is walked."""
        self.walked.focus(scroll_visible)
        return self

    def action_filter(self) -> None:
        """Open the filter."""
        self.add_class("-filtering")
        self.screen.set_focus(self.filter_line)  # at once: what is typed next is not for the list

    def action_clear_filter(self) -> None:
        """Clear the filter and go back."""
        self.screen.set_focus(self.walked)
        self.filter_line.value = ""  # comes back as Changed
        self.remove_class("-filtering")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc is free for others while there is no filter; an open filter is not opened again."""
        if action == "clear_filter":
            return self.has_class("-filtering") and not self.filter_line.has_focus
        if action in ("filter", "mark", "mark_all", "toggle_empty", "column"):
            return not self.filter_line.has_focus
        return super().check_action(action, parameters)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self.wanted:
            self.wanted = event.value
            self._sift_anew()

    def _sift_anew(self) -> None:
        """Another filter is read from its first match, unless the row under the cursor is one of them."""
        rows = self.walked
        if not isinstance(rows, LineList):
            self.sift()
            return
        before = rows.cursor_key
        self.sift()
        if rows.cursor_key != before:
            rows.move_to(0)

    @on(Input.Submitted)
    def _settled(self, event: Input.Submitted) -> None:
        event.stop()
        if self.wanted.strip():
            self.screen.set_focus(self.walked)
        else:
            self.action_clear_filter()

    @on(FilterInput.Cleared)
    def _cleared(self, event: FilterInput.Cleared) -> None:
        event.stop()
        self.action_clear_filter()

    @on(FilterInput.Moved)
    def _moved(self, event: FilterInput.Moved) -> None:
        event.stop()
        self.step(event.step)
