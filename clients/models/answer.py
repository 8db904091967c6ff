"""What the analyst is about to say on a ticket."""

from enum import StrEnum
from pathlib import Path

from .base import Model


class Kind(StrEnum):
    """To whom: the client reads a reply, a note never leaves the house."""

    REPLY = "reply"
    NOTE = "note"


class Answer(Model):
    """A reply or a note as it will be sent: plain text, which the client turns into HTML."""

    ticket_id: int
    kind: Kind
    text: str
    cc: tuple[str, ...] = ()
    """E-mail addresses that get a copy; a note has none."""
    attachments: tuple[Path, ...] = ()
    validates: str = ""
    """Id of the chamado that its reader is asked to validate."""


class Request(Model):
    """A reply that is ready, before anybody changed it."""

    chamado_id: str = ""
    """The chamado that it asks to validate; empty where it asks for none."""
    text: str
