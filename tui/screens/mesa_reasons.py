"""Why a key of the Mesa does nothing now: a key that does nothing must say why."""

from typing import TYPE_CHECKING

from .mesa_verbs import VERBS

if TYPE_CHECKING:
    from .mesa import MesaScreen

CHANGING = frozenset(("atender", *VERBS))
"""Commands that change something in Freshdesk or Redmine."""
ANSWERING = frozenset(("responder", "em-analise", "nota"))
_ON_IT = frozenset(
    ("perguntar-gestor", "chamado", "ver-chamado", "copiar", "copiar-numero", "baixar-anexos", "cronometro")
)
ON_A_TICKET = CHANGING | ANSWERING | _ON_IT
"""All that is done to the ticket under the cursor of the queue."""


def why_not(screen: "MesaScreen", command_id: str) -> str | None:
    """Say why ``command_id`` cannot be given now; None if it can. Verbs need a ticket that was seen."""
    app, entry = screen.plantao, screen.queue.highlighted
    if command_id not in ON_A_TICKET:
        return None
    if command_id == "copiar" and screen.service_in_hand is not None:
        return None
    if entry is None:
        return "Escolha um ticket na fila primeiro."
    if screen.has_class("-narrow") and screen.has_class("-services"):
        return f"O ticket não está na tela: volte à fila ({app.key_of('voltar-fila')})."
    if command_id in CHANGING and app.desk.freshdesk is None:
        return "Sem conexão com o Freshdesk nada se muda nele."
    if command_id in CHANGING | ANSWERING and app.queue.as_of is None:
        return "A fila ainda não foi lida do Freshdesk."
    if command_id in ANSWERING and app.outbox.is_going(entry.id):
        return f"A mensagem anterior ao #{entry.id} ainda está a caminho: espere."
    if command_id == "validar" and entry.id not in app.chamado_news.published():
        return f"O #{entry.id} não tem chamado publicado à espera de validação."
    if command_id == "horas" and app.desk.redmine is None:
        return "Sem conexão com o Redmine não há onde registrar o tempo."
    if command_id == "cronometro" and not app.desk.is_open:
        return "Os dados locais ainda não foram abertos."
    if command_id == "baixar-anexos" and app.desk.freshdesk is None:
        return "Sem conexão com o Freshdesk não há o que baixar."
    return None
