"""The sandbox's whole state: in memory for speed, in the store before any write is answered."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from tinydb.table import Document, Table

from ..store import Store
from .rows import (
    AboutRow,
    AgentRow,
    AttachmentRow,
    CannedRow,
    CompanyRow,
    ContactRow,
    ConversationRow,
    FolderRow,
    GroupRow,
    LicenceRow,
    TicketRow,
    TimeEntryRow,
)

Row = TypeVar("Row", bound=Mapping[str, Any])


class Shelf(Generic[Row]):
    """The rows of one table by id. Rows are replaced, never edited in place."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.rows: dict[int, Row] = {document.doc_id: cast(Row, dict(document)) for document in table.all()}

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows.values())

    def __len__(self) -> int:
        return len(self.rows)

    def get(self, row_id: int | None) -> Row | None:
        """The row of that id, or None."""
        return None if row_id is None else self.rows.get(row_id)

    def replace(self, rows: Iterable[Row]) -> None:
        """Put rows on the shelf, in the place of those with their ids."""
        self.rows.update((row["id"], row) for row in rows)

    def take(self, row_id: int) -> None:
        """Take a row off the shelf."""
        del self.rows[row_id]

    def next_id(self, first: int) -> int:
        """A free id, above all others; ``first`` where there is none."""
        return max(self.rows, default=first - 1) + 1


class TicketShelf(Shelf[Row]):
    """Rows that belong to tickets, found by ticket."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self.by_ticket: dict[int, dict[int, Row]] = {}
        for row in self.rows.values():
            self.by_ticket.setdefault(row["ticket_id"], {})[row["id"]] = row

    def replace(self, rows: Iterable[Row]) -> None:
        """Put rows on the shelf."""
        for row in rows:
            self.rows[row["id"]] = self.by_ticket.setdefault(row["ticket_id"], {})[row["id"]] = row

    def take(self, row_id: int) -> None:
        """Take a row off the shelf."""
        row = self.rows.pop(row_id)
        del self.by_ticket[row["ticket_id"]][row_id]

    def of_ticket(self, ticket_id: int) -> list[Row]:
        """The rows of a ticket, oldest first."""
        rows = self.by_ticket.get(ticket_id, {}).values()
        return sorted(rows, key=lambda row: (row["created_at"], row["id"]))


Change = tuple[Shelf[Any], list[Mapping[str, Any]]]


class State:
    """All shelves, and the folder that holds the bytes of attachments."""

    def __init__(self, store: Store, blobs: Path) -> None:
        self.store = store
        self.blobs = blobs
        self.about: Shelf[AboutRow] = Shelf(store.table("sandbox_about"))
        self.tickets: Shelf[TicketRow] = Shelf(store.table("sandbox_tickets"))
        self.conversations: TicketShelf[ConversationRow] = TicketShelf(store.table("sandbox_conversations"))
        self.attachments: TicketShelf[AttachmentRow] = TicketShelf(store.table("sandbox_attachments"))
        self.agents: Shelf[AgentRow] = Shelf(store.table("sandbox_agents"))
        self.groups: Shelf[GroupRow] = Shelf(store.table("sandbox_groups"))
        self.companies: Shelf[CompanyRow] = Shelf(store.table("sandbox_companies"))
        self.contacts: Shelf[ContactRow] = Shelf(store.table("sandbox_contacts"))
        self.folders: Shelf[FolderRow] = Shelf(store.table("sandbox_folders"))
        self.canned: Shelf[CannedRow] = Shelf(store.table("sandbox_canned"))
        self.time_entries: TicketShelf[TimeEntryRow] = TicketShelf(store.table("sandbox_time_entries"))
        self.licences: Shelf[LicenceRow] = Shelf(store.table("sandbox_licences"))

    def save(self, *changes: Change) -> None:
        """Write rows to their shelves in one transaction; only when it is durable do readers see them."""
        with self.store.transaction():
            for shelf, rows in changes:
                documents = [Document(row, doc_id=row["id"]) for row in rows]
                new = [document for document in documents if document.doc_id not in shelf.rows]
                shelf.table.insert_multiple(new)
                for document in documents:
                    if document.doc_id in shelf.rows:
                        shelf.table.upsert(document)
        for shelf, rows in changes:
            shelf.replace(rows)

    def remove(self, shelf: Shelf[Row], row_id: int) -> None:
        """Take a row off its shelf, durably."""
        with self.store.transaction():
            shelf.table.remove(doc_ids=[row_id])
        shelf.take(row_id)

    def contact_by_email(self, email: str) -> ContactRow | None:
        """The contact with that address, whatever its case."""
        wanted = email.casefold()
        return next((row for row in self.contacts if row["email"].casefold() == wanted), None)
