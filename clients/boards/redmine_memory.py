"""Chamados as they were last read from a Redmine: a start reads the history of what changed since."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from tinydb import where

from ..errors import StoreError
from ..models.base import Model, Moment
from ..models.chamado import Chamado
from ..store import Store
from .redmine_place import Layout

TABLE = "chamados_do_redmine"
VERSION = 2
"""Counted up where a task is read as something else than before."""
SETTLED_AFTER = timedelta(seconds=2)
"""How long after a task was first seen as it is nothing more can come under the same ``updated_on``.

Nor can it where the server has already given another task a time that is later by as much.
"""


@dataclass(frozen=True)
class Reading:
    """A chamado as it was read, and since when its task was seen to be at that."""

    updated_on: datetime
    seen_at: datetime
    is_settled: bool
    """Whether it is good for as long as ``updated_on`` stays."""
    chamado: Chamado


class _Row(Model):
    number: int
    layout: str
    updated_on: Moment
    seen_at: Moment
    is_settled: bool
    chamado: Chamado


class Memory:
    """What was read, kept in a store where there is one. A full disk only makes the next start slower."""

    def __init__(self, store: Store | None) -> None:
        self._store = store

    def recall(self, layout: Layout) -> dict[int, Reading]:
        """Return what was kept, by number; nothing that was read with another layout. Waits for the disk."""
        if self._store is None:
            return {}
        known = _name_of(layout)
        found: dict[int, Reading] = {}
        with suppress(StoreError):
            for stored in self._store.table(TABLE).search(where("layout") == known):
                with suppress(ValueError):  # of a Plantão that kept other fields
                    row = _Row.model_validate(stored)
                    found[row.number] = Reading(row.updated_on, row.seen_at, row.is_settled, row.chamado)
        return found

    def keep(self, layout: Layout, before: Mapping[int, Reading], now: Mapping[int, Reading]) -> None:
        """Keep what is new in ``now``, and forget what is no longer in it. Waits for the disk."""
        if self._store is None:
            return
        known = _name_of(layout)
        new = [
            _Row(number=number, layout=known, **vars(reading)).model_dump(mode="json")
            for number, reading in now.items()
            if reading.is_settled and before.get(number) is not reading
        ]
        gone = before.keys() - now.keys()
        with suppress(StoreError):
            if new:
                self._store.put(TABLE, "number", new)
            if gone:
                self._store.table(TABLE).remove(where("number").one_of(list(gone)))


def _name_of(layout: Layout) -> str:
    """What tells a layout from another: a status or a field that is another one now is read otherwise."""
    told = (VERSION, layout.projects, sorted(layout.statuses.items()), sorted(layout.columns.items()))
    return hashlib.sha256(repr((told, sorted(layout.labels.items()))).encode()).hexdigest()
