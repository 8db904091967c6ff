"""A chamado with all that is known of it, line by line: the sheet, then each event and what it means."""

from collections.abc import Iterator
from datetime import date, datetime

from clients.models.chamado import Chamado, ChamadoEvent
from clients.models.lifecycle import MEANING, ChamadoStatus, Labels

from .cells import Line, Piece, Tone
from .chamado_row import STATUSES, UNDERWAY
from .chamado_sheet import chamado_lines, section, text_lines
from .phrases import date_time

_BAR = Piece("  │ ", Tone.DIM)
"""Before what belongs to an event."""


def history_lines(chamado: Chamado, now: datetime, labels: Labels) -> Iterator[Line]:
    """Yield paragraphs, oldest event first; the last piece of each is what wraps."""
    yield from chamado_lines(chamado, now, labels)
    yield from section("Andamento", _events(chamado, now, labels))


def _events(chamado: Chamado, now: datetime, labels: Labels) -> Iterator[Line]:
    for number, event in enumerate(chamado.events):
        if number:
            yield ()
        who = event.who or "—"
        yield (Piece(f"  {date_time(event.at, now)}  ", Tone.DIM), Piece(who, Tone.STRONG))
        yield from _what(event, labels)
        yield from _carried(event)
        yield from text_lines(event.comment, _BAR)


def _what(event: ChamadoEvent, labels: Labels) -> Iterator[Line]:
    glyph, tone = STATUSES.get(event.status, UNDERWAY)
    if event.before is event.status:
        yield (_BAR, Piece("comentou", Tone.DIM))
        return
    way = f"{labels[event.before]} → " if event.before is not None else ""
    yield (_BAR, Piece(way, Tone.DIM), Piece(f"{glyph} {labels[event.status]}", tone))
    yield (_BAR, Piece(_means(event.status), Tone.DIM))


def _means(status: ChamadoStatus) -> str:
    return f"para o cliente: {MEANING[status]}"


def _carried(event: ChamadoEvent) -> Iterator[Line]:
    if event.duplicate_of is not None:
        yield (_BAR, Piece("Duplicado  ", Tone.DIM), Piece(f"do nº {event.duplicate_of}"))
    if event.deadline is not None:
        yield (_BAR, Piece("Prazo  ", Tone.DIM), Piece(_day(event.deadline)))
    if event.url:
        yield (_BAR, Piece("Onde testar  ", Tone.DIM), Piece(event.url, Tone.LINK))
    if event.version:
        yield (_BAR, Piece("Versão  ", Tone.DIM), Piece(event.version))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
