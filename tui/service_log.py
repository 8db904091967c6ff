"""How each service has been, and who knows of its failure, on disk. Knows no screen."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from clients.models.service import Service, ServiceState
from clients.models.service_history import ServiceHistory
from clients.models.service_note import Destination, Passed, ServiceNote

if TYPE_CHECKING:
    from clients.store import Store

HISTORIES = "service_histories"
NOTES = "service_notes"
WRITTEN_EVERY = timedelta(minutes=10)
"""How often it is written down that nothing changed: the disk should not work for each look."""


class ServiceLog:
    """Histories and notes by service, in the local store. Every call may wait for the disk.

    Two sessions of one analyst add to each other: each look reads what is stored and writes it back in one
    transaction.
    """

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._written: dict[str, tuple[ServiceState, datetime]] = {}

    def note_look(self, services: Sequence[Service], at: datetime) -> None:
        """Note how the services were seen; written at once where a state changed, else now and then."""
        due = [each for each in services if self._is_due(each, at)]
        if not due:
            return
        with self._store.transaction():
            known = {str(row["key"]): row for row in self._store.table(HISTORIES).all()}
            rows = []
            for service in due:
                row = known.get(service.key)
                history = ServiceHistory.model_validate(row) if row else ServiceHistory(key=service.key)
                rows.append(history.seen_as(service, at).model_dump(mode="json"))
            self._store.put(HISTORIES, "key", rows)
        self._written |= {each.key: (each.state, at) for each in due}

    def history(self, key: str) -> ServiceHistory:
        """Return how the service has been; an empty one where it was never seen."""
        rows = self._store.table(HISTORIES).search(lambda row: bool(row["key"] == key))
        return ServiceHistory.model_validate(rows[0]) if rows else ServiceHistory(key=key)

    def histories(self) -> dict[str, ServiceHistory]:
        """Return all histories by key."""
        found = map(ServiceHistory.model_validate, self._store.table(HISTORIES).all())
        return {each.key: each for each in found}

    def write_down(self, note: ServiceNote) -> None:
        """Keep a note; the same id again replaces it."""
        self._store.put(NOTES, "id", [note.model_dump(mode="json")])

    def passed_on(self, note_id: str, passed: Passed) -> None:
        """Keep that a note went on to somewhere; one that is gone has nowhere to keep it."""
        with self._store.transaction():
            for row in self._store.table(NOTES).search(lambda row: bool(row["id"] == note_id)):
                note = ServiceNote.model_validate(row)
                self.write_down(note.model_copy(update={"passed": (*note.passed, passed)}))

    def note_arrived(self, ticket_id: int, text: str) -> None:
        """Keep that ``text`` became a note of a ticket; it is of the findings whose gist stands in it."""
        place = f"#{ticket_id}"

        def arrived(note: ServiceNote, passed: Passed) -> Passed:
            mine = (passed.to, passed.place) == (Destination.NOTE, place) and note.gist in text
            return passed.model_copy(update={"arrived": True}) if mine else passed

        self._follow(arrived)

    def chamado_arrived(self, draft_id: str, number: int) -> None:
        """Keep that a draft became a chamado."""

        def arrived(_: ServiceNote, passed: Passed) -> Passed:
            mine = passed.to is Destination.CHAMADO and passed.draft_id == draft_id
            return passed.model_copy(update={"arrived": True, "place": f"nº {number}"}) if mine else passed

        self._follow(arrived)

    def _follow(self, change: Callable[[ServiceNote, Passed], Passed]) -> None:
        with self._store.transaction():
            for row in self._store.table(NOTES).search(lambda row: bool(row.get("passed"))):
                note = ServiceNote.model_validate(row)
                passed = tuple(change(note, each) for each in note.passed)
                if passed != note.passed:
                    self.write_down(note.model_copy(update={"passed": passed}))

    def write_anew(self, note: ServiceNote) -> ServiceNote:
        """Keep a note in the place of the one of its id, and return it: where that went on to stays known."""
        with self._store.transaction():
            before = self.note(note.id)
            kept = note.model_copy(update={"passed": before.passed}) if before else note
            self.write_down(kept)
        return kept

    def note(self, note_id: str) -> ServiceNote | None:
        """Return a note by id."""
        rows = self._store.table(NOTES).search(lambda row: bool(row["id"] == note_id))
        return ServiceNote.model_validate(rows[0]) if rows else None

    def notes(self, key: str) -> tuple[ServiceNote, ...]:
        """Return what was written of a service, the newest first."""
        rows = self._store.table(NOTES).search(lambda row: bool(row["key"] == key))
        return tuple(sorted(map(ServiceNote.model_validate, rows), key=lambda one: one.at, reverse=True))

    def acknowledged(self) -> dict[str, ServiceNote]:
        """Return the newest acknowledgement of each service that has one, by key."""
        notes = map(ServiceNote.model_validate, self._store.table(NOTES).all())
        known = sorted((each for each in notes if each.acknowledges), key=lambda one: one.at)
        return {each.key: each for each in known}

    def _is_due(self, service: Service, at: datetime) -> bool:
        state, written_at = self._written.get(service.key, (None, at))
        return state is not service.state or at - written_at >= WRITTEN_EVERY
