"""Answer templates, and the filling of their placeholders (contract of Freshdesk §9)."""

import re
from collections.abc import Mapping

from pydantic import model_validator

from .base import Model
from .html import html_to_text
from .text import SafeMultiline, SafeText
from .ticket import Ticket

_PLACEHOLDER = re.compile(
    r"""\{\{\s*(?P<name>[\w.]+)\s*(?:\|\s*default:\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')\s*)?\}\}"""
)
_LIQUID = re.compile(r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)", re.DOTALL)


class CannedFolder(Model):
    """A folder of canned responses."""

    id: int
    name: SafeText = ""
    personal: bool = False


class Template(Model):
    """A text to answer with: a canned response of Freshdesk, or one of the team's own file."""

    id: str
    title: SafeText
    folder: SafeText = ""
    text: SafeMultiline = ""

    @model_validator(mode="before")
    @classmethod
    def _read_canned(cls, wire: object) -> object:
        if isinstance(wire, Mapping) and isinstance(wire.get("id"), int):  # Freshdesk's: ours are words
            text = html_to_text(wire.get("content_html") or wire.get("content"))
            return {**wire, "id": f"freshdesk:{wire['id']}", "text": text}
        return wire


def values_for(ticket: Ticket, agent_name: str) -> dict[str, str]:
    """Return what Freshdesk's placeholders stand for on ``ticket``."""
    requester = ticket.requester
    first, _, last = (requester.name if requester else "").partition(" ")
    values = {
        "ticket.id": str(ticket.id),
        "ticket.subject": ticket.subject,
        "ticket.ticket_type": ticket.type or "",
        "ticket.requester.name": requester.name if requester else "",
        "ticket.requester.firstname": first,
        "ticket.requester.lastname": last,
        "ticket.requester.email": (requester.email or "") if requester else "",
        "ticket.requester.company_name": ticket.company.name if ticket.company else "",
        "ticket.company.name": ticket.company.name if ticket.company else "",
        "ticket.agent.name": agent_name,
        "agent.name": agent_name,
    }
    fields = {
        f"ticket.{name}": str(value) for name, value in ticket.custom_fields.items() if value is not None
    }
    return {**fields, **values}


def fill(text: str, values: Mapping[str, str]) -> str:
    """Replace the placeholders that have a value, or a ``default``; leave all others as they are."""

    def replacement(match: re.Match[str]) -> str:
        value = values.get(match["name"], "")
        return value or match["double"] or match["single"] or match[0]

    return _PLACEHOLDER.sub(replacement, text)


def unfilled(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of placeholders and Liquid tags left in ``text``: each blocks sending."""
    return tuple(match.span() for match in _LIQUID.finditer(text))
