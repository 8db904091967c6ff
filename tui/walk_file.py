"""A walk written to a file of the analyst's own, beside what is downloaded from tickets."""

from pathlib import Path

from clients.errors import StoreError
from clients.freshdesk_files import create
from clients.models.times import BRAZIL
from clients.models.walk import Walk
from clients.models.walk_export import walk_markdown
from clients.os_faults import os_fault


def write_walk(walk: Walk, folder: Path) -> Path:
    """Write ``walk`` as Markdown into a new file (0600) in ``folder``; StoreError where that fails."""
    begun = f"{walk.begun_at.astimezone(BRAZIL):%Y-%m-%d-%H%M}"
    path, file = create(folder, f"roteiro {walk.runbook.id} {walk.client} {begun}.md".replace(" ", "-"))
    try:
        with file:
            file.write(walk_markdown(walk).encode("utf-8", "replace"))
    except OSError as error:
        path.unlink(missing_ok=True)
        raise StoreError(f"{path}: {os_fault(error)}") from None
    return path
