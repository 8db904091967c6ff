"""What a client said on a ticket, to be carried into a task or a chamado."""

import re
from collections.abc import Sequence

from .conversation import Conversation, Voice
from .quoted import split_quote
from .ticket import Ticket

MAX_QUOTED = 1500
"""Characters of one message that are quoted; the rest is in the ticket."""
_REPLY_MARK = re.compile(r"^\s*(?:(?:re|res|fw|fwd|enc)\s*:|\[[^\]]{0,40}\])\s*", re.IGNORECASE)


def bare_subject(subject: str) -> str:
    """The subject without the marks that mail programs put before it."""
    while mark := _REPLY_MARK.match(subject):
        subject = subject[mark.end() :]
    return subject.strip()


def client_words(ticket: Ticket, conversations: Sequence[Conversation]) -> str:
    """Everything that the client wrote, oldest first, quoted; without what they quote of us."""
    said = [ticket.text or ""]
    said += [message.text for message in conversations if message.voice is Voice.CLIENT]
    return "\n\n".join(filter(None, map(_quote, said)))


def quoted(text: str) -> str:
    """One message of a client, quoted; without the mail below it, nor what it quotes of us."""
    return _quote(split_quote(text)[0])


def _quote(text: str) -> str:
    own = [line for line in text.splitlines() if not line.startswith(">")]
    words = "\n".join(own).strip()
    if len(words) > MAX_QUOTED:
        words = words[:MAX_QUOTED].rstrip() + " (continua no ticket)"
    return "\n".join(f"> {line}".rstrip() for line in words.splitlines())
