"""Verbs on one ticket or on the marked ones: ask what has to be asked, preview many, carry out each once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import JsonValue

from clients.models.answer import Answer, Kind
from clients.models.slack_talk import newest_question
from clients.models.ticket import CLOSED, RESOLVED, Ticket
from tui.flows.answer import message_step
from tui.flows.directing import PLACE
from tui.flows.ticket_fields import edit_step
from widgets.phrases import counted
from widgets.picker import Pick

from .bulk import Bulk, Plan
from .closer import Closer
from .confirm import ConfirmScreen
from .line import LineScreen
from .pick import PickScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp

Edit = Callable[[Ticket], Mapping[str, JsonValue]]
_NOT_ANSWERED = f"{PLACE} não respondeu sobre ele: para quem, e com qual prioridade"


@dataclass(frozen=True)
class _Directed:
    """A ticket that is passed on."""

    ticket: Ticket
    plan: Plan
    answer: str = ""
    """What the manager answered about it, on one line; empty where nothing came."""
    last: int = 0
    """The newest message on it, where a note has to be written."""


class TicketVerbs:
    """What the single keys of the Mesa do to tickets. Every method waits for the analyst: for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    async def change_type(self, tickets: Sequence[Ticket]) -> bool:
        """Set the type. True where something was begun, as with the others."""
        types = self._app.desk.account.vocabulary.types
        current = _common(ticket.type or "" for ticket in tickets)
        chosen = await self._pick(f"{_named(tickets)} · Tipo", [Pick(name, name) for name in types], current)
        return chosen is not None and await self._set(tickets, lambda ticket: {"type": chosen})

    async def change_status(self, tickets: Sequence[Ticket]) -> bool:
        """Set the status."""
        statuses = self._app.desk.account.vocabulary.statuses
        picks = [Pick(str(number), label) for number, label in statuses.items()]
        current = _common(str(ticket.status) for ticket in tickets)
        chosen = await self._pick(f"{_named(tickets)} · Situação", picks, current)
        if chosen is None:
            return False
        status = int(chosen)
        if status in (RESOLVED, CLOSED):
            return await Closer(self._app, status).close(tickets)
        return await self._set(tickets, lambda ticket: {"status": status})

    async def take(self, tickets: Sequence[Ticket]) -> bool:
        """Make the tickets the analyst's; one that is a colleague's only after a question."""
        me, words = self._app.desk.account.agent.id, self._app.desk.account.vocabulary
        others = [ticket for ticket in tickets if ticket.responder_id not in (None, me)]
        if others and len(tickets) == 1:
            about = f"O #{others[0].id} está com {words.agent(others[0].responder_id)}."
            if not await self._app.ask(ConfirmScreen("Pegar o ticket?", about, "Pegar")):
                return False
        mine = [ticket for ticket in tickets if ticket.responder_id != me]
        if not mine:
            self._app.say("Já é seu." if len(tickets) == 1 else "Já são seus.")
            return True
        return await self._set(mine, lambda ticket: {"responder_id": me})

    async def direct(self, tickets: Sequence[Ticket]) -> bool:
        """Pass the tickets to another agent; without the manager's answer a reason is noted (R12)."""
        me, words = self._app.desk.account.agent.id, self._app.desk.account.vocabulary
        picks = [
            Pick(str(number), name, "você" if number == me else "") for number, name in words.agents.items()
        ]
        current = _common(str(ticket.responder_id) for ticket in tickets)
        chosen = await self._pick(f"{_named(tickets)} · passar para", picks, current)
        if chosen is None:
            return False
        person = int(chosen)
        if person == me:
            return await self.take(tickets)
        name = words.agent(person)
        left = [ticket for ticket in tickets if ticket.responder_id != person]
        if not left:
            self._app.say(f"Já está com {name}." if len(tickets) == 1 else f"Já estão com {name}.")
            return True
        directed = [await self._directed(ticket, person) for ticket in left]
        plans = [one.plan for one in directed]
        subject = f"o {_named(left)}" if len(left) == 1 else _named(left)
        told = "\n".join(filter(None, (one.answer for one in directed)))
        if not await self._bulk.confirm(f"Passar {subject} para {name}?", plans, "Passar", told):
            return False
        if not all(one.answer for one in directed):
            reason = await self._app.ask(LineScreen(f"Por que passar sem a resposta de {PLACE}"))
            if reason is None:
                return False
            said = f"Passado para {name} sem a resposta de {PLACE}.\nMotivo: {reason}"
            plans = [one.plan if one.answer else self._noted(one, said) for one in directed]
        self._carry(plans)
        return True

    # ── below ──

    async def _directed(self, ticket: Ticket, person: int) -> _Directed:
        """Passing one ticket on: by what was answered to what was asked last, which is then settled."""
        desk = self._app.desk
        asked = newest_question(await desk.disk(desk.local.questions.of_ticket, ticket.id))
        said = await desk.freshdesk.conversations(ticket.id) if desk.freshdesk is not None else ()
        step = edit_step(ticket, {"responder_id": person})
        last = max((one.id for one in said), default=0)
        if asked is None or asked.answer is None:
            return _Directed(ticket, Plan((step,), (_NOT_ANSWERED,)), last=last)

        def settle(workflow: str) -> None:
            desk.local.questions.settle_ticket(ticket.id)

        answer = f"{asked.answer.who}: {' '.join(asked.answer.text.split())}"
        name = desk.account.vocabulary.agent(person)
        told = f"Passado para {name} conforme {asked.place or PLACE}.\n> {answer}"
        link = asked.link_to(asked.answer)
        directed = _Directed(ticket, Plan((step,), also=settle), f"#{ticket.id}  {answer}", last)
        return replace(directed, plan=self._noted(directed, f"{told}\n{link}".rstrip()))

    def _noted(self, directed: _Directed, text: str) -> Plan:
        """With the internal note that says why the ticket goes to whom it goes."""
        plan, me = directed.plan, self._app.desk.account.agent.id
        note = Answer(ticket_id=directed.ticket.id, kind=Kind.NOTE, text=text)
        return replace(plan, steps=(*plan.steps, message_step(note, directed.last, me)))

    def _carry(self, plans: Sequence[Plan]) -> None:
        if len(plans) > 1:
            self._bulk.carry(plans)
        else:
            self._app.carrier.start(plans[0].steps, also=plans[0].also)

    @property
    def _bulk(self) -> Bulk:
        return Bulk(self._app)

    async def _pick(self, title: str, picks: Sequence[Pick], current: str) -> str | None:
        if not picks:
            self._app.refuse("As palavras da conta ainda não foram lidas do Freshdesk.")
            return None
        return await self._app.ask(PickScreen(title, picks, current, verb="Mudar"))

    async def _set(self, tickets: Sequence[Ticket], edit: Edit) -> bool:
        plans = [Plan((edit_step(ticket, edit(ticket)),)) for ticket in tickets]
        if len(plans) == 1:
            self._app.carrier.start(plans[0].steps)
            return True
        count = counted(len(plans), "ticket", "tickets")
        if not await self._bulk.confirm(f"Mudar {count}?", plans, "Mudar"):
            return False
        self._bulk.carry(plans)
        return True


def _named(tickets: Sequence[Ticket]) -> str:
    return f"#{tickets[0].id}" if len(tickets) == 1 else counted(len(tickets), "ticket", "tickets")


def _common(values: Iterable[str]) -> str:
    """The one value that all have; empty where they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""
