"""Pieces of a list typed in one field, each with its place in the raw text."""

import re
import string
from dataclasses import dataclass

from ..folded import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry, trimmed, and where it stands."""

    text: str
    span: Span


def pieces(raw: str, separators: str, *, trim: str = "") -> tuple[Piece, ...]:
    """Split ``raw`` at any of the characters ``separators``; blanks and ``trim`` go from the ends."""
    blank = string.whitespace + "\u00a0" + trim
    found = []
    for match in re.finditer(f"[^{re.escape(separators)}]+", raw):
        text = match[0].lstrip(blank)
        start = match.end() - len(text)
        text = text.rstrip(blank)
        if text:
            found.append(Piece(text, (start, start + len(text))))
    return tuple(found)
