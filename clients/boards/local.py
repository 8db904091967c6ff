"""The board that needs no server: chamados as documents of the local store."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from tinydb import where

from ..errors import Rejected
from ..models.chamado import (
    Chamado,
    ChamadoDraft,
    ChamadoEvent,
    Tool,
    convert_flow,
    convert_notify,
    split_list,
)
from ..models.licence import LicenceCheck
from ..models.lifecycle import ChamadoStatus
from ..store import Store

TABLE = "chamados"


class LocalBoard:
    """A `Board` in a `Store`. The draft's UUID is the identity; the number is given as it is stored."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._chamados = store.table(TABLE)
        self._clock = clock

    async def submit(
        self, draft: ChamadoDraft, *, author: str = "", licence: LicenceCheck | None = None
    ) -> Chamado:
        """Store the draft as a chamado in Triagem, once; StoreError and nothing stored if it cannot be."""
        # in a thread: another process may hold the file for a moment
        return await asyncio.to_thread(self._submit, draft, author, licence)

    async def chamados(self) -> tuple[Chamado, ...]:
        """Return every chamado, the newest first."""
        rows = await asyncio.to_thread(self._chamados.all)
        newest_first = sorted(rows, key=lambda row: int(row["number"]), reverse=True)
        return tuple(map(Chamado.model_validate, newest_first))

    async def chamado(self, id: str) -> Chamado | None:
        """Return the chamado of this id, or None."""
        return await asyncio.to_thread(self._find, id)

    def _submit(self, draft: ChamadoDraft, author: str, licence: LicenceCheck | None) -> Chamado:
        with self._store.transaction():  # found, numbered and stored before anybody else can look
            sent = self._find(draft.id)
            if sent is not None:
                return sent
            number = max((int(row["number"]) for row in self._chamados), default=0) + 1
            chamado = _sent(draft, number, self._clock(), author, licence)
            self._chamados.insert(chamado.model_dump(mode="json"))
        return chamado

    def _find(self, id: str) -> Chamado | None:
        row = self._chamados.get(where("id") == id)
        return None if row is None else Chamado.model_validate(row)


def _sent(
    draft: ChamadoDraft, number: int, now: datetime, author: str, licence: LicenceCheck | None
) -> Chamado:
    if not draft.title.strip():
        raise Rejected("Quadro local", "o chamado não tem título")
    if draft.tool not in frozenset(Tool):
        raise Rejected("Quadro local", "o chamado não diz a ferramenta")
    return Chamado(
        id=draft.id,
        number=number,
        title=draft.title.strip(),
        licence_email=draft.licence_email.strip(),
        licence=licence,
        tool=Tool(draft.tool),
        integration=draft.integration.strip(),
        notify=split_list(convert_notify(draft.notify)),
        flow=split_list(convert_flow(draft.flow)),
        description=draft.description.strip(),
        files=tuple(line.strip() for line in draft.files.splitlines() if line.strip()),
        ticket_id=draft.ticket_id,
        author=author,
        status=ChamadoStatus.TRIAGEM,
        created_at=now,
        updated_at=now,
        events=(ChamadoEvent(at=now, who=author, status=ChamadoStatus.TRIAGEM),),
    )
