"""A chamado, and what is found against one, as the headless commands print them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from clients.models.chamado import Chamado, ChamadoDraft, ChamadoEvent
from clients.models.feed import Feed
from clients.models.finding import Finding, Severity
from clients.models.licence import STATE_WORDS, LicenceCheck
from clients.models.lifecycle import MEANING, Labels
from clients.models.similar import Similar
from clients.models.text import safe_text
from clients.models.tool_asks import client_machine
from widgets.phrases import date_time
from widgets.similar_words import NOBODY_LOOKED, in_common, similar_lead, similar_title

from .chamado_rows import chamado_row, draft_row
from .show import as_json

_MARKS = {Severity.BLOCK: "✖", Severity.WARN: "▲", Severity.HINT: "·"}


def page(chamado: Chamado, labels: Labels, now: datetime) -> str:
    """The chamado with all its fields and its history."""
    rows = (
        ("Situação", f"{labels[chamado.status]} ({MEANING[chamado.status]})"),
        ("Prazo", f"{chamado.deadline:%d/%m/%Y}" if chamado.deadline else ""),
        ("Homologação", chamado.url),
        ("Versão", chamado.version),
        ("Cliente", chamado.licence_email),
        ("Licença", licence(chamado.licence, now) if chamado.licence else ""),
        ("Ferramenta", " › ".join(filter(None, (chamado.tool.value, chamado.integration)))),
        ("No cliente", client_machine(chamado.tool_version, chamado.tool_system)),
        ("Avisar", "; ".join(chamado.notify)),
        ("Ticket", f"#{chamado.ticket_id}" if chamado.ticket_id else ""),
        ("Fluxo", "; ".join(chamado.flow)),
        ("Arquivos", "; ".join(chamado.files)),
    )
    head = [f"Chamado nº {chamado.number}  {chamado.title}"]
    facts = [f"{name}: {value}" for name, value in rows if value]
    history = [line for event in chamado.events for line in _event(event, labels, now)]
    return "\n".join((*head, *facts, "", chamado.description, "", "Andamento:", *history))


def licence(check: LicenceCheck, now: datetime) -> str:
    """What is known of a licence, who said so, and when."""
    told = " · ".join(filter(None, (STATE_WORDS[check.state], check.reason, check.source)))
    return f"{told}, {date_time(check.checked_at, now)}"


def similar_lines(found: Feed[Similar], labels: Labels, now: datetime) -> Iterator[str]:
    """Chamados that may be about the same problem, or that nobody could look for them."""
    for one in found.items:
        facts = (similar_lead(one, now, labels=labels), similar_title(one), in_common(one))
        yield _line(": ".join(filter(None, facts)))
    if found.trouble is not None:
        yield _line(f"{NOBODY_LOOKED}: {found.trouble.message}")


def finding_lines(findings: Iterable[Finding], names: Mapping[str, str]) -> Iterator[str]:
    """Each finding, the heaviest first, behind the name of its field, with an example below it."""
    for one in sorted(findings, key=lambda each: list(_MARKS).index(each.severity)):
        yield f"{_MARKS[one.severity]} {names.get(one.field, one.field)}: {_line(one.message)}"
        if one.example:
            yield f"    ex.: {_line(one.example)}"


def finding_rows(findings: Iterable[Finding], names: Mapping[str, str]) -> list[dict[str, object]]:
    """The same for programs."""
    return [
        {
            "campo": names.get(one.field, one.field),
            "regra": one.rule,
            "peso": one.severity.value,
            "mensagem": one.message,
            "trecho": list(one.span) if one.span else None,
            "exemplo": one.example,
        }
        for one in findings
    ]


def page_json(chamado: Chamado, labels: Labels) -> str:
    """The chamado whole."""
    return as_json({"chamado": chamado_row(chamado, labels)})


def list_json(drafts: Iterable[ChamadoDraft], sent: Iterable[Chamado], labels: Labels) -> str:
    """Drafts, and the chamados whole."""
    rows = {"rascunhos": [*map(draft_row, drafts)], "chamados": [chamado_row(each, labels) for each in sent]}
    return as_json(rows)


def _event(event: ChamadoEvent, labels: Labels, now: datetime) -> Iterator[str]:
    what = labels[event.status] if event.before is None or event.is_move else "comentário"
    deadline = f"prazo {event.deadline:%d/%m/%Y}" if event.deadline else ""
    more = " · ".join(filter(None, (event.who, event.url, event.version, deadline)))
    yield f"  {date_time(event.at, now)}  {what}" + (f"  {more}" if more else "")
    for line in safe_text(event.comment).splitlines():
        yield f"      {line}"


def _line(text: str) -> str:
    return safe_text(text, multiline=False)
