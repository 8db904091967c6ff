"""Verbs on one ticket or on the marked ones: ask what has to be asked, preview many, carry out each once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pydantic import JsonValue

from clients.models.fields import TicketField, Vocabulary
from clients.models.ticket import CLOSED, Ticket
from tui.carrier import Result
from tui.flows.step_words import step_words, subject_of
from tui.flows.ticket_fields import FORM_NAMES, edit_step, is_empty
from tui.journal import Step
from widgets.phrases import counted
from widgets.picker import Pick

from .confirm import ConfirmScreen
from .line import LineScreen
from .pick import PickScreen
from .results import ResultsScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp

Edit = Callable[[Ticket], Mapping[str, JsonValue]]


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
            return await self.close(tickets)
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

    async def close(self, tickets: Sequence[Ticket]) -> bool:
        """Close the tickets, with the fields that the account wants filled by then."""
        filled: dict[int, dict[str, JsonValue]] = {}
        for ticket in tickets:
            missing = [
                field for field in self._app.desk.account.vocabulary.closing if is_empty(ticket, field.name)
            ]
            answers = await self._ask(ticket, missing)
            if answers is None:
                return False
            filled[ticket.id] = answers
        if len(tickets) == 1:
            told = step_words(edit_step(tickets[0], _closed(filled[tickets[0].id])), self._words)
            question = ConfirmScreen(f"Encerrar o #{tickets[0].id}?", told, "Encerrar")
            if not await self._app.ask(question):
                return False
            self._app.carrier.start([edit_step(tickets[0], _closed(filled[tickets[0].id]))])
            return True
        return await self._set(tickets, lambda ticket: _closed(filled[ticket.id]))

    async def all_at_once(self, question: str, plans: Sequence[Sequence[Step]], verb: str) -> bool:
        """Preview several workflows, carry them out one after the other, show one result for each."""
        told = [f"{subject_of(step)}  {step_words(step, self._words)}" for steps in plans for step in steps]
        if not await self._app.ask(ConfirmScreen(question, "\n".join(told), verb)):
            return False
        self._app.say(f"{counted(len(plans), 'ticket', 'tickets')} a caminho…")
        self._app.run_worker(self._carry(plans), group="bulk", exit_on_error=False)
        return True

    # ── below ──

    @property
    def _words(self) -> Vocabulary:
        return self._app.desk.account.vocabulary

    async def _pick(self, title: str, picks: Sequence[Pick], current: str) -> str | None:
        if not picks:
            self._app.refuse("As palavras da conta ainda não foram lidas do Freshdesk.")
            return None
        return await self._app.ask(PickScreen(title, picks, current))

    async def _set(self, tickets: Sequence[Ticket], edit: Edit) -> bool:
        plans = [[edit_step(ticket, edit(ticket))] for ticket in tickets]
        if len(plans) > 1:
            count = counted(len(plans), "ticket", "tickets")
            return await self.all_at_once(f"Mudar {count}?", plans, "Mudar")
        self._app.carrier.start(plans[0])
        return True

    async def _carry(self, plans: Sequence[Sequence[Step]]) -> None:
        results: tuple[Result, ...] = await self._app.carrier.each(plans)
        failed = sum(not result.done for result in results)
        self._app.say(
            f"{len(results) - failed} de {counted(len(results), 'ticket feito', 'tickets feitos')}."
        )
        if failed:
            self._app.push_screen(ResultsScreen(results))

    async def _ask(self, ticket: Ticket, fields: Sequence[TicketField]) -> dict[str, JsonValue] | None:
        """Ask for each of ``fields``; None where the analyst gave up."""
        changes: dict[str, JsonValue] = {}
        custom: dict[str, JsonValue] = {}
        for field in fields:
            title = f"#{ticket.id} · {field.label}, para encerrar"
            value: JsonValue
            if field.choices:
                picks = [Pick(str(choice.value), choice.label) for choice in field.choices]
                chosen = await self._app.ask(PickScreen(title, picks))
                value = next((each.value for each in field.choices if str(each.value) == chosen), None)
            else:
                value = await self._app.ask(LineScreen(title))
            if value is None:
                return None
            if field.name in FORM_NAMES:
                changes[FORM_NAMES[field.name]] = value
            else:
                custom[field.name] = value
        return {**changes, **({"custom_fields": custom} if custom else {})}


def _closed(filled: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    return {**filled, "status": CLOSED}


def _common(values: Iterable[str]) -> str:
    """The one value that all have; empty where they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""
