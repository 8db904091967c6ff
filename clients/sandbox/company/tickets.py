"""Ninety days of tickets, with a few that are spam, deleted, archived or hostile."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ..clock import stamp
from ..rows import (
    AgentRow,
    AttachmentRow,
    CompanyRow,
    ContactRow,
    ConversationRow,
    CustomValue,
    TicketRow,
    TimeEntryRow,
)
from . import words
from .facts import TopicFact, company_facts, topic_facts
from .hostile import HOSTILE
from .people import FIRST_GROUP
from .story import CLIENT, NOTE, REPLY, Story, tell

FIRST_TICKET, FIRST_CONVERSATION, FIRST_ATTACHMENT, FIRST_TIME_ENTRY = (
    4001,
    90000777001,
    95000001001,
    60000001,
)
DAYS = 90
_ARCHIVED_DAYS = (130, 200)
_FRESH = 12  # born in the last eight hours, whatever the hour of the seeding: the queue is alive
_SUPPORT = "suporte@exemplo.com.br"


@dataclass
class Desk:
    """What the tickets are made with, and of."""

    rng: random.Random
    now: datetime
    people: list[ContactRow]
    clients: list[CompanyRow]
    agents: list[AgentRow]
    sizes: dict[str, tuple[str, int]]
    """Blob name: content type, bytes."""
    tickets: list[TicketRow] = field(default_factory=list)
    conversations: list[ConversationRow] = field(default_factory=list)
    attachments: list[AttachmentRow] = field(default_factory=list)
    time_entries: list[TimeEntryRow] = field(default_factory=list)


def open_tickets(desk: Desk, count: int) -> None:
    """Fill the desk with ``count`` tickets of the last ninety days, and some older archived ones."""
    rng, now = desk.rng, desk.now
    archived = max(3, count // 50)
    births = [now - timedelta(days=rng.uniform(*_ARCHIVED_DAYS)) for _ in range(archived)]
    fresh = min(_FRESH, count // 10)
    births += [_in_office_hours(rng, now, DAYS * rng.random() ** 1.4) for _ in range(count - fresh)]
    births += [now - timedelta(minutes=rng.uniform(3, 480)) for _ in range(fresh)]
    births.sort()
    attacks = _places_of_attacks(len(births), archived)
    for place, created in enumerate(births):
        _open(desk, created, archived=place < archived, attack=attacks.get(place))
    _throw_away(desk, archived)


def _in_office_hours(rng: random.Random, now: datetime, days: float) -> datetime:
    moment = now - timedelta(days=days)
    if rng.random() < 0.9:  # 8h to 18h in Brasília
        moment = moment.replace(
            hour=rng.randrange(11, 21), minute=rng.randrange(60), second=rng.randrange(60)
        )
        if moment.weekday() > 4:
            moment -= timedelta(days=moment.weekday() - 4)
    while moment > now - timedelta(minutes=5):
        moment -= timedelta(hours=rng.uniform(1, 20))
    return max(moment, now - timedelta(days=DAYS))


def _places_of_attacks(count: int, first: int) -> dict[int, str]:
    step = max(1, min(9, (count - first) // len(HOSTILE)))
    places = range(count - 4, first, -step)
    return dict(zip(places, HOSTILE, strict=False))


def _open(desk: Desk, created: datetime, *, archived: bool, attack: str | None) -> None:
    rng = desk.rng
    topic = rng.choice(topic_facts().topics)
    drawn = words.draw(rng, created)
    requester = rng.choice(desk.people)
    story = tell(rng, created, desk.now, archived=archived)
    answered = story.stats["first_responded_at"] is not None
    agent = rng.choice(desk.agents[:4]) if answered or rng.random() < 0.3 else None
    number = FIRST_TICKET + len(desk.tickets)
    subject = words.subject(rng, topic, drawn)
    description = words.first_message(rng, topic, drawn, requester["name"])
    if attack is not None:
        subject = f"{HOSTILE[attack]} {subject}"
        description = f"<div>{words.as_html(HOSTILE[attack])}<br></div>{description}"
    priority = rng.choices((1, 2, 3, 4), (55, 25, 14, 6))[0]
    done = story.status in (4, 5)
    desk.tickets.append(
        {
            "id": number,
            "subject": subject,
            "description": description,
            "type": topic.type if answered and rng.random() < 0.94 else None,
            "status": story.status,
            "priority": priority,
            "source": rng.choices((1, 2, 3, 13), (60, 28, 8, 4))[0],
            "requester_id": requester["id"],
            "responder_id": agent["id"] if agent else None,
            "group_id": agent["group_ids"][0] if agent else rng.choice((None, FIRST_GROUP)),
            "company_id": requester["company_id"],
            "cc_emails": [f"financeiro@{requester['email'].split('@')[1]}"] if rng.random() < 0.1 else [],
            "tags": [topic.module.lower(), *([f"hostil-{attack}"] if attack else [])],
            "custom_fields": _custom_fields(rng, topic, done=done),
            "created_at": stamp(created),
            "updated_at": stamp(story.updated_at),
            "due_by": stamp(created + timedelta(days={1: 5, 2: 3, 3: 2, 4: 1}[priority])),
            "fr_due_by": stamp(created + timedelta(hours=8 // priority)),
            "spam": False,
            "deleted": False,
            "archived": archived,
            "stats": story.stats,
            "watcher_ids": [desk.agents[0]["id"]] if rng.random() < 0.05 else [],
        }
    )
    _converse(desk, story, drawn, requester, agent or desk.agents[0], attack)
    if rng.random() < 0.14:
        _attach(desk, number, None, created)
    if agent and rng.random() < 0.5:
        _log_time(desk, desk.tickets[-1], agent, story)


def _custom_fields(rng: random.Random, topic: TopicFact, *, done: bool) -> dict[str, CustomValue]:
    return {
        "cf_modulo": topic.module,
        "cf_causa": rng.choice(company_facts().causes) if done or rng.random() < 0.3 else None,
        "cf_versao": f"26.{rng.randrange(1, 12)}.{rng.randrange(0, 9)}" if rng.random() < 0.6 else None,
        "cf_qtd_notas": rng.randrange(1, 200) if topic.module == "Fiscal" else None,
        "cf_valor": f"{rng.randrange(10, 90_000)}.{rng.randrange(10)}" if rng.random() < 0.2 else None,
        "cf_bloqueia": rng.random() < 0.15,
        "cf_data_prevista": None,
        "cf_menu": None,
        "cf_tela": None,
        "cf_acao": None,
        "cf_observacao": None,
    }


def _converse(
    desk: Desk,
    story: Story,
    drawn: dict[str, str],
    requester: ContactRow,
    agent: AgentRow,
    attack: str | None,
) -> None:
    rng, ticket = desk.rng, desk.tickets[-1]
    for place, (voice, at) in enumerate(story.messages):
        if voice == CLIENT:
            body = words.follow_up(rng, drawn)
        elif voice == NOTE:
            body = words.note(rng, drawn)
        else:
            body = words.reply(rng, drawn, requester["name"], agent["name"])
        if attack is not None and place == 0:
            body = f"<div>{words.as_html(HOSTILE[attack])}</div>{body}"
        incoming, private = voice == CLIENT, voice == NOTE
        row: ConversationRow = {
            "id": FIRST_CONVERSATION + len(desk.conversations),
            "ticket_id": ticket["id"],
            "user_id": requester["id"] if incoming else agent["id"],
            "incoming": incoming,
            "private": private,
            "source": 2 if private else 0,
            "category": 2 if private else 1 if incoming else 3,
            "body": body,
            "from_email": requester["email"] if incoming else None if private else _SUPPORT,
            "to_emails": [_SUPPORT] if incoming else [] if private else [requester["email"]],
            "cc_emails": None if rng.random() < 0.1 else [],
            "bcc_emails": None,
            "email_failure_count": 1 if voice == REPLY and rng.random() < 0.02 else None,
            "created_at": stamp(at),
            "updated_at": stamp(at),
        }
        desk.conversations.append(row)
        if incoming and rng.random() < 0.08:
            _attach(desk, ticket["id"], row["id"], at)


def _attach(desk: Desk, ticket_id: int, conversation_id: int | None, at: datetime) -> None:
    names = list(desk.sizes)
    blob = desk.rng.choices(names, (6, 2, 1))[0]
    shown = {"print.png": f"Captura de tela {at:%Y-%m-%d %H%M%S}.png"}.get(blob, blob)
    kind, size = desk.sizes[blob]
    desk.attachments.append(
        {
            "id": FIRST_ATTACHMENT + len(desk.attachments),
            "ticket_id": ticket_id,
            "conversation_id": conversation_id,
            "name": shown,
            "content_type": kind,
            "size": size,
            "blob": blob,
            "created_at": stamp(at),
        }
    )


def _log_time(desk: Desk, ticket: TicketRow, agent: AgentRow, story: Story) -> None:
    at = stamp(story.updated_at)
    desk.time_entries.append(
        {
            "id": FIRST_TIME_ENTRY + len(desk.time_entries),
            "ticket_id": ticket["id"],
            "agent_id": agent["id"],
            "company_id": ticket["company_id"],
            "billable": desk.rng.random() < 0.7,
            "note": desk.rng.choice(
                (None, "Análise de log", "Orientação por telefone", "Reprodução em testes")
            ),
            "timer_running": False,
            "seconds": desk.rng.choice((103, 300, 600, 900, 1800, 2700, 5400)),
            "executed_at": f"{at[:10]}T00:00:00Z",
            "start_time": at,
            "created_at": at,
            "updated_at": at,
        }
    )


def _throw_away(desk: Desk, archived: int) -> None:
    """Mark some of the answered ones as spam or deleted; the queue keeps its unanswered ones."""
    candidates = [
        ticket
        for ticket in desk.tickets[archived:]
        if ticket["status"] in (4, 5) and not any(tag.startswith("hostil") for tag in ticket["tags"])
    ]
    chosen = desk.rng.sample(candidates, min(8, len(candidates)))
    for place, ticket in enumerate(chosen):
        ticket["spam"], ticket["deleted"] = place % 2 == 0, place % 2 == 1
