"""The sheet of a chamado, line by line: the same before it is sent and afterwards, in a list or on a page."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from clients.models.chamado import Chamado, ChamadoDraft, convert_flow, convert_notify, split_list
from clients.models.late import is_overdue
from clients.models.licence import LicenceCheck
from clients.models.lifecycle import MEANING, Labels
from clients.models.text import safe_text
from clients.models.times import BRAZIL
from clients.models.tool_asks import TOOL_ASKS, ToolDetails, client_machine, tool_details

from .cells import Line, Piece, Tone
from .chamado_row import STATUSES, UNDERWAY
from .licence_line import MARKS, licence_line
from .phrases import ago, date_time

_LABEL = 12
"""Cells of the names at the left."""
_MISSING = Piece("não informado", Tone.DIM)
_NOBODY = "ninguém"


def draft_lines(draft: ChamadoDraft, licence: LicenceCheck | None, now: datetime) -> Iterator[Line]:
    """Yield the draft as it will be sent, boards take the lists converted; of each the last piece wraps."""
    yield (Piece(_titled(draft.title), Tone.STRONG),)
    facts = [
        *_client(draft.licence_email, licence, now),
        *_tool(draft.tool, tool_details(draft)),
        _fact("Notificar", convert_notify(draft.notify) or _NOBODY),
        *_ticket(draft.ticket_id),
    ]
    files = [line.strip() for line in draft.files.splitlines() if line.strip()]
    yield from _body(facts, split_list(convert_flow(draft.flow)), draft.description, files)


def chamado_lines(chamado: Chamado, now: datetime, labels: Labels) -> Iterator[Line]:
    """Yield all its fields, its status and what that means; of each the last piece wraps."""
    yield (Piece(f"nº {chamado.number}  ", Tone.DIM), Piece(_titled(chamado.title), Tone.STRONG))
    glyph, tone = STATUSES.get(chamado.status, UNDERWAY)
    since = ago(chamado.since, now)
    yield (Piece(f"{glyph} ", tone), Piece(f"{labels[chamado.status]}, {since}", tone))
    yield (Piece("Para o cliente: ", Tone.DIM), Piece(MEANING[chamado.status]))
    told = ToolDetails(chamado.integration, chamado.tool_version, chamado.tool_system)
    opened = f"{chamado.author}, {date_time(chamado.created_at, now)}".lstrip(", ")
    facts = [
        *_client(chamado.licence_email, chamado.licence, now),
        *_tool(chamado.tool.value, told),
        _fact("Notificar", "; ".join(chamado.notify) or _NOBODY),
        _fact("Aberto por", opened),
        *_ticket(chamado.ticket_id),
        *_carried(chamado, now),
    ]
    yield from _body(facts, chamado.flow, chamado.description, chamado.files)


def section(heading: str, lines: Iterable[Line]) -> Iterator[Line]:
    """Yield ``lines`` below their heading, or that there are none."""
    yield ()
    yield (Piece(heading, Tone.ACCENT),)
    yield from tuple(lines) or ((Piece("  "), _MISSING),)


def text_lines(text: str, before: Piece) -> Iterator[Line]:
    """Yield each line of ``text`` after ``before``."""
    for line in safe_text(text).split("\n") if text.strip() else ():
        yield (before, Piece(line))


def _titled(title: str) -> str:
    return safe_text(title, multiline=False) or "(sem título)"


def _body(
    facts: Iterable[Line], flow: Sequence[str], description: str, files: Sequence[str]
) -> Iterator[Line]:
    yield from section("Ficha", facts)
    yield from section("Fluxo", _numbered(flow))
    yield from section("Descrição", text_lines(description, Piece("  ")))
    yield from section("Arquivos", ((Piece("  · "), Piece(safe_text(x, multiline=False))) for x in files))


def _client(email: str, check: LicenceCheck | None, now: datetime) -> Iterator[Line]:
    yield _fact("Cliente", email)
    if check is not None:
        yield _fact("Licença", licence_line(check, now).plain, MARKS[check.state][1])


def _tool(tool: str, told: ToolDetails) -> Iterator[Line]:
    yield _fact("Ferramenta", f"{tool} › {told.integration}" if told.integration else tool)
    if tool in TOOL_ASKS:
        yield _fact("No cliente", client_machine(told.version, told.system))


def _ticket(ticket_id: int | None) -> Iterator[Line]:
    if ticket_id is not None:
        yield _fact("Ticket", f"#{ticket_id}")


def _carried(chamado: Chamado, now: datetime) -> Iterator[Line]:
    """What the moves brought along."""
    if chamado.deadline is not None:
        overdue = is_overdue(chamado, now.astimezone(BRAZIL).date())
        told = f"{chamado.deadline:%d/%m/%Y}"
        yield _fact("Prazo", f"▲ {told}, já passou" if overdue else told, Tone.BAD if overdue else Tone.PLAIN)
    if chamado.url:
        yield _fact("Onde testar", chamado.url, Tone.LINK)
    if chamado.version:
        yield _fact("Versão", chamado.version)


def _fact(name: str, value: str, tone: Tone = Tone.PLAIN) -> Line:
    shown = safe_text(value, multiline=False)
    return (Piece(f"  {name:<{_LABEL}}", Tone.DIM), Piece(shown, tone) if shown else _MISSING)


def _numbered(steps: Iterable[str]) -> Iterator[Line]:
    for number, step in enumerate(steps, 1):
        yield (Piece(f"  {number}. ", Tone.DIM), Piece(safe_text(step, multiline=False)))
