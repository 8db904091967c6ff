"""Attachments of a ticket, saved on this machine: all that can be, and why the others cannot."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clients.errors import PlantaoError
from clients.models.ticket import Attachment
from clients.models.ticket_view import TicketView

if TYPE_CHECKING:
    from clients.freshdesk import Freshdesk


@dataclass(frozen=True)
class Downloaded:
    """What became of the attachments."""

    saved: tuple[Path, ...]
    failed: tuple[tuple[str, str], ...]
    """Name of each file that was not saved, and why."""


def attachments_of(seen: TicketView) -> tuple[Attachment, ...]:
    """The ticket's own attachments, then those of its messages."""
    return (
        *seen.ticket.attachments,
        *(each for said in seen.conversations.items for each in said.attachments),
    )


async def download_all(
    freshdesk: "Freshdesk", ticket_id: int, attachments: Sequence[Attachment], folder: Path
) -> Downloaded:
    """Save ``attachments`` in a folder of the ticket's below ``folder``; one that fails stops no other."""
    saved: list[Path] = []
    failed: list[tuple[str, str]] = []
    for attachment in attachments:
        try:
            saved.append(await freshdesk.download(ticket_id, attachment.id, folder / f"ticket-{ticket_id}"))
        except PlantaoError as error:
            failed.append((attachment.name, error.message))
    return Downloaded(tuple(saved), tuple(failed))
