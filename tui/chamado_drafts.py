"""Chamados that were begun and not yet sent: saved at every change, resumed, discarded."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tinydb import where

from clients.models.chamado import ChamadoDraft

from .drafts import Drafts, rewriting_key

if TYPE_CHECKING:
    from clients.store import Store

TABLE = "chamado_drafts"
_GONE = "gone"


class ChamadoDrafts:
    """Drafts by id. Every call may wait for the disk: never call it from the screen's thread.

    A draft that was sent or discarded leaves its id behind, so that a save that comes late does not bring
    it back.
    """

    def __init__(self, store: "Store", clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def save(self, draft: ChamadoDraft) -> ChamadoDraft:
        """Keep ``draft`` as it is now, durable on return; returns it with the moment noted."""
        noted = draft.model_copy(update={"updated_at": self._clock()})
        with self._store.transaction():
            known = self._store.table(TABLE).get(where("id") == draft.id)
            if known is None or not known.get(_GONE):
                self._store.put(TABLE, "id", [noted.model_dump(mode="json")])
        return noted

    def of_ticket(self, ticket_id: int) -> ChamadoDraft | None:
        """Return the newest draft that was begun from that ticket."""
        return next((draft for draft in self.list() if draft.ticket_id == ticket_id), None)

    def list(self) -> tuple[ChamadoDraft, ...]:
        """Return all drafts, newest first."""
        rows = [row for row in self._store.table(TABLE).all() if not row.get(_GONE)]
        rows.sort(key=lambda row: str(row.get("updated_at") or ""), reverse=True)
        return tuple(map(ChamadoDraft.model_validate, rows))

    def discard(self, draft_id: str) -> None:
        """Forget the draft, for good, and what was made of the assistant's proposals for it."""
        gone = {"id": draft_id, _GONE: True, "updated_at": self._clock().isoformat()}
        with self._store.transaction():
            self._store.put(TABLE, "id", [gone])
            Drafts(self._store, self._clock).discard_all(rewriting_key(draft_id))

    def forget_gone(self, before: datetime) -> None:
        """Forget even the ids of what was sent or discarded before then."""
        rows = self._store.table(TABLE).all()
        old = [row.doc_id for row in rows if row.get(_GONE) and _left_at(row) < before]
        if old:
            self._store.table(TABLE).remove(doc_ids=old)


def _left_at(row: Mapping[str, object]) -> datetime:
    noted = row.get("updated_at")
    return datetime.fromisoformat(noted) if isinstance(noted, str) else datetime.min.replace(tzinfo=UTC)
