"""A chamado as it will be read by whoever does the triagem: the same sheet before and after sending."""

from collections.abc import Iterable
from datetime import datetime

from textual.content import Content

from clients.models.chamado import Chamado, ChamadoDraft, convert_flow, convert_notify, split_list
from clients.models.licence import LicenceCheck
from clients.models.lifecycle import MEANING, ChamadoStatus, Labels
from clients.models.text import safe_text
from clients.models.tool_asks import TOOL_ASKS, ToolDetails, client_machine, tool_details

from .chamado_row import STATUSES, UNDERWAY
from .licence_line import licence_line
from .phrases import date_time
from .tone_styles import STYLES

_Row = tuple[str, str, LicenceCheck | None]
"""Name, value, and what is known of the licence, told below the row."""
_MISSING = Content.styled("não informado", "$foreground-muted italic")


def status_mark(status: ChamadoStatus, labels: Labels) -> Content:
    """Glyph and label."""
    glyph, tone = STATUSES.get(status, UNDERWAY)
    return Content.styled(f"{glyph} {labels[status]}", STYLES[tone])


def draft_text(draft: ChamadoDraft, licence: LicenceCheck | None, now: datetime) -> Content:
    """The draft as it will be sent: boards take the lists converted."""
    told = tool_details(draft)
    return _sheet(
        title=draft.title,
        rows=(
            ("Cliente", draft.licence_email, licence),
            *_tool_rows(draft.tool, told),
            ("Notificar", convert_notify(draft.notify), None),
        ),
        flow=split_list(convert_flow(draft.flow)),
        description=draft.description,
        files=tuple(filter(None, (line.strip() for line in draft.files.splitlines()))),
        ticket_id=draft.ticket_id,
        now=now,
    )


def chamado_text(chamado: Chamado, now: datetime, labels: Labels) -> Content:
    """The chamado with all its fields, its status and what that means, and its history."""
    told = ToolDetails(chamado.integration, chamado.tool_version, chamado.tool_system)
    head = Content.assemble(
        (f"Chamado {chamado.number}  ", "bold"),
        status_mark(chamado.status, labels),
        "\n",
        (f"Para o cliente: {MEANING[chamado.status]}", "italic"),
        "\n\n",
    )
    sheet = _sheet(
        title=chamado.title,
        rows=(
            ("Cliente", chamado.licence_email, chamado.licence),
            *_tool_rows(chamado.tool.value, told),
            ("Notificar", "; ".join(chamado.notify), None),
            ("Aberto por", f"{chamado.author}, {date_time(chamado.created_at, now)}".lstrip(", "), None),
        ),
        flow=chamado.flow,
        description=chamado.description,
        files=chamado.files,
        ticket_id=chamado.ticket_id,
        now=now,
    )
    events = [
        Content.assemble(
            (f"{date_time(event.at, now)}  ", "$foreground-muted"),
            status_mark(event.status, labels),
            f"  {event.who}" if event.who else "",
            f"\n    {event.comment}" if event.comment else "",
        )
        for event in chamado.events
    ]
    return Content("").join([head, sheet, *_section("Andamento", events)])


def _tool_rows(tool: str, told: ToolDetails) -> list[_Row]:
    rows: list[_Row] = [("Ferramenta", f"{tool} › {told.integration}" if told.integration else tool, None)]
    if tool in TOOL_ASKS:
        rows.append(("No cliente", client_machine(told.version, told.system), None))
    return rows


def _sheet(
    *,
    title: str,
    rows: tuple[_Row, ...],
    flow: tuple[str, ...],
    description: str,
    files: tuple[str, ...],
    ticket_id: int | None,
    now: datetime,
) -> Content:
    parts = [Content.assemble((safe_text(title, multiline=False) or "(sem título)", "bold"), "\n\n")]
    for name, value, licence in rows:
        shown = Content(safe_text(value, multiline=False)) if value else _MISSING
        parts.append(Content.assemble((f"{name:<11}", "$foreground-muted"), shown, "\n"))
        if licence is not None:
            parts.append(
                Content.assemble((f"{'Licença':<11}", "$foreground-muted"), licence_line(licence, now), "\n")
            )
    if ticket_id is not None:
        parts.append(Content.assemble((f"{'Ticket':<11}", "$foreground-muted"), f"#{ticket_id}\n"))
    steps = [Content(f"{number}. {safe_text(step, multiline=False)}") for number, step in enumerate(flow, 1)]
    parts += _section("Fluxo", steps)
    parts += _section("Descrição", [Content(safe_text(description))] if description.strip() else [])
    parts += _section("Arquivos", [Content(f"· {safe_text(name, multiline=False)}") for name in files])
    return Content("").join(parts)


def _section(heading: str, lines: Iterable[Content]) -> list[Content]:
    return [
        Content.assemble("\n", (heading, "bold $text-secondary"), "\n"),
        Content("\n").join(list(lines) or [_MISSING]),
        Content("\n"),
    ]
