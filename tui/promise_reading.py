"""What the team wrote to clients, read as far as it was not read here: promises are looked for in it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from clients.models.promise_times import FURTHEST
from clients.models.ticket import Ticket

if TYPE_CHECKING:
    from .desk import Desk

MOST_READ = 20
"""Conversations that are read at one go: each costs a request of the whole account's limit."""


async def unread(desk: "Desk", tickets: Iterable[Ticket]) -> tuple[Ticket, ...]:
    """Those of ``tickets`` that somebody of us answered since they were last read here, the latest first.

    What was answered longer than `FURTHEST` ago promises nothing any more.
    """
    since = desk.clock() - FURTHEST
    answered = sorted(
        (
            (ticket.stats.agent_responded_at, ticket.id, ticket)
            for ticket in tickets
            if ticket.stats is not None and ticket.stats.agent_responded_at is not None
        ),
        reverse=True,
    )
    known = await desk.disk(desk.local.cache.conversations_read, [number for _, number, _ in answered])
    return tuple(
        ticket
        for at, number, ticket in answered
        if at > since and (number not in known or known[number] < at)
    )


async def read_answered(desk: "Desk", tickets: Iterable[Ticket]) -> None:
    """Read up to `MOST_READ` of those that are `unread`. Raises RemoteError."""
    if desk.freshdesk is None:
        return
    for ticket in (await unread(desk, tickets))[:MOST_READ]:
        said = await desk.freshdesk.conversations(ticket.id)
        await desk.disk(desk.local.cache.keep_messages, ticket.id, said, desk.clock())
