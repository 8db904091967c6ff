"""How far this analyst has followed each chamado: what is told once is not told again after a restart."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from clients.models.chamado import Chamado, ChamadoEvent

if TYPE_CHECKING:
    from clients.store import Store

TABLE = "seen_chamados"
Happened = tuple[Chamado, tuple[ChamadoEvent, ...]]
"""A chamado, and what happened to it since it was seen last."""


class SeenChamados:
    """Numbers of events by chamado, in the local store. Every call may wait for the disk."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def catch_up(self, chamados: Iterable[Chamado]) -> tuple[Happened, ...]:
        """Return what is new and note it as seen; of a board that was never seen, nothing is new."""
        with self._store.transaction():
            rows = self._store.table(TABLE).all()
            seen = {str(row["id"]): int(row["events"]) for row in rows}
            grown = [each for each in chamados if len(each.events) > seen.get(each.id, 0)]
            if grown:
                self._store.put(TABLE, "id", [{"id": one.id, "events": len(one.events)} for one in grown])
        if not seen:
            return ()
        return tuple((each, each.events[seen.get(each.id, 0) :]) for each in grown)
