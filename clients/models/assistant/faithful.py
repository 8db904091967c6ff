"""Whether another text still says the same: numbers, quotes, codes, addresses that it lost or invented."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..finding import Finding, Severity
from ..folded import Folded, Span
from ..quality.personal import emails
from ..text import fold

LOST, INVENTED = "fiel.perdido", "fiel.inventado"
_QUOTE = re.compile(
    "[\"“«‘](?P<inner>[^\"“”«»’\n]{2,500})[\"”»’]|(?<!\\w)'(?P<plain>[^'\n]{2,500})'(?!\\w)|`(?P<code>[^`\n]{2,500})`"
)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"”»)\]]+[^\s<>\"”»)\].,;:!?]", re.IGNORECASE)
_CODE = re.compile(
    r"\b[A-Z]{2,12}-\d{1,8}\b|\b0x[0-9A-Fa-f]{2,16}\b|\b[A-Z][A-Za-z]{2,40}(?:Exception|Error)\b"
)
_NUMBER = re.compile(r"\w*\d\w*(?:[.,:/-]\w*\d\w*)*")
_LIST_MARK = re.compile(r"^[ \t]*\(?\d{1,3}[ \t]?[.)ºª°-][ \t]", re.MULTILINE)
_TELLS = {
    "number": "o número",
    "quote": "o trecho entre aspas",
    "url": "o endereço",
    "email": "o e-mail",
    "code": "o código",
    "name": "o nome",
}


@dataclass(frozen=True)
class _Fact:
    kind: str
    span: Span
    text: str
    same: str
    """What makes two facts one."""


def check_faithful(original: str, proposal: str, names: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Return which facts of ``original`` the ``proposal`` lost, then which it has that nobody wrote.

    Of what was lost the span lies in the original (field ``description``), of what was invented in the
    proposal (field ``proposal``). Each fact is told once.
    """
    names = tuple(names)
    before, after = tuple(_facts(original, names)), tuple(_facts(proposal, names))
    lost = _without(before, after, proposal)
    invented = _without(after, before, original)
    return (
        *(_finding(LOST, "description", f"A proposta perdeu {_told(fact)}.", fact) for fact in lost),
        *(
            _finding(INVENTED, "proposal", f"A proposta traz {_told(fact)}, que o original não tem.", fact)
            for fact in invented
        ),
    )


def _without(facts: Iterable[_Fact], others: Iterable[_Fact], text: str) -> Iterator[_Fact]:
    known = {fact.same for fact in others}
    plain = _plain(text)
    quotes: list[Span] = []
    for fact in facts:
        if fact.same in known or (fact.kind == "quote" and fact.same in plain):
            continue
        if any(start <= fact.span[0] and fact.span[1] <= end for start, end in quotes):
            continue  # told with the quote
        known.add(fact.same)  # told once
        quotes += [fact.span] if fact.kind == "quote" else []
        yield fact


def _facts(text: str, names: Iterable[str]) -> Iterator[_Fact]:
    taken: list[Span] = [match.span() for match in _LIST_MARK.finditer(text)]
    for kind, span in _found(text, names):
        inside = any(start <= span[0] and span[1] <= end for start, end in taken)
        if kind != "quote" and not inside:
            taken.append(span)
        if not inside:
            said = text[slice(*span)]
            yield _Fact(
                kind, span, said, _plain(said).strip(".,;:") if kind == "quote" else fold(_plain(said))
            )


def _found(text: str, names: Iterable[str]) -> Iterator[tuple[str, Span]]:
    for match in _QUOTE.finditer(text):
        yield "quote", match.span(match.lastgroup or 0)
    for match in _URL.finditer(text):
        yield "url", match.span()
    for span in emails(text):
        yield "email", span
    for pattern, kind in ((_CODE, "code"), (_NUMBER, "number")):
        for match in pattern.finditer(text):
            yield kind, match.span()
    folded = Folded.of(text)
    for name in names:
        words = re.findall(r"\w+", fold(name))
        if words:
            for match in re.finditer(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", folded.text):
                yield "name", folded.span(*match.span())


def _plain(text: str) -> str:
    return " ".join(text.split())


def _told(fact: _Fact) -> str:
    shown = _plain(fact.text)
    return f"{_TELLS[fact.kind]} “{shown if len(shown) <= 60 else shown[:59] + '…'}”"


def _finding(rule: str, field: str, message: str, fact: _Fact) -> Finding:
    return Finding(rule, field, Severity.WARN, message, span=fact.span)
