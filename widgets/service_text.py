"""All that is known of one service, as a sheet; the list has no room for it."""

from collections.abc import Iterator
from datetime import datetime

from textual.content import Content

from clients.models.service import Service, ServiceState

from . import phrases
from .cells import Tone
from .tone_styles import STYLES

STATE_TONES = {ServiceState.FAIL: Tone.BAD, ServiceState.UNKNOWN: Tone.WARN, ServiceState.OK: Tone.GOOD}


def service_text(service: Service, now: datetime) -> Content:
    """State, since when, when it was last checked, and the note in full."""
    rows = [
        Content.assemble((f"{name:<12}", "$foreground-muted"), value) for name, value in _facts(service, now)
    ]
    if remark := service.remark(now):
        rows += [Content(""), Content(remark)]
    return Content("\n").join(rows)


def _facts(service: Service, now: datetime) -> Iterator[tuple[str, Content]]:
    yield "Cliente", Content(service.client)
    yield "Serviço", Content(service.service)
    if service.kind:
        yield "Tipo", Content(service.kind)
    state = " ".join(phrases.state(service.state))
    yield "Situação", Content.styled(state, STYLES[STATE_TONES[service.state]])
    yield "Desde", _moment(service.since, now)
    yield "Verificado", _moment(service.last_check, now)


def _moment(at: datetime | None, now: datetime) -> Content:
    if at is None:
        return Content.styled("o monitoramento não diz", "$foreground-muted italic")
    return Content(f"{phrases.date_time(at, now)} · {phrases.ago(at, now)}")
