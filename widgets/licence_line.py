"""What is known of a licence, in one line: state, source and time of the check (C3)."""

from datetime import datetime

from textual.content import Content

from clients.models.licence import STATE_WORDS, LicenceCheck, LicenceState

from .cells import Tone
from .phrases import date_time
from .tone_styles import STYLES

MARKS: dict[LicenceState, tuple[str, Tone]] = {
    LicenceState.VALID: ("●", Tone.GOOD),
    LicenceState.TRIAL: ("▲", Tone.WARN),
    LicenceState.EXPIRED: ("✖", Tone.BAD),
    LicenceState.NOT_FOUND: ("✖", Tone.BAD),
    LicenceState.UNCHECKED: ("?", Tone.WARN),
}
"""Glyph and tone of each result."""


def licence_line(check: LicenceCheck, now: datetime) -> Content:
    """Glyph and word, the client and until when; then who said so, and when."""
    glyph, tone = MARKS[check.state]
    facts = []
    if check.licence is not None:
        facts.append(check.licence.client)
        if not check.licence.active:
            facts.append("inativa no painel")
        elif check.licence.expires is not None:
            facts.append(f"até {check.licence.expires:%d/%m/%Y}")
    facts.append(check.reason)
    known = " · ".join(fact for fact in facts if fact)
    return Content.assemble(
        (f"{glyph} {STATE_WORDS[check.state]}", STYLES[tone]),
        f" · {known}" if known else "",
        (f" · {check.source}, {date_time(check.checked_at, now)}", "$foreground-muted"),
    )
