"""What is known of a licence, in one line: state, source and time of the check (C3)."""

from datetime import datetime

from textual.content import Content

from clients.models.licence import LicenceCheck, LicenceState
from clients.models.zone import BRAZIL

from .cells import Tone
from .tone_styles import STYLES

WORDS: dict[LicenceState, tuple[str, str, Tone]] = {
    LicenceState.VALID: ("●", "válida", Tone.GOOD),
    LicenceState.TRIAL: ("▲", "experiência", Tone.WARN),
    LicenceState.EXPIRED: ("✖", "vencida", Tone.BAD),
    LicenceState.NOT_FOUND: ("✖", "não encontrada", Tone.BAD),
    LicenceState.UNCHECKED: ("?", "não verificada", Tone.WARN),
}
"""Glyph, word and tone of each result."""


def local(moment: datetime, pattern: str = "%d/%m %H:%M") -> str:
    """The moment as it is read in Brasília, whatever the jump host's zone."""
    return moment.astimezone(BRAZIL).strftime(pattern)


def licence_word(check: LicenceCheck | None) -> Content:
    """Glyph and word alone."""
    if check is None:
        return Content.styled("○ não conferida", "$foreground-muted")
    glyph, word, tone = WORDS[check.state]
    return Content.styled(f"{glyph} {word}", STYLES[tone])


def licence_line(check: LicenceCheck) -> Content:
    """Glyph and word, the client and until when; then who said so, and when."""
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
        licence_word(check),
        f" · {known}" if known else "",
        (f" · {check.source}, {local(check.checked_at)}", "$foreground-muted"),
    )
