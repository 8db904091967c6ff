"""Which addresses are of this very machine. Light to import: settings are checked before any client is."""

import ipaddress
from enum import StrEnum
from urllib.parse import urlsplit

_OWN = tuple(
    ipaddress.ip_network(network)
    for network in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "fc00::/7",
        "fe80::/10",
    )
)
"""Networks that no router of the internet leads to."""


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


class Destination(StrEnum):
    """Where what is sent ends up."""

    LOCAL = "local"
    """This machine, or a network of one's own."""
    EXTERNAL = "externo"


def destination(url: str) -> Destination:
    """Tell where ``url`` leads, without asking a resolver: only a loopback or private address is local."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return Destination.EXTERNAL
    if is_loopback(host):
        return Destination.LOCAL
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return Destination.EXTERNAL
    return Destination.LOCAL if any(address in network for network in _OWN) else Destination.EXTERNAL
