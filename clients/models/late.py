"""Chamados that nobody seems to be at: too long in one status, or past what was promised."""

from datetime import date, datetime, timedelta

from .chamado import Chamado
from .lifecycle import CLOSED, ChamadoStatus


def is_stuck(chamado: Chamado, now: datetime, days: int) -> bool:
    """Tell whether it has been in its status for ``days`` or more; what is closed may rest."""
    return chamado.status not in CLOSED and now - chamado.since >= timedelta(days=days)


def is_overdue(chamado: Chamado, today: date) -> bool:
    """Tell whether its deadline has passed before it was published."""
    done = chamado.status in CLOSED or chamado.status is ChamadoStatus.PUBLICADO
    return not done and chamado.deadline is not None and chamado.deadline < today
