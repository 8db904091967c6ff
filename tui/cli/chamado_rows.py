"""Chamados and drafts as rows for programs: ``--json`` of every command that prints one."""

from clients.models.assistant.record import Rewriting
from clients.models.chamado import Chamado, ChamadoDraft, ChamadoEvent
from clients.models.licence import STATE_WORDS, LicenceCheck
from clients.models.lifecycle import Labels

from .show import iso

Row = dict[str, object]


def chamado_row(chamado: Chamado, labels: Labels) -> Row:
    """One chamado with all its fields and its history."""
    return {
        "numero": chamado.number,
        "id": chamado.id,
        "titulo": chamado.title,
        "situacao": labels[chamado.status],
        "desde": iso(chamado.since),
        "autor": chamado.author,
        "criado_em": iso(chamado.created_at),
        "alterado_em": iso(chamado.updated_at),
        "ticket": chamado.ticket_id,
        "prazo": chamado.deadline.isoformat() if chamado.deadline else None,
        "homologacao": chamado.url,
        "versao": chamado.version,
        "email_licenca": chamado.licence_email,
        "licenca": _licence(chamado.licence) if chamado.licence else None,
        "ferramenta": chamado.tool.value,
        "integracao": chamado.integration,
        "no_cliente": {"versao": chamado.tool_version, "sistema": chamado.tool_system},
        "notificar": list(chamado.notify),
        "fluxo": list(chamado.flow),
        "arquivos": list(chamado.files),
        "descricao": chamado.description,
        "assistente": [_rewriting(each) for each in chamado.rewritings],
        "andamento": [_event(each, labels) for each in chamado.events],
    }


def draft_row(draft: ChamadoDraft) -> Row:
    """One draft, so that it can be found again: ``plantao chamado enviar`` takes its id."""
    return {
        "id": draft.id,
        "titulo": draft.title,
        "ticket": draft.ticket_id,
        "alterado_em": iso(draft.updated_at),
    }


def _licence(check: LicenceCheck) -> Row:
    return {
        "situacao": STATE_WORDS[check.state],
        "motivo": check.reason,
        "fonte": check.source,
        "conferida_em": iso(check.checked_at),
    }


def _rewriting(rewriting: Rewriting) -> Row:
    return {
        "decisao": rewriting.decision.value,
        "modelo": rewriting.model,
        "quem": rewriting.who,
        "em": iso(rewriting.at),
        "original": rewriting.original,
        "proposta": rewriting.proposal,
        "texto": rewriting.text,
    }


def _event(event: ChamadoEvent, labels: Labels) -> Row:
    return {
        "em": iso(event.at),
        "quem": event.who,
        "de": labels[event.before] if event.before is not None else None,
        "situacao": labels[event.status],
        "comentario": event.comment,
        "homologacao": event.url,
        "versao": event.version,
        "prazo": event.deadline.isoformat() if event.deadline else None,
        "duplicado_de": event.duplicate_of,
    }
