"""Writing tickets: the partial update with its validations, creation, trash and watchers."""

from datetime import timedelta

from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from ..clock import stamp
from ..rows import TicketRow, no_stats
from .answers import Fault, answer, bad_value, invalid, not_found
from .call import Call
from .fields import PRIORITIES, SOURCES, STATUS_IDS, TYPES, check_custom, missing_to_close, status_message
from .lifecycle import CLOSED, RESOLVED, with_status
from .shapes import viewed
from .tickets import read_moment
from .uploads import keep_files

FIRST_TICKET = 4001
_OUTBOUND = 10


class Shape(BaseModel):
    """A request body: other keys are refused."""

    model_config = ConfigDict(extra="forbid")


class TicketBody(Shape):
    """Keys of a ticket that can be written."""

    name: str | None = None
    requester_id: int | None = None
    email: str | None = None
    phone: str | None = None
    twitter_id: str | None = None
    facebook_id: str | None = None
    unique_external_id: str | None = None
    subject: str | None = None
    type: str | None = None
    status: int | None = None
    priority: int | None = None
    description: str | None = None
    responder_id: int | None = None
    custom_fields: dict[str, object] | None = None
    due_by: str | None = None
    email_config_id: int | None = None
    fr_due_by: str | None = None
    group_id: int | None = None
    parent_id: int | None = None
    product_id: int | None = None
    source: int | None = None
    tags: list[str] | None = None
    company_id: int | None = None
    internal_agent_id: int | None = None
    internal_group_id: int | None = None
    lookup_parameter: str | None = None


class NewTicketBody(TicketBody):
    """Keys of a ticket that is created."""

    cc_emails: list[str] | None = None
    related_ticket_ids: list[int] | None = None


class WatcherBody(Shape):
    """Who watches."""

    user_id: int | None = None


_PLAIN = ("subject", "type", "priority", "source", "responder_id", "group_id", "company_id", "requester_id")


def update_ticket(call: Call) -> Response:
    """``PUT /tickets/{id}``: only the keys that came; all of them or none."""
    call.query()
    ticket = call.ticket(write=True)
    body = call.read(TicketBody)
    if not body.model_fields_set and not call.files:
        raise invalid(Fault(None, "Request body cannot be blank", "missing_field"))
    changed = _changed(call, ticket, body)
    call.state.save((call.state.tickets, [changed]), *keep_files(call, ticket["id"], None))
    call.office.index.changed(changed, call.now)
    return answer(viewed(call, changed))


def _changed(call: Call, ticket: TicketRow, body: TicketBody) -> TicketRow:
    given = body.model_fields_set
    _check(call, body)
    if ticket["source"] == _OUTBOUND and given & {"subject", "description"}:
        raise invalid(Fault("subject", "It is not editable for outbound e-mail", "inaccessible_field"))
    custom, faults = check_custom(body.custom_fields or {}, multipart=call.body.multipart)
    if faults:
        raise invalid(*faults)
    updates = {name: getattr(body, name) for name in _PLAIN if name in given}
    if body.tags is not None:
        updates["tags"] = body.tags
    if body.description is not None:
        updates["description"] = body.description
    for name in ("due_by", "fr_due_by"):
        if getattr(body, name) is not None:
            updates[name] = stamp(read_moment(name, getattr(body, name)))
    changed: TicketRow = {
        **ticket,
        **updates,  # type: ignore[typeddict-item]
        "custom_fields": {**ticket["custom_fields"], **custom},
        "updated_at": call.stamp,
    }
    if body.status is None:
        return changed
    closing = body.status in (RESOLVED, CLOSED) and ticket["status"] not in (RESOLVED, CLOSED)
    if closing and (faults := missing_to_close(changed)):
        raise invalid(*faults)
    return with_status(changed, body.status, call.stamp)


def _check(call: Call, body: TicketBody) -> None:
    faults = []
    given = body.model_fields_set
    if "status" in given and body.status not in STATUS_IDS:
        faults.append(Fault("status", status_message(), "invalid_value"))
    if body.type is not None and body.type not in TYPES:
        faults.append(
            Fault("type", f"It should be one of these values: '{','.join(TYPES)}'", "invalid_value")
        )
    if "priority" in given and body.priority not in PRIORITIES.values():
        faults.append(Fault("priority", "It should be one of these values: '1,2,3,4'", "invalid_value"))
    if "source" in given and body.source not in SOURCES.values():
        faults.append(Fault("source", "It should be a valid value", "invalid_value"))
    for name, shelf in (
        ("responder_id", call.state.agents),
        ("group_id", call.state.groups),
        ("company_id", call.state.companies),
    ):
        number = getattr(body, name)
        if number is not None and number not in shelf.rows:
            message = f"There is no {name.removesuffix('_id')} matching the given {name}"
            faults.append(Fault(name, message, "invalid_value"))
    if "requester_id" in given and call.state.contacts.get(body.requester_id) is None:
        faults.append(
            Fault("requester_id", "There is no contact matching the given requester_id", "invalid_value")
        )
    if faults:
        raise invalid(*faults)


