"""What a widget that can be jumped into says of itself."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.geometry import Offset


@dataclass(frozen=True)
class Place:
    """One place within a widget."""

    at: Offset
    """Of the letter, from the upper left of the widget's content."""
    go: Callable[[], object]
