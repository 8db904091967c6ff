"""What a write does to a ticket's stats. Rows are never edited: each step gives a new one."""

from ..rows import Stamp, TicketRow

OPEN, PENDING, RESOLVED, CLOSED, WAITING_CLIENT = 2, 3, 4, 5, 6


def touched(ticket: TicketRow, now: Stamp) -> TicketRow:
    """The ticket, updated now."""
    return {**ticket, "updated_at": now}


def with_status(ticket: TicketRow, status: int, now: Stamp) -> TicketRow:
    """The ticket in another status; the same ticket if it is in that one already."""
    before = ticket["status"]
    if status == before:
        return ticket
    stats = {**ticket["stats"]}
    stats["status_updated_at"] = now
    stats["pending_since"] = now if status == PENDING else None
    if status in (RESOLVED, CLOSED):
        stats["resolved_at"] = stats["resolved_at"] or now
        stats["closed_at"] = now if status == CLOSED else None
    elif before in (RESOLVED, CLOSED):
        stats["reopened_at"], stats["resolved_at"], stats["closed_at"] = now, None, None
    return {**ticket, "status": status, "stats": stats, "updated_at": now}  # type: ignore[typeddict-item]


def agent_spoke(ticket: TicketRow, now: Stamp) -> TicketRow:
    """After a public word of the desk."""
    stats = {**ticket["stats"], "agent_responded_at": now}
    stats["first_responded_at"] = stats["first_responded_at"] or now
    return {**ticket, "stats": stats, "updated_at": now}  # type: ignore[typeddict-item]


def client_spoke(ticket: TicketRow, now: Stamp) -> TicketRow:
    """After a word of the client, which reopens what was waiting for it or done."""
    stats = {**ticket["stats"], "requester_responded_at": now}
    spoken: TicketRow = {**ticket, "stats": stats, "updated_at": now}  # type: ignore[typeddict-item]
    waiting = ticket["status"] in (PENDING, RESOLVED, CLOSED, WAITING_CLIENT)
    return with_status(spoken, OPEN, now) if waiting else spoken