def create_ticket(call: Call) -> Response:
    """``POST /tickets`` for a known requester; ``due_by`` is null at first."""
    call.query()
    body = call.read(NewTicketBody)
    _check(call, body)
    person = call.state.contacts.get(body.requester_id)
    if person is None and body.email is not None:
        person = call.state.contact_by_email(body.email)
    if person is None:
        # the real one would make a contact; this desk only knows its own clients
        field = "email" if body.email is not None else "requester_id"
        message = (
            "It should be a known contact"
            if body.email
            else "It should not be blank as this is a mandatory field"
        )
        raise invalid(Fault(field, message, "invalid_value" if body.email else "missing_field"))
    custom, faults = check_custom(body.custom_fields or {}, multipart=call.body.multipart)
    for name in ("subject", "description"):
        if not getattr(body, name):
            faults.append(Fault(name, "It should not be blank as this is a mandatory field", "missing_field"))
    if faults:
        raise invalid(*faults)
    ticket: TicketRow = {
        "id": call.state.tickets.next_id(FIRST_TICKET),
        "subject": body.subject,
        "description": body.description or "",
        "type": body.type,
        "status": body.status or 2,
        "priority": body.priority or 1,
        "source": body.source or 2,
        "requester_id": person["id"],
        "responder_id": body.responder_id,
        "group_id": body.group_id,
        "company_id": body.company_id or person["company_id"],
        "cc_emails": body.cc_emails or [],
        "tags": body.tags or [],
        "custom_fields": {**_no_custom_values(call), **custom},
        "created_at": call.stamp,
        "updated_at": call.stamp,
        "due_by": stamp(call.now + timedelta(days=3)),
        "fr_due_by": stamp(call.now + timedelta(hours=8)),
        "spam": False,
        "deleted": False,
        "archived": False,
        "stats": no_stats(),
        "watcher_ids": [],
    }
    call.state.save((call.state.tickets, [ticket]), *keep_files(call, ticket["id"], None))
    call.office.index.changed(ticket, call.now)
    location = f"{call.request.url.replace(query='')}/{ticket['id']}"
    return answer({**viewed(call, ticket), "due_by": None, "fr_due_by": None}, 201, {"Location": location})


def _no_custom_values(call: Call) -> dict[str, None]:
    sample = next(iter(call.state.tickets), None)
    return dict.fromkeys(sample["custom_fields"]) if sample else {}


def delete_ticket(call: Call) -> Response:
    """``DELETE /tickets/{id}``: to the trash."""
    return _put_away(call, call.ticket(write=True), deleted=True)


def restore_ticket(call: Call) -> Response:
    """``PUT /tickets/{id}/restore``."""
    ticket = call.ticket()
    if not ticket["deleted"]:
        raise not_found()
    return _put_away(call, ticket, deleted=False)


def _put_away(call: Call, ticket: TicketRow, *, deleted: bool) -> Response:
    changed: TicketRow = {**ticket, "deleted": deleted, "updated_at": call.stamp}
    call.state.save((call.state.tickets, [changed]))
    call.office.index.changed(changed, call.now)
    return answer(None, 204)


def watch(call: Call) -> Response:
    """``POST /tickets/{id}/watch``."""
    ticket = call.ticket(write=True)
    user = call.read(WatcherBody).user_id or call.agent["id"]
    if user not in call.state.agents.rows:
        raise bad_value("user_id", "There is no agent matching the given user_id")
    return _watched_by(call, ticket, [*(one for one in ticket["watcher_ids"] if one != user), user])


def unwatch(call: Call) -> Response:
    """``PUT /tickets/{id}/unwatch``: the key's owner does."""
    ticket = call.ticket(write=True)
    return _watched_by(call, ticket, [one for one in ticket["watcher_ids"] if one != call.agent["id"]])


def _watched_by(call: Call, ticket: TicketRow, watchers: list[int]) -> Response:
    changed: TicketRow = {**ticket, "watcher_ids": watchers}
    call.state.save((call.state.tickets, [changed]))
    call.office.index.changed(changed, call.now)
    return answer(None, 204)


def list_watchers(call: Call) -> Response:
    """``GET /tickets/{id}/watchers``."""
    return answer({"watcher_ids": call.ticket()["watcher_ids"]})
