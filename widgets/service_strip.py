"""How a service has been over the last days, as one line of characters and the same in words."""

from datetime import datetime

from textual.content import Content

from clients.models.service import ServiceState
from clients.models.service_history import ServiceHistory

from .cells import Tone
from .tone_styles import STYLES

DAYS, PARTS = 7, 42
"""Each character is four hours of a week."""
_UNSEEN = ("·", Tone.DIM)
_MARKS = {
    ServiceState.OK: ("▁", Tone.GOOD),
    ServiceState.UNKNOWN: ("▒", Tone.WARN),
    ServiceState.FAIL: ("█", Tone.BAD),
}
_LEGEND = (("█", "falha"), ("▒", "desconhecido"), ("▁", "ok"), ("·", "não lido"))


def strip_text(history: ServiceHistory, now: datetime) -> Content:
    """The strip, what its characters mean, and the words for who does not read it."""
    marks = [
        _MARKS[state] if state is not None else _UNSEEN
        for state in history.strip(now, days=DAYS, width=PARTS)
    ]
    strip = Content.assemble(*((char, STYLES[tone]) for char, tone in marks))
    edge = Content.styled(f"{'há 7 dias':<{PARTS - 5}}agora", "$foreground-muted")
    legend = Content.styled("  ".join(f"{char} {word}" for char, word in _LEGEND), "$foreground-muted")
    return Content("\n").join((strip, edge, legend, Content(history.told(now, DAYS))))
