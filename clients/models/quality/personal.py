"""Personal data where it should not be: CPF, CNPJ (also alphanumeric) and e-mail addresses in free text."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ..folded import Span
from .lexicon import Lexicon
from .words import read

_CPF = re.compile(r"(?<![0-9A-Za-z])(?:\d{3}\.\d{3}\.\d{3}-\d{2}|\d{11})(?![0-9A-Za-z])")
_CNPJ = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9A-Za-z]{2}\.[0-9A-Za-z]{3}\.[0-9A-Za-z]{3}/[0-9A-Za-z]{4}-\d{2}|[0-9A-Za-z]{12}\d{2})"
    r"(?![0-9A-Za-z])"
)
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_LOCAL_CHARS = frozenset("!#$%&'*+-/=?^_`{|}~.")
_PHONE = re.compile(  # with a bracket or a hyphen: bare digits may be the number of an order
    r"(?<![\w.-])(?:\([1-9]{2}\)\s?9?\d{4}[\s-]?\d{4}|[1-9]{2}\s9?\d{4}-\d{4}|9\d{4}-\d{4})(?![\w-])"
)
_NAME = r"[A-ZÀ-Ý][\w&'’.-]{1,30}"
_COMPANY = re.compile(
    rf"{_NAME}(?:\s(?:e\s|d[aeo]s?\s)?{_NAME}){{0,5}}\s(?:(?i:ltda|eireli|epp)\b\.?|(?:ME|MEI|S/A|S\.A)\b\.?)"
)
_AFTER_CLIENT = re.compile(rf"\b[Cc]liente:?\s+({_NAME}(?:\s(?:d[aeo]s?\s)?{_NAME}){{0,4}})")
_DIGIT = re.compile(r"[0-9]")
_LOCAL_MAX = 64
_ADDRESS_MAX = 254


def documents(text: str) -> Iterator[Span]:
    """Yield the spans of valid CPF and CNPJ numbers; telephone and order numbers fail the check digits."""
    if not _DIGIT.search(text):
        return
    from stdnum.br import cnpj, cpf

    for pattern, check in ((_CPF, cpf.is_valid), (_CNPJ, cnpj.is_valid)):
        for match in pattern.finditer(text):
            characters = {char for char in match[0] if char.isalnum()}
            if len(characters) > 1 and check(match[0].upper()):
                yield match.span()


def phones(text: str) -> Iterator[Span]:
    """Yield the spans of telephone numbers that are written as such."""
    if _DIGIT.search(text):
        yield from (match.span() for match in _PHONE.finditer(text))


def customers(text: str, lexicon: Lexicon) -> Iterator[Span]:
    """Yield the spans of names of customers: a company's with its legal form, or a name after "cliente"."""
    if all(word[:1].isupper() for word in text.split() if word[:1].isalpha() and len(word) > 3):
        return  # where every word has a capital, none marks a name
    companies = [match.span() for match in _COMPANY.finditer(text)]
    yield from companies
    known = lexicon.words("not_clients", "stopwords", "negations")
    for match in _AFTER_CLIENT.finditer(text):
        start, end = match.span(1)
        name = read(match[1])
        if any(start < there and begin < end for begin, there in companies):
            continue
        if name.texts[0] not in known and not name.has(lexicon.phrases("places")):
            yield start, end


def emails(text: str) -> Iterator[Span]:
    """Yield the spans that look like e-mail addresses; found from the ``@`` outwards, in linear time."""
    at = text.find("@")
    while at >= 0:
        start = at
        while start > 0 and at - start < _LOCAL_MAX and _is_local(text[start - 1]):
            start -= 1
        domain = _DOMAIN.match(text, at + 1, at + 1 + _ADDRESS_MAX)
        if start < at and domain:
            yield start, domain.end()
        at = text.find("@", at + 1)


def _is_local(char: str) -> bool:
    return char.isalnum() or char in _LOCAL_CHARS


@lru_cache(maxsize=256)
def is_email(address: str) -> bool:
    """Tell whether ``address`` has the form of an e-mail address (nothing is looked up)."""
    if len(address) > _ADDRESS_MAX:
        return False
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
