"""Freshdesk tickets, as the list, the view and the search answer them (contract of Freshdesk §5, §6)."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AliasChoices, BeforeValidator, Field, model_validator

from .base import Model, Moment, Nullable
from .html import html_to_text
from .text import SafeMultiline, SafeText, fold

OPEN, PENDING, RESOLVED, CLOSED = 2, 3, 4, 5
"""The four statuses that every account has; custom ones are 6 and above and count as open work."""

CustomValue = bool | int | float | SafeText | None
"""A custom field's value: decimals come as strings, and stay strings."""


MAX_TICKET_BYTES = 20_000_000
"""What Freshdesk takes over all attachments of a ticket, those already there included."""


class Attachment(Model):
    """A file of a ticket or a conversation."""

    id: int
    name: SafeText
    content_type: SafeText = ""
    size: int = Field(default=0, validation_alias=AliasChoices("size", "file_size"))
    """Bytes; the key's name differs between the reference and recordings."""
    attachment_url: str = Field(default="", repr=False, exclude=True)
    """Pre-signed and good for five minutes: never stored, never logged, fetched anew before a download."""


class Requester(Model):
    """The client's person who opened the ticket."""

    id: int
    name: SafeText = ""
    email: SafeText | None = None
    phone: SafeText | None = None
    mobile: SafeText | None = None


class Company(Model):
    """The client."""

    id: int
    name: SafeText = ""


class TicketStats(Model):
    """When things happened; present where ``include=stats`` was asked."""

    agent_responded_at: Moment | None = None
    requester_responded_at: Moment | None = None
    first_responded_at: Moment | None = None
    status_updated_at: Moment | None = None
    reopened_at: Moment | None = None
    resolved_at: Moment | None = None
    closed_at: Moment | None = None
    pending_since: Moment | None = None


class Turn(StrEnum):
    """Who owes the next word, told by reply timestamps and not by the status."""

    UNANSWERED = "unanswered"
    """Nobody has answered the client yet (R15)."""
    OURS = "ours"
    """The client spoke last."""
    CLIENT = "client"
    """We spoke last."""
    DONE = "done"
    """Resolved or closed."""


class Ticket(Model):
    """A ticket. ``text`` and ``attachments`` are there in the view only."""

    id: int
    subject: SafeText = ""
    type: SafeText | None = None
    status: int = OPEN
    priority: int = 1
    source: int = 2
    requester_id: int | None = None
    responder_id: int | None = None
    group_id: int | None = None
    company_id: int | None = None
    spam: bool = False
    deleted: bool = False
    tags: Nullable[SafeText] = ()
    cc_emails: Nullable[SafeText] = ()
    reply_cc_emails: Nullable[SafeText] = ()
    """Whom the last message had in copy: they go on reading."""
    custom_fields: Annotated[dict[str, CustomValue], BeforeValidator(lambda value: value or {})] = {}
    created_at: Moment
    updated_at: Moment
    due_by: Moment | None = None
    fr_due_by: Moment | None = None
    fr_escalated: bool | None = False
    is_escalated: bool | None = False
    text: SafeMultiline | None = None
    """Readable text of the HTML ``description``: message zero of the conversation."""
    attachments: Nullable[Attachment] = ()
    requester: Requester | None = None
    company: Company | None = None
    stats: TicketStats | None = None

    @model_validator(mode="before")
    @classmethod
    def _read_html(cls, wire: object) -> object:
        if isinstance(wire, Mapping) and "description" in wire:
            return {**wire, "text": html_to_text(wire["description"])}
        return wire

    @property
    def is_open(self) -> bool:
        """Whether work is left: neither resolved, closed, deleted nor spam."""
        return self.status not in (RESOLVED, CLOSED) and not self.deleted and not self.spam

    @property
    def answered(self) -> bool:
        """Whether the client ever had a public answer. Unknown (no stats) counts as answered."""
        return self.stats is None or bool(self.stats.first_responded_at or self.stats.agent_responded_at)

    @property
    def turn(self) -> Turn:
        """Whose turn it is."""
        if not self.is_open:
            return Turn.DONE
        if not self.answered:
            return Turn.UNANSWERED
        if self.stats is None:
            return Turn.CLIENT
        spoke = self.stats.requester_responded_at
        answered = self.stats.agent_responded_at or self.stats.first_responded_at
        return Turn.OURS if spoke and (answered is None or spoke > answered) else Turn.CLIENT

    @property
    def clock(self) -> datetime | None:
        """The deadline that runs: first response until somebody answered, then resolution."""
        if not self.is_open:
            return None
        return self.fr_due_by if not self.answered and self.fr_due_by else self.due_by

    @property
    def copied(self) -> tuple[str, ...]:
        """Who reads along: whom the last message had in copy, or else the ticket."""
        return self.reply_cc_emails or self.cc_emails

    @property
    def client(self) -> str:
        """Company name, or the requester's where there is no company."""
        if self.company and self.company.name:
            return self.company.name
        return self.requester.name if self.requester else ""

    def haystack(self, *labels: str) -> str:
        """Folded text that the queue's filter searches, with ``labels`` (status, owner) added."""
        requester = (self.requester.name, self.requester.email or "") if self.requester else ()
        words = (f"#{self.id}", self.subject, self.type or "", self.client, *requester, *self.tags, *labels)
        return fold(" ".join(words))
