"""Agents, groups, contacts and companies; most of it for administrators only."""

from collections.abc import Mapping

from starlette.responses import Response

from ..clock import stamp
from ..rows import AgentRow, CompanyRow, ContactRow, GroupRow
from .answers import answer, bad_value
from .call import Call
from .shapes import Wire
from .tickets import read_moment


def me(call: Call) -> Response:
    """``GET /agents/me``: anybody's connection test."""
    return answer(_agent(call.agent))


def list_agents(call: Call) -> Response:
    """``GET /agents``."""
    call.admins_only()
    query = call.query("email", "mobile", "phone", "state", "page", "per_page")
    if query.get("state", "fulltime") not in ("fulltime", "occasional"):
        raise bad_value("state", "It should be one of these values: 'fulltime,occasional'")
    rows = [row for row in call.state.agents if _same(row["email"], query.get("email"))]
    if query.get("state") == "occasional" or query.keys() & {"mobile", "phone"}:
        rows = []  # nobody at this desk is occasional or has a telephone on record
    return call.page(rows, query, _agent)


def view_agent(call: Call) -> Response:
    """``GET /agents/{id}``."""
    call.admins_only()
    return answer(_agent(call.named(call.state.agents)))


def find_agents(call: Call) -> Response:
    """``GET /agents/autocomplete?term=``."""
    term = call.query("term").get("term", "").casefold()
    return answer(
        [
            {"id": row["id"], "name": row["name"], "email": row["email"], "avatar": None}
            for row in call.state.agents
            if term in row["name"].casefold() or term in row["email"]
        ]
    )


def list_groups(call: Call) -> Response:
    """``GET /groups``: without members."""
    call.admins_only()
    return call.page(list(call.state.groups), call.query("page", "per_page"), _group)


def view_group(call: Call) -> Response:
    """``GET /groups/{id}``: with members."""
    call.admins_only()
    row = call.named(call.state.groups)
    members = [agent["id"] for agent in call.state.agents if row["id"] in agent["group_ids"]]
    return answer({**_group(row), "agent_ids": members})


def list_contacts(call: Call) -> Response:
    """``GET /contacts``."""
    query = call.query(
        *("email", "mobile", "phone", "company_id", "state", "contact_type"),
        *("updated_since", "_updated_since", "page", "per_page"),
    )
    rows = [
        row
        for row in call.state.contacts
        if _same(row["email"], query.get("email"))
        and query.get("company_id") in (None, str(row["company_id"]))
        and query.get("mobile") in (None, row["mobile"])
        and query.get("phone") in (None, row["phone"])
        and row["created_at"] >= _since(query)
    ]
    return call.page(rows, query, _contact)


def view_contact(call: Call) -> Response:
    """``GET /contacts/{id}``."""
    row = call.named(call.state.contacts)
    return answer({**_contact(row), "other_companies": [], "avatar": None})


def find_contacts(call: Call) -> Response:
    """``GET /contacts/autocomplete?term=``."""
    term = call.query("term").get("term", "").casefold()
    rows = [row for row in call.state.contacts if term in row["name"].casefold()]
    return answer([{"id": row["id"], "name": row["name"]} for row in rows])


def list_companies(call: Call) -> Response:
    """``GET /companies``."""
    query = call.query("updated_since", "_updated_since", "page", "per_page")
    rows = [row for row in call.state.companies if row["created_at"] >= _since(query)]
    return call.page(rows, query, _company)


def view_company(call: Call) -> Response:
    """``GET /companies/{id}``."""
    return answer(_company(call.named(call.state.companies)))


def find_companies(call: Call) -> Response:
    """``GET /companies/autocomplete?name=``: wrapped, unlike the others."""
    name = call.query("name").get("name", "").casefold()
    rows = [row for row in call.state.companies if name in row["name"].casefold()]
    return answer({"companies": [{"id": row["id"], "name": row["name"]} for row in rows]})


def _same(email: str, wanted: str | None) -> bool:
    return wanted is None or email.casefold() == wanted.casefold()


def _since(query: Mapping[str, str]) -> str:
    text = query.get("updated_since") or query.get("_updated_since")
    return stamp(read_moment("updated_since", text)) if text else ""


def _agent(row: AgentRow) -> Wire:
    return {
        "available": True,
        "occasional": False,
        "id": row["id"],
        "ticket_scope": 1,
        "signature": None,
        "group_ids": row["group_ids"],
        "role_ids": [80000000901 if row["admin"] else 80000000902],
        "skill_ids": [],
        "available_since": None,
        "last_active_at": None,
        "focus_mode": True,
        "created_at": row["created_at"],
        "updated_at": row["created_at"],
        "contact": {
            "active": True,
            "email": row["email"],
            "job_title": row["job_title"],
            "language": "pt-BR",
            "last_login_at": None,
            "mobile": None,
            "name": row["name"],
            "phone": None,
            "time_zone": "Brasilia",
            "created_at": row["created_at"],
            "updated_at": row["created_at"],
        },
        "type": "support_agent",
    }


def _group(row: GroupRow) -> Wire:
    return {
        "id": row["id"],
        "name": row["name"],
        "description": row["description"],
        "escalate_to": None,
        "unassigned_for": None,
        "business_hour_id": None,
        "group_type": "support_agent_group",
        "auto_ticket_assign": 0,
        "created_at": row["created_at"],
        "updated_at": row["created_at"],
    }


def _contact(row: ContactRow) -> Wire:
    first, _, last = row["name"].partition(" ")
    return {
        "active": True,
        "address": None,
        "company_id": row["company_id"],
        "description": None,
        "email": row["email"],
        "id": row["id"],
        "job_title": row["job_title"],
        "language": "pt-BR",
        "mobile": row["mobile"],
        "name": row["name"],
        "first_name": first,
        "last_name": last,
        "phone": row["phone"],
        "time_zone": "Brasilia",
        "twitter_id": None,
        "other_emails": [],
        "other_companies": [],
        "custom_fields": {},
        "tags": [],
        "org_contact_id": 1_900_000_000_000_000_000 + row["id"],
        "created_at": row["created_at"],
        "updated_at": row["created_at"],
    }


def _company(row: CompanyRow) -> Wire:
    return {
        "id": row["id"],
        "name": row["name"],
        "description": None,
        "note": None,
        "domains": [row["domain"]],
        "health_score": None,
        "account_tier": None,
        "renewal_date": None,
        "industry": row["industry"],
        "custom_fields": {},
        "created_at": row["created_at"],
        "updated_at": row["created_at"],
    }
