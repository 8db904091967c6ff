"""Shifts that colleagues hand over and take over, in the folder that the analysts share for it."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from ..models.handover import Handover, HandoverLine, Part
from ..models.handover_text import handover_text
from ..models.morning import Weight
from ..models.service import Service
from ..models.times import day_time
from ..store import Store
from .clock import read_stamp
from .outages import FAIL, Light
from .rows import AgentRow, TicketRow
from .state import State

FILE, TABLE = "passagens.db", "handovers"
"""Where Plantão looks for them."""
_NEXT_SHIFT = (1, 2)
"""Who of the agents takes over, in turn."""
_FIRST, _THEN = timedelta(minutes=2), timedelta(seconds=20)
"""How long after a shift is handed over its first line is taken in, and from line to line."""
_LEFT_OUT = 4
"""Every so manyth line waits for ever: its matter is nobody's yet."""
_LOOKS_EVERY = timedelta(seconds=30)
_DONE, _TOLD = (4, 5), 4


class Shifts:
    """The colleagues' side of the folder. Each call opens the file anew: the desk has it open, too."""

    def __init__(self, folder: Path, state: State, lights: Callable[[datetime], list[Light]]) -> None:
        """``folder`` is there, and the analysts'; ``lights`` are the services as of a moment."""
        self._file, self._state, self._lights = folder / FILE, state, lights
        self._looked: datetime | None = None

    def hand_over(self, place: int, added: Sequence[str], at: datetime) -> None:
        """Hand over the shift of an agent as of ``at``: open tickets, what is red, and lines of one's own."""
        agent = list(self._state.agents)[place]
        lines = [*self._open(agent, at), *self._red(at), *_own(added)]
        text = handover_text(lines, (), who=agent["name"], at=at)
        handover = Handover(id=uuid.uuid4().hex, who=agent["name"], at=at, lines=tuple(lines), text=text)
        with closing(Store(self._file, shared=True)) as store:
            store.put(TABLE, "id", [handover.model_dump(mode="json")])

    def take_in(self, now: datetime) -> None:
        """Acknowledge what others than the next shift handed over, one line after the other."""
        if self._looked is not None and now - self._looked < _LOOKS_EVERY:
            return
        self._looked = now
        with closing(Store(self._file, shared=True)) as store, store.transaction():
            for before in _handovers(store):
                after = self._taken_in(before, now)
                if after != before:
                    store.put(TABLE, "id", [after.model_dump(mode="json")])

    def _taken_in(self, handover: Handover, now: datetime) -> Handover:
        agents = list(self._state.agents)
        others = [agents[place]["name"] for place in _NEXT_SHIFT]
        if any(handover.is_of(who) for who in others):
            return handover
        for place, line in enumerate(handover.lines):
            due = handover.at + _FIRST + place * _THEN
            if due <= now and place % _LEFT_OUT != _LEFT_OUT - 1:
                handover = handover.acknowledged((line.key,), others[place % len(others)], due)
        return handover

    def _open(self, agent: AgentRow, now: datetime) -> Iterator[HandoverLine]:
        mine = [
            ticket
            for ticket in self._state.tickets
            if ticket["responder_id"] == agent["id"]
            and ticket["status"] not in _DONE
            and not _hidden(ticket)
            and read_stamp(ticket["updated_at"]) <= now
        ]
        for ticket in mine[-_TOLD:]:
            said = self._told(ticket, agent, now)
            yield HandoverLine(
                key=f"ticket:{ticket['id']}", part=Part.OPEN, text=said, ticket_id=ticket["id"]
            )

    def _told(self, ticket: TicketRow, agent: AgentRow, now: datetime) -> str:
        company, stats = self._state.companies.get(ticket["company_id"]), ticket["stats"]
        about = f"{company['name']}: {ticket['subject']}" if company else ticket["subject"]
        asked, answered = stats["requester_responded_at"] or "", stats["agent_responded_at"] or ""
        turn = "nossa vez" if asked >= answered else "vez do cliente"
        since = day_time(read_stamp(max(asked, answered) or ticket["created_at"]), now)
        return f"#{ticket['id']} · {about} — {turn} desde {since}, com {agent['name']}"

    def _red(self, at: datetime) -> Iterator[HandoverLine]:
        red = [light for light in self._lights(at) if light.state == FAIL]
        for light in red[:_TOLD]:
            said = f"{light.client} · {light.service}: em falha desde {day_time(light.since, at)}"
            key = Service(client=light.client, service=light.service).key
            yield HandoverLine(
                key=f"servico:{key}",
                part=Part.SERVICES,
                text=f"{said} — {light.note}" if light.note else said,
                weight=Weight.RED,
                service=key,
            )


def _own(added: Sequence[str]) -> Iterator[HandoverLine]:
    for place, text in enumerate(added, start=1):
        yield HandoverLine(key=f"livre:{place}", part=Part.ADDED, text=text)


def _handovers(store: Store) -> Iterator[Handover]:
    for row in store.table(TABLE).all():
        with suppress(ValidationError):  # of another version
            yield Handover.model_validate(row)


def _hidden(ticket: TicketRow) -> bool:
    return ticket["spam"] or ticket["deleted"] or ticket["archived"]
