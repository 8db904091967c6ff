"""Rows as the wire shows them: keys that are null, keys that are absent, addresses signed anew each time."""

from selectolax.lexbor import LexborHTMLParser

from ..rows import AttachmentRow, ContactRow, ConversationRow, TicketRow
from ..signing import signed_url
from .call import Call

SUPPORT_EMAIL = "suporte@exemplo.com.br"
PRODUCT_EMAIL_CONFIG = 80000000090

Wire = dict[str, object]


def listed(call: Call, ticket: TicketRow) -> Wire:
    """A ticket in a list: no description, no attachments."""
    stats, now = ticket["stats"], call.stamp
    due, first_due = ticket["due_by"], ticket["fr_due_by"]
    return {
        "cc_emails": ticket["cc_emails"],
        "fwd_emails": [],
        "reply_cc_emails": ticket["cc_emails"],
        "ticket_cc_emails": ticket["cc_emails"] or None,
        "fr_escalated": stats["first_responded_at"] is None and first_due is not None and first_due < now,
        "spam": ticket["spam"],
        "email_config_id": PRODUCT_EMAIL_CONFIG if ticket["source"] == 1 else None,
        "group_id": ticket["group_id"],
        "priority": ticket["priority"],
        "requester_id": ticket["requester_id"],
        "responder_id": ticket["responder_id"],
        "source": ticket["source"],
        "company_id": ticket["company_id"],
        "status": ticket["status"],
        "subject": ticket["subject"],
        "association_type": None,
        "support_email": SUPPORT_EMAIL if ticket["source"] == 1 else None,
        "to_emails": [SUPPORT_EMAIL] if ticket["source"] == 1 else None,
        "product_id": None,
        "id": ticket["id"],
        "type": ticket["type"],
        "due_by": due,
        "fr_due_by": first_due,
        "is_escalated": stats["resolved_at"] is None and due is not None and due < now,
        "nr_due_by": None,
        "nr_escalated": False,
        "custom_fields": ticket["custom_fields"],
        "created_at": ticket["created_at"],
        "updated_at": ticket["updated_at"],
        "associated_tickets_count": None,
        "internal_agent_id": None,
        "internal_group_id": None,
        "form_id": 11,
        "tags": ticket["tags"],
        "sentiment_score": None,
        "initial_sentiment_score": None,
        "structured_description": None,
        **({"deleted": True} if ticket["deleted"] else {}),
    }


def viewed(call: Call, ticket: TicketRow) -> Wire:
    """A ticket alone."""
    files = [row for row in call.state.attachments.of_ticket(ticket["id"]) if row["conversation_id"] is None]
    return {
        **searched(call, ticket),
        "attachments": [attachment(call, row) for row in files],
        "source_additional_info": None,
        "associated_tickets_list": None,
        **({"archived": True} if ticket["archived"] else {}),
    }


def searched(call: Call, ticket: TicketRow) -> Wire:
    """A ticket as the search finds it: with description, without embeds."""
    return {
        **listed(call, ticket),
        "description": ticket["description"],
        "description_text": plain(ticket["description"]),
    }


def embeds(call: Call, ticket: TicketRow, names: list[str]) -> Wire:
    """What ``include`` adds."""
    added: Wire = {}
    if "requester" in names:
        person = call.state.contacts.get(ticket["requester_id"])
        added["requester"] = requester(person) if person else None
    if "company" in names:
        client = call.state.companies.get(ticket["company_id"])
        added["company"] = {"id": client["id"], "name": client["name"]} if client else {}
    if "stats" in names:
        added["stats"] = ticket["stats"]
    if "conversations" in names:
        oldest = call.state.conversations.of_ticket(ticket["id"])[:10]
        added["conversations"] = [conversation(call, row) for row in oldest]
    if "description" in names:
        added["description"] = ticket["description"]
        added["description_text"] = plain(ticket["description"])
    return added


def requester(person: ContactRow) -> Wire:
    """The person who opened a ticket."""
    return {key: person[key] for key in ("id", "name", "email", "mobile", "phone")}


def conversation(call: Call, row: ConversationRow) -> Wire:
    """A message in the list of messages."""
    files = [
        file
        for file in call.state.attachments.of_ticket(row["ticket_id"])
        if file["conversation_id"] == row["id"]
    ]
    return {
        "body": row["body"],
        "body_text": plain(row["body"]),
        "id": row["id"],
        "incoming": row["incoming"],
        "private": row["private"],
        "user_id": row["user_id"],
        "support_email": None,
        "source": row["source"],
        "category": row["category"],
        "to_emails": row["to_emails"],
        "from_email": row["from_email"],
        "cc_emails": row["cc_emails"],
        "bcc_emails": row["bcc_emails"],
        "email_failure_count": row["email_failure_count"],
        "outgoing_failures": None,
        "thread_id": None,
        "thread_message_id": None,
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
        "last_edited_at": None,
        "last_edited_user_id": None,
        "attachments": [attachment(call, file) for file in files],
        "automation_id": None,
        "automation_type_id": None,
        "auto_response": False,
        "ticket_id": row["ticket_id"],
        "source_additional_info": None,
        "structured_body": None,
    }


def attachment(call: Call, row: AttachmentRow) -> Wire:
    """A file, with an address that is good for five minutes."""
    secret = call.office.keys["signing"]
    return {
        "id": row["id"],
        "name": row["name"],
        "content_type": row["content_type"],
        "size": row["size"],
        "created_at": row["created_at"],
        "updated_at": row["created_at"],
        "attachment_url": signed_url(call.office.files_url(), secret, row["id"], row["name"], call.now),
    }


def plain(body: str) -> str:
    """The wire's own text form, which loses the lines."""
    root = LexborHTMLParser(body.encode("utf-8", "replace")).body
    return "" if root is None else root.text(separator="  ", strip=True)
