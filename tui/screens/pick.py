"""One choice out of several, over whatever asked for it."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from widgets.picker import Pick, Picker

from .dialog import Dialog


class PickScreen(Dialog[str | None]):
    """Gives the chosen value, or None."""

    CSS = """
    PickScreen { align: center middle; }
    PickScreen Picker { width: 64; max-width: 100%; }
    """

    def __init__(
        self,
        title: str,
        picks: Sequence[Pick],
        current: str = "",
        typed: str = "",
        *,
        at: str = "",
        verb: str = "",
    ) -> None:
        """All as of `Picker`."""
        super().__init__()
        self.title = title
        self._picker = Picker(title, picks, current, typed, at=at, verb=verb)

    def compose(self) -> ComposeResult:
        """The picker."""
        yield self._picker

    @on(Picker.Chosen)
    def _chosen(self, event: Picker.Chosen) -> None:
        self.dismiss(event.value)

    @on(Picker.Dismissed)
    def _none(self) -> None:
        self.dismiss(None)
