"""Where the analyst was when Plantão was closed, on disk. Knows no screen."""

from typing import TYPE_CHECKING

from pydantic import ValidationError

from clients.models.spot import Whereabouts

if TYPE_CHECKING:
    from clients.store import Store

TABLE, LAST = "sessions", "last"


class LastSession:
    """One row: of two sessions the one that closes last is the one that is come back to."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def read(self) -> Whereabouts:
        """Return where one was; nothing known where there was no session, or another version's."""
        row = self._store.table(TABLE).get(lambda row: bool(row["id"] == LAST))
        try:
            return Whereabouts.model_validate(row) if row else Whereabouts()
        except ValidationError:
            return Whereabouts()

    def keep(self, where: Whereabouts) -> None:
        """Keep it in the place of what was kept before."""
        self._store.put(TABLE, "id", [{"id": LAST, **where.model_dump(mode="json")}])
