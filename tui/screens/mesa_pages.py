"""Which page a key of the Mesa opens on the ticket under the cursor."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from clients.errors import PlantaoError
from clients.models.answer import Kind, Request
from clients.models.rules.shipped import UNDER_REVIEW
from clients.models.ticket import Ticket
from clients.models.ticket_view import TicketView
from clients.models.timer import ticket_target
from clients.models.validation import is_to_be_asked
from clients.models.validation_texts import asking_text

from .ticket_pages import TicketPages

if TYPE_CHECKING:
    from tui.app import PlantaoApp

    from .mesa import MesaScreen

Page = Callable[["MesaScreen", Ticket], Awaitable[None]]
"""Waits until the page is open: for a worker that keys wait for."""


def _answer(kind: Kind, begin_with: str = "") -> Page:
    async def page(screen: "MesaScreen", ticket: Ticket) -> None:
        app = screen.plantao
        app.timekeeper.note(ticket_target(ticket.id))
        request = asking(app, ticket) if kind is Kind.REPLY and not begin_with else None
        pages, seen = TicketPages(app), screen.shown(ticket.id)
        await pages.answer(ticket, kind, seen, begin_with=begin_with, request=request)

    return page


def asking(app: "PlantaoApp", ticket: Ticket) -> Request | None:
    """What asks the client to validate, where its chamado was published and nobody asked yet."""
    chamado = app.chamado_news.published().get(ticket.id)
    if chamado is None or not is_to_be_asked(chamado):
        return None
    return Request(chamado_id=chamado.id, text=asking_text(chamado, ticket))


async def _attend(screen: "MesaScreen", ticket: Ticket) -> None:
    await TicketPages(screen.plantao).attend(ticket.id)


async def _ask_lead(screen: "MesaScreen", ticket: Ticket) -> None:
    from .ask_lead import ask_lead

    await ask_lead(screen.plantao, ticket)


async def _chamado(screen: "MesaScreen", ticket: Ticket) -> None:
    await TicketPages(screen.plantao).chamado(await _seen(screen, ticket))


async def _history(screen: "MesaScreen", ticket: Ticket) -> None:
    await TicketPages(screen.plantao).history(ticket.id)


async def _seen(screen: "MesaScreen", ticket: Ticket) -> TicketView:
    """The ticket as it is shown; what was never read is read now, since it cannot have been seen."""
    desk = screen.plantao.desk
    seen = screen.shown(ticket.id) or await desk.view(ticket)
    if seen.conversations.as_of is None and desk.freshdesk is not None:
        try:
            return await anext(desk.read(ticket.id))
        except PlantaoError as error:
            screen.plantao.report(error.trouble)
    return seen


PAGES: Mapping[str, Page] = {
    "responder": _answer(Kind.REPLY),
    "em-analise": _answer(Kind.REPLY, UNDER_REVIEW),
    "nota": _answer(Kind.NOTE),
    "atender": _attend,
    "perguntar-gestor": _ask_lead,
    "chamado": _chamado,
    "ver-chamado": _history,
}
"""By command."""
