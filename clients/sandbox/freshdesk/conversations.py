"""Saying something on a ticket: replies, notes, and the client's own word."""

from starlette.responses import Response

from ..clock import stamp
from ..rows import ConversationRow, Stamp, TicketRow
from ..state import State
from .answers import Fault, answer, bad_value, invalid
from .call import Call, Office
from .changes import Shape
from .lifecycle import agent_spoke, client_spoke, touched
from .shapes import SUPPORT_EMAIL, Wire, conversation
from .uploads import keep_files

FIRST_CONVERSATION = 90000777001
_REPLY_KEYS = (
    *("id", "ticket_id", "user_id", "body", "body_text", "from_email", "cc_emails", "bcc_emails"),
    *("structured_body", "attachments", "created_at", "updated_at"),
)


class ReplyBody(Shape):
    """Keys of a reply. There is no ``to_emails``: it goes to the requester."""

    body: str | None = None
    structured_body: dict[str, object] | None = None
    from_email: str | None = None
    user_id: int | None = None
    cc_emails: list[str] | None = None
    bcc_emails: list[str] | None = None


class NoteBody(Shape):
    """Keys of a note, private unless it says otherwise."""

    body: str
    private: bool = True
    incoming: bool = False
    notify_emails: list[str] | None = None
    user_id: int | None = None


class EditBody(Shape):
    """Keys of a note that is edited."""

    body: str


def reply(call: Call) -> Response:
    """``POST /tickets/{id}/reply`` → 201 with less than a conversation."""
    call.query()
    ticket = call.ticket(write=True)
    given = call.read(ReplyBody)
    if given.body is None and given.structured_body is None:
        raise _blank()
    if given.body is not None and not given.body.strip():
        raise _blank()
    if given.from_email not in (None, SUPPORT_EMAIL):
        raise bad_value("from_email", "There is no email_config matching the given from_email")
    requester = call.state.contacts.get(ticket["requester_id"])
    to = [requester["email"]] if requester else []
    row: ConversationRow = {
        **_row(call.state, call.stamp, ticket, given.body or "", _author(call, given.user_id)),
        "source": 0,
        "category": 3,
        "from_email": given.from_email or SUPPORT_EMAIL,
        "to_emails": to,
        "cc_emails": given.cc_emails or [],
        "bcc_emails": given.bcc_emails or [],
    }
    _save(call, agent_spoke(ticket, call.stamp), row)
    shown = conversation(call, row)
    wire: Wire = {key: shown[key] for key in _REPLY_KEYS}
    return answer({**wire, "replied_to": to, "structured_body": given.structured_body}, 201)


def note(call: Call) -> Response:
    """``POST /tickets/{id}/notes`` → 201."""
    call.query()
    ticket = call.ticket(write=True)
    given = call.read(NoteBody)
    if not given.body.strip():
        raise _blank()
    row: ConversationRow = {
        **_row(call.state, call.stamp, ticket, given.body, _author(call, given.user_id)),
        "private": given.private,
        "incoming": given.incoming,
    }
    if given.private:
        changed = touched(ticket, call.stamp)
    else:
        changed = client_spoke(ticket, call.stamp) if given.incoming else agent_spoke(ticket, call.stamp)
    _save(call, changed, row)
    wire = conversation(call, row)
    del wire["source"]
    return answer({**wire, "notified_to": given.notify_emails or []}, 201)


def edit_note(call: Call) -> Response:
    """``PUT /conversations/{id}``: of notes only."""
    row = call.named(call.state.conversations)
    if row["source"] != 2:
        raise invalid(Fault("body", "Only notes can be edited", "inaccessible_field"))
    changed: ConversationRow = {**row, "body": call.read(EditBody).body, "updated_at": call.stamp}
    call.state.save((call.state.conversations, [changed]))
    return answer(conversation(call, changed))


def delete_conversation(call: Call) -> Response:
    """``DELETE /conversations/{id}``."""
    call.state.remove(call.state.conversations, call.named(call.state.conversations)["id"])
    return answer(None, 204)


def say_as_client(office: Office, ticket_id: int, body: str) -> int:
    """The requester answers by mail; returns the message's id. Not a call of the API: the sandbox's own."""
    ticket, now = office.state.tickets.rows[ticket_id], office.clock()
    requester = office.state.contacts.get(ticket["requester_id"])
    row: ConversationRow = {
        **_row(office.state, stamp(now), ticket, body, ticket["requester_id"]),
        "incoming": True,
        "source": 0,
        "category": 1,
        "from_email": requester["email"] if requester else None,
        "to_emails": [SUPPORT_EMAIL],
        "cc_emails": None,
    }
    changed = client_spoke(ticket, stamp(now))
    office.state.save((office.state.tickets, [changed]), (office.state.conversations, [row]))
    office.index.changed(changed, now)
    return row["id"]


def _row(state: State, now: Stamp, ticket: TicketRow, body: str, user_id: int) -> ConversationRow:
    return {
        "id": state.conversations.next_id(FIRST_CONVERSATION),
        "ticket_id": ticket["id"],
        "user_id": user_id,
        "incoming": False,
        "private": False,
        "source": 2,
        "category": 2,
        "body": body,
        "from_email": None,
        "to_emails": [],
        "cc_emails": [],
        "bcc_emails": None,
        "email_failure_count": None,
        "created_at": now,
        "updated_at": now,
    }


def _save(call: Call, ticket: TicketRow, row: ConversationRow) -> None:
    files = keep_files(call, ticket["id"], row["id"])
    call.state.save((call.state.tickets, [ticket]), (call.state.conversations, [row]), *files)
    call.office.index.changed(ticket, call.now)


def _author(call: Call, user_id: int | None) -> int:
    if user_id is None:
        return call.agent["id"]
    if user_id not in call.state.agents.rows and user_id not in call.state.contacts.rows:
        raise bad_value("user_id", "There is no user matching the given user_id")
    return user_id


def _blank() -> Exception:
    message = "It should not be blank as this is a mandatory field"
    return invalid(Fault("body", message, "missing_field"))
