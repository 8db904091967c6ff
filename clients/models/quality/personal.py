"""Personal data where it should not be: CPF, CNPJ (also alphanumeric) and e-mail addresses in free text."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ..folded import Span

_CPF = re.compile(r"(?<![0-9A-Za-z])(?:\d{3}\.\d{3}\.\d{3}-\d{2}|\d{11})(?![0-9A-Za-z])")
_CNPJ = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9A-Za-z]{2}\.[0-9A-Za-z]{3}\.[0-9A-Za-z]{3}/[0-9A-Za-z]{4}-\d{2}|[0-9A-Za-z]{12}\d{2})"
    r"(?![0-9A-Za-z])"
)
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_LOCAL_CHARS = frozenset("!#$%&'*+-/=?^_`{|}~.")
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
