"""What a proposal does not know, out of its text and onto a list of questions.

The form's rules take a filled heading for an answer: "[não informado]" left in the text would let a chamado
leave with a hole in it.
"""

import re
from dataclasses import dataclass

from .headings import ASKED, heading_of

_GAP = re.compile(r"\[\s*n[ãa]o\s+informad[oa]s?\b\s*[:–-]?\s*([^\]\n]{0,300})\]", re.IGNORECASE)
_NOTHING = re.compile(r"[\s.;,:()\d*•–-]*")


@dataclass(frozen=True)
class Proposal:
    """Another text for a description."""

    text: str
    questions: tuple[str, ...] = ()
    """What nobody wrote yet, to be answered by whoever knows."""


def without_gaps(text: str) -> Proposal:
    """Take ``[não informado: …]`` out of ``text``, with the headings that have nothing else below them."""
    lines: list[str] = []
    questions: list[str] = []
    heading = ""
    for line in text.split("\n"):
        headed = heading_of(line)
        heading = headed[0] if headed else heading
        asked = [gap.strip(" .") for gap in _GAP.findall(line)]
        questions += [gap or ASKED.get(heading, "o que falta") for gap in asked]
        rest = _GAP.sub("", line).rstrip() if asked else line
        said = rest[headed[1] :] if headed else rest
        if asked and not headed and _NOTHING.fullmatch(said):
            continue
        lines.append(line[: headed[1]].rstrip() if headed and asked and _NOTHING.fullmatch(said) else rest)
    return Proposal("\n".join(_without_empty(lines)).strip(), tuple(dict.fromkeys(questions)))


def _without_empty(lines: list[str]) -> list[str]:
    """Drop the template's headings that stand alone."""
    kept: list[str] = []
    nothing_below = True
    for line in reversed(lines):
        headed = heading_of(line)
        if headed and nothing_below and not line[headed[1] :].strip():
            continue
        kept.append(line)
        if line.strip():
            nothing_below = headed is not None
    return kept[::-1]
