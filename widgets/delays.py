"""Doing things a moment after the last letter: each by its name, the newest in the older one's place."""

from collections.abc import Callable

from textual.timer import Timer
from textual.widget import Widget


class Delays:
    """What a widget still has to do once its user pauses."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._pending: dict[str, Timer] = {}

    def __bool__(self) -> bool:
        """Whether anything is still to be done."""
        return bool(self._pending)

    def after(self, seconds: float, name: str, call: Callable[[], None]) -> None:
        """Do ``call`` in so many seconds, and not what waits under ``name`` now."""
        if name in self._pending:
            self._pending[name].stop()

        def due() -> None:
            if self._pending.get(name) is timer:  # one that was stopped may have been due already
                del self._pending[name]
                call()

        timer = self._pending[name] = self._widget.set_timer(seconds, due)
