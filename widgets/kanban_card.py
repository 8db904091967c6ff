"""One chamado as a card of four lines: number and age, the title on two, client and deadline."""

from datetime import datetime

from clients.models.chamado import Chamado
from clients.models.late import is_overdue, is_stuck
from clients.models.text import safe_text
from clients.models.times import BRAZIL

from .cells import Line, Piece, Tone, clip, justify, wrap
from .phrases import age


def draw_card(chamado: Chamado, width: int, now: datetime, stuck_days: int) -> tuple[Line, ...]:
    """Lay a card out. ▲ is said where it stands still for ``stuck_days``, and where its deadline passed."""
    return (
        justify((Piece(str(chamado.number), Tone.STRONG),), (_age(chamado, now, stuck_days),), width),
        *_title(chamado, width),
        justify((Piece(_client(chamado), Tone.DIM),), _deadline(chamado, now), width),
    )


def _age(chamado: Chamado, now: datetime, stuck_days: int) -> Piece:
    told = age(chamado.since, now)
    if is_stuck(chamado, now, stuck_days):
        return Piece(f"▲ parado há {told}", Tone.WARN)
    return Piece(told, Tone.DIM)


def _title(chamado: Chamado, width: int) -> tuple[Line, Line]:
    title = safe_text(chamado.title, multiline=False).strip() or "(sem título)"
    first, *rest = wrap(clip(title, 4 * width), width)
    return (Piece(first),), (Piece(clip(" ".join(rest), width)),)


def _client(chamado: Chamado) -> str:
    known = chamado.licence.licence.client if chamado.licence and chamado.licence.licence else ""
    return safe_text(known or chamado.licence_email, multiline=False) or "—"


def _deadline(chamado: Chamado, now: datetime) -> Line:
    if chamado.deadline is None:
        return ()
    overdue = is_overdue(chamado, now.astimezone(BRAZIL).date())
    told = f"{chamado.deadline:%d/%m}"
    return (Piece(f"▲ {told}", Tone.BAD) if overdue else Piece(told, Tone.DIM),)
