"""The last seconds before something leaves: one message comes out of them, whatever comes together."""

from textual.containers import Vertical
from textual.message import Message
from textual.reactive import var
from textual.timer import Timer


class Countdown(Vertical):
    """A sheet that counts down to `departure`. ``hold`` is in seconds; with none it leaves when told to."""

    left: var[int | None] = var(None)
    """Seconds until it leaves; None while the countdown is not running."""

    def __init__(self, hold: int) -> None:
        super().__init__()
        self.hold = hold
        self.seconds = hold
        """Where the countdown goes on from."""
        self._timer: Timer | None = None
        self._over = False

    def departure(self) -> Message:
        """What is said when the time is up."""
        raise NotImplementedError

    def show_left(self) -> None:
        """Say how many seconds are left, or what is waited for."""
        raise NotImplementedError

    @property
    def is_over(self) -> bool:
        """Whether the one message is out."""
        return self._over

    def start(self) -> None:
        """Count on, or leave at once where there is nothing to count."""
        if self._over:
            return
        if self.seconds <= 0:
            self.leave(self.departure())
            return
        self.left = self.seconds
        if self._timer is None:
            self._timer = self.set_interval(1, self.tick)
        self._timer.resume()

    def tick(self) -> None:
        """One second less; at none it leaves."""
        if self.left is None or self._over:
            return
        self.seconds = self.left = self.left - 1
        if self.seconds <= 0:
            self.leave(self.departure())

    def pause(self) -> None:
        """Stop counting; what leaves is to be seen leaving."""
        self.left = None
        if self._timer is not None:
            self._timer.pause()

    def action_hold(self) -> None:
        """Stop counting, or go on."""
        if self.left is None:
            self.start()
        else:
            self.pause()

    def leave(self, message: Message) -> None:
        """Say ``message`` and nothing after it: a key and the last second may come together."""
        if not self._over:
            self._over = True
            self.pause()
            self.post_message(message)

    def watch_left(self) -> None:
        """One second less, stopped, or started."""
        if self.is_mounted:
            self.show_left()
