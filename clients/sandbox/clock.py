"""The sandbox's own time: the machine's, shifted or stopped by a knob."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from .knobs import ClockKnobs

WIRE_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


class Clock:
    """Call it for the instant (UTC) that everything in the sandbox believes in."""

    def __init__(self, knobs: ClockKnobs, base: Callable[[], datetime]) -> None:
        self.knobs = knobs
        self.base = base

    def __call__(self) -> datetime:
        """The instant now."""
        return (self.knobs.frozen_at or self.base()) + timedelta(seconds=self.knobs.offset_seconds)


def stamp(moment: datetime) -> str:
    """Write ``moment`` as the wire does: UTC, whole seconds."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"


def read_stamp(text: str) -> datetime:
    """Read what `stamp` wrote."""
    return datetime.strptime(text, WIRE_FORMAT).replace(tzinfo=UTC)
