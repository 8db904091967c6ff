"""A walk written to a file of the analyst's own, beside what is downloaded from tickets."""

from pathlib import Path

from clients.models.times import BRAZIL
from clients.models.walk import Walk
from clients.models.walk_export import walk_markdown

from .text_file import write_text


def write_walk(walk: Walk, folder: Path) -> Path:
    """Write ``walk`` as Markdown into a new file (0600) in ``folder``; StoreError where that fails."""
    begun = f"{walk.begun_at.astimezone(BRAZIL):%Y-%m-%d-%H%M}"
    name = f"roteiro {walk.runbook.id} {walk.client} {begun}.md".replace(" ", "-")
    return write_text(walk_markdown(walk), folder, name)
