"""The board that needs no server: chamados as documents of a store, one's own or a team's on one host."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from tinydb import where

from ..errors import NotFound, Rejected
from ..models.chamado import Chamado, ChamadoDraft, ChamadoEvent
from ..models.licence import LicenceCheck
from ..models.lifecycle import LABELS, Labels
from ..models.moves import Move, check_move
from ..models.times import BRAZIL
from ..store import Store
from ..store_files import PRIVATE_FILE
from .kept_files import COPIES, keep_files
from .submitted import first_record

TABLE = "chamados"
ANNOUNCED = "avisos"
NAME = "Quadro local"


class LocalBoard:
    """A `Board` in a `Store`. The draft's UUID is the identity; the number is given as it is stored.

    Every change is one transaction of the store: of two who move the same card, the second is told.
    """

    name = NAME

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        *,
        labels: Labels = LABELS,
        keep_out: Iterable[Path] = (),
        file_mode: int = PRIVATE_FILE,
    ) -> None:
        """Files are kept beside the store with ``file_mode``; nothing out of ``keep_out`` ever is."""
        self._store = store
        self._chamados = store.table(TABLE)
        self._announced = store.table(ANNOUNCED)
        self._clock = clock
        self._labels = labels
        self._keep_out = tuple(keep_out)
        self._file_mode = file_mode

    # in threads throughout: another process may hold the file for a moment

    async def submit(
        self, draft: ChamadoDraft, *, author: str = "", licence: LicenceCheck | None = None
    ) -> Chamado:
        """Store the draft as a chamado in Triagem, once; StoreError and nothing stored if it cannot be."""
        return await asyncio.to_thread(self._submit, draft, author, licence)

    async def chamados(self) -> tuple[Chamado, ...]:
        """Return every chamado, the newest first."""
        return await asyncio.to_thread(self._all)

    async def chamado(self, id: str) -> Chamado | None:
        """Return the chamado of this id, or None."""
        return await asyncio.to_thread(self._find, id)

    async def move(self, id: str, move: Move, *, event: str, who: str) -> Chamado:
        """Bring a chamado to another status; see `Board.move`."""
        return await asyncio.to_thread(self._move, id, move, event, who)

    async def comment(self, id: str, text: str, *, event: str, who: str) -> Chamado:
        """Say something of a chamado; see `Board.comment`."""
        return await asyncio.to_thread(self._comment, id, text, event, who)

    async def announce(self, id: str, event: str, claimant: str) -> str:
        """Return who tells of the event; see `Board.announce`."""
        return await asyncio.to_thread(self._announce, id, event, claimant)

    # ── below: in a thread ──

    def _submit(self, draft: ChamadoDraft, author: str, licence: LicenceCheck | None) -> Chamado:
        sent = self._find(draft.id)
        if sent is not None:
            return sent
        record = first_record(draft, self._clock(), author, licence, system=NAME)
        folder = self._store.path.parent / COPIES / draft.id
        files = keep_files(record.files, folder, self._file_mode, keep_out=self._keep_out)
        with self._store.transaction():  # found, numbered and stored before anybody else can look
            sent = self._find(draft.id)
            if sent is not None:
                return sent
            number = max((int(row["number"]) for row in self._chamados), default=0) + 1
            return self._store_it(record.model_copy(update={"number": number, "files": files}))

    def _move(self, id: str, move: Move, event: str, who: str) -> Chamado:
        with self._store.transaction():
            chamado = self._wanted(id)
            if _has(chamado, event):
                return chamado
            now = self._clock()
            today = now.astimezone(BRAZIL).date()
            findings = check_move(chamado.status, move, today=today, labels=self._labels)
            if findings:
                raise Rejected(NAME, " ".join(finding.message for finding in findings))
            moved = ChamadoEvent(
                id=event,
                at=now,
                who=who,
                status=move.to,
                before=chamado.status,
                **move.model_dump(exclude={"to"}),
            )
            return self._store_it(chamado.with_event(moved))

    def _comment(self, id: str, text: str, event: str, who: str) -> Chamado:
        with self._store.transaction():
            chamado = self._wanted(id)
            if _has(chamado, event):
                return chamado
            if not text.strip():
                raise Rejected(NAME, "o comentário está vazio")
            said = ChamadoEvent(
                id=event,
                at=self._clock(),
                who=who,
                status=chamado.status,
                before=chamado.status,
                comment=text.strip(),
            )
            return self._store_it(chamado.with_event(said))

    def _announce(self, id: str, event: str, claimant: str) -> str:
        key = f"{id}:{event}"
        with self._store.transaction():
            known = self._announced.get(where("key") == key)
            if known is not None:
                return str(known["claimant"])
            self._announced.insert({"key": key, "chamado": id, "event": event, "claimant": claimant})
        return claimant

    def _all(self) -> tuple[Chamado, ...]:
        announced: dict[str, list[str]] = {}
        for row in self._announced.all():
            announced.setdefault(str(row["chamado"]), []).append(str(row["event"]))
        newest_first = sorted(self._chamados.all(), key=lambda row: int(row["number"]), reverse=True)
        return tuple(
            Chamado.model_validate({**row, "announced": announced.get(str(row["id"]), ())})
            for row in newest_first
        )

    def _find(self, id: str) -> Chamado | None:
        row = self._chamados.get(where("id") == id)
        if row is None:
            return None
        told = self._announced.search(where("chamado") == id)
        return Chamado.model_validate({**row, "announced": [str(each["event"]) for each in told]})

    def _wanted(self, id: str) -> Chamado:
        chamado = self._find(id)
        if chamado is None:
            raise NotFound(NAME, "o chamado não está no quadro")
        return chamado

    def _store_it(self, chamado: Chamado) -> Chamado:
        self._store.put(TABLE, "id", [chamado.model_dump(mode="json", exclude={"announced"})])
        return chamado


def _has(chamado: Chamado, event: str) -> bool:
    return any(each.id == event for each in chamado.events)
