"""The log: warnings of the libraries, in a file that only its owner reads, with no secret in it."""

import logging
from logging.handlers import RotatingFileHandler

from clients.errors import StoreError
from clients.os_faults import os_fault
from clients.redaction import redact

from .settings import Settings

LIMIT = 500_000
"""Bytes; then the file makes way for a new one and one old one is kept."""


def start_log(settings: Settings) -> None:
    """Send what is logged from now on to ``registro.log`` in the state folder (0600 by the umask).

    Without it Python would print warnings on stderr, in the middle of the screen.
    """
    folder = settings.state_folder
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "registro.log", maxBytes=LIMIT, backupCount=1, encoding="utf-8"
        )
    except OSError as error:
        raise StoreError(f"{folder}: {os_fault(error)}") from error
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    redact(settings.secrets(), [handler])
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
