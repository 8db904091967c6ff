"""What the form says of chamados that may be about the same problem: which, since when, by which words."""

from datetime import datetime

from textual.content import Content

from clients.models.feed import Feed
from clients.models.similar import Similar
from clients.models.text import safe_text

from .similar_words import NOBODY_LOOKED, in_common, similar_lead, similar_title

BELOW_THE_TITLE = 2


def similar_line(similar: Similar, now: datetime, *, more: int = 0) -> Content:
    """``▲ parecido com o nº 12 (Triagem, há 2 d): <título> · em comum: pedido, salva``.

    One of the same ticket is told in stronger words; ``more`` are counted and not told.
    """
    words = "" if similar.same_ticket else in_common(similar)
    return Content.assemble(
        (similar_lead(similar, now, more=more), f"{'bold ' * similar.same_ticket}$text-warning"),
        f": {similar_title(similar)}",
        (f" · {words}" if words else "", "$foreground-muted"),
    )


def similar_note(found: Feed[Similar], now: datetime) -> Content | None:
    """What is said below the title; nothing where nothing is alike and the board was looked through."""
    more = max(0, len(found.items) - BELOW_THE_TITLE)
    shown = found.items[:BELOW_THE_TITLE]
    told = [similar_line(each, now, more=more if each is shown[-1] else 0) for each in shown]
    if found.trouble is not None:
        why = safe_text(found.trouble.message, multiline=False)
        told.append(Content.styled(f"{NOBODY_LOOKED}: {why}", "$foreground-muted"))
    return Content("\n").join(told) if told else None


def similar_warning(found: Feed[Similar], now: datetime) -> list[Content]:
    """What the last look says: the likest, and how many more; or that nobody looked."""
    if not found.items:
        note = similar_note(found, now)
        return [note] if note is not None else []
    return [similar_line(found.items[0], now, more=len(found.items) - 1)]
