"""All that is known of one service, as a sheet; the list has no room for it."""

from collections.abc import Iterator
from datetime import datetime

from textual.content import Content

from clients.models.service import Service
from clients.models.service_note import ServiceNote

from . import phrases
from .cells import Tone
from .service_known import FLAPPING, Known, state_tone
from .service_strip import strip_text
from .tone_styles import STYLES

_MUTED = STYLES[Tone.DIM]
_LABEL = 12
_NARROWEST = 16
"""Cells of a fact before a screen has any size."""


def service_text(
    service: Service, known: Known, notes: tuple[ServiceNote, ...], now: datetime, width: int
) -> Content:
    """The sheet, its week in signs and in words, and what was written of it, the newest first.

    Facts longer than a line of ``width`` cells go on under their beginning.
    """
    rows = [Content.styled(f"{service.client} · {service.service}", STYLES[Tone.STRONG])]
    facts = (*_facts(service, known, now), *_seen(notes, now))
    rows += [row for name, value in facts for row in _fact(name, value, width)]
    rows += [strip_text(known.history(service), now)]
    if notes:
        rows += [Content(""), Content.styled("Anotações", STYLES[Tone.ACCENT])]
        rows += [row for note in notes for row in _note(note, now)]
    return Content("\n").join(rows)


def in_one_line(service: Service, now: datetime) -> str:
    """Client, service, state and since when."""
    begun = f" desde {phrases.date_time(service.since, now)}" if service.since else ""
    return f"{service.client} · {service.service} · {phrases.state(service.state)[1]}{begun}"


def _fact(name: str, value: Content, width: int) -> Iterator[Content]:
    for number, line in enumerate(value.wrap(max(_NARROWEST, width - _LABEL))):
        yield Content.assemble((f"{'' if number else name:<{_LABEL}}", _MUTED), line)


def _facts(service: Service, known: Known, now: datetime) -> Iterator[tuple[str, Content]]:
    if service.kind:
        yield "Tipo", Content(service.kind)
    flaps = known.flaps(service, now)
    state = " ".join(phrases.state(service.state)) + (f", {' '.join(FLAPPING)}" if flaps else "")
    yield "Situação", Content.styled(state, STYLES[state_tone(service, flaps=flaps)])
    if note := known.acknowledgement(service, now):
        yield "Ciente", Content(f"{note.who}, {phrases.date_time(note.at, now)}")
    yield "Desde", _moment(service.since, now)
    yield "Verificado", _moment(service.last_check, now)
    for number, said in enumerate(_people(known, service, now)):
        yield "" if number else "No servidor", said
    if remark := service.remark(now):
        yield "Nota", Content(remark)


def _seen(notes: tuple[ServiceNote, ...], now: datetime) -> Iterator[tuple[str, Content]]:
    """The gist of what was seen last; all of it stands below."""
    if seen := next((note for note in notes if not note.acknowledges), None):
        yield "Visto", Content(f"{seen.gist} · {seen.who}, {phrases.date_time(seen.at, now)}")


def _people(known: Known, service: Service, now: datetime) -> Iterator[Content]:
    """Who is on the client's server, one each, and why that may not be all."""
    people = known.people_on(service)
    if people is None:
        yield Content.styled("não se sabe", STYLES[Tone.WARN])
    elif not people:
        yield Content("ninguém")
    for each in people or ():
        name = "você" if each.own else each.who
        since = f", {phrases.hour_minute(each.since)} · {phrases.ago(each.since, now)}" if each.since else ""
        said = "" if each.sure and each.since else f" “{each.said}”"
        yield Content(f"{name}{'' if each.sure else '?'}{said}{since}")
    if known.doubt:
        yield Content.styled(known.doubt, STYLES[Tone.WARN])


def _note(note: ServiceNote, now: datetime) -> Iterator[Content]:
    ending = " · ciente" if note.acknowledges else ""
    yield Content.styled(f"{phrases.date_time(note.at, now)} {note.who}{ending}", _MUTED)
    if note.text:
        yield Content(note.text)
    if note.excerpt:
        yield Content.styled(note.excerpt, _MUTED)
    for passed in note.passed:
        told = f"→ {passed.told}, {phrases.date_time(passed.at, now)} {passed.who}"
        yield Content.styled(told, STYLES[Tone.ACCENT])


def _moment(at: datetime | None, now: datetime) -> Content:
    if at is None:
        return Content.styled("o monitoramento não diz", "$foreground-muted italic")
    return Content(_at(at, now))


def _at(moment: datetime, now: datetime) -> str:
    return f"{phrases.date_time(moment, now)} · {phrases.ago(moment, now)}"
