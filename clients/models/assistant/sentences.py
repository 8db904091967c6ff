"""A text cut into sentences, none of them within what is quoted; nothing but blanks is lost in between."""

import re

_END = re.compile(r"[.!?…]+[\"”»’')\]]*\s+(?=[\"“«‘(\[]*[A-ZÀ-Ý0-9])")
_QUOTED = re.compile("[\"“«‘][^\"“”«»’\n]{1,500}[\"”»’]|(?<!\\w)'[^'\n]{1,500}'(?!\\w)|`[^`\n]{1,500}`")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:n[º°o]?|sr|sra|dr|dra|ex|obs|tel|cel|art|pág|pag|etc|vs|min|máx|[A-Z])\.\s*$",
    re.IGNORECASE,
)

_LOOK_BACK = 16
_NUMBERED = re.compile(r"(?:^|[.!?:;…])\s*\(?\d{1,3}\.\s*$")
"""The number of a step, which ends nothing."""


def sentences(line: str) -> list[str]:
    """Return the sentences of one line, without the blanks around them."""
    quoted = [match.span() for match in _QUOTED.finditer(line)]
    found, start = [], 0
    for end in _END.finditer(line):
        if any(first < end.start() and end.end() < last for first, last in quoted):
            continue
        before = line[max(0, end.start() - _LOOK_BACK) : end.end()]
        if _ABBREVIATED.search(before) or _NUMBERED.search(before):
            continue
        found.append(line[start : end.end()].strip())
        start = end.end()
    found.append(line[start:].strip())
    return [sentence for sentence in found if sentence]
