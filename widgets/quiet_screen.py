"""A screen that does not repaint itself when the focus moves."""

from typing import Self, TypeVar

from textual.geometry import Region
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

Result = TypeVar("Result")


class QuietScreen(Screen[Result]):
    """Textual's screen, less one habit: there, each change of focus repaints every cell (24 KB at 120×36).

    What looks different with the focus repaints itself: Textual tells both widgets.
    """

    overlaid = False
    """Whether something small lies over it for a moment, or is about to come or go: then only what it covers
    is painted, while Textual paints everything again for each widget that comes or goes."""

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Mark for repainting; what is laid out anew is repainted by itself where it moved."""
        moved_only = self.overlaid and layout and not regions and not recompose
        return super().refresh(
            *regions, repaint=repaint and not moved_only, layout=layout, recompose=recompose
        )

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
