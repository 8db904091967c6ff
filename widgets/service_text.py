"""All that is known of one service, as a sheet; the list has no room for it."""

from collections.abc import Iterator
from datetime import datetime

from textual.content import Content

from clients.models.server_talk import Occupant
from clients.models.service import Service
from clients.models.service_note import ServiceNote

from . import phrases
from .cells import Tone
from .service_known import FLAPPING, Known, state_tone
from .service_strip import strip_text
from .tone_styles import STYLES

_MUTED = STYLES[Tone.DIM]


def service_text(service: Service, known: Known, notes: tuple[ServiceNote, ...], now: datetime) -> Content:
    """The sheet, its week in signs and in words, and what was written of it, the newest first."""
    rows = [Content.styled(f"{service.client} · {service.service}", STYLES[Tone.STRONG])]
    rows += [Content.assemble((f"{name:<12}", _MUTED), value) for name, value in _facts(service, known, now)]
    rows += [strip_text(known.history(service), now)]
    if notes:
        rows += [Content(""), Content.styled("Anotações", STYLES[Tone.ACCENT])]
        rows += [row for note in notes for row in _note(note, now)]
    return Content("\n").join(rows)


def _facts(service: Service, known: Known, now: datetime) -> Iterator[tuple[str, Content]]:
    if service.kind:
        yield "Tipo", Content(service.kind)
    flaps = known.flaps(service, now)
    state = " ".join(phrases.state(service.state)) + (f", {' '.join(FLAPPING)}" if flaps else "")
    yield "Situação", Content.styled(state, STYLES[state_tone(service, flaps=flaps)])
    if note := known.acknowledgement(service):
        yield "Ciente", Content(f"{note.who}, {phrases.date_time(note.at, now)}")
    yield "Desde", _moment(service.since, now)
    yield "Verificado", _moment(service.last_check, now)
    yield from _people(known.people_on(service), known.doubt, now)
    if remark := service.remark(now):
        yield "Nota", Content(remark)


def _people(people: tuple[Occupant, ...] | None, doubt: str, now: datetime) -> Iterator[tuple[str, Content]]:
    """Who is on the client's server, one each; what was said where it may mean something else."""
    if people is None:
        yield "No servidor", Content.styled(f"não se sabe{f': {doubt}' if doubt else ''}", STYLES[Tone.WARN])
    elif not people:
        yield "No servidor", Content("ninguém")
    for number, each in enumerate(people or ()):
        name = "você" if each.own else each.who
        doubtful = "" if each.sure else f"? “{each.said}”"
        since = f"{phrases.hour_minute(each.since)} · {phrases.ago(each.since, now)}"
        yield "" if number else "No servidor", Content(f"{name}{doubtful}, {since}")


def _note(note: ServiceNote, now: datetime) -> Iterator[Content]:
    ending = " · ciente" if note.acknowledges else ""
    yield Content.styled(f"{phrases.date_time(note.at, now)} {note.who}{ending}", _MUTED)
    yield Content(note.text)


def _moment(at: datetime | None, now: datetime) -> Content:
    if at is None:
        return Content.styled("o monitoramento não diz", "$foreground-muted italic")
    return Content(_at(at, now))


def _at(moment: datetime, now: datetime) -> str:
    return f"{phrases.date_time(moment, now)} · {phrases.ago(moment, now)}"
