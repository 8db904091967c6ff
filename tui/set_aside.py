"""Suggestions that were answered: time was logged from them, or none is wanted. Knows no screen."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from clients.models.base import Model, Moment
from clients.models.doing import Doing, Suggestion

if TYPE_CHECKING:
    from clients.store import Store

TABLE = "set_aside"


class Answered(Model):
    """One stretch of work that is not suggested again; what is done after it may be."""

    key: str
    target: str
    began: Moment
    ended: Moment
    at: Moment

    def holds(self, doing: Doing) -> bool:
        """Whether ``doing`` is part of the stretch."""
        return doing.target == self.target and self.began <= doing.began <= self.ended


class SetAside:
    """Answered suggestions. Every call may wait for the disk: never call it from the screen's thread."""

    def __init__(self, store: "Store", clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def put(self, suggestion: Suggestion) -> None:
        """Suggest this stretch no more."""
        answered = Answered(
            key=suggestion.key,
            target=suggestion.target,
            began=suggestion.began,
            ended=suggestion.ended,
            at=self._clock(),
        )
        self._store.put(TABLE, "key", [answered.model_dump(mode="json")])

    def all(self) -> tuple[Answered, ...]:
        """Return them all."""
        return tuple(map(Answered.model_validate, self._store.table(TABLE).all()))

    def forget(self, before: datetime) -> None:
        """Forget those that were answered before then: what they are of is forgotten as well."""
        rows = self._store.table(TABLE).all()
        old = [row.doc_id for row in rows if Answered.model_validate(row).at < before]
        if old:
            self._store.table(TABLE).remove(doc_ids=old)
