"""R15: no ticket without a public answer, be it that it is being looked into."""

from collections.abc import Iterable

from ..conversation import Conversation, Voice
from ..ticket import Ticket


def unanswered(ticket: Ticket, conversations: Iterable[Conversation] | None = None) -> bool:
    """Tell whether a ticket that is open has no public answer by us.

    The messages decide where they were read; else the ticket's times do (`Ticket.answered`), as in the
    queue's view *sem resposta*. A note is no answer, and neither is a reply whose mail came back.
    """
    if not ticket.is_open:
        return False
    if conversations is None:
        return not ticket.answered
    return not any(said.voice is Voice.REPLY and not said.bounced for said in conversations)
