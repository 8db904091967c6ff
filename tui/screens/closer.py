"""The verb that closes: the client's OK is looked for and shown, the time is asked about, and then once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import JsonValue

from clients.models.answer import Kind
from clients.models.fields import Vocabulary
from clients.models.ticket import CLOSED, Ticket
from tui.flows.closing import Closing, TimeLogged, closing_of, closing_steps
from tui.flows.step_words import step_words
from tui.intent import Step
from widgets.phrases import counted

from .bulk import Bulk, Plan
from .closing import ClosingScreen, WayOn
from .closing_fields import ask_closing_fields
from .confirm import ConfirmScreen
from .line import LineScreen
from .ticket_pages import TicketPages

if TYPE_CHECKING:
    from tui.app import PlantaoApp

Filled = dict[str, JsonValue]


class Closer:
    """Closes tickets, or has them resolved (R11, R22). Methods wait for the analyst: for a worker."""

    def __init__(self, app: "PlantaoApp", status: int = CLOSED) -> None:
        """``status`` is closed or resolved."""
        self._app = app
        self._status = status
        self._verb, self._ended = ("Encerrar", "encerrado") if status == CLOSED else ("Resolver", "resolvido")

    async def close(self, tickets: Sequence[Ticket]) -> bool:
        """Close ``tickets``, as they were just read. True where something was begun. Raises PlantaoError."""
        left = [ticket for ticket in tickets if ticket.status != self._status]
        if not left:
            alone = len(tickets) == 1
            self._app.say(f"Já está {self._ended}." if alone else f"Já estão {self._ended}s.")
            return True
        closings = [await self._look(ticket) for ticket in left]
        if len(closings) == 1:
            return await self._close_one(closings[0])
        return await self._close_many(closings)

    async def time_against(self, ticket_id: int) -> str:
        """What stands against finishing a ticket for want of time; empty if nothing does (R11)."""
        desk = self._app.desk
        if desk.freshdesk is None:
            return ""
        on_ticket = desk.settings.attend.ticket_time
        logged = TimeLogged(
            desk.freshdesk, desk.redmine, desk.local.timers, desk.disk, desk.clock, on_ticket=on_ticket
        )
        return await logged.against(ticket_id)

    # ── below ──

    async def _look(self, ticket: Ticket) -> Closing:
        freshdesk = self._app.desk.freshdesk
        said = await freshdesk.conversations(ticket.id) if freshdesk is not None else ()
        time = await self.time_against(ticket.id)
        return closing_of(ticket, tuple(said), time, self._chamado_against(ticket.id))

    def _chamado_against(self, ticket_id: int) -> str:
        """That a published chamado of the ticket waits for the client's validation, where one does (C12)."""
        chamado = self._app.chamado_news.published().get(ticket_id)
        if chamado is None:
            return ""
        label, key = self._app.desk.settings.chamados.labels[chamado.status], self._app.key_of("validar")
        return f"O chamado nº {chamado.number} está em {label} sem validação: {key}, na fila, valida."

    async def _close_one(self, closing: Closing) -> bool:
        ticket = closing.ticket
        way = WayOn.CLOSE
        if not closing.ok.may_close:
            way = await self._app.ask(ClosingScreen(f"{self._verb} o #{ticket.id} sem OK?", _told(closing)))
        if way is WayOn.ANSWER:
            await TicketPages(self._app).answer(ticket, Kind.REPLY)
        if way is not WayOn.CLOSE:
            return False
        filled = await ask_closing_fields(self._app, ticket)
        if filled is None:
            return False
        if not closing.ok.may_close:
            reason = await self._reason(f"#{ticket.id} · por que {self._verb.lower()} sem o OK")
            if reason is None:
                return False
            self._app.carrier.start(self._steps(closing, filled, reason))
            return True
        steps = self._steps(closing, filled, "")
        about = "\n".join((_told(closing), "", *(step_words(step, self._words) for step in steps)))
        verb = f"{self._verb} sem tempo" if closing.time else self._verb
        if not await self._app.ask(ConfirmScreen(f"{self._verb} o #{ticket.id}?", about, verb)):
            return False
        self._app.carrier.start(steps)
        return True

    async def _close_many(self, closings: Sequence[Closing]) -> bool:
        filled: dict[int, Filled] = {}
        for closing in closings:
            answers = await ask_closing_fields(self._app, closing.ticket)
            if answers is None:
                return False
            filled[closing.ticket.id] = answers
        bulk = Bulk(self._app)
        plans = [
            Plan(self._steps(closing, filled[closing.ticket.id], ""), closing.against) for closing in closings
        ]
        count = counted(len(plans), "ticket", "tickets")
        if not await bulk.confirm(f"{self._verb} {count}?", plans, self._verb):
            return False
        without = [closing for closing in closings if not closing.ok.may_close]
        title = f"Por que {self._verb.lower()} {len(without)} de {count} sem o OK"
        reason = await self._reason(title) if without else ""
        if reason is None:
            return False
        bulk.carry(
            [
                Plan(self._steps(closing, filled[closing.ticket.id], reason if closing in without else ""))
                for closing in closings
            ]
        )
        return True

    async def _reason(self, title: str) -> str | None:
        return await self._app.ask(LineScreen(title, placeholder="fica em nota interna do ticket"))

    def _steps(self, closing: Closing, filled: Filled, reason: str) -> tuple[Step, ...]:
        return closing_steps(closing, filled, reason, self._app.desk.account.agent.id, self._status)

    @property
    def _words(self) -> Vocabulary:
        return self._app.desk.account.vocabulary


def _told(closing: Closing) -> str:
    """What was found on the OK, with the client's words, the chamado and the time."""
    ok = closing.ok
    mark = "✓" if ok.may_close else "▲"
    lines = [f"{mark} {ok.said}"]
    if ok.quote:
        lines.append(f"  «{' '.join(ok.quote.split())}»")
    lines += [f"▲ {said}" for said in (closing.chamado, closing.time) if said]
    return "\n".join(lines)
