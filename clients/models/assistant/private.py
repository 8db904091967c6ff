"""What of a text has to stay inside: documents, addresses, telephones, keys, known names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ..folded import Folded, Span
from ..quality.personal import documents, emails
from .cards import cards
from .machine_keys import URL_LOGIN, machine_keys
from .said_keys import said_keys


class Kind(StrEnum):
    """What something is; the value is what stands in its place, with a number."""

    KEY = "CHAVE"
    EMAIL = "EMAIL"
    CNPJ = "CNPJ"
    CPF = "CPF"
    CARD = "CARTAO"
    PHONE = "FONE"
    NAME = "NOME"
    MARK = "MARCA"
    """Text that looks like one of our own placeholders."""


@dataclass(frozen=True)
class Private:
    """Something that has to stay inside, and where it stands."""

    kind: Kind
    span: Span


PLACEHOLDER = re.compile(r"‹[A-ZÀ-Ú]{2,12}_\d{1,4}›")
_PARTICLES = frozenset("de da do das dos e a o as os".split())
_SHORTEST_NAME = 3

# what is no key in the end is taken along all the same: looked at again from each letter it would take long
_URL_TAIL = re.compile(r"(?:https?://|www\.)[^\s?#<>\"]++([?#][^\s<>\"]++)?", re.IGNORECASE)
_BEARER = re.compile(r"\b(?:Bearer|Basic)[ \t]{1,3}([A-Za-z0-9._~+/=-]{8,2000})")
_PEM = re.compile(r"-----BEGIN [A-Z ]{3,40}-----[^-]{0,8000}(?:-----END [A-Z ]{3,40}-----)?")
_JWT = re.compile(r"\b(eyJ[A-Za-z0-9_-]{5,}+(?:\.[A-Za-z0-9_-]++){1,2})|\beyJ[A-Za-z0-9_-]++")
_PREFIXED = re.compile(r"\b(?:xox[a-z]|sk|pk|rk|gh[a-z]|glpat|AKIA)[-_A-Za-z0-9]{12,500}")
_UNBROKEN = re.compile(r"(?<![\w+=-])[\w+=-]{20,}+", re.ASCII)
_SHORTEST_RANDOM = 20
_LONG_NUMBER = re.compile(r"(?<![\w.])\d(?:[ .-]?\d){19,59}(?!\w)", re.ASCII)
"""An invoice's access key holds the issuer's CNPJ; a payment slip's line, bank and value."""

_MENTION = re.compile(r"(?<![\w@.›·])@\w[\w.-]{0,60}")
"""After a mark it is an address's host: ``postgres://ana:‹CHAVE_1›@host``."""

_CPF = re.compile(r"(?<![0-9A-Za-z])\d{3}[.\s]?\d{3}[.\s]?\d{3}[-\s./]?\d{2}(?![0-9A-Za-z])", re.ASCII)
_CNPJ = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9A-Za-z]{2}[.][0-9A-Za-z]{3}[.][0-9A-Za-z]{3}/[0-9A-Za-z]{4}[-\s]?\d{2}"
    r"|\d{2}[.\s]?\d{3}[.\s]?\d{3}[/\s]?\d{4}[-\s]?\d{2})(?![0-9A-Za-z])",
    re.ASCII,
)
_SAID_DOCUMENT = re.compile(
    r"\b(cpf|cnpj)\b(?:[ \t]{0,3}(?:[:=]|n[º°o]\.?|é|do cliente)){0,2}[ \t]{0,3}"
    r"([0-9A-Z][0-9A-Z./-]{3,24}\d)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:\+\s?55[\s.-]?)?"
    r"(?:0?\(?\d{2}\)?[\s.-]?9?[\s.]?\d{4}[\s.-]?\d{4}|9?\d{4}-\d{4}|0[3589]00[\s.-]?\d{3}[\s.-]?\d{4})(?![\w/-])",
    re.ASCII,
)


def private_parts(text: str, names: Iterable[str] = ()) -> list[Private]:
    """Return what has to stay inside, in the order of the text; parts that overlap are one.

    ``names`` are people's full names: the whole, and each part of it that is written with a capital.
    """
    found = [*_keys(text), *_addresses(text), *_numbers(text), *_names(text, names)]
    found += [Private(Kind.MARK, match.span()) for match in PLACEHOLDER.finditer(text)]
    return _joined(found)


