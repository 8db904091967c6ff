"""``plantao servicos --explicar``: what was asked of each source, found on it, left out, and what decided."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from clients.models.feed import Feed
from clients.models.reading_report import Asked, Sought, SourceReading
from clients.models.service import Service, clock_off, standing
from clients.models.service_reading import CLOCK_TOLERANCE
from clients.models.text import safe_text
from widgets import phrases

from ..desk import Desk
from . import show
from .headless import at_the_desk, code_of, refreshed

_INDENT = "    "


def explain_services(as_json: bool) -> int:
    """Read the services once and print how, source by source. The exit code is that of `show_services`."""

    async def work(desk: Desk) -> int:
        await desk.connect()
        poller = desk.sources.services_poller(await desk.sources.remembered_services())
        feed = await refreshed(poller, "monitor", desk.clock)
        feed = replace(feed, items=standing(feed.items, desk.clock(), desk.longest_unchecked))
        readings = desk.sources.readings
        show.write(readings_json(readings, feed) if as_json else explanation(readings, feed))
        return code_of(feed)

    return at_the_desk(work)


def readings_json(readings: Iterable[SourceReading], feed: Feed[Service]) -> str:
    """The readings, each with the services that its source no longer shows."""
    rows = [
        {**reading.model_dump(mode="json"), "missing": [item.key for item in _missing(reading, feed)]}
        for reading in readings
    ]
    return show.as_json({"em": feed.as_of.isoformat() if feed.as_of else None, "fontes": rows})


def explanation(readings: Iterable[SourceReading], feed: Feed[Service]) -> str:
    """The readings as text, a paragraph each."""
    return "\n\n".join(safe_text("\n".join(_lines(reading, feed))) for reading in readings)


def _lines(reading: SourceReading, feed: Feed[Service]) -> Iterator[str]:
    outcome = phrases.counted(reading.services, "serviço", "serviços")
    yield f"{reading.name} ({reading.kind}): {'não lida' if reading.trouble else outcome}"
    if reading.trouble is not None:
        yield f"  ✖ {reading.trouble.title}: {reading.trouble.message}"
        if reading.trouble.way_out:
            yield f"{_INDENT}→ {reading.trouble.way_out}"
    yield "  O que foi pedido"
    for asked in reading.asked:
        yield f"{_INDENT}{asked.what}: {asked.address}"
        yield f"{_INDENT}  {_answer(asked)}"
    if reading.sought:
        yield "  O que foi procurado"
        yield from _columns(map(_sought, reading.sought))
    if reading.rows:
        yield f"  {phrases.counted(reading.rows, 'linha lida', 'linhas lidas')}"
    if reading.left_out:
        yield "  Deixado de fora"
        yield from _columns((phrases.number(each.count), each.what) for each in reading.left_out)
    if reading.judged:
        yield "  O que decidiu a situação"
        yield from _columns(
            (phrases.number(each.count), " ".join(phrases.state(each.state)), each.mark)
            for each in reading.judged
        )
    if gone := _missing(reading, feed):
        yield "  Não estão mais nesta fonte (desconhecidos por um dia)"
        yield from (f"{_INDENT}{item.client} · {item.service}" for item in gone)
    yield f"  Relógio: {_clock(reading)}"


def _answer(asked: Asked) -> str:
    told = [f"HTTP {asked.status}"] if asked.status is not None else []
    if asked.size is not None:
        told.append(f"{phrases.number(asked.size)} bytes")
    if asked.charset:
        doubt = f", ▲ {asked.doubt}" if asked.doubt else ""
        told.append(f"{asked.charset} ({asked.charset_from}{doubt})")
    told.append(f"{asked.seconds:.2f} s".replace(".", ","))
    return " · ".join([*told, *([f"✖ {asked.trouble}"] if asked.trouble else [])])


def _sought(sought: Sought) -> Sequence[str]:
    found = phrases.number(sought.found) if sought.found else "▲ nada"
    return sought.name, sought.place or "(sem coluna)", found


def _clock(reading: SourceReading) -> str:
    if reading.clock_ahead is None:
        return "a fonte não diz que horas são"
    ahead = timedelta(seconds=reading.clock_ahead)
    return f"▲ {clock_off(ahead)}" if abs(ahead) > CLOCK_TOLERANCE else "de acordo com o desta máquina"


def _missing(reading: SourceReading, feed: Feed[Service]) -> list[Service]:
    return [item for item in feed.items if item.missing_since is not None and reading.name in item.sources]


def _columns(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    table = [list(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        yield _INDENT + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
