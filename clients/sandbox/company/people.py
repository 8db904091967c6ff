"""The desk's own people, its clients and their people, canned responses and licences."""

import html
import random
import unicodedata
from datetime import datetime, timedelta

from ..clock import stamp
from ..rows import AgentRow, CannedRow, CompanyRow, ContactRow, FolderRow, GroupRow, LicenceRow
from .facts import canned_facts, company_facts

FIRST_AGENT, FIRST_GROUP, FIRST_COMPANY, FIRST_CONTACT = 80000000077, 80000000501, 80000003001, 80000012345
FIRST_FOLDER, FIRST_CANNED = 70000000040, 70000000811
DOMAIN = "exemplo.com.br"


def groups(now: datetime) -> list[GroupRow]:
    """The groups of the desk."""
    return [
        {
            "id": FIRST_GROUP + place,
            "name": fact.name,
            "description": fact.description,
            "created_at": stamp(now - timedelta(days=900)),
        }
        for place, fact in enumerate(company_facts().groups)
    ]


def agents(now: datetime) -> list[AgentRow]:
    """The analysts. The first is the owner of the main key; the second of the colleague's."""
    return [
        {
            "id": FIRST_AGENT + place,
            "name": fact.name,
            "email": f"{fact.email}@{DOMAIN}",
            "job_title": fact.job,
            "group_ids": [FIRST_GROUP + group for group in fact.groups],
            "admin": fact.admin,
            "created_at": stamp(now - timedelta(days=800)),
        }
        for place, fact in enumerate(company_facts().agents)
    ]


def companies(now: datetime) -> list[CompanyRow]:
    """The clients."""
    return [
        {
            "id": FIRST_COMPANY + place,
            "name": fact.name,
            "domain": f"{fact.slug}.{DOMAIN}",
            "industry": fact.industry,
            "created_at": stamp(now - timedelta(days=700)),
        }
        for place, fact in enumerate(company_facts().clients)
    ]


def contacts(rng: random.Random, now: datetime, clients: list[CompanyRow]) -> list[ContactRow]:
    """Three or four people at each client; the first of each holds the licence."""
    facts = company_facts()
    rows: list[ContactRow] = []
    for client in clients:
        for first in rng.sample(facts.first_names, rng.choice((3, 4))):
            last = rng.choice(facts.last_names)
            mobile = f"(11) 9{rng.randrange(1000, 9999)}-{rng.randrange(1000, 9999)}"
            rows.append(
                {
                    "id": FIRST_CONTACT + len(rows),
                    "name": f"{first} {last}",
                    "email": f"{_plain(first)}.{_plain(last)}@{client['domain']}",
                    "phone": None if rng.random() < 0.5 else f"(11) 3{rng.randrange(100, 999)}-0000",
                    "mobile": mobile,
                    "job_title": rng.choice(facts.jobs),
                    "company_id": client["id"],
                    "created_at": stamp(now - timedelta(days=600)),
                }
            )
    return rows


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in decomposed if char.isalnum() and char.isascii())


def canned(now: datetime) -> tuple[list[FolderRow], list[CannedRow]]:
    """The folders, and the responses in them."""
    created = stamp(now - timedelta(days=400))
    folders: list[FolderRow] = []
    responses: list[CannedRow] = []
    for fact in canned_facts().folders:
        folder_id = FIRST_FOLDER + len(folders)
        folders.append({"id": folder_id, "name": fact.name, "personal": False, "created_at": created})
        for response in fact.responses:
            text = html.escape(response.text.strip(), quote=False).replace("\n", "<br>\n")
            responses.append(
                {
                    "id": FIRST_CANNED + len(responses),
                    "title": response.title,
                    "folder_id": folder_id,
                    "content_html": f'<div dir="ltr">{text}</div>',
                    "created_at": created,
                }
            )
    return folders, responses


def licences(now: datetime, clients: list[CompanyRow], people: list[ContactRow]) -> list[LicenceRow]:
    """The licence list: most are good, some ran out, are trials or were cancelled; one client has none."""
    rows: list[LicenceRow] = []
    for place, client in enumerate(clients[:-1]):
        holder = next(person for person in people if person["company_id"] == client["id"])
        expired, trial, cancelled = place % 6 == 3, place % 5 == 4, place == 7
        left = 3 + place % 10 if trial else 20 + 15 * place  # a trial lasts fifteen days, and has begun
        expires = now - timedelta(days=12 + place) if expired else now + timedelta(days=left)
        rows.append(
            {
                "id": place + 1,
                "email": holder["email"],
                "client": client["name"],
                "kind": "Experiência" if trial else "Contratação",
                "starts": (expires - timedelta(days=15 if trial else 365)).date().isoformat(),
                "expires": expires.date().isoformat(),
                "situation": "Cancelada" if cancelled else "Vencida" if expired else "Ativa",
            }
        )
    return rows
