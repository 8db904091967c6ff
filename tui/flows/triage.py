"""What whoever decides about a chamado is shown and offered: the author's findings, reasons, who is told."""

from collections.abc import Sequence

from clients.models.chamado import Chamado
from clients.models.chamado_letters import MAILED
from clients.models.finding import Finding
from clients.models.lifecycle import ChamadoStatus
from clients.models.quality import BUILT_IN, Lexicon
from clients.models.quality.questions import questions_from, reasons_from
from clients.models.recipients import recipients
from clients.models.sent_draft import draft_of

from .chamado_files import ChamadoRules

_OF_THIS_MACHINE = frozenset(("arquivos.nao_encontrado", "arquivos.pasta"))
"""Rules that say nothing of files which were sent: where they are now is the board's to know."""


async def sent_findings(chamado: Chamado, lexicon: Lexicon = BUILT_IN) -> tuple[Finding, ...]:
    """Return what the form's rules find in a chamado that was sent, with the licence as it was then.

    ``lexicon`` is what they look for.
    """
    draft = draft_of(chamado)
    rules = ChamadoRules(lexicon)
    await rules.look(draft.files)
    return tuple(found for found in rules(draft, chamado.licence) if found.rule not in _OF_THIS_MACHINE)


def proposed_comment(to: ChamadoStatus, findings: Sequence[Finding]) -> str:
    """Return the comment to begin with: the reasons of a reproval, or the questions; else nothing."""
    if to is ChamadoStatus.REPROVADO:
        return reasons_from(findings)
    return questions_from(findings) if to is ChamadoStatus.AGUARDANDO_INFORMACOES else ""


def duplicate_comment(original: Chamado) -> str:
    """Return why a chamado that says the same as ``original`` is reproved."""
    return f"Duplicado do nº {original.number}: {original.title}"


def told_by_mail(chamado: Chamado, to: ChamadoStatus, *, configured: bool) -> str:
    """Say who will be told by e-mail that ``chamado`` came to ``to``; ``configured`` is whether from here."""
    if to not in MAILED:
        return "Sem e-mail: desta situação ninguém é avisado."
    addresses = recipients(chamado)
    if not addresses:
        return "Sem e-mail: o chamado não diz quem notificar."
    told = f"Aviso por e-mail: {'; '.join(addresses)}"
    return told if configured else f"{told} (o e-mail não está configurado aqui)"
