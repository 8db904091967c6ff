"""Whether a page came whole. A server that gives up in the middle sends half a table with status 200."""

from collections import Counter
from html.parser import HTMLParser

_TAIL = 2_000
_CONTAINERS = frozenset("table div section main article ul ol dl form select script style".split())
"""What has to be closed by its own tag; a page may leave out many others, ``</html>`` among them."""


def broken_off(html: str) -> str:
    """Return why a page cannot be whole, in Portuguese; empty where nothing speaks against it."""
    if "</html" in html[-_TAIL:].casefold() or "</body" in html[-_TAIL:].casefold():
        return ""
    if html.rfind("<") > html.rfind(">"):
        return "termina no meio de uma marca"
    counter = _Counter()
    counter.feed(html)
    counter.close()
    unclosed = next((tag for tag, count in counter.open.items() if count > 0), None)
    return f"termina sem </{unclosed}>" if unclosed else ""


class _Counter(HTMLParser):
    """Counts what is opened and not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _CONTAINERS:
            self.open[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _CONTAINERS:
            self.open[tag] -= 1
