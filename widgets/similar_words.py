"""A chamado that may be about the same problem, in words: for the form and for the command line."""

from datetime import datetime

from clients.models.lifecycle import LABELS, Labels
from clients.models.similar import Similar
from clients.models.text import safe_text

from .phrases import ago, counted

TITLE_SHOWN = 60
NOBODY_LOOKED = "? Não se sabe se há outros parecidos"


def similar_lead(similar: Similar, now: datetime, *, more: int = 0, labels: Labels = LABELS) -> str:
    """``▲ parecido com o nº 12 (Triagem, há 2 d), do mesmo cliente``; ``more`` are counted and not told."""
    chamado = similar.chamado
    which = f"nº {chamado.number} ({labels[chamado.status]}, {ago(chamado.created_at, now)})"
    others = f", e mais {counted(more, 'parecido', 'parecidos')}" if more else ""
    if similar.same_ticket:
        return f"▲ Este ticket já tem o chamado {which}{others}"
    client = ", do mesmo cliente" if similar.same_client else ""
    return f"▲ parecido com o {which}{client}{others}"


def similar_title(similar: Similar) -> str:
    """The beginning of its title: the rest is in the list of chamados."""
    title = similar.chamado.title
    return title if len(title) <= TITLE_SHOWN else f"{title[:TITLE_SHOWN].rstrip()}…"


def in_common(similar: Similar) -> str:
    """By which words it was found."""
    return f"em comum: {safe_text(', '.join(similar.shared), multiline=False)}" if similar.shared else ""
