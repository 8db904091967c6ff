"""Time logged on a ticket (contract of Freshdesk §10)."""

from .base import Model, Moment
from .text import SafeText


class TimeEntry(Model):
    """A Freshdesk time entry; ``time_spent`` is "hh:mm" and its hours may exceed 24."""

    id: int
    ticket_id: int = 0
    agent_id: int | None = None
    billable: bool = True
    note: SafeText | None = None
    timer_running: bool = False
    time_spent: str = "00:00"
    time_spent_in_seconds: int | None = None
    executed_at: Moment | None = None
