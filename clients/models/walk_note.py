"""What a walk through a runbook leaves in the history of its service."""

from datetime import datetime

from .excerpt import log_end, masked
from .service import Service
from .service_note import ServiceNote, first_line
from .walk import Walk


def note_of_walk(walk: Walk, before: ServiceNote | None, at: datetime, who: str) -> ServiceNote | None:
    """Return what was found on ``walk``, bounded and masked; None where nothing was written down.

    It has the walk's id, and what was found last as its gist. ``before`` is that note as it is kept already,
    where some of it was passed on: what the analyst made of it stays, and what is not in it yet is added.
    """
    if not walk.findings:
        return before
    found, last = masked((log_end(walk.findings), first_line(walk.conclusion))).texts
    if before is None:
        key = Service(client=walk.client, service=walk.service).key
        return ServiceNote(id=walk.id, key=key, at=at, who=who, text=found, headline=last)
    parts = found.split("\n\n")
    text = "\n\n".join((before.text, *(part for part in parts if part not in before.text)))
    as_found = before.gist in map(first_line, parts)
    return before.model_copy(update={"text": text, "headline": last if as_found else before.headline})
