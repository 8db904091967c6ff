"""Which status a chamado may go to from which, and what a move has to carry (C11)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .base import Model
from .finding import Finding, Severity
from .lifecycle import LABELS, ChamadoStatus, Labels
from .text import SafeMultiline, SafeText
from .web_address import is_web_address


class Need(StrEnum):
    """What a move has to carry; the value is the field of `Move` that holds it."""

    COMMENT = "comment"
    URL = "url"
    VERSION = "version"
    DEADLINE = "deadline"


class Move(Model):
    """A wish to bring a chamado to another status."""

    to: ChamadoStatus
    comment: SafeMultiline = ""
    """The reason, the question, or what else is to be said of it."""
    url: SafeText = ""
    """Where the correction can be tested."""
    version: SafeText = ""
    """In which it was published."""
    deadline: date | None = None
    """When it is promised for."""
    duplicate_of: int | None = None
    """Number of the chamado that says the same, where that is the reason."""


@dataclass(frozen=True)
class Arrow:
    """One move that the table allows."""

    to: ChamadoStatus
    verb: str
    """What the one who moves does, as a button says it."""
    need: Need | None = None
    asks: str = ""
    """The name of what it needs, as a field says it."""
    example: str = ""
    """Of what it needs, where that of the need itself does not fit."""


_STATUS = ChamadoStatus
_TO_ERROR_FIX = Arrow(_STATUS.ERROR_FIX, "Devolver para ajuste", Need.COMMENT, "O que ainda falha")
ARROWS: dict[ChamadoStatus, tuple[Arrow, ...]] = {
    _STATUS.TRIAGEM: (
        Arrow(_STATUS.BACKLOG, "Aprovar", Need.DEADLINE, "Prazo"),
        Arrow(_STATUS.REPROVADO, "Reprovar", Need.COMMENT, "Motivo da reprovação"),
        Arrow(_STATUS.AGUARDANDO_INFORMACOES, "Pedir informação", Need.COMMENT, "O que falta informar"),
    ),
    _STATUS.REPROVADO: (),
    _STATUS.AGUARDANDO_INFORMACOES: (
        Arrow(_STATUS.TRIAGEM, "Responder e voltar à Triagem", Need.COMMENT, "A informação pedida"),
    ),
    _STATUS.BACKLOG: (Arrow(_STATUS.A_FAZER, "Dar a um desenvolvedor"),),
    _STATUS.A_FAZER: (Arrow(_STATUS.DOING, "Começar"),),
    _STATUS.DOING: (Arrow(_STATUS.PULL_REQUEST, "Abrir pull request"),),
    _STATUS.PULL_REQUEST: (Arrow(_STATUS.PR_APROVADO, "Aprovar o PR"), _TO_ERROR_FIX),
    _STATUS.ERROR_FIX: (Arrow(_STATUS.DOING, "Retomar"),),
    _STATUS.PR_APROVADO: (
        Arrow(_STATUS.PUBLICADO_EM_HOMOLOGACAO, "Publicar em homologação", Need.URL, "URL de homologação"),
    ),
    _STATUS.PUBLICADO_EM_HOMOLOGACAO: (Arrow(_STATUS.TESTING, "Começar os testes"),),
    _STATUS.TESTING: (Arrow(_STATUS.TEST_FINISHED, "Concluir os testes"), _TO_ERROR_FIX),
    _STATUS.TEST_FINISHED: (Arrow(_STATUS.PUBLICADO, "Publicar", Need.VERSION, "Versão publicada"),),
    _STATUS.PUBLICADO: (
        Arrow(
            _STATUS.ENCERRADO,
            "Encerrar, ouvido o cliente",
            Need.COMMENT,
            "O que o cliente disse",
            "Testei aqui e deu certo.",
        ),
        _TO_ERROR_FIX,
    ),
    _STATUS.ENCERRADO: (),
}
"""Where each status leads, the usual way first (the maker's page, status by status)."""


def arrow(before: ChamadoStatus, to: ChamadoStatus) -> Arrow | None:
    """Return the arrow between two statuses; None where the table has none."""
    return next((each for each in ARROWS[before] if each.to is to), None)


def check_move(
    before: ChamadoStatus, move: Move, *, today: date, labels: Labels = LABELS
) -> tuple[Finding, ...]:
    """Return what stands against ``move`` from the status ``before``; nothing where it can be made.

    A move that the table does not have is told with those that it has. Pure; never raises.
    """
    found = arrow(before, move.to)
    if found is None:
        return (_refusal("para", "to", _not_allowed(before, move.to, labels)),)
    findings = []
    if found.need is not None and not _carried(move, found.need):
        example = found.example or _EXAMPLES[found.need]
        findings.append(_refusal("falta", found.need, f"{found.asks}: preencha.", example))
    if move.url and not is_web_address(move.url.strip()):
        findings.append(
            _refusal("url", Need.URL, "Não é um endereço que se possa abrir.", _EXAMPLES[Need.URL])
        )
    if move.deadline is not None and move.deadline < today:
        findings.append(
            _refusal(
                "prazo", Need.DEADLINE, f"{move.deadline:%d/%m/%Y} já passou.", "uma data de hoje em diante"
            )
        )
    return tuple(findings)


_EXAMPLES = {
    Need.COMMENT: "Faltou o passo a passo até a mensagem de erro.",
    Need.URL: "https://homologacao.exemplo.com.br",
    Need.VERSION: "4.18.2",
    Need.DEADLINE: "30/09/2026",
}


def _carried(move: Move, need: Need) -> bool:
    value = getattr(move, need)
    return bool(value.strip() if isinstance(value, str) else value)


def _not_allowed(before: ChamadoStatus, to: ChamadoStatus, labels: Labels) -> str:
    if not ARROWS[before]:
        return f"{labels[before]} é o fim: dali um chamado não sai."
    *others, last = (labels[each.to] for each in ARROWS[before])
    ways = f"{', '.join(others)} ou {last}" if others else last
    return f"De {labels[before]} não se passa a {labels[to]}: só a {ways}."


def _refusal(rule: str, field: str, message: str, example: str = "") -> Finding:
    return Finding(f"movimento.{rule}", field, Severity.BLOCK, message, example)
