"""Invented tasks for the tickets of the sandbox's company."""

import random
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from ...store import Store
from ..clock import stamp
from .facts import title_facts
from .rows import IssueRow, JournalRow, Rows, SpentRow, UserRow
from .team import one_at_a_time, open_stories
from .words import (
    ACTIVITIES,
    CLIENT,
    MODULE,
    PEOPLE,
    PRIORITIES,
    REASON,
    SUPPORT_PROJECTS,
    SUPPORT_STATUSES,
    SUPPORT_TRACKERS,
    TICKET_NUMBER,
    TICKET_TEXT,
    TICKET_UNFILTERED,
    TICKETS,
)

_CLIENTS = ("Atacado Serra Azul", "Transportes Rio Manso", "Móveis Vale do Ipê", "Papelaria Lume")
_MODULES = ("Fiscal", "Financeiro", "Estoque", "Vendas")
_NOTES = (
    "Reproduzido na base de homologação.",
    "Cliente retornou: ainda ocorre.",
    "Correção enviada; aguardando teste.",
    "Log anexado ao ticket.",
)
_DAYS = 90
_LAST = 2
"""Issues with the highest numbers: the stories go on from these, and read all that is there at each step."""


def seed_redmine(
    store: Store,
    now: datetime,
    ticket_ids: Sequence[int],
    *,
    seed: int = 7,
    waiting: Sequence[tuple[int, str]] = (),
) -> dict[str, str]:
    """Invent a task for most tickets, once; return the key of each login, the analyst's first.

    Every tenth task serves two tickets. The same seed and tickets give the same tasks; keys are new. After
    them comes the team's work of ``team.toml``; ``waiting`` as of `open_stories`.
    """
    rows = Rows(store)
    with store.transaction():
        if not rows.users():
            _people(rows, now)
            chance = random.Random(seed)  # noqa: S311 - invented data, not secrets
            issues = [
                _issue(number, tickets, now, chance)
                for number, tickets in enumerate(_tickets_of_tasks(ticket_ids, chance), start=1)
            ]
            rows.put_issues(issues[-_LAST:])
            for number, issue in enumerate(chance.sample(issues, k=len(issues) // 3), start=1):
                rows.put_spent(_spent(number, issue, chance))
            served = {row["custom"][str(TICKET_NUMBER)] for row in issues}
            open_stories(rows, now, [ticket for ticket in waiting if str(ticket[0]) not in served])
            rows.put_issues(issues[:-_LAST])
            one_at_a_time(rows)
    return {user["login"]: user["key"] for user in rows.users().values()}


def _people(rows: Rows, now: datetime) -> None:
    for number, (login, first, last) in enumerate(PEOPLE, start=5):
        user: UserRow = {
            "id": number,
            "login": login,
            "firstname": first,
            "lastname": last,
            "key": secrets.token_hex(20),
            "created_on": stamp(now - timedelta(days=_DAYS)),
        }
        rows.put_user(user)


def _tickets_of_tasks(ticket_ids: Sequence[int], chance: random.Random) -> list[list[int]]:
    chosen = [ticket for ticket in ticket_ids if chance.random() < 0.8]
    tasks = [[ticket] for ticket in chosen]
    for place in range(9, len(tasks) - 1, 10):
        tasks[place].append(chosen[place + 1])
    return tasks


def _issue(number: int, tickets: list[int], now: datetime, chance: random.Random) -> IssueRow:
    created = now - timedelta(days=chance.random() * _DAYS)
    updated = created + (now - created) * chance.random()
    status = chance.choice(SUPPORT_STATUSES)
    people = [5 + place for place in range(len(PEOPLE))]
    tracker = chance.choice(SUPPORT_TRACKERS)
    facts = title_facts()
    visible = [project for project in SUPPORT_PROJECTS if project.members and not project.closed]
    return {
        "id": number,
        # a few lie where analysts do not see them
        "project_id": 5 if number % 50 == 0 else chance.choice(visible).id,
        "tracker_id": tracker.id,
        "status_id": status.id,
        "priority_id": chance.choice(PRIORITIES).id if number % 4 == 0 else 2,
        "author_id": chance.choice(people),
        "assigned_to_id": None if number % 5 == 0 else chance.choice(people),
        "parent_id": None,
        "category_id": None,
        "fixed_version_id": None,
        "subject": chance.choice(chance.choice(facts.titles)) + facts.places[number % len(facts.places)],
        "description": "O cliente relata a situação descrita no ticket.\r\nPasso a passo: ver o ticket.",
        "start_date": stamp(created)[:10],
        "due_date": None,
        "done_ratio": 100 if status.is_closed else chance.randrange(0, 100, 10),
        "is_private": False,
        "estimated_hours": None,
        "custom": {
            str(TICKET_NUMBER): str(tickets[0]),
            str(TICKET_TEXT): f"FD-{tickets[0]}",
            str(CLIENT): chance.choice(_CLIENTS),
            str(MODULE): chance.sample(_MODULES, k=1 + number % 2),
            str(TICKETS): ", ".join(map(str, tickets)),
            str(TICKET_UNFILTERED): str(tickets[0]),
            **({str(REASON): "Outro"} if tracker.id == 6 else {}),
        },
        "created_on": stamp(created),
        "updated_on": stamp(updated),
        "closed_on": stamp(updated) if status.is_closed else None,
        "journals": [_journal(number, created, updated, chance)] if number % 3 else [],
        "watcher_ids": chance.sample(people, k=number % 3),
        "file_ids": [],
    }


def _journal(number: int, created: datetime, updated: datetime, chance: random.Random) -> JournalRow:
    return {
        "id": number,
        "user_id": 5 + number % len(PEOPLE),
        "notes": chance.choice(_NOTES),
        "private_notes": number % 10 == 0,
        "created_on": stamp(created + (updated - created) / 2),
        "details": [{"property": "attr", "name": "status_id", "old_value": "1", "new_value": "2"}],
    }


def _spent(number: int, issue: IssueRow, chance: random.Random) -> SpentRow:
    return {
        "id": number,
        "project_id": issue["project_id"],
        "issue_id": issue["id"],
        "user_id": issue["author_id"],
        "activity_id": chance.choice(ACTIVITIES).id,
        "hours": chance.choice((0.25, 0.5, 1.0, 1.5)),
        "comments": "Atendimento",
        "spent_on": issue["updated_on"][:10],
        "created_on": issue["updated_on"],
        "updated_on": issue["updated_on"],
    }
