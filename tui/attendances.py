"""Tickets whose attending was begun: the form as typed, saved at every change."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from tinydb import where

from clients.models.attendance import Attendance

if TYPE_CHECKING:
    from clients.store import Store

TABLE = "attendances"


class Attendances:
    """Forms by ticket. Every call may wait for the disk: never call it from the screen's thread."""

    def __init__(self, store: "Store", clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def save(self, form: Attendance) -> None:
        """Keep ``form`` in the place of what was there."""
        noted = form.model_copy(update={"saved_at": self._clock()})
        self._store.put(TABLE, "ticket_id", [noted.model_dump(mode="json")])

    def load(self, ticket_id: int) -> Attendance | None:
        """Return the form of the ticket, if one was begun."""
        row = self._store.table(TABLE).get(where("ticket_id") == ticket_id)
        return Attendance.model_validate(row) if isinstance(row, dict) else None

    def tickets(self) -> frozenset[int]:
        """Return the tickets whose attending was begun and not yet confirmed."""
        rows = self._store.table(TABLE).all()
        return frozenset(int(row["ticket_id"]) for row in rows if not row["workflow"])

    def confirmed(self) -> dict[str, int]:
        """Return the tickets whose form became an operation, by its name."""
        rows = self._store.table(TABLE).all()
        return {str(row["workflow"]): int(row["ticket_id"]) for row in rows if row["workflow"]}

    def discard(self, ticket_id: int) -> None:
        """Forget the form of the ticket."""
        self._store.table(TABLE).remove(where("ticket_id") == ticket_id)
