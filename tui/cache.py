"""What the desk remembers between sessions, so that it opens on something before the network answers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from clients.errors import StoreError
from clients.models.base import Model
from clients.models.conversation import Conversation
from clients.models.feed import Feed
from clients.models.fields import Vocabulary
from clients.models.people import Agent
from clients.models.service import Service
from clients.models.task import RedmineUser
from clients.models.template import Template
from clients.models.ticket import Ticket

if TYPE_CHECKING:
    from clients.store import Store

AModel = TypeVar("AModel", bound=Model)
STAMPS, TICKETS, CONVERSATIONS, SINGLES = "stamps", "tickets", "conversations", "singles"

MAX_CONVERSATIONS = 400
"""Tickets whose messages are kept; past that the quarter that moved longest ago goes."""


@dataclass(frozen=True)
class Reached:
    """How far the queue has been read, as instants of the server's own clock; ours may be wrong."""

    changes: datetime | None = None
    """The newest change that a whole refresh saw."""
    put_away: datetime | None = None
    """Up to here it is known what was deleted or marked as spam."""


class Cache:
    """Copies of remote records in the local store. Losing it costs one cold synchronisation, never work."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def stamp(self, name: str) -> datetime | None:
        """When the source ``name`` last answered (UTC), None if it never did."""
        found = self._read(STAMPS, name)
        return datetime.fromisoformat(str(found["at"])) if found else None

    def tickets(self) -> tuple[Ticket, ...]:
        """All tickets kept, in no order."""
        return self._fitting_tickets()[0]

    def _fitting_tickets(self) -> tuple[tuple[Ticket, ...], list[int]]:
        """Return the tickets, and the numbers of the rows that are none to this version."""
        tickets, odd = [], []
        for row in self._store.table(TICKETS).all():
            ticket = _read(Ticket, row)
            if ticket is None:
                odd.append(row.doc_id)
            else:
                tickets.append(ticket)
        return tuple(tickets), odd

    def clients_of(self, tickets: Collection[int]) -> dict[int, str]:
        """Whose ``tickets`` are, of those that are kept."""
        wanted = frozenset(tickets)
        return {each.id: each.client for each in self.tickets() if each.id in wanted and each.client}

    def keep_tickets(self, tickets: Iterable[Ticket]) -> None:
        """Keep newer copies of ``tickets``."""
        self._store.put(
            TICKETS, "id", [ticket.model_dump(mode="json", exclude_defaults=True) for ticket in tickets]
        )

    def keep_queue(self, reached: Reached, gone: Iterable[int], as_of: datetime) -> None:
        """Note that the list was read to its end, and forget the tickets ``gone``."""
        with self._store.transaction():
            self.forget_tickets(gone)
            written = {name: _iso(at) for name, at in vars(reached).items()}
            self._write(STAMPS, "queue", {"at": as_of.isoformat(), **written})

    def reached(self) -> Reached:
        """How far the queue has been read."""
        found = self._read(STAMPS, "queue") or {}
        return Reached(_moment(found.get("changes")), _moment(found.get("put_away")))

    def forget_tickets(self, gone: Iterable[int]) -> None:
        """Forget tickets with all that was said on them."""
        numbers = frozenset(gone)
        if numbers:
            keys = frozenset(map(str, numbers))
            with self._store.transaction():
                self._store.table(TICKETS).remove(lambda row: row["id"] in numbers)
                self._store.table(CONVERSATIONS).remove(lambda row: row["key"] in keys)

    def queue(self, horizon: timedelta) -> tuple[tuple[Ticket, ...], Reached]:
        """Return the tickets, and how far the list was read with them.

        What is done and untouched in the ``horizon`` before the newest change is forgotten, and so is what
        another version kept in a shape that is not ours: the list is then read from its beginning.
        """
        # before the tickets: another session may be adding some, and asking twice for them does no harm
        reached = self.reached()
        tickets, odd = self._fitting_tickets()
        if odd:
            reached = Reached()
            with suppress(StoreError), self._store.transaction():  # a full disk: what is old can wait
                self._store.table(TICKETS).remove(doc_ids=odd)
                self._store.table(STAMPS).remove(lambda row: row["key"] == "queue")
        newest = max((ticket.updated_at for ticket in tickets), default=None)
        if newest is None:
            return (), reached
        old = {ticket.id for ticket in tickets if not ticket.is_open and ticket.updated_at < newest - horizon}
        with suppress(StoreError):
            self.forget_tickets(old)
        return tuple(ticket for ticket in tickets if ticket.id not in old), reached

    def services(self) -> Feed[Service]:
        """Services as they were last seen."""
        found = self._read(SINGLES, "services")
        if not found:
            return Feed()
        items = _read_all(Service, found["items"])
        return Feed(items, as_of=self.stamp("services"))

    def keep_services(self, services: Sequence[Service], as_of: datetime) -> None:
        """Keep the services, with the moment since when each is in its state."""
        with self._store.transaction():
            self._write(SINGLES, "services", {"items": [item.model_dump(mode="json") for item in services]})
            self._write(STAMPS, "services", {"at": as_of.isoformat()})

    def conversation(self, ticket_id: int) -> tuple[datetime | None, tuple[Conversation, ...]]:
        """The messages kept of a ticket, and when they were read."""
        found = self._read(CONVERSATIONS, str(ticket_id))
        if not found:
            return None, ()
        items = _read_all(Conversation, found["items"])
        return datetime.fromisoformat(str(found["at"])), items

    def conversations(self, tickets: Collection[int]) -> tuple[Conversation, ...]:
        """The messages kept of ``tickets``, of all in one reading."""
        keys = frozenset(map(str, tickets))
        rows = self._store.table(CONVERSATIONS).search(lambda row: row["key"] in keys)
        found = ((int(row["key"]), _read_all(Conversation, row["items"])) for row in rows)
        return tuple(
            said.model_copy(update={"ticket_id": number}) for number, all_said in found for said in all_said
        )

    def keep_conversation(
        self, ticket: Ticket, conversations: Sequence[Conversation], as_of: datetime
    ) -> None:
        """Keep a ticket as viewed, with all its messages."""
        with self._store.transaction():
            self._store.put(TICKETS, "id", [ticket.model_dump(mode="json", exclude_defaults=True)])
            self.keep_messages(ticket.id, conversations, as_of)

    def keep_messages(self, ticket_id: int, conversations: Sequence[Conversation], as_of: datetime) -> None:
        """Keep all the messages of a ticket."""
        items = [item.model_dump(mode="json", exclude_defaults=True) for item in conversations]
        with self._store.transaction():
            self._write(CONVERSATIONS, str(ticket_id), {"at": as_of.isoformat(), "items": items})
            self._forget_oldest_conversations()

    def conversations_read(self, tickets: Collection[int]) -> dict[int, datetime]:
        """When the messages of ``tickets`` were read; without those of which none are kept."""
        keys = frozenset(map(str, tickets))
        rows = self._store.table(CONVERSATIONS).search(lambda row: row["key"] in keys)
        return {int(row["key"]): datetime.fromisoformat(str(row["at"])) for row in rows}

    def _forget_oldest_conversations(self) -> None:
        table = self._store.table(CONVERSATIONS)
        if len(table) > MAX_CONVERSATIONS:
            oldest = sorted(table.all(), key=lambda row: str(row["at"]))[: MAX_CONVERSATIONS // 4]
            table.remove(doc_ids=[row.doc_id for row in oldest])

    def vocabulary(self) -> Vocabulary:
        """The account's words; empty before the first connection."""
        return _read(Vocabulary, self._read(SINGLES, "vocabulary")) or Vocabulary()

    def keep_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Keep the account's words."""
        self._write(SINGLES, "vocabulary", vocabulary.model_dump(mode="json"))

    def me(self) -> Agent | None:
        """Who the key belongs to, if it was ever asked."""
        found = self._read(SINGLES, "me")
        return _read(Agent, found)

    def keep_me(self, agent: Agent) -> None:
        """Keep who the key belongs to."""
        self._write(SINGLES, "me", agent.model_dump(mode="json"))

    def templates(self) -> tuple[Template, ...]:
        """Freshdesk's canned responses as they were last read."""
        found = self._read(SINGLES, "templates")
        return _read_all(Template, found["items"]) if found else ()

    def keep_templates(self, templates: Sequence[Template]) -> None:
        """Keep Freshdesk's canned responses."""
        self._write(SINGLES, "templates", {"items": [item.model_dump(mode="json") for item in templates]})

    def members(self) -> tuple[RedmineUser, ...]:
        """Who takes part in the projects of Redmine, as was last read."""
        found = self._read(SINGLES, "members")
        return _read_all(RedmineUser, found["items"]) if found else ()

    def keep_members(self, members: Sequence[RedmineUser], as_of: datetime) -> None:
        """Keep them, and when they were read."""
        with self._store.transaction():
            items = [item.model_dump(mode="json") for item in members]
            self._write(SINGLES, "members", {"items": items})
            self._write(STAMPS, "members", {"at": as_of.isoformat()})

    def _read(self, table: str, key: str) -> dict[str, object] | None:
        found = self._store.table(table).get(lambda row: bool(row["key"] == key))
        return dict(found) if isinstance(found, Mapping) else None

    def _write(self, table: str, key: str, document: dict[str, object]) -> None:
        self._store.put(table, "key", [{"key": key, **document}])


def _read(model: type[AModel], document: object) -> AModel | None:
    """Read what was kept; None where there is nothing, or what is there was kept by another version."""
    try:
        return model.model_validate(document) if document else None
    except ValidationError:
        return None


def _read_all(model: type[AModel], documents: object) -> tuple[AModel, ...]:
    return tuple(item for document in _list(documents) if (item := _read(model, document)) is not None)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
