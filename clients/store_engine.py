"""TinyDB's storage on SQLite rows: durable when acknowledged, shared by processes, readable after a crash."""

import contextlib
import json
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tinydb.storages import Storage

from . import store_files
from .errors import StoreError
from .models.text import whole_characters

Body = dict[str, object]
"""A document's content, as JSON has it."""

PATIENCE = 30.0
"""Seconds that a write waits for other processes; saturating writers kept one waiting for 1.4 s at most."""
APPLICATION = 0x504C4E54
"""SQLite's application_id of our files: "PLNT"."""
LAYOUT = 1
"""SQLite's user_version of our tables."""

_TABLES = (
    "CREATE TABLE IF NOT EXISTS tbl(name TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS doc(tbl TEXT, id INTEGER, body TEXT NOT NULL, PRIMARY KEY(tbl, id))"
    " WITHOUT ROWID",
)
_FAULTS = {
    sqlite3.SQLITE_FULL: "não há espaço para gravar; o que já estava gravado continua lá",
    sqlite3.SQLITE_IOERR: "o disco recusou a operação (cheio, cota esgotada ou com defeito); "
    "o que já estava gravado continua lá",
    sqlite3.SQLITE_BUSY: f"outro processo ocupa o arquivo há mais de {PATIENCE:.0f} segundos",
    sqlite3.SQLITE_READONLY: "sem permissão de escrita no arquivo ou na pasta",
    sqlite3.SQLITE_CANTOPEN: "não foi possível abrir o arquivo ou criar outro ao lado dele",
    sqlite3.SQLITE_PERM: "sem permissão para abrir o arquivo",
}
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_ATTEMPTS = 600
_PARSED_AT_ONCE = 200
_OPENING = threading.Lock()  # a file's creator closes its descriptor before anybody here connects to it


def dumps(document: Mapping[str, object]) -> str:
    """Return ``document`` as compact JSON; lone surrogates, which no encoder takes, become U+FFFD."""
    return whole_characters(json.dumps(document, ensure_ascii=False, separators=(",", ":")))


def damaged(path: Path, detail: str) -> StoreError:
    """Return the error of a file that cannot be read any more: it says where the file is."""
    return StoreError(
        f"{path}: o arquivo está danificado ({detail})",
        title="Dados locais danificados",
        way_out=f"Guarde uma cópia de {path}, tire-o dessa pasta e abra de novo: começa um arquivo vazio.",
    )


