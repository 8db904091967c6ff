"""What was said on a ticket, to the client or among ourselves (contract of Freshdesk §7)."""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import model_validator

from .base import Model, Moment, Nullable
from .html import html_to_text
from .text import SafeMultiline, SafeText
from .ticket import Attachment


class Voice(StrEnum):
    """Who speaks to whom; told by ``incoming`` and ``private``, since ``source`` is an open set."""

    CLIENT = "client"
    REPLY = "reply"
    NOTE = "note"


class Conversation(Model):
    """One message. The ticket's own description is message zero and is not among them."""

    id: int
    ticket_id: int = 0
    user_id: int | None = None
    incoming: bool = False
    private: bool = False
    source: int = 0
    text: SafeMultiline = ""
    """Readable text made from the HTML ``body``; the wire's ``body_text`` loses its line breaks."""
    support_email: SafeText | None = None
    from_email: SafeText | None = None
    to_emails: Nullable[SafeText] = ()
    cc_emails: Nullable[SafeText] = ()
    email_failure_count: int | None = None
    """Above zero on a reply that bounced."""
    attachments: Nullable[Attachment] = ()
    created_at: Moment
    updated_at: Moment

    @model_validator(mode="before")
    @classmethod
    def _read_html(cls, wire: object) -> object:
        if isinstance(wire, Mapping) and "body" in wire:
            return {**wire, "text": html_to_text(wire["body"])}
        return wire

    @property
    def voice(self) -> Voice:
        """Who speaks to whom. A private message is a note, whoever wrote it."""
        if self.private:
            return Voice.NOTE
        return Voice.CLIENT if self.incoming else Voice.REPLY

    @property
    def bounced(self) -> bool:
        """Whether the mail of this reply came back."""
        return bool(self.email_failure_count)
