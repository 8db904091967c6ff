"""What was seen in a log, as it may be kept: its end only, and nothing in it that has to stay inside."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .assistant.left_over import private_line
from .assistant.private import PLACEHOLDER, Kind, Private, private_parts
from .text import safe_text

MOST_LINES = 200
MOST_CHARS = 20_000
_NOT_WORTH_CUTTING = 10
"""Lines beyond `MOST_LINES` that stay: what is said above the lines of a log must not cost any of them."""
TAKEN_OUT = "[linha retirada: ainda parecia ter um dado pessoal ou uma chave]"
_SINGULAR_PLURAL = {
    Kind.KEY: ("chave ou senha", "chaves ou senhas"),
    Kind.EMAIL: ("e-mail", "e-mails"),
    Kind.CNPJ: ("CNPJ", "CNPJ"),
    Kind.CPF: ("CPF", "CPF"),
    Kind.CARD: ("cartão", "cartões"),
    Kind.PHONE: ("telefone", "telefones"),
    Kind.NAME: ("nome", "nomes"),
}


@dataclass(frozen=True)
class Masking:
    """Texts that may be kept and passed on, and what was done to them. Nothing tells what was taken out."""

    texts: tuple[str, ...]
    masked: Mapping[Kind, int]
    """How many places of each kind."""
    lines: int = 0
    """Lines taken out as a whole, since a second look still found something in them."""

    @property
    def told(self) -> str:
        """What was done, in words; empty where there was nothing to do."""
        count = sum(self.masked.values())
        kinds = ", ".join(f"{number} {_word(kind, number)}" for kind, number in self.masked.items())
        places = f"{count} {'trecho mascarado' if count == 1 else 'trechos mascarados'} ({kinds})"
        lines = f"{self.lines} {'linha retirada' if self.lines == 1 else 'linhas retiradas'}"
        return " · ".join(filter(None, (places if count else "", lines if self.lines else "")))


def log_end(text: str, *, whole: bool = True) -> str:
    """Return the last lines of ``text``, cleaned; a first line says so where there were more.

    ``whole`` is False where what stood before is not there any more, and nobody knows how much it was.
    """
    most = MOST_LINES + _NOT_WORTH_CUTTING
    end = text.strip("\r\n")[-10 * MOST_CHARS :].splitlines()[-most - 1 :]
    lines = [line.rstrip() for line in safe_text("\n".join(end)).split("\n")]
    if whole and len(lines) <= most and _length(lines) <= MOST_CHARS + most:
        return "\n".join(lines)
    kept = lines[-MOST_LINES:]
    while len(kept) > 1 and _length(kept) > MOST_CHARS:
        kept = kept[1:]
    kept = [line[:MOST_CHARS] for line in kept]
    last = "última linha" if len(kept) == 1 else f"últimas {len(kept)} linhas"
    return "\n".join([f"[só {'a' if len(kept) == 1 else 'as'} {last}]", *kept])


def _length(lines: Sequence[str]) -> int:
    return sum(map(len, lines)) + len(lines)


def masked(texts: Sequence[str]) -> Masking:
    """Put ``‹CPF_1›`` and its like in the place of what has to stay inside: the same for the same.

    A number is the same however it is written, since nothing is ever put back.
    What bears such a mark already stays as it is: a second masking changes nothing. A line in which the
    second look still finds something is taken out.
    """
    marks: dict[tuple[Kind, str], str] = {}
    numbers = Counter({kind: _highest(kind, texts) for kind in Kind})
    found: Counter[Kind] = Counter()
    lines = 0
    kept = []
    for text in texts:
        pieces, end = [], 0
        for part in _unmarked_parts(text):
            same = part.kind, _same(part.kind, text[slice(*part.span)])
            if same not in marks:
                numbers[part.kind] += 1
                marks[same] = f"‹{part.kind}_{numbers[part.kind]}›"
            found[part.kind] += 1
            pieces += [text[end : part.span[0]], marks[same]]
            end = part.span[1]
        rest, out = _without_private_lines("".join([*pieces, text[end:]]))
        kept.append(rest)
        lines += out
    return Masking(tuple(kept), dict(found), lines)


def _unmarked_parts(text: str) -> list[Private]:
    """What has to stay inside and does so not yet: marks are hidden, at their length, from those who look."""
    hidden = PLACEHOLDER.sub(lambda mark: "‹›".ljust(len(mark[0]), "·"), text)
    return [part for part in private_parts(hidden) if "‹›" not in hidden[slice(*part.span)]]


def _same(kind: Kind, written: str) -> str:
    """What is the same in all ways of writing it."""
    if kind in (Kind.CPF, Kind.CNPJ, Kind.CARD, Kind.PHONE):
        return "".join(filter(str.isalnum, written)).upper()
    return written.casefold() if kind is Kind.EMAIL else written


def _without_private_lines(text: str) -> tuple[str, int]:
    lines, out = text.split("\n"), 0
    while (number := private_line("\n".join(lines))) is not None:
        # line by line all are found at once; what only several lines together are, one after the other
        places = [place for place, line in enumerate(lines) if private_line(line) is not None]
        for place in places or [number - 1]:
            lines[place] = TAKEN_OUT
            out += 1
    return "\n".join(lines), out


def _highest(kind: Kind, texts: Sequence[str]) -> int:
    given = re.compile(rf"‹{kind}_(\d{{1,4}})›")
    return max((int(number) for text in texts for number in given.findall(text)), default=0)


def _word(kind: Kind, number: int) -> str:
    singular, plural = _SINGULAR_PLURAL.get(kind, ("marca", "marcas"))
    return singular if number == 1 else plural
