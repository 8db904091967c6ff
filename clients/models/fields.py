"""Ticket fields with their choices, in one shape out of the wire's five (contract of Freshdesk §8)."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field

from .base import Model
from .text import SafeText

# types whose wire shape is {label: id}, the inverse of the status map
_LABEL_TO_ID = frozenset(
    """
    default_priority default_source default_group default_agent default_product default_internal_group
    default_internal_agent
    """.split()
)

PRIORITIES = {1: "Baixa", 2: "Média", 3: "Alta", 4: "Urgente"}
"""Freshdesk's fixed priorities, for an account whose words are not known."""


class Choice(Model):
    """One value of a field. ``value`` is what the API takes: an id, or the text itself."""

    value: int | str
    label: SafeText
    children: tuple["Choice", ...] = ()


class TicketField(Model):
    """A field of the ticket form. ``choices`` keep the order of the wire, which is the display order."""

    id: int
    name: str
    label: SafeText
    type: str
    required_for_agents: bool = False
    required_for_closure: bool = False
    choices: Annotated[tuple[Choice, ...], Field(default=())]

    @classmethod
    def read(cls, wire: Mapping[str, object]) -> "TicketField":
        """Read a field as ``GET /ticket_fields`` or its admin twin answers it."""
        kind = str(wire.get("type", ""))
        return cls.model_validate({**wire, "choices": tuple(read_choices(kind, wire.get("choices")))})


def read_choices(kind: str, choices: object) -> Iterable[Choice]:
    """Yield the choices of a field of type ``kind`` from any of the five shapes; nothing if absent."""
    if isinstance(choices, Mapping):
        if kind == "default_status":
            yield from (_status(key, labels) for key, labels in choices.items())
        elif kind in _LABEL_TO_ID:
            yield from (Choice(value=int(value), label=label) for label, value in choices.items())
        else:
            yield from (_nested(kind, label, below) for label, below in choices.items())
    elif isinstance(choices, list | tuple):
        for item in choices:
            yield from _item(kind, item)


def _status(key: object, labels: object) -> Choice:
    names = [str(label) for label in labels] if isinstance(labels, list | tuple) else [str(labels)]
    return Choice(value=int(str(key)), label=names[0] if names else str(key))


def _nested(kind: str, label: object, below: object) -> Choice:
    children = tuple(read_choices(kind, below)) if isinstance(below, Mapping | list | tuple) else ()
    return Choice(value=str(label), label=str(label), children=children)


def _item(kind: str, item: object) -> Iterable[Choice]:
    if not isinstance(item, Mapping):
        yield Choice(value=str(item), label=str(item))
    elif "value" in item:  # the admin twin
        value = item["id"] if kind == "default_status" and "id" in item else item["value"]
        children = tuple(read_choices(kind, item.get("choices")))
        yield Choice(value=value, label=str(item["value"]), children=children)
    else:
        yield from (_nested(kind, label, below) for label, below in item.items())


def _names(value: object) -> object:
    return {int(key): name for key, name in value.items()} if isinstance(value, Mapping) else {}


Names = Annotated[dict[int, SafeText], BeforeValidator(_names)]


class Vocabulary(Model):
    """The account's own words: names for the numbers that tickets carry. Cached between sessions."""

    statuses: Names = {}
    """Labels for agents, in display order."""
    priorities: Names = {}
    types: tuple[SafeText, ...] = ()
    closing: tuple[TicketField, ...] = ()
    """Fields that have to be filled before a ticket is resolved or closed."""
    agents: Names = {}
    agent_emails: Names = {}
    """Their addresses, where the key may ask for agents."""
    groups: Names = {}

    def status(self, value: int) -> str:
        """Label of a status; an unknown one shows its number."""
        return self.statuses.get(value, f"situação {value}")

    def priority(self, value: int) -> str:
        """Name of a priority: the account's, Portuguese where that is not known."""
        return self.priorities.get(value) or PRIORITIES.get(value, f"prioridade {value}")

    def agent(self, value: int | None) -> str:
        """Name of an agent; empty where nobody has the ticket."""
        return "" if value is None else self.agents.get(value, f"agente {value}")