class SqliteRows(Storage):
    """One SQLite file, one row a document. Parsed rows are kept until another connection writes."""

    def __init__(self, path: Path, *, shared: bool = False) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._depth = 0
        self._cache: dict[str, dict[str, Body]] = {}
        self._version: int | None = None
        with self._told(), _OPENING:
            store_files.prepare(path, shared=shared)
            self._connection = sqlite3.connect(
                path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
            )
            try:
                self._set_up()
            except BaseException:
                self._connection.close()
                raise

    def _set_up(self) -> None:
        self._refuse_others()
        # other hosts do not see this one's shared memory, which WAL needs
        self._journal("DELETE" if store_files.on_network(self.path.parent) else "WAL")
        self._run("PRAGMA synchronous=FULL")
        self._run("PRAGMA journal_size_limit=8388608")  # the log of one big write does not keep the quota
        if self._number("PRAGMA user_version") == 0:
            with self.transaction():
                for statement in _TABLES:
                    self._run(statement)
                self._run(f"PRAGMA application_id={APPLICATION}")
                self._run(f"PRAGMA user_version={LAYOUT}")

    def _refuse_others(self) -> None:
        # asked in this order: our tables and the application's id are committed together
        tables = self._number("SELECT count(*) FROM sqlite_master")
        application = self._number("PRAGMA application_id")
        if application != APPLICATION and (tables or application):
            raise StoreError(f"{self.path}: o arquivo é de outro programa", way_out="Ele não foi tocado.")
        if self._number("PRAGMA user_version") > LAYOUT:
            raise StoreError(
                f"{self.path}: gravado por uma versão mais nova do Plantão",
                way_out="Atualize o Plantão; o arquivo não foi tocado.",
            )

    def _journal(self, journal: str) -> None:
        for attempt in range(_ATTEMPTS):  # SQLite does not wait for others while it changes this mode
            try:
                self._run(f"PRAGMA journal_mode={journal}")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or attempt == _ATTEMPTS - 1:
                    raise
                time.sleep(PATIENCE / _ATTEMPTS)
            else:
                return

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the one write lock of the file; all or nothing. Re-entrant; never hold it across an await."""
        with self._lock, self._told():
            nested = self._depth > 0
            if nested and not self._connection.in_transaction:
                raise StoreError(f"{self.path}: uma gravação falhou antes desta, e nada mais foi gravado")
            self._run("SAVEPOINT nested" if nested else "BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
                self._run("RELEASE nested" if nested else "COMMIT")
            except BaseException:
                self._cache.clear()
                if self._connection.in_transaction:  # a full disk may have ended it already
                    self._run("ROLLBACK TO nested" if nested else "ROLLBACK")
                    if nested:
                        self._run("RELEASE nested")
                raise
            finally:
                self._depth -= 1

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Keep other threads of this process from writing while the rows are walked through."""
        with self._lock, self._told():
            yield

    def docs(self, table: str) -> dict[str, Body]:
        """Return the rows of ``table``, by id as text. Not to be changed: it is the cache itself."""
        with self._lock, self._told():
            version = self._number("PRAGMA data_version")
            if version != self._version:
                self._cache.clear()
                self._version = version
            if table not in self._cache:
                rows = self._run("SELECT id, body FROM doc WHERE tbl=? ORDER BY id", table).fetchall()
                try:
                    self._cache[table] = _parsed(rows)
                except ValueError as error:
                    raise damaged(self.path, f"tabela {table}") from error
            return self._cache[table]

    def put(self, table: str, changes: Mapping[int, Body | None]) -> None:
        """Write the documents that differ from what is stored; None deletes. Inside a transaction only."""
        cache = self.docs(table)
        written: list[tuple[str, int, str]] = []
        gone: list[tuple[str, int]] = []
        for number, document in changes.items():
            if document is None:
                gone.append((table, number))
            elif document != cache.get(str(number)):
                written.append((table, number, dumps(document)))
        self._run("INSERT OR IGNORE INTO tbl VALUES(?)", table)
        self._connection.executemany("DELETE FROM doc WHERE tbl=? AND id=?", gone)
        self._connection.executemany("REPLACE INTO doc VALUES(?,?,?)", written)
        for _, number in gone:
            cache.pop(str(number), None)
        for _, number, body in written:
            cache[str(number)] = json.loads(body)  # what the next reader gets, tuples and odd keys included

    def last_id(self, table: str) -> int:
        """Return the highest id of ``table``, 0 while it is empty."""
        return self._number("SELECT COALESCE(MAX(id),0) FROM doc WHERE tbl=?", table)

    def names(self) -> list[str]:
        """Return the names of the tables."""
        with self._lock, self._told():
            return [name for (name,) in self._run("SELECT name FROM tbl ORDER BY name").fetchall()]

    def check(self) -> None:
        """Read the whole file; StoreError where it is damaged."""
        with self._lock, self._told():
            finding = str(self._run("PRAGMA quick_check(1)").fetchone()[0])
        if finding != "ok":
            raise damaged(self.path, finding)

    def read(self) -> dict[str, dict[str, Body]] | None:
        """Return every table; only TinyDB's ``tables()`` and ``drop_table()`` come here."""
        return {name: self.docs(name) for name in self.names()} or None

    def write(self, data: Mapping[str, object]) -> None:
        """Drop the tables that ``data`` lacks; only TinyDB's ``drop_table(s)`` come here."""
        with self.transaction():
            for name in self.names():
                if name not in data:
                    self._run("DELETE FROM doc WHERE tbl=?", name)
                    self._run("DELETE FROM tbl WHERE name=?", name)
                    self._cache.pop(name, None)

    def close(self) -> None:
        """Close the file; what was acknowledged is in it already."""
        with self._lock, self._told():
            self._connection.close()

    def _run(self, statement: str, *values: object) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    def _number(self, statement: str, *values: object) -> int:
        return int(self._run(statement, *values).fetchone()[0])

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._trouble(error) from error

    def _trouble(self, error: sqlite3.Error) -> StoreError:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte; the rest says which operation
        if code in _DAMAGED:
            return damaged(self.path, str(error))
        return StoreError(f"{self.path}: {_FAULTS.get(code, str(error))}")


def _parsed(rows: Sequence[tuple[int, str]]) -> dict[str, Body]:
    """Documents by id. Many in one parse are twice as fast; all in one would stop every other thread."""
    found: dict[str, Body] = {}
    for start in range(0, len(rows), _PARSED_AT_ONCE):
        some = rows[start : start + _PARSED_AT_ONCE]
        documents = json.loads(f"[{','.join(body for _, body in some)}]")
        found.update((str(row[0]), body) for row, body in zip(some, documents, strict=True))
    return found
