"""Setting fields of a ticket: only what differs, and not over what somebody else changed meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import JsonValue

from clients.before_write import nothing_sent
from clients.errors import PlantaoError, Rejected
from clients.models.base import Model
from clients.models.fields import Vocabulary
from clients.models.ticket import Ticket
from clients.models.ticket_changes import ticket_changes
from clients.models.timer import ticket_target

from ..intent import Intent, Step
from .engine import Did, Found, Missing, Unclear

if TYPE_CHECKING:
    from clients.freshdesk import Freshdesk

KIND = "freshdesk.update"
FORM_NAMES = {"ticket_type": "type", "agent": "responder_id", "group": "group_id"}
"""Fields of the ticket form that a ticket has under another name."""
_CUSTOM = "cf:"


class ChangedMeanwhile(PlantaoError):
    """Somebody else set what this step was about to set."""

    title = "Mudou enquanto isso"
    way_out = "Olhe o ticket de novo; se ainda for o caso, desista deste passo e faça outro."


class TicketEdit(Model):
    """Fields of one ticket and what they shall be, as `Freshdesk.update` takes them."""

    ticket_id: int
    changes: dict[str, JsonValue]


def edit_step(ticket: Ticket, changes: Mapping[str, JsonValue]) -> Step:
    """Plan to set ``changes`` on ``ticket``; what it has now is what they may overwrite."""
    edit = TicketEdit(ticket_id=ticket.id, changes=dict(changes))
    return Step(KIND, ticket_target(ticket.id), edit.model_dump(mode="json"), _there(ticket, changes))


def edit_after_answer(ticket: Ticket, changes: Mapping[str, JsonValue]) -> Step:
    """Plan to set ``changes`` behind an answer, over whatever is there by then.

    An answer may move the status by itself: that is not somebody else's word.
    """
    return replace(edit_step(ticket, changes), baseline={})


def edit_of(intent: Intent) -> TicketEdit:
    """The edit that an intent of this kind carries."""
    return TicketEdit.model_validate(intent.payload)


class TicketFields:
    """The remote step ``freshdesk.update``."""

    def __init__(self, freshdesk: "Freshdesk", words: Callable[[], Vocabulary]) -> None:
        """``words`` are what refusals are told in."""
        self._freshdesk = freshdesk
        self._words = words

    async def ready(self, intent: Intent) -> None:
        """Raise ChangedMeanwhile where one of the fields is neither as it was nor as it shall be."""
        edit = edit_of(intent)
        now = await self._freshdesk.ticket(edit.ticket_id)
        was, wanted, there = _flat(intent.baseline), _flat(edit.changes), _flat(_there(now, edit.changes))
        moved = [name for name, value in there.items() if value not in (was.get(name, value), wanted[name])]
        if moved:
            before = now.model_copy(update=fields_of(now, intent.baseline))
            told = ticket_changes(before, now, self._words())
            said = "; ".join(f"{change.label}: de {change.before} para {change.after}" for change in told)
            raise ChangedMeanwhile(f"no ticket #{now.id} outra pessoa mudou {said or ', '.join(moved)}.")

    async def do(self, intent: Intent) -> int | Did:
        """Set the fields that are not so yet. Rejected where the server keeps none of them, silently."""
        from clients.freshdesk_wire import difference

        edit = edit_of(intent)
        with nothing_sent():
            before = await self._freshdesk.ticket(edit.ticket_id)
        changes = difference(before, edit.changes)
        if not changes:
            return edit.ticket_id
        left = _flat(difference(await self._freshdesk.update(edit.ticket_id, changes), edit.changes))
        if not left:
            return edit.ticket_id
        said = ", ".join(sorted(name.removeprefix(_CUSTOM) for name in left))
        told = f"#{edit.ticket_id}: o servidor não mudou {said}"
        if _flat(changes).keys() <= left.keys():
            raise Rejected("Freshdesk", told)
        return Did(edit.ticket_id, told)

    async def look(self, intent: Intent) -> Found | Missing | Unclear:
        """Tell by the ticket's fields whether they were set."""
        edit = edit_of(intent)
        now = await self._freshdesk.ticket(edit.ticket_id)
        there, wanted = _flat(_there(now, edit.changes)), _flat(edit.changes)
        if there == wanted:
            return Found(edit.ticket_id, "Conferido no ticket: está como foi pedido.")
        was = _flat(intent.baseline)
        if all(value == was.get(name, value) for name, value in there.items()):
            return Missing("O ticket foi conferido e está como antes.")
        names = ", ".join(name for name in there if there[name] != wanted[name])
        return Unclear(f"O ticket não está nem como antes nem como foi pedido: {names}.")

    def conclude(self, intent: Intent) -> None:
        """Nothing here hangs on it: the queue is read anew."""


def is_empty(ticket: Ticket, name: str) -> bool:
    """Whether the field that the ticket form calls ``name`` has no value."""
    if name in FORM_NAMES:
        return not getattr(ticket, FORM_NAMES[name])
    return name.startswith("cf_") and ticket.custom_fields.get(name) in (None, "")


def _there(ticket: Ticket, changes: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """What ``ticket`` has in the fields that ``changes`` names."""
    found: dict[str, JsonValue] = {}
    for name, value in changes.items():
        if name == "custom_fields" and isinstance(value, Mapping):
            found[name] = {key: ticket.custom_fields.get(key) for key in value}
        elif name == "tags":
            found[name] = list(ticket.tags)
        else:
            found[name] = getattr(ticket, name)
    return found


def _flat(fields: Mapping[str, object]) -> dict[str, object]:
    """Custom fields beside the others, so that each is compared by itself."""
    flat: dict[str, object] = {}
    for name, value in fields.items():
        if name == "custom_fields" and isinstance(value, Mapping):
            flat |= {f"{_CUSTOM}{key}": item for key, item in value.items()}
        else:
            flat[name] = value
    return flat


def fields_of(ticket: Ticket, wire: Mapping[str, JsonValue]) -> dict[str, object]:
    """Read ``wire``, as a step has it, as fields of the model; custom ones beside those of ``ticket``."""
    fields: dict[str, object] = {}
    for name, value in wire.items():
        if name == "custom_fields" and isinstance(value, Mapping):
            fields[name] = {**ticket.custom_fields, **value}
        else:
            fields[name] = tuple(value) if isinstance(value, list) else value
    return fields
