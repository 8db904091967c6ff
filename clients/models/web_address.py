"""What a web address is: said here once, for what is asked for, listed or made a link."""

import re
from urllib.parse import urlsplit

_LONGEST = 2_000
"""Characters; mail programs cut longer ones."""
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,10}\.?|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]{1,45}")
"""A name, also one of the house without a dot, or a number of either kind."""


def is_web_address(text: str) -> bool:
    """Tell whether ``text`` can be opened as it stands: http or https, a host, and nothing but the address.

    One with a login in it is none: what stands before the ``@`` makes it look like another's.
    """
    if len(text) > _LONGEST or not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = parts.scheme in ("http", "https") and parts.username is None and port != 0
    return plain and _HOST.fullmatch(host) is not None
