"""The second look at a masked text, in another way than the first: what looks private must not leave."""

import re
import unicodedata
from collections.abc import Iterable

from ..folded import line_of
from .private import PLACEHOLDER, private_parts

_AT = re.compile(
    r"[^\s@‹›][^\S\n]?@[^\S\n]?[^\s@‹›]|\w[^\S\n]?[(\[](?:at|arroba)[)\]][^\S\n]?\w", re.IGNORECASE
)
_FIGURES = re.compile(r"\d(?:[^\S\n]?[.,/_-]?[^\S\n]?\d){9,}", re.ASCII)
_CODE = re.compile(r"[0-9A-Z](?:[./_-]?[0-9A-Z]){13,}", re.ASCII | re.IGNORECASE)
"""Since 2026 a CNPJ may have letters."""
_CPF_LENGTH, _CNPJ_LENGTH = 11, 14


def private_line(masked: str, names: Iterable[str] = ()) -> int | None:
    """Return the first line, counted from 1, on which something still looks private; None if none does.

    Looked at is what a reader would see: compatibility forms (full-width figures) made plain, invisible
    characters taken out, groups of figures put together whatever stands between them.
    """
    plain = PLACEHOLDER.sub("‹›", _as_read(masked))
    places = [part.span[0] for part in private_parts(plain, names)[:1]]
    places += [match.start() for match in (_AT.search(plain), _document(plain)) if match is not None]
    return line_of(plain, min(places)) if places else None


def _as_read(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return "".join(char for char in plain if char == "\n" or unicodedata.category(char) not in ("Cf", "Cc"))


def _document(text: str) -> re.Match[str] | None:
    """The first run of groups, of figures or of letters too, some of which are together a document."""
    from stdnum.br import cnpj, cpf

    checks = {_CPF_LENGTH: cpf.is_valid, _CNPJ_LENGTH: cnpj.is_valid}
    runs = sorted((*_FIGURES.finditer(text), *_CODE.finditer(text)), key=lambda run: run.start())
    for run in runs:
        groups = re.findall(r"[0-9A-Za-z]+", run[0])
        for start in range(len(groups)):
            joined = ""
            for group in groups[start : start + _CNPJ_LENGTH]:
                joined += group
                if len(joined) in checks and checks[len(joined)](joined):
                    return run
    return None
