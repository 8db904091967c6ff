"""The e-mails of a chamado: to its author and to whom else it is told, at each status that concerns them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from .letter import Letter
from .letter_body import Body, Fact, as_html, as_text
from .lifecycle import LABELS, MEANING, ChamadoStatus
from .text import safe_text

MOST_QUOTED = 8_000
"""Characters of a comment; Gmail cuts what is longer than some hundred thousand bytes of HTML."""
_AUTOMATIC = "Mensagem automática do Plantão: não responda a este e-mail."


@dataclass(frozen=True)
class Notice:
    """Something that happened to a chamado."""

    chamado_id: str
    """Its identity; all letters of one chamado make one thread."""
    event_key: str
    """The identity of what happened: told again, it is the same letter."""
    kind: ChamadoStatus
    """The status that was reached."""
    number: int
    title: str
    again: bool = False
    """Whether it was in that status before and only what is told of it is new, such as a deadline."""
    label: str = ""
    """What the board calls the status; empty: as the maker does."""
    ticket_id: int | None = None
    comment: str = ""
    url: str = ""
    version: str = ""
    deadline: date | None = None
    duplicate_of: int | None = None
    """Number of the chamado that says the same, where that is why it was reproved."""
    who: str = ""
    """Who acted."""
    board: str = ""


@dataclass(frozen=True)
class _Words:
    """What one status says."""

    heading: str
    news: str
    to_do: str = ""
    quoted_as: str = "Comentário"


def letters(notice: Notice, addresses: Iterable[str]) -> tuple[Letter, ...]:
    """Compose one letter for each address, each once; none where nobody is told of the status."""
    if notice.kind not in MAILED:
        return ()
    body = _body(notice, _words(notice))
    text, html = as_text(body), as_html(body)
    distinct: dict[str, str] = {}
    for address in addresses:
        if trimmed := address.strip():
            distinct.setdefault(trimmed.casefold(), trimmed)
    return tuple(
        Letter(
            to=address,
            # an inbox tells them apart by it; the headers keep the thread, but for Gmail, which wants the
            # same subject, too
            subject=f"[CH-{notice.number:04}] {_event(notice)} — {notice.title}",
            text=text,
            html=html,
            message_key="/".join((notice.chamado_id, notice.event_key, folded)),
            thread_key=notice.chamado_id,
        )
        for folded, address in distinct.items()
    )


def _event(notice: Notice) -> str:
    """What happened, in a few words."""
    version, heading = _line(notice.version), _words(notice).heading
    if notice.kind is ChamadoStatus.PUBLICADO and version:
        return f"Publicado na versão {version}"
    if notice.kind is ChamadoStatus.BACKLOG and notice.deadline is not None:
        return f"{heading} para {notice.deadline:%d/%m/%Y}"
    return heading


def _body(notice: Notice, words: _Words) -> Body:
    who = _line(notice.who)
    quoted = safe_text(notice.comment).strip()
    return Body(
        about=f"Chamado {notice.number}: {_line(notice.title)}",
        heading=words.heading,
        news=words.news,
        facts=tuple(_facts(notice)),
        quoted_as=f"{words.quoted_as} ({who})" if who else words.quoted_as,
        quoted=quoted if len(quoted) <= MOST_QUOTED else f"{quoted[:MOST_QUOTED]}… [o resto está no chamado]",
        to_do=words.to_do,
        small_print=tuple(_small_print(notice)),
    )


def _facts(notice: Notice) -> Iterable[Fact]:
    label = _line(notice.label) or LABELS[notice.kind]
    yield Fact("Situação", f"{label} ({MEANING[notice.kind]})")
    if notice.kind is ChamadoStatus.BACKLOG:
        yield Fact("Prazo", f"{notice.deadline:%d/%m/%Y}" if notice.deadline else "ainda não definido")
    if notice.kind is ChamadoStatus.PUBLICADO_EM_HOMOLOGACAO and notice.url:
        yield Fact("Onde testar", _line(notice.url))
    if notice.kind in (ChamadoStatus.PUBLICADO, ChamadoStatus.ENCERRADO) and notice.version:
        yield Fact("Versão", _line(notice.version))


def _small_print(notice: Notice) -> Iterable[str]:
    places = []
    if notice.ticket_id is not None:
        places.append(f"Ticket {notice.ticket_id}")
    if notice.board:
        places.append(_line(notice.board))
    if places:
        yield " · ".join(places)
    yield _AUTOMATIC


def _line(text: str) -> str:
    return safe_text(text, multiline=False).strip()


def _words(notice: Notice) -> _Words:
    words = _WORDS[notice.kind]
    if notice.kind is ChamadoStatus.REPROVADO and notice.duplicate_of is not None:
        return replace(words, news=_TWICE, to_do=_ORIGINAL.format(notice.duplicate_of))
    if notice.kind is not ChamadoStatus.BACKLOG or notice.deadline is None:
        return words
    return _DEADLINE if notice.again else replace(words, news=_ACCEPTED)


_ACCEPTED = "A triagem aceitou o chamado: o Desenvolvimento vai tratá-lo."
_TWICE = "Outro chamado já diz o mesmo: por este, o Desenvolvimento não fará nada."
_ORIGINAL = "Acompanhe o chamado nº {}, o original: não abra outro."
_DEADLINE = _Words("Prazo definido", "O Desenvolvimento definiu quando pretende entregar.")
_WORDS = {
    ChamadoStatus.BACKLOG: _Words(
        "Chamado aprovado", f"{_ACCEPTED} O prazo será informado assim que for definido."
    ),
    ChamadoStatus.REPROVADO: _Words(
        "Chamado reprovado",
        "A triagem não aceitou o chamado: ele não será tratado pelo Desenvolvimento.",
        "Se o problema continuar, corrija o que o motivo aponta e abra outro chamado.",
        quoted_as="Motivo",
    ),
    ChamadoStatus.AGUARDANDO_INFORMACOES: _Words(
        "Falta informação",
        "A triagem precisa de uma resposta para continuar; até lá, o chamado está parado.",
        "Responda no Plantão: em 3 Chamados, m (Mover) grava a resposta e devolve o chamado à triagem; "
        "um comentário não o devolve.",
        quoted_as="O que se pergunta",
    ),
    ChamadoStatus.PUBLICADO_EM_HOMOLOGACAO: _Words(
        "Pronto para testar em homologação",
        "O ajuste está no ambiente de testes. Na base do cliente o problema ainda ocorre.",
        "Teste o mesmo fluxo do chamado e diga no chamado se está certo ou se o erro continua.",
    ),
    ChamadoStatus.PUBLICADO: _Words(
        "Publicado em produção",
        "O ajuste já está na base do cliente.",
        "Valide com o cliente: se estiver certo, o chamado é encerrado; "
        "se o erro continuar, ele volta para ajuste.",
    ),
    ChamadoStatus.ENCERRADO: _Words(
        "Chamado encerrado", "O ajuste foi validado e o ciclo do chamado terminou."
    ),
}

MAILED = frozenset(_WORDS)
"""The statuses that people are told of by e-mail; the others are seen on the board."""
