"""From Freshdesk's JSON to our models, and from field edits to the smallest body (contract §4–§6)."""

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar
from urllib.parse import urljoin

from pydantic import ValidationError

from .errors import OutcomeUnknown, Rejected, ServerTrouble
from .http import Http, Response
from .models.base import Model
from .models.fields import Choice, TicketField, Vocabulary
from .models.people import Agent, Group
from .models.ticket import Ticket

AModel = TypeVar("AModel", bound=Model)
Row = Mapping[str, object]
_ODD = "resposta em formato inesperado"
_NEXT = re.compile(r"<\s*([^>\s]+)\s*>\s*(?:;[^,]*)?;\s*rel\s*=\s*\"?next\b", re.IGNORECASE)

EDITABLE = frozenset(
    """
    name requester_id email phone twitter_id facebook_id unique_external_id subject type status priority
    description responder_id custom_fields due_by email_config_id fr_due_by group_id parent_id product_id
    source tags company_id internal_agent_id internal_group_id lookup_parameter
    """.split()
)
"""What a PUT of a ticket takes; any other key makes the server refuse the whole body."""
_NUMBERS = frozenset(name for name in EDITABLE if name.endswith("_id")) - {
    *("twitter_id", "facebook_id", "unique_external_id")
} | {"status", "priority", "source"}


def read_row(model: type[AModel], response: Response) -> AModel:
    """Read the one object of ``response``; `ServerTrouble` where it is none."""
    value, fault = _validated(model, row_of(response))
    if value is None:
        raise ServerTrouble("Freshdesk", fault, status=response.status)
    return value


def read_rows(model: type[AModel], response: Response, key: str | None = None) -> tuple[AModel, ...]:
    """Read the list of ``response``, or the one under its ``key``."""
    read = [_validated(model, row) for row in _rows_of(response, key)]
    if faults := [fault for value, fault in read if value is None]:
        raise ServerTrouble("Freshdesk", "\n".join(faults[:5]), status=response.status)
    return tuple(value for value, _ in read if value is not None)


def read_written(model: type[AModel], response: Response) -> AModel:
    """Read what a write answered; where it cannot be read it must be looked up: `OutcomeUnknown`."""
    row = response.json()
    value, fault = _validated(model, row) if isinstance(row, Mapping) else (None, _ODD)
    del row
    if value is None:
        raise OutcomeUnknown("Freshdesk", fault, status=response.status)
    return value


def row_of(response: Response) -> Row:
    """Return the one object of ``response``; `ServerTrouble` where it is none."""
    value = response.json()
    if isinstance(value, Mapping):
        return value
    raise ServerTrouble("Freshdesk", _ODD, status=response.status)


def _rows_of(response: Response, key: str | None) -> Sequence[Row]:
    value = row_of(response).get(key) if key else response.json()
    if isinstance(value, list) and all(isinstance(row, Mapping) for row in value):
        return value
    raise ServerTrouble("Freshdesk", _ODD, status=response.status)


def _validated(model: type[AModel], row: Row) -> tuple[AModel | None, str]:
    """Read one row, or name the places that do not fit: never their values, which may be signed addresses."""
    try:
        return model.model_validate(row), ""
    except ValidationError as error:
        places = ", ".join(".".join(str(part) for part in fault["loc"]) for fault in error.errors()[:5])
        return None, f"{model.__name__} {row.get('id')} ilegível em: {places}"
    except (ValueError, TypeError, OverflowError, RecursionError):  # the readers of HTML and of choices
        return None, f"{model.__name__} {row.get('id')} ilegível"


def next_page(http: Http, response: Response) -> str | None:
    """Return the address of the next page, or None; `ServerTrouble` where it is of another origin."""
    found = _NEXT.search(response.headers.get("link", ""))
    if not found:
        return None
    address = str(urljoin(response.url, found[1]))
    if not http.is_ours(address):
        raise ServerTrouble("Freshdesk", "a página seguinte é de outro servidor", status=200)
    return address


def body_of(changes: Row) -> dict[str, object]:
    """Return ``changes`` as the body of an update; `Rejected` where the server is sure to refuse it."""
    if not changes:
        raise Rejected("Freshdesk", "nada a alterar")
    if unknown := sorted(set(changes) - EDITABLE):
        raise Rejected("Freshdesk", f"campo que não se altera: {', '.join(unknown)}")
    for name in sorted(_NUMBERS & set(changes)):
        value = changes[name]
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise Rejected("Freshdesk", f"{name}: precisa ser um número")
    return dict(changes)


def difference(ticket: Ticket, wanted: Row) -> dict[str, object]:
    """Return the part of ``wanted`` that ``ticket`` does not have yet, custom fields one by one."""
    changes: dict[str, object] = {}
    for name, value in wanted.items():
        if name == "custom_fields" and isinstance(value, Mapping):
            fields = {key: new for key, new in value.items() if ticket.custom_fields.get(key) != new}
            if fields:
                changes[name] = fields
        elif name == "tags" and isinstance(value, list | tuple):
            if tuple(value) != ticket.tags:
                changes[name] = list(value)
        elif not hasattr(ticket, name) or getattr(ticket, name) != value:
            changes[name] = value
    return changes


def vocabulary_of(
    fields: tuple[TicketField, ...], agents: Sequence[Agent] | None, groups: Sequence[Group] | None
) -> Vocabulary:
    """Gather the account's words; agents and groups from the fields where None is given."""
    choices = {field.type: field.choices for field in fields}

    def names(kind: str) -> dict[int, str]:
        return {int(choice.value): choice.label for choice in choices.get(kind, ()) if _is_number(choice)}

    return Vocabulary(
        statuses=names("default_status"),
        priorities=names("default_priority"),
        types=tuple(choice.label for choice in choices.get("default_ticket_type", ())),
        closing=tuple(field for field in fields if field.required_for_closure),
        agents=names("default_agent") if agents is None else {agent.id: agent.name for agent in agents},
        agent_emails={agent.id: agent.email for agent in agents or () if agent.email},
        groups=names("default_group") if groups is None else {group.id: group.name for group in groups},
    )


def read_fields(response: Response) -> tuple[TicketField, ...]:
    """Read the fields of the ticket form, their choices in whichever of the five shapes."""
    rows = _rows_of(response, None)
    try:
        return tuple(TicketField.read(row) for row in rows)
    except (ValueError, TypeError, KeyError):  # a shape beyond the five; pydantic's error is a ValueError
        fault = "campos do ticket em formato inesperado"
    raise ServerTrouble("Freshdesk", fault, status=response.status)


def _is_number(choice: Choice) -> bool:
    return isinstance(choice.value, int)
