"""Morning rounds on disk: each tick is kept before the next is shown. Knows no screen."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from clients.models.morning import MorningRound
from clients.models.text import fold

if TYPE_CHECKING:
    from clients.store import Store

ROUNDS = "morning_rounds"


class MorningRounds:
    """One round by analyst and day. Every call may wait for the disk: never call it from the screen's thread.

    Each change reads what is stored and writes it back in one transaction: two sessions of one analyst tick
    one list, and only one of them closes it.
    """

    def __init__(self, store: "Store") -> None:
        self._store = store

    def of(self, day: date, who: str) -> MorningRound:
        """Return the round as it stands; one with nothing ticked where it was not begun."""
        empty = MorningRound.begun(day, who)
        rows = self._store.table(ROUNDS).search(lambda row: bool(row["id"] == empty.id))
        return MorningRound.model_validate(rows[0]) if rows else empty

    def change(self, day: date, who: str, change: Callable[[MorningRound], MorningRound]) -> MorningRound:
        """Keep what ``change`` makes of the round; nothing where it raises, which it may."""
        with self._store.transaction():
            before = self.of(day, who)
            after = change(before)
            if after != before:
                self._store.put(ROUNDS, "id", [after.model_dump(mode="json")])
        return after

    def since(self, day: date, who: str) -> tuple[MorningRound, ...]:
        """Return the analyst's rounds from ``day`` on."""
        return tuple(each for each in self._all(who) if each.day >= day)

    def closed_before(self, day: date, who: str) -> tuple[datetime, ...]:
        """Return when the analyst closed rounds of earlier days."""
        return tuple(
            each.closed_at for each in self._all(who) if each.closed_at is not None and each.day < day
        )

    def _all(self, who: str) -> Iterator[MorningRound]:
        rounds = map(MorningRound.model_validate, self._store.table(ROUNDS).all())
        return (each for each in rounds if fold(each.who) == fold(who))
