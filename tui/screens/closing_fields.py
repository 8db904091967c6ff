"""Fields that the account wants filled before a ticket is closed, asked for one by one."""

from typing import TYPE_CHECKING

from pydantic import JsonValue

from clients.models.fields import TicketField
from clients.models.ticket import Ticket
from tui.flows.ticket_fields import FORM_NAMES, is_empty
from widgets.picker import Pick

from .line import LineScreen
from .pick import PickScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp


async def ask_closing_fields(app: "PlantaoApp", ticket: Ticket) -> dict[str, JsonValue] | None:
    """Ask for those that ``ticket`` lacks, as `Freshdesk.update` takes them; None where one gave up.

    Waits for the analyst: for a worker.
    """
    fields: dict[str, JsonValue] = {}
    custom: dict[str, JsonValue] = {}
    for field in app.desk.account.vocabulary.closing:
        if not is_empty(ticket, field.name):
            continue
        value = await _asked(app, ticket, field)
        if value is None:
            return None
        if field.name in FORM_NAMES:
            fields[FORM_NAMES[field.name]] = value
        else:
            custom[field.name] = value
    return {**fields, **({"custom_fields": custom} if custom else {})}


async def _asked(app: "PlantaoApp", ticket: Ticket, field: TicketField) -> JsonValue:
    title = f"#{ticket.id} · {field.label} (a conta pede)"
    if not field.choices:
        return await app.ask(LineScreen(title))
    chosen = await app.ask(PickScreen(title, [Pick(str(one.value), one.label) for one in field.choices]))
    return next((one.value for one in field.choices if str(one.value) == chosen), None)
