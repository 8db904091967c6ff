"""A chamado with all that is known of it, line by line: the sheet, then each event and what it means."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from clients.models.chamado import Chamado, ChamadoEvent
from clients.models.late import is_overdue
from clients.models.licence import STATE_WORDS, LicenceCheck
from clients.models.lifecycle import MEANING, ChamadoStatus, Labels
from clients.models.text import safe_text
from clients.models.times import BRAZIL
from clients.models.tool_asks import TOOL_ASKS, client_machine

from .cells import Line, Piece, Tone
from .chamado_row import STATUSES, UNDERWAY
from .licence_line import MARKS
from .phrases import ago, date_time

_LABEL = 12
"""Cells of the names at the left."""
_BAR = Piece("  │ ", Tone.DIM)
"""Before what belongs to an event."""


def history_lines(chamado: Chamado, now: datetime, labels: Labels) -> Iterator[Line]:
    """Yield paragraphs, oldest event first; the last piece of each is what wraps."""
    yield from _head(chamado, now, labels)
    yield from _section("Ficha", _facts(chamado, now))
    yield from _section("Fluxo", _numbered(chamado.flow))
    yield from _section("Descrição", _text(chamado.description, Piece("  ")))
    yield from _section("Arquivos", ((Piece("  · "), Piece(name)) for name in chamado.files))
    yield from _section("Andamento", _events(chamado, now, labels))


def _head(chamado: Chamado, now: datetime, labels: Labels) -> Iterator[Line]:
    title = safe_text(chamado.title, multiline=False) or "(sem título)"
    yield (Piece(f"nº {chamado.number}  ", Tone.DIM), Piece(title, Tone.STRONG))
    glyph, tone = STATUSES.get(chamado.status, UNDERWAY)
    since = ago(chamado.since, now)
    yield (Piece(f"{glyph} ", tone), Piece(f"{labels[chamado.status]}, {since}", tone))
    yield (Piece("Para o cliente: ", Tone.DIM), Piece(MEANING[chamado.status]))


def _facts(chamado: Chamado, now: datetime) -> Iterator[Line]:
    tool = f"{chamado.tool.value} › {chamado.integration}" if chamado.integration else chamado.tool.value
    yield _fact("Cliente", chamado.licence_email)
    if chamado.licence is not None:
        yield _licence(chamado.licence, now)
    yield _fact("Ferramenta", tool)
    if chamado.tool in TOOL_ASKS:
        yield _fact("No cliente", client_machine(chamado.tool_version, chamado.tool_system))
    yield _fact("Notificar", "; ".join(chamado.notify) or "ninguém")
    opened = f"{chamado.author}, {date_time(chamado.created_at, now)}".lstrip(", ")
    yield _fact("Aberto por", opened)
    if chamado.ticket_id is not None:
        yield _fact("Ticket", f"#{chamado.ticket_id}")
    if chamado.deadline is not None:
        overdue = is_overdue(chamado, now.astimezone(BRAZIL).date())
        told = f"{chamado.deadline:%d/%m/%Y}"
        yield _fact("Prazo", f"▲ {told}, já passou" if overdue else told, Tone.BAD if overdue else Tone.PLAIN)
    if chamado.url:
        yield _fact("Onde testar", chamado.url, Tone.LINK)
    if chamado.version:
        yield _fact("Versão", chamado.version)


def _licence(check: LicenceCheck, now: datetime) -> Line:
    glyph, tone = MARKS[check.state]
    known = check.licence.client if check.licence else ""
    checked = f"{check.source}, {date_time(check.checked_at, now)}"
    told = " · ".join(filter(None, (f"{glyph} {STATE_WORDS[check.state]}", known, check.reason, checked)))
    return _fact("Licença", told, tone)


def _events(chamado: Chamado, now: datetime, labels: Labels) -> Iterator[Line]:
    for number, event in enumerate(chamado.events):
        if number:
            yield ()
        who = event.who or "—"
        yield (Piece(f"  {date_time(event.at, now)}  ", Tone.DIM), Piece(who, Tone.STRONG))
        yield from _what(event, labels)
        yield from _carried(event)
        yield from _text(event.comment, _BAR)


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


def _section(heading: str, lines: Iterable[Line]) -> Iterator[Line]:
    yield ()
    yield (Piece(heading, Tone.ACCENT),)
    told = tuple(lines)
    yield from told or ((Piece("  não informado", Tone.DIM),),)


def _fact(name: str, value: str, tone: Tone = Tone.PLAIN) -> Line:
    return (Piece(f"  {name:<{_LABEL}}", Tone.DIM), Piece(safe_text(value, multiline=False) or "—", tone))


def _numbered(steps: Iterable[str]) -> Iterator[Line]:
    for number, step in enumerate(steps, 1):
        yield (Piece(f"  {number}. ", Tone.DIM), Piece(safe_text(step, multiline=False)))


def _text(text: str, before: Piece) -> Iterator[Line]:
    for line in safe_text(text).split("\n") if text.strip() else ():
        yield (before, Piece(line))
