"""What an answer does not do to a ticket that is closed already. Pure."""

from collections.abc import Iterator

from ..answer import Answer, Kind
from ..finding import Finding, Severity
from ..ticket import Ticket


def check_closed(answer: Answer, ticket: Ticket, status: str) -> Iterator[Finding]:
    """Say that a reply leaves a ticket closed, whose ``status`` is so named.

    Freshdesk changes no status by an agent's reply, and opens the ticket again at a word of the client.
    """
    if answer.kind is Kind.REPLY and not ticket.is_open:
        told = (
            f"O ticket está {status}, e responder não o reabre: ele só volta à fila se o cliente escrever,"
            " ou se você mudar a situação."
        )
        yield Finding("resposta.encerrado", "text", Severity.WARN, told)


def closed_about(ticket: Ticket, status: str) -> str:
    """Number and subject for the frame of what is written to the ticket; before that, that it is closed."""
    closed = "" if ticket.is_open else f" ▲ {status}: responder não o reabre ·"
    return f"#{ticket.id}{closed} {ticket.subject}"
