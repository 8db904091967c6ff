"""Numbers of payment cards, told from other long numbers by how they begin and by their check digit."""

import re
from collections.abc import Iterator

from ..folded import Span

_BEGINS = r"(?<!\w)(?<!\w[-/])(?=2[2-7]|3[04-9]|[456])"
_ENDS = r"(?![\w/])(?!-\w)"
_PATTERNS = tuple(
    re.compile(f"{_BEGINS}{written}{_ENDS}", re.ASCII)
    for written in (
        r"\d{13,19}",
        r"\d{4}([ \xa0.-])\d{4}\1\d{4}\1\d{4}",
        r"\d{4}([ \xa0.-])\d{4}\1\d{4}\1\d{4}\1\d{3}",
        r"\d{4}([ \xa0.-])\d{6}\1\d{4,5}",
    )
)


def cards(text: str) -> Iterator[Span]:
    """Yield where the number of a card stands."""
    from stdnum import luhn

    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if luhn.is_valid(re.sub(r"\D", "", match[0])):
                yield match.span()
