"""A text written to a file of the analyst's own, beside what is downloaded from tickets."""

from pathlib import Path

from clients.errors import StoreError
from clients.freshdesk_files import create
from clients.os_faults import os_fault


def write_text(text: str, folder: Path, name: str) -> Path:
    """Write ``text`` into a new file (0600) of that name in ``folder``; StoreError where that fails."""
    path, file = create(folder, name)
    try:
        with file:
            file.write(text.encode("utf-8", "replace"))
    except OSError as error:
        path.unlink(missing_ok=True)
        raise StoreError(f"{path}: {os_fault(error)}") from None
    return path
