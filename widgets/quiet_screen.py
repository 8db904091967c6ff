"""A screen that does not repaint itself when the focus moves."""

from typing import TypeVar

from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

Result = TypeVar("Result")


class QuietScreen(Screen[Result]):
    """Textual's screen, less one habit: there, each change of focus repaints every cell (24 KB at 120×36).

    What looks different with the focus repaints itself: Textual tells both widgets.
    """

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
