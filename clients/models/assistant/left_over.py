"""The second look at a masked text, in another way than the first: what looks private must not leave."""

import re
import unicodedata
from collections.abc import Iterable

from ..folded import line_of
from .private import PLACEHOLDER, private_parts

_AT = re.compile(r"[^\s@‹›]\s?@\s?[^\s@‹›]|\w\s?[(\[](?:at|arroba)[)\]]\s?\w", re.IGNORECASE)
_FIGURES = re.compile(r"\d(?:[^\S\n]?[.,/_-]?[^\S\n]?\d){9,}", re.ASCII)
_CPF_LENGTH, _CNPJ_LENGTH = 11, 14


def private_line(masked: str, names: Iterable[str] = ()) -> int | None:
    """Return the first line, counted from 1, on which something still looks private; None if none does.

    Looked at is what a reader would see: compatibility forms (full-width figures) made plain, invisible
    characters taken out, groups of figures put together whatever stands between them.
    """
    names = tuple(names)
    for number, line in enumerate(masked.split("\n"), 1):
        if not line.strip():
            continue
        plain = PLACEHOLDER.sub("‹›", _as_read(line))
        if _AT.search(plain) or _has_document(plain) or private_parts(plain, names):
            return number
    # what one of the patterns finds across two lines
    rest = PLACEHOLDER.sub("‹›", _as_read(masked))
    parts = private_parts(rest, names)
    return line_of(rest, parts[0].span[0]) if parts else None


def _as_read(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return "".join(char for char in plain if char == "\n" or unicodedata.category(char) not in ("Cf", "Cc"))


def _has_document(text: str) -> bool:
    from stdnum.br import cnpj, cpf

    checks = {_CPF_LENGTH: cpf.is_valid, _CNPJ_LENGTH: cnpj.is_valid}
    for run in _FIGURES.finditer(text):
        groups = re.findall(r"\d+", run[0])
        for start in range(len(groups)):
            digits = ""
            for group in groups[start : start + _CNPJ_LENGTH]:
                digits += group
                if len(digits) in checks and checks[len(digits)](digits):
                    return True
    return False
