"""What the analyst opened last, on disk. Knows no screen."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from clients.models.base import Moment
from clients.models.reference import Reference

if TYPE_CHECKING:
    from clients.store import Store

RECENTS = "recents"
KEPT = 40
"""How many are remembered; what was opened longest ago goes first."""


class Recent(Reference):
    """Something that was opened, and when."""

    at: Moment


class Recents:
    """The things opened, in the local store. Every call may wait for the disk.

    Each is one row: two sessions of one analyst add to one list, and the later opening counts.
    """

    def __init__(self, store: "Store", clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def note(self, opened: Reference) -> None:
        """Put ``opened`` on top."""
        recent = Recent(**opened.model_dump(), at=self._clock())
        with self._store.transaction():
            self._store.put(RECENTS, "id", [{"id": recent.id, **recent.model_dump(mode="json")}])
            gone = frozenset(old.id for old in self.newest()[KEPT:])
            if gone:
                self._store.table(RECENTS).remove(lambda row: row["id"] in gone)

    def newest(self) -> tuple[Recent, ...]:
        """Return all of them, the one opened last first."""
        recents = map(Recent.model_validate, self._store.table(RECENTS).all())
        return tuple(sorted(recents, key=lambda recent: recent.at, reverse=True))
