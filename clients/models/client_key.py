"""By what a client is looked up, however its name is written."""

from .text import fold


def client_key(client: str) -> str:
    """Return ``client`` without accents, case and blanks that do not count."""
    return " ".join(fold(client).split())
