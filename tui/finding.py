"""What a number is the number of: looked up on this machine, then asked of the servers. Knows no screen."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clients.errors import NotFound, PlantaoError
from clients.models.chamado import Chamado
from clients.models.feed import Trouble
from clients.models.reference import Asked, Reference, RefKind
from clients.models.task import Task
from clients.models.ticket import Ticket

if TYPE_CHECKING:
    from .desk import Desk

ANSWER_WITHIN = 8.0
"""Seconds that the servers have, all of them together."""


@dataclass(frozen=True)
class Found:
    """One thing of the number, as it was read or is known."""

    reference: Reference
    record: Ticket | Task | Chamado


@dataclass(frozen=True)
class Findings:
    """All that has the number, and what could not be told."""

    found: tuple[Found, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    """Why a server did not say whether it has one; empty where all answered."""


class Finder:
    """Looks a number up."""

    def __init__(
        self,
        desk: "Desk",
        ticket: Callable[[int], Ticket | None],
        chamado: Callable[[int], Chamado | None],
        *,
        within: float = ANSWER_WITHIN,
    ) -> None:
        """``ticket`` and ``chamado`` are those that are shown already."""
        self._desk = desk
        self._ticket_here = ticket
        self._chamado_here = chamado
        self._within = within

    async def find(self, asked: Asked) -> Findings:
        """Look for each kind that the number may be of, in their order; a server is asked last."""
        ways: dict[RefKind, Callable[[int], Awaitable[Found | None]]] = {
            RefKind.TICKET: self._ticket,
            RefKind.TASK: self._task,
            RefKind.CHAMADO: self._chamado,
        }
        answers = await asyncio.gather(*(self._told(ways[kind](asked.number)) for kind in asked.kinds))
        found = tuple(answer for answer in answers if isinstance(answer, Found))
        return Findings(found, tuple(answer for answer in answers if isinstance(answer, Trouble)))

    async def _told(self, way: Awaitable[Found | None]) -> Found | Trouble | None:
        try:
            async with asyncio.timeout(self._within):
                return await way
        except NotFound:
            return None
        except PlantaoError as error:
            return error.trouble
        except TimeoutError:
            return Trouble("Sem resposta", "um dos sistemas não respondeu a tempo.", "Tente de novo.")

    async def _ticket(self, number: int) -> Found | None:
        ticket = self._ticket_here(number)
        if ticket is None and self._desk.freshdesk is not None:
            ticket = await self._desk.freshdesk.ticket(number)
        if ticket is None or ticket.deleted or ticket.spam:
            return None
        return Found(Reference(kind=RefKind.TICKET, key=str(number), title=ticket.subject), ticket)

    async def _task(self, number: int) -> Found | None:
        if self._desk.redmine is None:
            return None
        task = await self._desk.redmine.task(number)
        return Found(Reference(kind=RefKind.TASK, key=str(number), title=task.subject), task)

    async def _chamado(self, number: int) -> Found | None:
        chamado = self._chamado_here(number)
        if chamado is None and self._desk.is_open:
            feed = await self._desk.chamado_room.read()
            chamado = next((each for each in feed.items if each.number == number), None)
        if chamado is None:
            return None
        return Found(Reference(kind=RefKind.CHAMADO, key=str(number), title=chamado.title), chamado)
