"""Plain text on its way out as HTML, and telling whether a message that is there is the one we sent."""

import html
import re

from .html import html_to_text

_LINK_TARGET = re.compile(r"<https?://[^>\s]*>")


def to_html(text: str) -> str:
    """Return ``text`` as the HTML of a message: escaped, one ``<br>`` for each line break (contract §7.3)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    return f"<div>{'<br>'.join(html.escape(line) for line in lines)}</div>"


def same_message(sent: str, found: str) -> bool:
    """Whether ``found``, the readable text of a message, is ``sent``, the plain text that we wrote.

    Blank space is not compared, nor are the targets of links that the server made of addresses.
    """
    return _normalised(html_to_text(to_html(sent))) == _normalised(found)


def _normalised(text: str) -> str:
    return " ".join(_LINK_TARGET.sub(" ", text).split())
