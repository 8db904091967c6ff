"""The filter's line above or below a list: arrows move the list while one types."""

from dataclasses import dataclass

from textual.message import Message

from .bound import bound
from .inputs import TextInput
from .keys import FILTER


class FilterInput(TextInput):
    """The filter's line. Arrows move the list below while one types."""

    BINDINGS = bound(FILTER)

    class Cleared(Message):
        """Esc."""

    @dataclass
    class Moved(Message):
        """An arrow key."""

        step: int

    def action_clear(self) -> None:
        """Empty the filter and leave it."""
        self.post_message(self.Cleared())

    def action_move(self, step: int) -> None:
        """Move the list's cursor."""
        self.post_message(self.Moved(step))
