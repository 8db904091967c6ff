"""A chamado as it will be read by whoever does the triagem, for what Textual lays out."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from textual.content import Content

from clients.models.chamado import Chamado, ChamadoDraft
from clients.models.licence import LicenceCheck
from clients.models.lifecycle import Labels

from .cells import Line
from .chamado_history import history_lines
from .chamado_sheet import draft_lines
from .tone_styles import STYLES


def draft_text(draft: ChamadoDraft, licence: LicenceCheck | None, now: datetime) -> Content:
    """As `draft_lines`."""
    return _text(draft_lines(draft, licence, now))


def chamado_text(chamado: Chamado, now: datetime, labels: Labels) -> Content:
    """As `history_lines`."""
    return _text(history_lines(chamado, now, labels))


def _text(lines: Iterable[Line]) -> Content:
    return Content("\n").join(Content("").join(_pieces(line)) for line in lines)


def _pieces(line: Line) -> Iterator[Content]:
    """Without the indent: what Textual wraps goes on at the margin."""
    for at, piece in enumerate(line):
        text = piece.text if at else piece.text.removeprefix("  ")
        yield Content.styled(text, STYLES[piece.tone])
