"""Agents and groups of Freshdesk (contract of Freshdesk §11)."""

from collections.abc import Mapping

from pydantic import model_validator

from .base import Model
from .text import SafeText


class Agent(Model):
    """An analyst. On the wire name and e-mail lie under ``contact``; ``id`` is the ``responder_id``."""

    id: int
    name: SafeText = ""
    email: SafeText = ""
    ticket_scope: int = 1
    """1 all tickets, 2 those of the groups, 3 one's own; explains 403 and missing tickets."""

    @model_validator(mode="before")
    @classmethod
    def _lift_contact(cls, wire: object) -> object:
        if isinstance(wire, Mapping) and isinstance(wire.get("contact"), Mapping):
            return {**wire, "name": wire["contact"].get("name"), "email": wire["contact"].get("email")}
        return wire


class Group(Model):
    """A group of agents."""

    id: int
    name: SafeText = ""
