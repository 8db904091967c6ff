"""The skeleton of a description that the form offers, and what of it, or of another's, was left unfilled."""

import re
from collections.abc import Iterator

from ..finding import Finding, Severity
from ..folded import Span
from ..text import fold
from .lexicon import Lexicon
from .words import Words

_ANSWERS = {
    "Onde acontece": "Vendas > Pedidos > Editar pedido, na aba Pagamento",
    "O que acontece": "ao salvar, o pedido não é gravado",
    "Com qual usuário": "caixa1, perfil vendedor",
    "Passo a passo": "1. Acesse Vendas > Pedidos. 2. Clique em Salvar.",
    "Mensagem exata": "“Erro 500: parcela inválida”",
    "O que era esperado": "o pedido deveria ser gravado",
    "Desde quando": "desde 09/03, só neste cliente",
}
"""The questions to be answered, each with an example."""
TEMPLATE = "".join(f"{question}:\n" for question in _ANSWERS)
"""A skeleton that the form may offer; a heading left without an answer blocks sending."""

_HOLE = re.compile(
    r"\[(?:\.\.\.|…|preench(?:a|er)\b|inform(?:e|ar)\b|descrev(?:a|er)\b|insira\b|inserir\b)[^\]\n]{0,80}\]"
    r"|<(?:preench(?:a|er)|inform(?:e|ar)|descrev(?:a|er))\b[^>\n]{0,80}>"
    r"|\{\{[^{}\n]{0,80}\}\}|'\.\.\.'|‘…’|_{4,}|\bx{4,}\b",
    re.IGNORECASE,
)
_HEADING_MAX = 40
_DOTS = " .…"
_EXAMPLES = {fold(f"{question}:"): example for question, example in _ANSWERS.items()}
_HEADINGS = frozenset(_EXAMPLES)
STEPS_HEADING, MESSAGE_HEADING = "passo a passo:", "mensagem exata:"


def check_left_over(raw: str, words: Words, lexicon: Lexicon) -> Iterator[Finding]:
    """Point at each heading without an answer and at each phrase of a template."""
    for span in unanswered(raw):
        heading = raw[slice(*span)]
        yield _left_over(
            span, f"“{heading}” ficou sem resposta.", f"{heading} {_EXAMPLES[fold(heading[:_HEADING_MAX])]}"
        )
    for span in (
        *words.find(lexicon.phrases("template_phrases")),
        *(hole.span() for hole in _HOLE.finditer(raw)),
    ):
        message = f"“{raw[slice(*span)]}” é texto do modelo: troque pelo que aconteceu."
        yield _left_over(span, message, "Com qual usuário: caixa1, perfil vendedor")


def _left_over(span: Span, message: str, example: str) -> Finding:
    return Finding("descricao.modelo", "description", Severity.BLOCK, message, example, span)


def unanswered(raw: str) -> Iterator[Span]:
    """Yield the template's headings that no text follows before the next heading; dots are no text."""
    heading: Span | None = None
    for start, end in _lines(raw):
        text = raw[start:end].rstrip(_DOTS)
        if not text:
            continue
        if heading is not None and _is_heading(text):
            yield heading
        heading = (start, start + len(text)) if fold(text[:_HEADING_MAX]) in _HEADINGS else None
    if heading is not None:
        yield heading


def _lines(raw: str) -> Iterator[Span]:
    """Yield the lines that hold something, without the blanks around them."""
    start = 0
    for line in raw.splitlines(keepends=True):
        if text := line.strip():
            place = start + line.index(text)
            yield place, place + len(text)
        start += len(line)


def under(raw: str, heading: str) -> Span | None:
    """The line of the template that begins with ``heading``."""
    lines = (span for span in _lines(raw) if fold(raw[span[0] : span[0] + _HEADING_MAX]).startswith(heading))
    return next(lines, None)


def answer(raw: str, heading: str) -> str:
    """What was written beside and below the template's ``heading``, to the next one; empty where nothing."""
    said: list[str] = []
    inside = False
    for span in _lines(raw):
        text = raw[slice(*span)]
        if fold(text[:_HEADING_MAX]).startswith(heading):
            inside, text = True, text[len(heading) :].strip()
        elif _is_heading(text):
            inside = False
        if inside and text:
            said.append(text)
    return "\n".join(said)


def _is_heading(text: str) -> bool:
    folded = fold(text[:_HEADING_MAX])
    return any(folded.startswith(heading) for heading in _HEADINGS)
