"""A chamado that may be about the same problem, in one line: which, since when, and by which words."""

from datetime import datetime

from textual.content import Content

from clients.models.feed import Feed
from clients.models.lifecycle import LABELS
from clients.models.similar import Similar
from clients.models.text import safe_text

from .phrases import ago, counted

BELOW_THE_TITLE = 2
TITLE_SHOWN = 60


def similar_line(similar: Similar, now: datetime, *, more: int = 0) -> Content:
    """``▲ parecido com o nº 12 (Triagem, há 2 d): <título> · em comum: pedido, salva``.

    One of the same ticket is told in stronger words; ``more`` are counted and not told.
    """
    chamado = similar.chamado
    which = f"nº {chamado.number} ({LABELS[chamado.status]}, {ago(chamado.created_at, now)})"
    others = f", e mais {counted(more, 'parecido', 'parecidos')}" if more else ""
    if similar.same_ticket:
        return Content.assemble(
            (f"▲ Este ticket já tem o chamado {which}{others}", "bold $text-warning"),
            f": {shortened(chamado.title)}",
        )
    client = ", do mesmo cliente" if similar.same_client else ""
    words = safe_text(", ".join(similar.shared), multiline=False)
    return Content.assemble(
        (f"▲ parecido com o {which}{client}{others}", "$text-warning"),
        f": {shortened(chamado.title)}",
        (f" · em comum: {words}", "$foreground-muted"),
    )


def similar_note(found: Feed[Similar], now: datetime) -> Content | None:
    """What is said below the title; nothing where nothing is alike and the board was looked through."""
    more = max(0, len(found.items) - BELOW_THE_TITLE)
    shown = found.items[:BELOW_THE_TITLE]
    told = [similar_line(each, now, more=more if each is shown[-1] else 0) for each in shown]
    if found.trouble is not None:
        why = safe_text(found.trouble.message, multiline=False)
        told.append(Content.styled(f"? Não se sabe se há outros parecidos: {why}", "$foreground-muted"))
    return Content("\n").join(told) if told else None


def similar_warning(found: Feed[Similar], now: datetime) -> list[Content]:
    """What the last look says: the likest, and how many more; or that nobody looked."""
    if not found.items:
        note = similar_note(found, now)
        return [note] if note is not None else []
    return [similar_line(found.items[0], now, more=len(found.items) - 1)]


def shortened(title: str) -> str:
    """The beginning of a title that is known, or can be looked up."""
    return title if len(title) <= TITLE_SHOWN else f"{title[:TITLE_SHOWN].rstrip()}…"
