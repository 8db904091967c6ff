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
_TOKEN = re.compile(r"\w+")
_WITHIN = frozenset(".,:/-")
"""What holds the parts of a number together: 1.234,56 and 14:30 and 09/03."""
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
    lost = _without(before, after, original, proposal)
    invented = _without(after, before, proposal, original)
    return (
        *(_finding(LOST, "description", f"A proposta perdeu {_told(fact)}.", fact) for fact in lost),
        *(
            _finding(INVENTED, "proposal", f"A proposta traz {_told(fact)}, que o original não tem.", fact)
            for fact in invented
        ),
    )


def _without(facts: Iterable[_Fact], others: Iterable[_Fact], text: str, other: str) -> Iterator[_Fact]:
    """The facts of ``text`` that are neither among ``others`` nor quoted from ``other``."""
    known = {fact.same for fact in others}
    plain = _plain(other)
    quoted = bytearray(len(text))
    for fact in facts:
        if fact.same in known or (fact.kind == "quote" and fact.same in plain):
            continue
        if _is_inside(fact.span, quoted):
            continue  # told with the quote
        known.add(fact.same)  # told once
        if fact.kind == "quote":
            _take(fact.span, quoted)
        yield fact


def _facts(text: str, names: Iterable[str]) -> Iterator[_Fact]:
    taken = bytearray(len(text))
    for mark in _LIST_MARK.finditer(text):
        _take(mark.span(), taken)
    for kind, span in _found(text, names):
        if not _is_inside(span, taken):
            if kind != "quote":
                _take(span, taken)
            said = text[slice(*span)]
            yield _Fact(
                kind, span, said, _plain(said).strip(".,;:") if kind == "quote" else fold(_plain(said))
            )


def _take(span: Span, taken: bytearray) -> None:
    taken[slice(*span)] = b"\1" * (span[1] - span[0])


def _is_inside(span: Span, taken: bytearray) -> bool:
    return bool(taken[span[0]] and taken[span[1] - 1])


def _numbers(text: str) -> Iterator[Span]:
    """Yield words with figures in them, together what only a point, a slash and their like hold apart."""
    span: Span | None = None
    for match in _TOKEN.finditer(text):
        if not any(char.isdigit() for char in match[0]):
            continue
        if span is not None and match.start() - span[1] == 1 and text[span[1]] in _WITHIN:
            span = span[0], match.end()
            continue
        if span is not None:
            yield span
        span = match.span()
    if span is not None:
        yield span


def _found(text: str, names: Iterable[str]) -> Iterator[tuple[str, Span]]:
    for match in _QUOTE.finditer(text):
        yield "quote", match.span(match.lastgroup or 0)
    for match in _URL.finditer(text):
        yield "url", match.span()
    for span in emails(text):
        yield "email", span
    for match in _CODE.finditer(text):
        yield "code", match.span()
    for span in _numbers(text):
        yield "number", span
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
