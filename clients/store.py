"""The local store: TinyDB's interface on a file that loses nothing, from several processes at once.

TinyDB's own file storage is unreadable after a crash in the middle of a write and drops the writes of other
processes; a lock alone does not help, since its tables keep ids and answers in memory. So rows live in SQLite
(`store_engine`), and the table below is TinyDB's with its three touch points replaced.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import cast, overload

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.table import Document, Table

from .store_engine import Body, SqliteRows

_SCALARS = (str, int, float, bool, type(None))


def _detached(value: object) -> object:
    if isinstance(value, dict):
        return {key: item if isinstance(item, _SCALARS) else _detached(item) for key, item in value.items()}
    if isinstance(value, list):
        return [item if isinstance(item, _SCALARS) else _detached(item) for item in value]
    return value


class _AnyDocument(type):
    """TinyDB asks ``isinstance(given, table.document_class)``: its own Document has an id too."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, Document)


class StoredDocument(Document, metaclass=_AnyDocument):
    """What callers get: it never aliases the cache, nested lists and objects included."""

    def __init__(self, value: Mapping[str, object], doc_id: int) -> None:
        super().__init__(cast(Body, _detached(value)), doc_id)


class _Changes(MutableMapping[int, Body]):
    """The table as TinyDB edits it: ids to documents, the edits apart in ``made`` (None: deleted)."""

    def __init__(self, stored: Mapping[str, Body]) -> None:
        self._stored = stored
        self.made: dict[int, Body | None] = {}

    def _peek(self, number: object) -> Body | None:
        if number in self.made:
            return self.made[number]
        return self._stored.get(str(number))

    def __contains__(self, number: object) -> bool:
        return self._peek(number) is not None

    def __getitem__(self, number: int) -> Body:
        document = self._peek(number)
        if document is None:
            raise KeyError(number)
        if number not in self.made:
            document = self.made[number] = cast(Body, _detached(document))
        return document

    def __setitem__(self, number: int, document: Body) -> None:
        self.made[number] = document

    def __delitem__(self, number: int) -> None:
        if number not in self:
            raise KeyError(number)
        self.made[number] = None

    def __iter__(self) -> Iterator[int]:
        numbers = dict.fromkeys([*map(int, self._stored), *self.made])
        return (number for number in numbers if number in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:  # the inherited one pops them one by one, walking all each time
        self.made = dict.fromkeys([*map(int, self._stored), *self.made])


class StoreTable(Table):
    """A TinyDB table whose every operation is one transaction over all processes."""

    document_class = StoredDocument
    _rows: SqliteRows
    _next_id: int | None  # type: ignore[assignment]  # TinyDB infers None

    def __init__(
        self, storage: SqliteRows, name: str, cache_size: int = 0, persist_empty: bool = False
    ) -> None:
        # no query cache: it would not see what other processes write
        self._rows = storage
        self._changes: _Changes | None = None
        super().__init__(storage, name, cache_size=0, persist_empty=persist_empty)

    def _read_table(self) -> dict[str, Body]:  # type: ignore[override]  # TinyDB leaves the content open
        return self._rows.docs(self._name)

    def _update_table(self, updater: Callable[[MutableMapping[int, Body]], None]) -> None:  # type: ignore[override]
        with self._rows.transaction():
            changes = self._changes = _Changes(self._rows.docs(self._name))
            try:
                updater(changes)
            finally:
                self._changes = None
            self._rows.put(self._name, changes.made)

    def _get_next_id(self) -> int:
        number = self._rows.last_id(self._name) + 1 if self._next_id is None else self._next_id
        while (
            self._changes is not None and number in self._changes.made
        ):  # ids given by hand in the same batch
            number += 1
        self._next_id = number + 1
        return number

    def insert(self, document: Mapping[str, object]) -> int:
        """Insert a document; return its id."""
        with self._fresh():
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, object]]) -> list[int]:
        """Insert documents in one transaction; return their ids."""
        with self._fresh():
            return super().insert_multiple(documents)

    def upsert(self, document: Mapping[str, object], cond: QueryLike | None = None) -> list[int]:
        """Update the documents that match, or insert this one, in one transaction; return the ids."""
        with self._fresh():
            return super().upsert(document, cond)

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Remove the documents that match; return their ids."""
        with self._fresh():
            return super().remove(doc_ids=self._matching(cond, doc_ids))

    def put(self, key: str, documents: Iterable[Mapping[str, object]]) -> list[int]:
        """Store each document whole in the place of the one with the same ``key`` value, or as a new one.

        One pass over the table for all of them; TinyDB's ``upsert`` walks it once a document (and merges).
        Returns the ids. What did not change is not written.
        """
        given: list[int] = []

        def updater(changes: MutableMapping[int, Body]) -> None:
            known = {body[key]: int(number) for number, body in self._read_table().items() if key in body}
            for document in documents:
                number = known.get(document[key])
                if number is None:
                    number = known[document[key]] = self._get_next_id()
                changes[number] = dict(document)
                given.append(number)

        with self._fresh():
            self._update_table(updater)
        return given

    def search(self, cond: QueryLike) -> list[Document]:
        """Return the documents that match."""
        with self._rows.reading():
            return super().search(cond)

    def all(self) -> list[Document]:
        """Return every document."""
        with self._rows.reading():
            return [StoredDocument(body, int(number)) for number, body in self._read_table().items()]

    def __iter__(self) -> Iterator[Document]:
        return iter(self.all())

    @overload  # type: ignore[override]  # the forms that make sense, of TinyDB's seven
    def get(self, cond: QueryLike) -> Document | None: ...
    @overload
    def get(self, *, doc_id: int) -> Document | None: ...
    def get(self, cond: QueryLike | None = None, doc_id: int | None = None) -> Document | None:
        """Return the first document that matches, or the one of an id; None: there is none."""
        with self._rows.reading():
            return super().get(cond) if cond is not None else super().get(doc_id=cast(int, doc_id))

    def _fresh(self) -> AbstractContextManager[None]:
        self._next_id = None  # kept by TinyDB from call to call, and wrong as soon as another process writes
        return self._rows.transaction()

    def _matching(self, cond: QueryLike | None, doc_ids: Iterable[int] | None) -> Iterable[int] | None:
        if cond is None or doc_ids is not None:
            return doc_ids
        # told on the cache, so that only what changes is copied
        return [int(number) for number, body in self._read_table().items() if cond(body)]


class Store(TinyDB):
    """A TinyDB in one file: durable when a call returns, one writer at a time over all processes.

    Use ids of your own as identity: TinyDB gives a removed document's number to a later one.
    Everything raises StoreError where the file cannot be read or written; nothing stored is lost by it.
    """

    table_class = StoreTable  # type: ignore[assignment]  # TinyDB infers type[Table]
    _rows: SqliteRows

    def __init__(self, path: Path, *, shared: bool = False) -> None:
        """Open or create ``path``: 0600 in a 0700 folder; ``shared``: 0660 in a folder of the group's."""
        self._rows = SqliteRows(path, shared=shared)
        super().__init__(storage=lambda: self._rows)

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._rows.path

    def table(self, name: str, **options: object) -> StoreTable:
        """Return the table ``name``; it exists from its first write on."""
        return cast(StoreTable, super().table(name, **options))

    def transaction(self) -> AbstractContextManager[None]:
        """Make several operations one: all or nothing. Re-entrant; never hold it across an await."""
        return self._rows.transaction()

    def put(self, table: str, key: str, documents: Iterable[Mapping[str, object]]) -> list[int]:
        """Replace or insert documents by the value of ``key``: see `StoreTable.put`."""
        return self.table(table).put(key, documents)

    def check(self) -> None:
        """Read the whole file; StoreError where it is damaged."""
        self._rows.check()
