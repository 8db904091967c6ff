"""Clocks that stand still, the second until it is told to move."""

from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 3, 4, 15, 6, tzinfo=UTC)
"""A Wednesday, six past twelve in São Paulo."""


def frozen() -> datetime:
    """When invented companies are seeded and read: their history hangs on weekday and hour."""
    return NOW


class Clock:
    """Call it for the time; ``sleep`` moves it on and returns at once."""

    def __init__(self, now: datetime = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)) -> None:
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)
