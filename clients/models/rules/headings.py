"""Texts with headings: what a homologation and the summary of a call tell, and what was left blank."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..folded import Folded, Span
from ..text import fold

_MOST_CHARS = 20_000  # looked at while one types
_LIST_MARK = re.compile(r"^[ \t]*(?:\d{1,2}[.)-]?|[-*•])[ \t]*$", re.MULTILINE)
_FAREWELL = re.compile(
    r"^[ \t]*(?:atenciosamente|cordialmente|att\b|abracos?\b|obrigad[oa]\b|grat[oa]\b|qualquer duvida"
    r"|ficamos\b|fico\b|no aguardo|aguard(?:o|amos)\b)",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Heading:
    """One thing to be told."""

    label: str
    """As the template has it, without the colon."""
    example: str
    """What it may be answered with."""
    others: tuple[str, ...] = ()
    """What people call it as well."""


@dataclass(frozen=True)
class Part:
    """A heading with what stands under it."""

    heading: Heading
    span: Span
    """Of the heading with its colon."""
    body: str
    """Up to the next heading, or to the farewell."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written, list marks aside."""
        return not re.search(r"\w", _LIST_MARK.sub("", self.body))


@dataclass(frozen=True)
class Form:
    """A kind of text, with all that it has to tell in the order of its template."""

    headings: tuple[Heading, ...]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        known = sorted(self._known, key=len, reverse=True)
        return re.compile(rf"^[ \t*•#-]*(?P<name>{'|'.join(map(re.escape, known))})[ \t]*:", re.MULTILINE)

    @cached_property
    def _known(self) -> dict[str, Heading]:
        return {fold(name): each for each in self.headings for name in (each.label, *each.others)}

    def parts(self, text: str) -> tuple[Part, ...]:
        """Return the headings that ``text`` has, in its order."""
        folded = Folded.of(text[:_MOST_CHARS])
        matches = [*self._pattern.finditer(folded.text)]
        if not matches:
            return ()
        ends = [*(match.start() for match in matches[1:]), len(folded.text)]
        return tuple(
            Part(
                self._known[match["name"]],
                folded.span(match.start("name"), match.end()),
                _body(folded, match.end(), end),
            )
            for match, end in zip(matches, ends, strict=True)
        )

    def blanks(self, text: str) -> Iterator[Part]:
        """Yield the headings left blank; one heading alone may be any line that ends in a colon."""
        parts = self.parts(text)
        if len(parts) > 1:
            yield from (part for part in parts if part.is_blank)

    def skeleton(self) -> str:
        """The headings to be filled in, one a line with a line between."""
        return "\n\n".join(f"{heading.label}:" for heading in self.headings)


def _body(folded: Folded, start: int, end: int) -> str:
    farewell = _FAREWELL.search(folded.text, start, end)
    last = farewell.start() if farewell else end
    return folded.raw[slice(*folded.span(start, last))] if last > start else ""


HOMOLOGATION = Form(
    (
        Heading(
            "O que foi feito",
            "O que foi feito: corrigimos o total do pedido com desconto.",
            ("O que fizemos", "Feito", "Correção aplicada", "Alteração realizada"),
        ),
        Heading(
            "Teste desejado",
            "Teste desejado: faturar um pedido com desconto de 10%.",
            ("Teste", "O que testar", "Teste a realizar"),
        ),
        Heading(
            "Passo a passo",
            "Passo a passo:\n1. Acesse Vendas > Pedidos\n2. Abra o pedido e clique em Faturar",
            ("Passos", "Como testar", "Procedimento"),
        ),
        Heading(
            "Resultado esperado",
            "Resultado esperado: a nota sai com o total de R$ 90,00.",
            ("Esperado", "O que deve acontecer"),
        ),
        Heading(
            "Imagens",
            "Imagens: em anexo. (Ou: sem imagem, porque a tela não muda.)",
            ("Imagem", "Prints", "Print"),
        ),
    )
)
"""What a client who is to test needs (R18)."""
CALL = Form(
    (
        Heading("Participantes", "Participantes: Marina (Compras) e suporte"),
        Heading("Data e hora", "Data e hora: 31/07, 10h40", ("Quando",)),
        Heading(
            "O que foi explicado", "O que foi explicado: como importar a planilha de preços", ("Explicado",)
        ),
        Heading("O que foi combinado", "O que foi combinado: Marina importa hoje e confirma", ("Combinado",)),
    )
)
"""What the ticket keeps of a call (R17)."""


def blank_headings(text: str) -> tuple[Part, ...]:
    """Return the headings of our templates that ``text`` leaves blank, in its order: each blocks sending."""
    blanks = (part for form in (HOMOLOGATION, CALL) for part in form.blanks(text))
    return tuple(sorted(blanks, key=lambda part: part.span))
