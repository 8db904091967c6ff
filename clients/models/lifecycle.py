"""The fourteen statuses of a chamado (the maker's kanban) and what each means for the client (C11, C13)."""

from collections.abc import Mapping
from enum import StrEnum


class ChamadoStatus(StrEnum):
    """Stable ids, in the order of the kanban."""

    TRIAGEM = "triagem"
    REPROVADO = "reprovado"
    AGUARDANDO_INFORMACOES = "aguardando_informacoes"
    BACKLOG = "backlog"
    A_FAZER = "a_fazer"
    DOING = "doing"
    PULL_REQUEST = "pull_request"
    ERROR_FIX = "error_fix"
    PR_APROVADO = "pr_aprovado"
    PUBLICADO_EM_HOMOLOGACAO = "publicado_em_homologacao"
    TESTING = "testing"
    TEST_FINISHED = "test_finished"
    PUBLICADO = "publicado"
    ENCERRADO = "encerrado"


LABELS: dict[ChamadoStatus, str] = {
    ChamadoStatus.TRIAGEM: "Triagem",
    ChamadoStatus.REPROVADO: "Reprovado",
    ChamadoStatus.AGUARDANDO_INFORMACOES: "Aguardando Informações",
    ChamadoStatus.BACKLOG: "Backlog",
    ChamadoStatus.A_FAZER: "To Do",
    ChamadoStatus.DOING: "Doing",
    ChamadoStatus.PULL_REQUEST: "Pull Request",
    ChamadoStatus.ERROR_FIX: "Error Fix",
    ChamadoStatus.PR_APROVADO: "PR Aprovado",
    ChamadoStatus.PUBLICADO_EM_HOMOLOGACAO: "Publicado em Homologação",
    ChamadoStatus.TESTING: "Testing",
    ChamadoStatus.TEST_FINISHED: "Test Finished",
    ChamadoStatus.PUBLICADO: "Publicado",
    ChamadoStatus.ENCERRADO: "Encerrado",
}
"""The maker's own words; three labels are lost in the source and are ours."""
Labels = Mapping[ChamadoStatus, str]
"""What the statuses are called: `LABELS`, or a team's own words over them."""

MEANING: dict[ChamadoStatus, str] = {
    ChamadoStatus.TRIAGEM: "em avaliação: o Desenvolvimento ainda não aceitou",
    ChamadoStatus.REPROVADO: "não será tratado; o motivo está no comentário",
    ChamadoStatus.AGUARDANDO_INFORMACOES: "falta informação nossa; a pergunta está no comentário",
    ChamadoStatus.BACKLOG: "aprovado; aqui se definem prioridade e prazo; o cliente ainda tem o problema",
    ChamadoStatus.A_FAZER: "tem desenvolvedor, ainda não começou; o cliente ainda tem o problema",
    ChamadoStatus.DOING: "em desenvolvimento; o cliente ainda tem o problema",
    ChamadoStatus.PULL_REQUEST: "código em revisão; o cliente ainda tem o problema",
    ChamadoStatus.ERROR_FIX: "voltou para ajuste; o cliente ainda tem o problema",
    ChamadoStatus.PR_APROVADO: "revisão aprovada; o cliente ainda tem o problema",
    ChamadoStatus.PUBLICADO_EM_HOMOLOGACAO: "em homologação: já podemos testar pela URL",
    ChamadoStatus.TESTING: "em teste interno; o cliente ainda tem o problema",
    ChamadoStatus.TEST_FINISHED: "passou nos testes, mas na base do cliente o problema ainda ocorre",
    ChamadoStatus.PUBLICADO: "publicado em produção: validar com o cliente",
    ChamadoStatus.ENCERRADO: "validado com o cliente; ciclo encerrado",
}
"""One line each: what the status means for the client."""
CLOSED = frozenset((ChamadoStatus.REPROVADO, ChamadoStatus.ENCERRADO))
"""From here no arrow leaves."""
WITH_THE_PARTNER = frozenset(
    (
        ChamadoStatus.AGUARDANDO_INFORMACOES,
        ChamadoStatus.PUBLICADO_EM_HOMOLOGACAO,
        ChamadoStatus.PUBLICADO,
    )
)
"""Where something is asked of who opened it: an answer, a test, the client's validation."""