def _keys(text: str) -> Iterator[Private]:
    yield from (Private(Kind.KEY, span) for span in (*machine_keys(text), *said_keys(text)))
    for pattern in (_URL_TAIL, _BEARER, _JWT):
        yield from (Private(Kind.KEY, match.span(1)) for match in pattern.finditer(text) if match[1])
    for pattern in (_PEM, _PREFIXED, _LONG_NUMBER):
        yield from (Private(Kind.KEY, match.span()) for match in pattern.finditer(text))
    for match in _UNBROKEN.finditer(text):
        start, end = _random(text, *match.span())
        seen = text[start : match.end()]
        if end - start >= _SHORTEST_RANDOM and re.search(r"\d", seen) and re.search(r"[A-Za-z]", seen):
            yield Private(Kind.KEY, (start, end))


def _random(text: str, start: int, end: int) -> Span:
    """What of an unbroken run may be a key: not what belongs to a path, a file's name or an address."""
    if text[start - 1 : start] in ("/", ".", "@"):
        start = text.find("=", start, end) + 1 or end
    if text[end : end + 1] == "@":
        end = max(text.rfind(mark, start, end) for mark in "+=-")
    return start, end


def _addresses(text: str) -> Iterator[Private]:
    logins = {match.end() - 1 for match in URL_LOGIN.finditer(text)}
    for start, end in emails(text):
        if text.index("@", start) not in logins:  # who and which host has to be seen: the key alone is one
            yield Private(Kind.EMAIL, (start, end))
    yield from (Private(Kind.NAME, match.span()) for match in _MENTION.finditer(text))


def _numbers(text: str) -> Iterator[Private]:
    for start, end in documents(text):
        digits = sum(char.isalnum() for char in text[start:end])
        yield Private(Kind.CPF if digits == 11 else Kind.CNPJ, (start, end))
    yield from (Private(Kind.CNPJ, match.span()) for match in _CNPJ.finditer(text))
    for match in _SAID_DOCUMENT.finditer(text):
        yield Private(Kind.CPF if match[1].casefold() == "cpf" else Kind.CNPJ, match.span(2))
    yield from (Private(Kind.CARD, span) for span in cards(text))
    yield from (Private(_phone_or_cpf(match[0]), match.span()) for match in _CPF.finditer(text))
    yield from (Private(Kind.PHONE, match.span()) for match in _PHONE.finditer(text))


def _phone_or_cpf(written: str) -> Kind:
    """Eleven figures in a row may be either; which only matters for what stands in their place."""
    from stdnum.br import cpf

    is_mobile = written.isdigit() and written[2] == "9" and not cpf.is_valid(written)
    return Kind.PHONE if is_mobile else Kind.CPF


def _names(text: str, names: Iterable[str]) -> Iterator[Private]:
    wholes, parts = _forms(names)
    if not wholes:
        return
    folded = Folded.of(text)
    for form in wholes:
        for match in re.finditer(rf"(?<!\w){form}(?!\w)", folded.text):
            yield Private(Kind.NAME, folded.span(*match.span()))
    for match in re.finditer(r"\w+", folded.text):
        span = folded.span(*match.span())
        if match[0] in parts and text[span[0]].isupper():
            yield Private(Kind.NAME, span)


def _forms(names: Iterable[str]) -> tuple[list[str], frozenset[str]]:
    """The whole names as patterns, the longest first, and the parts that each stand for somebody."""
    wholes: dict[str, None] = {}
    parts: set[str] = set()
    for name in names:
        words = re.findall(r"\w+", Folded.of(name).text)
        if words and max(map(len, words)) >= _SHORTEST_NAME:
            wholes[r"[\s._-]{1,3}".join(map(re.escape, words))] = None
            parts.update(word for word in words if len(word) >= _SHORTEST_NAME and word not in _PARTICLES)
    return sorted(wholes, key=len, reverse=True), frozenset(parts)


_ORDER = tuple(Kind)


def _joined(found: Iterable[Private]) -> list[Private]:
    """Join what overlaps, under the kind that comes first in `Kind`: nothing of either stays outside."""
    joined: list[Private] = []
    for part in sorted(found, key=lambda part: part.span):
        if not joined or part.span[0] >= joined[-1].span[1]:
            joined.append(part)
            continue
        last = joined[-1]
        kind = min(last.kind, part.kind, key=_ORDER.index)
        joined[-1] = Private(kind, (last.span[0], max(last.span[1], part.span[1])))
    return joined
