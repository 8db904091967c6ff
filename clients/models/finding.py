"""What a check has to say about a text: where, why, and one example of a mend."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs."""

    BLOCK = "block"
    """Cannot be sent like this."""
    WARN = "warn"
    """Likely to be reproved; the analyst decides."""
    HINT = "hint"
    """A suggestion."""


@dataclass(frozen=True)
class Finding:
    """One remark of one rule on one field."""

    rule: str
    """Stable id, such as ``titulo.generico``."""
    field: str
    """What it is about: a field of `ChamadoDraft`, or ``text`` of an answer, ``conversation``, ``time``,
    the ``proposal`` of another description."""
    severity: Severity
    message: str
    """What is wrong and what to do, in Portuguese."""
    example: str = ""
    """One example of a mend."""
    span: tuple[int, int] | None = None
    """Characters of the field's text that caused it."""
