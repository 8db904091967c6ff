"""What a walk through a runbook leaves in the history of its service."""

from datetime import datetime

from .excerpt import log_end, masked
from .service import Service
from .service_note import ServiceNote
from .walk import Walk


def note_of_walk(walk: Walk, at: datetime, who: str) -> ServiceNote | None:
    """Return what was found on ``walk``, bounded and masked; None where nothing was written down.

    Its id is the walk's: kept again, it replaces itself.
    """
    found = walk.findings
    if not found:
        return None
    (text,) = masked((log_end(found),)).texts
    key = Service(client=walk.client, service=walk.service).key
    return ServiceNote(id=walk.id, key=key, at=at, who=who, text=f"{walk.runbook.title}\n{text}")
