"""What the headless commands print: plain columns for people, JSON for programs."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from clients.models.chamado import Chamado
from clients.models.conversation import Voice
from clients.models.feed import Feed
from clients.models.fields import Vocabulary
from clients.models.lifecycle import LABELS
from clients.models.queue import QueueEntry
from clients.models.service import Service, ServiceState
from clients.models.text import safe_text
from clients.models.ticket import Ticket, Turn
from clients.models.ticket_view import TicketView

BRAZIL = ZoneInfo("America/Sao_Paulo")
STATES = {
    ServiceState.OK: "● ok",
    ServiceState.FAIL: "✖ falha",
    ServiceState.UNKNOWN: "? desconhecido",
}
TURNS = {
    Turn.UNANSWERED: "sem resposta",
    Turn.OURS: "nossa vez",
    Turn.CLIENT: "cliente",
    Turn.DONE: "concluído",
}
VOICES = {Voice.CLIENT: "Cliente", Voice.REPLY: "Resposta", Voice.NOTE: "NOTA INTERNA"}
# what a terminal might act upon, where a key (not a value, those are cleaned) carried it
_ACTIVE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def write(text: str) -> None:
    """Write data to stdout."""
    sys.stdout.write(f"{text}\n" if text else "")


def as_json(value: object) -> str:
    """Return ``value`` as JSON in which no control character is left."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _ACTIVE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def moment(at: datetime | None) -> str:
    """Return an instant as Brazilians write it, in their zone; empty where there is none."""
    return at.astimezone(BRAZIL).strftime("%d/%m/%Y %H:%M") if at else ""


def services(feed: Feed[Service], now: datetime) -> str:
    """One line a service: state, client, service, since when, remark."""
    return _columns(
        (STATES[item.state], item.client, item.service, _age(item.since, now), item.note)
        for item in feed.items
    )


def services_json(feed: Feed[Service]) -> str:
    """The services with the age of the data."""
    return as_json(
        {"em": _iso(feed.as_of), "servicos": [item.model_dump(mode="json") for item in feed.items]}
    )


def queue(feed: Feed[Ticket], entries: Sequence[QueueEntry], now: datetime) -> str:
    """One line a ticket: number, whose turn, deadline, status, client, owner, subject."""
    return _columns(
        (
            f"#{entry.id}",
            TURNS[entry.turn],
            _until(entry.clock, now),
            entry.status,
            entry.ticket.client,
            entry.owner,
            entry.ticket.subject,
        )
        for entry in entries
    )


def queue_json(feed: Feed[Ticket], entries: Sequence[QueueEntry]) -> str:
    """The tickets with what the queue makes of them."""
    return as_json(
        {
            "em": _iso(feed.as_of),
            "tickets": [
                {
                    "id": entry.id,
                    "vez": entry.turn.value,
                    "prazo": _iso(entry.clock),
                    "situacao": entry.status,
                    "responsavel": entry.owner,
                    "cliente": entry.ticket.client,
                    "ticket": entry.ticket.model_dump(mode="json"),
                }
                for entry in entries
            ],
        }
    )


def ticket(view: TicketView, vocabulary: Vocabulary) -> str:
    """The ticket as a page of text: head, tasks, messages oldest first."""
    item = view.ticket
    head = [
        f"#{item.id} {item.subject}",
        f"Cliente: {item.client}",
        f"Situação: {vocabulary.status(item.status)}   Tipo: {item.type or '—'}"
        f"   Responsável: {vocabulary.agent(item.responder_id) or '—'}",
        f"Aberto em {moment(item.created_at)}   Alterado em {moment(item.updated_at)}",
    ]
    tasks = [f"Tarefa #{task.id} {task.status.name}: {task.subject}" for task in view.tasks.items]
    files = [f"Anexo: {file.name}" for file in item.attachments]
    first = f"── {moment(item.created_at)} · Cliente\n{item.text or ''}".rstrip()
    parts = ["\n".join((*head, *tasks, *files)), first]
    for message in view.conversations.items:
        author = vocabulary.agents.get(message.user_id or 0, "")
        who = " · ".join(filter(None, (moment(message.created_at), VOICES[message.voice], author)))
        names = [f"Anexo: {file.name}" for file in message.attachments]
        parts.append("\n".join((f"── {who}", message.text, *names)).rstrip())
    return "\n\n".join(parts)


def ticket_json(view: TicketView, vocabulary: Vocabulary) -> str:
    """The ticket, its messages and its tasks."""
    return as_json(
        {
            "ticket": view.ticket.model_dump(mode="json"),
            "situacao": vocabulary.status(view.ticket.status),
            "responsavel": vocabulary.agent(view.ticket.responder_id),
            "conversa": [
                {"voz": item.voice.value, **item.model_dump(mode="json")} for item in view.conversations.items
            ],
            "tarefas": [task.model_dump(mode="json") for task in view.tasks.items],
        }
    )


def chamados(sent: Iterable[Chamado]) -> str:
    """One line a chamado: number, status, when, ticket, title."""
    return _columns(
        (
            f"{item.number}",
            LABELS[item.status],
            moment(item.created_at),
            f"#{item.ticket_id}" if item.ticket_id else "",
            item.title,
        )
        for item in sent
    )


def chamados_json(sent: Iterable[Chamado]) -> str:
    """The chamados whole."""
    return as_json({"chamados": [item.model_dump(mode="json") for item in sent]})


def _columns(rows: Iterable[Sequence[str]]) -> str:
    table = [[safe_text(cell, multiline=False) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    )


def _age(since: datetime | None, now: datetime) -> str:
    return f"há {_span((now - since).total_seconds())}" if since else ""


def _until(clock: datetime | None, now: datetime) -> str:
    if clock is None:
        return ""
    left = (clock - now).total_seconds()
    return f"em {_span(left)}" if left >= 0 else f"vencido há {_span(-left)}"


def _span(seconds: float) -> str:
    minutes = int(max(0.0, seconds) // 60)
    if minutes < 60:
        return f"{minutes}min"
    return f"{minutes // 60}h{minutes % 60:02}" if minutes < 48 * 60 else f"{minutes // 1440}d"


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
