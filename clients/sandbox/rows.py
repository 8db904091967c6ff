"""What the sandbox keeps of its invented company: rows as they lie in the store, times as wire strings."""

from typing import TypedDict

Stamp = str
"""An instant as the wire writes it: ``2026-03-04T15:06:07Z``. Such strings sort by time."""
Html = str
CustomValue = str | int | bool | None


class StatsRow(TypedDict):
    """When things happened on a ticket; the eight keys of ``include=stats``."""

    agent_responded_at: Stamp | None
    requester_responded_at: Stamp | None
    first_responded_at: Stamp | None
    status_updated_at: Stamp | None
    reopened_at: Stamp | None
    resolved_at: Stamp | None
    closed_at: Stamp | None
    pending_since: Stamp | None


class TicketRow(TypedDict):
    """A ticket with its description, stats and watchers."""

    id: int
    subject: str | None
    description: Html
    type: str | None
    status: int
    priority: int
    source: int
    requester_id: int
    responder_id: int | None
    group_id: int | None
    company_id: int | None
    cc_emails: list[str]
    tags: list[str]
    custom_fields: dict[str, CustomValue]
    created_at: Stamp
    updated_at: Stamp
    due_by: Stamp | None
    fr_due_by: Stamp | None
    spam: bool
    deleted: bool
    archived: bool
    stats: StatsRow
    watcher_ids: list[int]


class ConversationRow(TypedDict):
    """One message on a ticket."""

    id: int
    ticket_id: int
    user_id: int | None
    incoming: bool
    private: bool
    source: int
    category: int
    body: Html
    from_email: str | None
    to_emails: list[str] | None
    cc_emails: list[str] | None
    bcc_emails: list[str] | None
    email_failure_count: int | None
    created_at: Stamp
    updated_at: Stamp


class AttachmentRow(TypedDict):
    """A file of a ticket (``conversation_id`` None) or of one of its messages."""

    id: int
    ticket_id: int
    conversation_id: int | None
    name: str
    content_type: str
    size: int
    blob: str
    """Name of the file below ``blobs/`` that holds the bytes."""
    created_at: Stamp


class AgentRow(TypedDict):
    """An analyst of the invented desk."""

    id: int
    name: str
    email: str
    job_title: str
    group_ids: list[int]
    admin: bool
    created_at: Stamp


class GroupRow(TypedDict):
    """A group of analysts."""

    id: int
    name: str
    description: str
    created_at: Stamp


class CompanyRow(TypedDict):
    """A client of the desk."""

    id: int
    name: str
    domain: str
    industry: str
    created_at: Stamp


class ContactRow(TypedDict):
    """A person at a client."""

    id: int
    name: str
    email: str
    phone: str | None
    mobile: str | None
    job_title: str
    company_id: int | None
    created_at: Stamp


class FolderRow(TypedDict):
    """A folder of canned responses."""

    id: int
    name: str
    personal: bool
    created_at: Stamp


class CannedRow(TypedDict):
    """A canned response."""

    id: int
    title: str
    folder_id: int
    content_html: Html
    created_at: Stamp


class TimeEntryRow(TypedDict):
    """Time logged on a ticket."""

    id: int
    ticket_id: int
    agent_id: int
    company_id: int | None
    billable: bool
    note: str | None
    timer_running: bool
    seconds: int
    executed_at: Stamp
    start_time: Stamp
    created_at: Stamp
    updated_at: Stamp


class LicenceRow(TypedDict):
    """A row of the partner panel's licence list; days as ``YYYY-MM-DD``."""

    id: int
    email: str
    client: str
    kind: str
    """``Contratação`` or ``Experiência``."""
    starts: str
    expires: str
    situation: str
    """``Ativa``, ``Vencida`` or ``Cancelada``."""


class AboutRow(TypedDict):
    """How and when this sandbox was seeded, and its keys."""

    id: int
    seed: int
    started_at: Stamp
    keys: dict[str, str]


def no_stats() -> StatsRow:
    """Stats of a ticket on which nothing happened yet."""
    return {
        "agent_responded_at": None,
        "requester_responded_at": None,
        "first_responded_at": None,
        "status_updated_at": None,
        "reopened_at": None,
        "resolved_at": None,
        "closed_at": None,
        "pending_since": None,
    }
