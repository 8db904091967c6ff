"""Handovers on disk: one's own, and those of the others in a folder that all of them share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import ValidationError

from clients.models.base import Model
from clients.models.feed import Trouble
from clients.models.handover import Acknowledgement, Handover, Preparation
from clients.models.text import fold
from clients.models.times import day_time

if TYPE_CHECKING:
    from clients.store import Store

PREPARATIONS, HANDOVERS, TOLD = "handover_preparations", "handovers", "handover_news_told"
KEPT = timedelta(days=30)
"""How long a handover can be read."""


@dataclass(frozen=True)
class News:
    """Acknowledgements of one's own handover that one was not told of before."""

    handover: Handover
    given: tuple[Acknowledgement, ...]


class _Told(Model):
    """What one was told of one handover."""

    id: str
    seen: tuple[Acknowledgement, ...] = ()


class Handovers:
    """Preparations and handovers. Every call may wait for the disk: never call it from the screen's thread.

    A shift is handed over in one's own store, in one transaction with the message that is to be posted, and
    is copied into the shared one after that. What an interruption kept from being copied is copied by the
    next call of `share`. Acknowledgements are written where the others read them.
    """

    def __init__(
        self,
        store: "Store",
        shared: "Store | None",
        clock: Callable[[], datetime],
        *,
        trouble: Trouble | None = None,
    ) -> None:
        """``trouble`` is why there is no ``shared`` one, where the settings name it."""
        self.trouble = trouble
        self._store = store
        self._shared = shared
        self._clock = clock

    @property
    def is_shared(self) -> bool:
        """Whether those of others are seen here."""
        return self._shared is not None

    @property
    def _meeting(self) -> "Store":
        return self._store if self._shared is None else self._shared  # an empty store counts as false

    # ── preparing ──

    def preparation(self, who: str) -> Preparation:
        """Return what ``who`` has made of the next handover."""
        rows = self._store.table(PREPARATIONS).search(lambda row: bool(row["id"] == fold(who)))
        return Preparation.model_validate(rows[0]) if rows else Preparation(who=who)

    def prepare(self, who: str, change: Callable[[Preparation], Preparation]) -> Preparation:
        """Keep what ``change`` makes of it."""
        with self._store.transaction():
            before = self.preparation(who)
            after = change(before)
            if after != before:
                row = {"id": fold(who), **after.model_dump(mode="json")}
                self._store.put(PREPARATIONS, "id", [row])
        return after

    # ── handing over ──

    def last(self, who: str) -> Handover | None:
        """Return what ``who`` handed over last from here."""
        own = (each for each in self._all(self._store) if each.is_of(who))
        return max(own, key=lambda one: one.at, default=None)

    def hand_over(self, handover: Handover, after: str) -> None:
        """Keep a handover, over which its preparation is forgotten: the next one is another shift's.

        ``after`` is the id of the last one that was known as it was prepared, empty for none: ValueError
        where another session was first.
        """
        with self._store.transaction():
            last = self.last(handover.who)
            if last is not None and last.id != after:
                raise ValueError(f"Outra sessão sua passou o turno {day_time(last.at, handover.at)}.")
            self._store.table(PREPARATIONS).remove(lambda row: bool(row["id"] == fold(handover.who)))
            self._put(self._store, handover)

    def share(self) -> None:
        """Copy into the shared folder what is not there yet."""
        if self._shared is None:
            return
        for each in self._all(self._store):
            if _is_in(self._shared, each.id):
                continue
            with self._shared.transaction():
                if not _is_in(self._shared, each.id):  # another session may have been first, and it be seen
                    self._put(self._shared, each)

    def list(self) -> tuple[Handover, ...]:
        """Return the handovers that can be read, the latest first."""
        return tuple(sorted(self._all(self._meeting), key=lambda one: one.at, reverse=True))

    def change(self, handover_id: str, change: Callable[[Handover], Handover]) -> Handover | None:
        """Keep what ``change`` makes of a handover; nothing where it raises. None where it is forgotten."""
        with self._meeting.transaction():
            before = next((each for each in self._all(self._meeting) if each.id == handover_id), None)
            if before is None:
                return None
            after = change(before)
            if after != before:
                self._put(self._meeting, after)
        return after

    def news(self, who: str, since: datetime) -> tuple[News, ...]:
        """Return what others acknowledged of what ``who`` handed over ``since`` then, and note it as told."""
        own = [each for each in self._all(self._meeting) if each.is_of(who) and each.at >= since]
        with self._store.transaction():
            rows = map(_Told.model_validate, self._store.table(TOLD).all())
            told = {each.id: each.seen for each in rows}
            found = (
                News(each, tuple(one for one in each.seen if one not in told.get(each.id, ())))
                for each in own
            )
            news = tuple(each for each in found if each.given)
            if news:
                kept = {each.id for each in own}
                self._store.table(TOLD).remove(lambda row: row["id"] not in kept)
                after = (_Told(id=each.handover.id, seen=each.handover.seen) for each in news)
                self._store.put(TOLD, "id", [each.model_dump(mode="json") for each in after])
        return news

    # ── below ──

    def _all(self, store: "Store") -> tuple[Handover, ...]:
        rows = (_read(row) for row in store.table(HANDOVERS).all())
        oldest = self._clock() - KEPT
        return tuple(each for each in rows if each is not None and each.at >= oldest)

    def _put(self, store: "Store", handover: Handover) -> None:
        oldest = self._clock() - KEPT
        old = [row.doc_id for row in store.table(HANDOVERS).all() if _at(row["at"]) < oldest]
        if old:
            store.table(HANDOVERS).remove(doc_ids=old)
        store.put(HANDOVERS, "id", [handover.model_dump(mode="json")])


def _read(row: object) -> Handover | None:
    """The handover of a row; None where another version wrote it in a shape that is not ours."""
    try:
        return Handover.model_validate(row)
    except ValidationError:
        return None


def _is_in(store: "Store", handover_id: str) -> bool:
    """Whether it is there, also in a shape that is not ours."""
    return bool(store.table(HANDOVERS).search(lambda row: bool(row["id"] == handover_id)))


def _at(written: object) -> datetime:
    return datetime.fromisoformat(str(written))
