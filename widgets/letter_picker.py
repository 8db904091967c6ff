"""What pickers share: a field for letters, and below or beside it a list that gets shorter as one types."""

from typing import Generic, TypeVar

from textual import on
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from .line_list import LineList

Row = TypeVar("Row")


class LetterPicker(Vertical, Generic[Row]):
    """The cursor of the list is moved from the field, which keeps the focus."""

    class Dismissed(Message):
        """None of them."""

    def __init__(self, rows: LineList[Row]) -> None:
        super().__init__()
        self._list = rows

    def search(self, letters: str) -> None:
        """Show what matches."""
        raise NotImplementedError

    def action_choose(self) -> None:
        """Take the one under the cursor."""
        raise NotImplementedError

    def action_move(self, by: int) -> None:
        """Move the cursor while typing goes on."""
        self._list.move_to(self._list.cursor + by)

    def action_dismiss(self) -> None:
        """Leave without choosing."""
        self.post_message(self.Dismissed())

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.search(event.value)

    @on(LineList.Chosen)
    def _clicked(self, event: LineList.Chosen) -> None:
        event.stop()
        self.action_choose()
