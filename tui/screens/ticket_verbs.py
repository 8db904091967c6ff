"""Verbs on one ticket or on the marked ones: ask what has to be asked, preview many, carry out each once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import JsonValue

from clients.models.answer import Answer, Kind
from clients.models.ticket import CLOSED, Ticket
from tui.flows.answer import message_step
from tui.flows.directing import PLACE
from tui.flows.ticket_fields import edit_step
from tui.journal import Step
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


class TicketVerbs:
    """What the single keys of the Mesa do to tickets. Every method waits for the analyst: for a worker."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app

    async def change_type(self, tickets: Sequence[Ticket]) -> bool:
        """Set the type. True where something was begun, as with the others."""
        types = self._app.desk.account.vocabulary.types
        current = _common(ticket.type or "" for ticket in tickets)
        chosen = await self._pick("Tipo", [Pick(name, name) for name in types], current)
        return chosen is not None and await self._set(tickets, lambda ticket: {"type": chosen})

    async def change_status(self, tickets: Sequence[Ticket]) -> bool:
        """Set the status."""
        statuses = self._app.desk.account.vocabulary.statuses
        picks = [Pick(str(number), label) for number, label in statuses.items()]
        current = _common(str(ticket.status) for ticket in tickets)
        chosen = await self._pick("Situação", picks, current)
        if chosen is None:
            return False
        status = int(chosen)
        if status == CLOSED:
            return await Closer(self._app).close(tickets)
        return await self._set(tickets, lambda ticket: {"status": status})

    async def take(self, tickets: Sequence[Ticket]) -> bool:
        """Make the tickets the analyst's; one that is a colleague's only after a question."""
        account = self._app.desk.account
        if account.me is None:
            self._app.refuse("Ainda não se sabe quem você é no Freshdesk: espere a conexão.")
            return False
        me, words = account.me.id, account.vocabulary
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
        account = self._app.desk.account
        words, me = account.vocabulary, account.me.id if account.me else None
        picks = [
            Pick(str(number), name, "você" if number == me else "") for number, name in words.agents.items()
        ]
        current = _common(str(ticket.responder_id) for ticket in tickets)
        chosen = await self._pick("Passar para", picks, current)
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
        answers = {ticket.id: await self._answer_on(ticket) for ticket in left}
        plans = [
            Plan(
                (edit_step(ticket, {"responder_id": person}),),
                () if answers[ticket.id] else (_NOT_ANSWERED,),
            )
            for ticket in left
        ]
        subject = f"o #{left[0].id}" if len(left) == 1 else counted(len(left), "ticket", "tickets")
        told = "\n".join(filter(None, answers.values()))
        if not await self._bulk.confirm(f"Passar {subject} para {name}?", plans, "Passar", told):
            return False
        if not all(answers.values()):
            reason = await self._app.ask(LineScreen(f"Por que passar sem a resposta de {PLACE}"))
            if reason is None:
                return False
            said = f"Passado para {name} sem a resposta de {PLACE}.\nMotivo: {reason}"
            plans = [
                plan
                if answers[ticket.id]
                else replace(plan, steps=(*plan.steps, await self._note(ticket, said)))
                for ticket, plan in zip(left, plans, strict=True)
            ]
        if len(plans) > 1:
            self._bulk.carry([plan.steps for plan in plans])
        else:
            self._app.carrier.start(plans[0].steps)
        return True

    # ── below ──

    async def _answer_on(self, ticket: Ticket) -> str:
        """What the manager answered last about a ticket, on one line; empty where nothing came."""
        desk = self._app.desk
        asked = await desk.disk(desk.questions.of_ticket, ticket.id)
        answers = [question.answer for question in asked if question.answer is not None]
        return f"#{ticket.id}  {answers[-1].who}: {' '.join(answers[-1].text.split())}" if answers else ""

    async def _note(self, ticket: Ticket, text: str) -> Step:
        desk = self._app.desk
        said = await desk.freshdesk.conversations(ticket.id) if desk.freshdesk is not None else ()
        note = Answer(ticket_id=ticket.id, kind=Kind.NOTE, text=text)
        me = desk.account.me.id if desk.account.me else 0
        return message_step(note, max((one.id for one in said), default=0), me)

    @property
    def _bulk(self) -> Bulk:
        return Bulk(self._app)

    async def _pick(self, title: str, picks: Sequence[Pick], current: str) -> str | None:
        if not picks:
            self._app.refuse("As palavras da conta ainda não foram lidas do Freshdesk.")
            return None
        return await self._app.ask(PickScreen(title, picks, current))

    async def _set(self, tickets: Sequence[Ticket], edit: Edit) -> bool:
        plans = [Plan((edit_step(ticket, edit(ticket)),)) for ticket in tickets]
        if len(plans) == 1:
            self._app.carrier.start(plans[0].steps)
            return True
        count = counted(len(plans), "ticket", "tickets")
        if not await self._bulk.confirm(f"Mudar {count}?", plans, "Mudar"):
            return False
        self._bulk.carry([plan.steps for plan in plans])
        return True


def _common(values: Iterable[str]) -> str:
    """The one value that all have; empty where they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""
