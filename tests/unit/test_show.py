"""The headless columns say states, turns and times in the words of the panes."""

import json
from datetime import timedelta

from clients.models.feed import Feed
from clients.models.lifecycle import ChamadoStatus
from clients.models.queue import QueueEntry
from clients.models.service import Service, ServiceState
from clients.models.ticket import Ticket
from clients.models.ticket_view import TicketView
from tests.support.chamados import chamado
from tests.support.desk_sample import ME, NOW, VOCABULARY
from tui.cli import show

HOUR = timedelta(hours=1)


def made(**change: object) -> Ticket:
    wire: dict[str, object] = {
        "id": 7,
        "subject": "NF-e rejeitada",
        "status": 2,
        "created_at": NOW - 30 * HOUR,
        "updated_at": NOW,
        "due_by": NOW - 3 * HOUR,
        "fr_due_by": NOW - 3 * HOUR,
        "stats": {"agent_responded_at": None},
    }
    return Ticket.model_validate({**wire, **change})


def line_of(ticket: Ticket) -> str:
    return show.queue(Feed((ticket,)), [QueueEntry.of(ticket, ME, VOCABULARY)], NOW)


def test_a_ticket_of_the_queue_as_the_panes_say_it() -> None:
    assert line_of(made()).startswith("#7  sem resposta  venceu há 3 h  ")
    assert line_of(made(status=5)).startswith("#7  encerrado  ")


def test_a_ticket_whose_client_is_to_validate_says_so() -> None:
    entry = QueueEntry.of(made(), ME, VOCABULARY, chamado(12, ChamadoStatus.PUBLICADO))
    feed = Feed((entry.ticket,))
    assert show.queue(feed, [entry], NOW).startswith("#7  validar com o cliente  ")
    (row,) = json.loads(show.queue_json(feed, [entry]))["tickets"]
    assert (row["vez"], row["validar"]) == ("sem resposta", True)


def test_a_service_as_the_panes_say_it() -> None:
    red = Service(client="A", service="NF-e", state=ServiceState.FAIL, since=NOW - HOUR / 5, note="caiu")
    assert show.services(Feed((red,)), NOW) == "✖ falha  A  NF-e  há 12 min  caiu"


def test_a_date_carries_its_year_where_it_is_not_this_one() -> None:
    recent = show.ticket(TicketView(made()), VOCABULARY, NOW)
    old = show.ticket(TicketView(made(created_at=NOW - 365 * 24 * HOUR)), VOCABULARY, NOW)
    assert f"Aberto em {NOW - 33 * HOUR:%d/%m %H:%M}   " in recent
    assert f"Aberto em {NOW - 365 * 24 * HOUR - 3 * HOUR:%d/%m/%Y %H:%M}   " in old
