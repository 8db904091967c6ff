"""Which addresses are of this very machine. Light to import: settings are checked before any client is."""

import ipaddress
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine, told without asking a resolver."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"  # a name below it is whatever the machine's resolver says


def is_overheard(url: str) -> bool:
    """Whether what is sent to ``url`` can be read on the way: plain HTTP to another machine."""
    try:
        parts = urlsplit(url)
        return parts.scheme == "http" and not is_loopback(parts.hostname or "")
    except ValueError:
        return True
