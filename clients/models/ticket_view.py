"""A ticket with everything that is shown beside it."""

from dataclasses import dataclass, field

from .conversation import Conversation
from .feed import Feed
from .task import Task
from .ticket import Ticket


@dataclass(frozen=True)
class TicketView:
    """One ticket as the preview shows it. The feeds say for themselves how old and how complete they are."""

    ticket: Ticket
    conversations: Feed[Conversation] = field(default_factory=Feed)
    """Oldest first; the ticket's own text is message zero and not among them."""
    tasks: Feed[Task] = field(default_factory=Feed)
    """Redmine tasks that name the ticket."""
