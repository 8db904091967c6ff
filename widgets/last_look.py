"""The last look before something leaves: read, agreed to, and for some seconds taken back."""

from textual.message import Message

from .bound import bound
from .cells import Piece
from .countdown import Countdown
from .key_line import KeyLine
from .keys import SENDING
from .one_line import OneLine


class LastLook(Countdown):
    """A sheet with a line below it that says how it stands, and the keys. Subclasses compose all three."""

    BINDINGS = bound(SENDING)

    class Confirmed(Message):
        """Not taken back in time: do it."""

    class TakenBack(Message):
        """Back to where it was written."""

    def counting_class(self) -> str:
        """CSS class of the line while it counts."""
        raise NotImplementedError

    def said(self) -> Piece:
        """How it stands: seconds left, what is waited for."""
        raise NotImplementedError

    def action_go_on(self) -> None:
        """Yes, or without waiting."""
        raise NotImplementedError

    def action_take_back(self) -> None:
        """Not now."""
        self.leave(self.TakenBack())

    def departure(self) -> Message:
        """Do it."""
        return self.Confirmed()

    def show_left(self) -> None:
        """Say it between sheet and keys."""
        line = self.query_one(OneLine)
        line.set_class(self.left is not None, self.counting_class())
        line.show((self.said(),))
        self.refresh_bindings()
        self.query_one(KeyLine).tell()
