"""R18: who asks a client to test says what was done, the test wanted, the steps, the result, with images."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from ..finding import Finding, Severity
from ..folded import Folded, Span
from ..text import fold
from .headings import HOMOLOGATION, Part

_ASKS = re.compile(
    r"\b(?:favor|gentileza|pode(?:m|ria|riam)?|peco|pedimos|solicit(?:o|amos)|precisamos)\b,?(?:\s+que)?"
    r"(?:\s+\w+){0,3}?\s+(?:test(?:ar|es?|em)|valid(?:ar|em?|acao)|homolog(?:ar|uem?|acao))\b"
    r"|\b(?:liberad|publicad|disponive|disponibilizad|aplicad|atualizad)\w*(?:\s+\w+){0,4}?"
    r"\s+(?:para|em|no\s+ambiente\s+de)\s+(?:testes?|validacao|homologacao)\b"
)
IMAGE = "homologacao.imagem"
"""Rule of a request that shows nothing."""
_KIND = re.compile(r"\bhomolog")
_TOLD = {
    "O que foi feito": re.compile(
        r"\b(?:corrigi\w*|ajust\w+|alter(?:amos|ad[oa]s?|acao)|implement\w+|inclu(?:imos|id[oa]s?)"
        r"|cri(?:amos|ad[oa]s?)|adicion\w+|mud(?:amos|ad[oa]s?)|foi feit[oa])\b"
    ),
    "Teste desejado": re.compile(
        r"\b(?:test(?:ar|em?)|valid(?:ar|em?)|verifi(?:car|quem?)|confer(?:ir)|confiram?|simul(?:ar|em?))"
        r" (?:se|as?|os?|uma?|em|na|no|com|que)\b"
    ),
    "Passo a passo": re.compile(
        r"^[ \t]*\d{1,2}[ \t]?[.)-].*\n(?:.*\n)*?[ \t]*\d{1,2}[ \t]?[.)-][ \t]*\w"
        r"|\b(?:acess\w+|clique\w*|clicar|abr(?:a|ir)|entr(?:e|ar) em|va em|selecion\w+)\b"
        r"(?:.|\n)*?\b(?:clique\w*|clicar|selecion\w+|inform(?:e|ar)|preench\w+|salv(?:e|ar)|grav(?:e|ar))\b",
        re.MULTILINE,
    ),
    "Resultado esperado": re.compile(
        r"\bresultado esperado\b|\bdever(?:a|ao|ia|iam)\b|\bdevem? \w+r\b|\bespera-?se\b|\bo esperado\b"
    ),
}
"""How each is told without its heading."""
_MISSING = {
    "O que foi feito": "Homologação: diga o que foi feito.",
    "Teste desejado": "Homologação: diga que teste o cliente deve fazer.",
    "Passo a passo": "Homologação: falta o passo a passo.",
    "Resultado esperado": "Homologação: diga o resultado esperado.",
}
_PICTURES = frozenset(".png .jpg .jpeg .gif .webp .bmp .mp4 .webm .mov .mkv .avi".split())
_NO_PICTURE = re.compile(
    r"\b(?:sem|nao (?:ha|tem|cabe|foi possivel|e preciso|e necessari[ao]|precisa|se aplica))\b[^.\n]{0,30}"
    r"\b(?:imagem|imagens|prints?|telas?)\b|\b(?:imagens?|prints?) ?:? (?:nao|sem)\b"
)


def is_homologation(text: str, *, status: str = "", template: str = "") -> bool:
    """Tell whether a reply asks to test: by the ticket's status, its template's title, or what it says."""
    named = any(_KIND.search(fold(name)) for name in (status, template))
    return named or len(HOMOLOGATION.parts(text)) > 1 or asks_to_test(text) is not None


def asks_to_test(text: str) -> Span | None:
    """Return where a client is asked to test or validate something."""
    return Folded.of(text).first(_ASKS)


def check_homologation(
    text: str, *, status: str = "", template: str = "", attachments: Sequence[str] = ()
) -> Iterator[Finding]:
    """Yield what a homologation does not tell; nothing for any other reply.

    ``status`` is the label of the ticket's status, ``template`` the titles of the templates in it,
    ``attachments`` are the names of its files. What is missing points at the words that ask for the test.
    """
    if not is_homologation(text, status=status, template=template):
        return
    folded, asks = Folded.of(text), asks_to_test(text)
    parts = {part.heading.label: part for part in reversed(HOMOLOGATION.parts(text))}
    for heading in HOMOLOGATION.headings:
        part = parts.get(heading.label)
        if part is not None and part.is_blank:
            yield _blank(part)
        elif heading.label in _TOLD and part is None and folded.first(_TOLD[heading.label]) is None:
            yield _finding("falta", _MISSING[heading.label], heading.example, asks)
    images = parts.get("Imagens")
    if not (images and images.is_blank) and not _shown(folded, attachments):
        yield Finding(
            IMAGE,
            "text",
            Severity.WARN,
            "Homologação sem imagem: anexe um print, ou diga por que não há.",
            "Sem imagem: a mudança não aparece na tela.",
            images.span if images else asks,
        )


def _shown(folded: Folded, attachments: Sequence[str]) -> bool:
    pictured = any(PurePath(name).suffix.casefold() in _PICTURES for name in attachments)
    return pictured or folded.first(_NO_PICTURE) is not None


def _blank(part: Part) -> Finding:
    return _finding("em_branco", f"“{part.heading.label}” ficou em branco.", part.heading.example, part.span)


def _finding(rule: str, message: str, example: str, span: Span | None) -> Finding:
    return Finding(f"homologacao.{rule}", "text", Severity.WARN, message, example, span)
