"""What the headless commands print: plain columns for people, JSON for programs."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime

from clients.models.chamado import Chamado, ChamadoDraft
from clients.models.conversation import Voice
from clients.models.duration import clock
from clients.models.feed import Feed
from clients.models.fields import Vocabulary
from clients.models.lifecycle import Labels
from clients.models.queue import QueueEntry
from clients.models.service import Service
from clients.models.text import safe_text
from clients.models.ticket import Ticket
from clients.models.ticket_view import TicketView
from clients.models.timer import Timer, target_name
from widgets import phrases

from .task_rows import task_row

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


def services(feed: Feed[Service], now: datetime) -> str:
    """One line a service: state, client, service, since when, remark."""
    return columns(
        (
            " ".join(phrases.state(item.state)),
            item.client,
            item.service,
            phrases.ago(item.since, now),
            item.remark(now),
        )
        for item in feed.items
    )


def services_json(feed: Feed[Service], now: datetime) -> str:
    """The services with the age of the data."""
    rows = [
        {
            "cliente": item.client,
            "servico": item.service,
            "tipo": item.kind,
            "estado": phrases.state(item.state)[1],
            "desde": iso(item.since),
            "verificado_em": iso(item.last_check),
            "sumiu_em": iso(item.missing_since),
            "observacao": item.remark(now),
            "fontes": list(item.sources),
        }
        for item in feed.items
    ]
    return as_json({"em": iso(feed.as_of), "servicos": rows})


def queue(feed: Feed[Ticket], entries: Sequence[QueueEntry], now: datetime) -> str:
    """One line a ticket: number, whose turn, deadline, status, client, owner, subject."""
    return columns(
        (
            f"#{entry.id}",
            (phrases.TO_VALIDATE if entry.to_validate else phrases.turn(entry.turn))[1],
            phrases.deadline(entry.clock, now),
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
            "em": iso(feed.as_of),
            "tickets": [
                {
                    "id": entry.id,
                    "vez": phrases.turn(entry.turn)[1],
                    "validar": entry.to_validate,
                    "prazo": iso(entry.clock),
                    "situacao": entry.status,
                    "responsavel": entry.owner,
                    "cliente": entry.ticket.client,
                    "ticket": entry.ticket.model_dump(mode="json"),
                }
                for entry in entries
            ],
        }
    )


def ticket(view: TicketView, vocabulary: Vocabulary, now: datetime) -> str:
    """The ticket as a page of text: head, tasks, messages oldest first."""
    item = view.ticket
    opened = phrases.date_time(item.created_at, now)
    head = [
        f"#{item.id} {item.subject}",
        f"Cliente: {item.client}",
        f"Situação: {vocabulary.status(item.status)}   Tipo: {item.type or '—'}"
        f"   Responsável: {vocabulary.agent(item.responder_id) or '—'}",
        f"Aberto em {opened}   Alterado em {phrases.date_time(item.updated_at, now)}",
    ]
    tasks = [f"Tarefa #{task.id} {task.status.name}: {task.subject}" for task in view.tasks.items]
    files = [f"Anexo: {file.name}" for file in item.attachments]
    first = f"── {opened} · Cliente\n{item.text or ''}".rstrip()
    parts = ["\n".join((*head, *tasks, *files)), first]
    for message in view.conversations.items:
        author = vocabulary.agents.get(message.user_id or 0, "")
        written = phrases.date_time(message.created_at, now)
        who = " · ".join(filter(None, (written, VOICES[message.voice], author)))
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
            "tarefas": [task_row(task) for task in view.tasks.items],
        }
    )


def chamados(drafts: Iterable[ChamadoDraft], sent: Iterable[Chamado], now: datetime, labels: Labels) -> str:
    """One line a draft or chamado: number, status, when, ticket, title; of a draft its id as well."""
    begun = [
        (
            "",
            "rascunho",
            phrases.date_time(draft.updated_at, now) if draft.updated_at else "",
            f"#{draft.ticket_id}" if draft.ticket_id else "",
            draft.title or "(sem título)",
            draft.id,
        )
        for draft in drafts
    ]
    listed = [
        (
            f"{item.number}",
            labels[item.status],
            phrases.date_time(item.created_at, now),
            f"#{item.ticket_id}" if item.ticket_id else "",
            item.title,
            "",
        )
        for item in sent
    ]
    return columns((*begun, *listed))


def timers(listed: Iterable[Timer], now: datetime) -> str:
    """One line a timer: what it is doing, how long, on what."""
    return columns(
        (" ".join(phrases.timer_state(timer, now)), clock(timer.minutes(now)), target_name(timer.target))
        for timer in listed
    )


def timers_json(listed: Iterable[Timer], now: datetime) -> str:
    """The timers with their minutes."""
    rows = [
        {
            "alvo": timer.target,
            "estado": timer.state.value,
            "minutos": timer.minutes(now),
            "esquecido": timer.is_forgotten(now),
        }
        for timer in listed
    ]
    return as_json({"em": iso(now), "cronometros": rows})


def columns(rows: Iterable[Sequence[str]]) -> str:
    """The rows as text, each column as wide as its longest cell."""
    table = [[safe_text(cell, multiline=False) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    )


def iso(at: datetime | None) -> str | None:
    """A moment for programs; None where it is not known."""
    return at.isoformat() if at else None
