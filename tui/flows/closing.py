"""Closing a ticket: what stands against it, the client's OK (R22) and the time (R11), and its steps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import JsonValue

from clients.errors import PlantaoError
from clients.models.answer import Answer, Kind
from clients.models.conversation import Conversation
from clients.models.rules.closing import ClientOk, client_ok
from clients.models.rules.time_spent import finish_needs_time
from clients.models.ticket import CLOSED, Ticket
from clients.models.timer import ticket_target

from ..disk import Disk
from ..intent import Step
from .answer import message_step
from .ticket_fields import edit_step

if TYPE_CHECKING:
    from clients.freshdesk import Freshdesk
    from clients.redmine import Redmine

    from ..timers import Timers


@dataclass(frozen=True)
class Closing:
    """A ticket that is about to be closed."""

    ticket: Ticket
    ok: ClientOk
    last: int = 0
    """Id of the newest message; 0 where there is none."""
    time: str = ""
    """What stands against it for want of time; empty if nothing does."""
    chamado: str = ""
    """What stands against it for its chamado; empty if nothing does."""

    @property
    def against(self) -> tuple[str, ...]:
        """Everything that stands against it, the OK first."""
        return tuple(filter(None, ("" if self.ok.may_close else self.ok.said, self.chamado, self.time)))


class TimeLogged:
    """Whether time was logged on what was done for a ticket."""

    def __init__(
        self,
        freshdesk: "Freshdesk",
        redmine: "Redmine | None",
        timers: "Timers",
        disk: Disk,
        clock: Callable[[], datetime],
        *,
        on_ticket: bool,
    ) -> None:
        """``on_ticket`` is whether this desk logs time on the Freshdesk ticket, too."""
        self._freshdesk = freshdesk
        self._redmine = redmine
        self._timers = timers
        self._disk = disk
        self._clock = clock
        self._on_ticket = on_ticket

    async def against(self, ticket_id: int) -> str:
        """What R11 has to say against closing the ticket; empty if nothing, or where time goes nowhere.

        Where it cannot be looked up, that is said.
        """
        target = ticket_target(ticket_id)
        timer = await self._disk(self._timers.get, target)
        running = timer.minutes(self._clock()) if timer else 0
        nowhere = self._redmine is None and not self._on_ticket
        try:
            logged = nowhere or await self._is_logged(ticket_id)
        except PlantaoError as error:
            return f"Não deu para conferir o tempo: {error.message}"
        finding = finish_needs_time(int(logged), running)
        return finding.message if finding else ""

    async def _is_logged(self, ticket_id: int) -> bool:
        """Whether anybody logged time; no further than the first that is found."""
        if await self._disk(self._timers.logged_minutes, ticket_target(ticket_id)):
            return True
        if self._redmine is not None:
            for task in await self._redmine.find_by_ticket(ticket_id):
                if any(one.hours > 0 for one in await self._redmine.spent_times(task.id, user=None)):
                    return True
        entries = await self._freshdesk.time_entries(ticket_id) if self._on_ticket else ()
        return any(entry.time_spent != "00:00" for entry in entries)


def closing_of(
    ticket: Ticket, conversations: Sequence[Conversation], time: str, chamado: str = ""
) -> Closing:
    """What is known before ``ticket`` is closed; ``time`` and ``chamado`` as of `Closing`."""
    last = max((said.id for said in conversations), default=0)
    return Closing(ticket, client_ok(conversations), last, time, chamado)


def closing_steps(
    closing: Closing, filled: Mapping[str, JsonValue], reason: str, agent: int, status: int = CLOSED
) -> tuple[Step, ...]:
    """The steps that close a ticket or resolve it: with a ``reason`` first ``agent``'s internal note of it.

    ``filled`` are the fields that the account wants filled by then, as `Freshdesk.update` takes them.
    """
    ticket = closing.ticket
    close = edit_step(ticket, {**filled, "status": status})
    if not reason:
        return (close,)
    ended = "Encerrado" if status == CLOSED else "Resolvido"
    quote = " ".join(closing.ok.quote.split())
    said = (f"{ended} sem o OK do cliente.", f"O cliente: «{quote}»" if quote else "", f"Motivo: {reason}")
    text = "\n".join(filter(None, said))
    note = Answer(ticket_id=ticket.id, kind=Kind.NOTE, text=text)
    return message_step(note, closing.last, agent), close
