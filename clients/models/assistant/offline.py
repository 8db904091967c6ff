"""The assistant that needs no model: what was written, put under the headings; what is missing, asked."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from ..quality.lexicon import BUILT_IN, Lexicon
from .gaps import Proposal
from .headings import ASKED, HEADINGS, MESSAGE, SOURCE, STEPS, heading_of
from .missing import missing
from .sentences import sentences
from .sorting import LIST_MARK, NUMBER_MARK, heading_for, is_told

_ENDS = frozenset('.!?…:;"”»)')
_QUOTES = frozenset('"“«‘(')
_LEADS_ON = frozenset("a o as os um uma de da do das dos em no na nos nas com por para ao à e ou que".split())
"""Words that end no sentence."""
_GREETING = re.compile(
    r"^([ \t]*(?:>[ \t]?)?)(?:(?:bom dia|boa tarde|boa noite|ol[áa]|oi|tudo bem)"
    r"(?: (?:a )?(?:todos|pessoal|equipe|time))?(?:[ \t]*[,.!?]+[ \t]*|[ \t]*$))+",
    re.IGNORECASE | re.MULTILINE,
)
_STEP_LINE = re.compile(r"(\d{1,4})\. \S")


@dataclass(frozen=True)
class _Piece:
    heading: str
    line: int
    """Of the text as it was written: pieces of one line stay on one line."""
    text: str


def rewrite(description: str, lexicon: Lexicon = BUILT_IN) -> Proposal:
    """Return ``description`` under the headings, word for word, and what it leaves open.

    Nothing is added but headings and the numbers of steps, nothing dropped but headings that are named
    otherwise or answered elsewhere, list marks, greetings and blanks. A heading that nobody answered stays,
    so that the form goes on asking. A text that stands like this already comes back as it is.
    """
    whole = description.strip()
    begun = SOURCE.match(whole)
    source, text = (begun[0].strip(), whole[begun.end() :].strip()) if begun else ("", whole)
    text = _without_greetings(text)
    if not _is_arranged(text):
        pieces = list(_pieces(text, lexicon))
        told = _arranged(pieces)
        left = [name for name in _named(text) if not is_told(name, told, lexicon)]
        text = _arranged(pieces, left)
    arranged = "\n\n".join(filter(None, (source, text)))
    return Proposal(arranged, tuple(ASKED[heading] for heading in missing(arranged, lexicon)))


def _without_greetings(text: str) -> str:
    """What a client says before coming to the point; a line of nothing else goes with it."""
    lines = text.splitlines()
    plain = (_GREETING.sub(r"\1", line) for line in lines)
    return "\n".join(
        said for line, said in zip(lines, plain, strict=True) if said == line or said.strip("> \t")
    )


def _named(text: str) -> frozenset[str]:
    """The headings that the text has, however they are called."""
    return frozenset(headed[0] for line in text.splitlines() if (headed := heading_of(line)))


def _pieces(text: str, lexicon: Lexicon) -> Iterator[_Piece]:
    """What stands beside a heading is one line long; what stands below it goes on to the next blank line."""
    heading: str | None = None
    begun = False
    for number, line in enumerate(_unwrapped(text)):
        if not line.strip():
            heading = None if begun else heading
        elif (headed := _headed_apart(line))[0] is not None:
            named, beside = headed
            heading, begun = (None if beside and named != STEPS else named), False
            if beside:
                yield from _of_line(named, number, beside, lexicon)
        else:
            begun = True
            yield from _of_line(heading, number, line, lexicon)


def _unwrapped(text: str) -> list[str]:
    """The lines, those put together again that were broken within a sentence."""
    lines: list[str] = []
    for line in text.splitlines():
        begun = lines[-1].rstrip() if lines else ""
        first = line.lstrip()[:1]
        goes_on = first.islower() or first in _QUOTES or begun.rpartition(" ")[2].casefold() in _LEADS_ON
        begins_anew = not goes_on or LIST_MARK.match(line) or heading_of(line) or not line.strip()
        if begun and not begins_anew and begun[-1] not in _ENDS:
            lines[-1] = f"{begun} {line.strip()}"
        else:
            lines.append(line)
    return lines


def _of_line(heading: str | None, number: int, line: str, lexicon: Lexicon) -> Iterator[_Piece]:
    if heading == STEPS or (NUMBER_MARK.match(line) and heading != MESSAGE):
        yield from (_Piece(STEPS, number, sentence) for sentence in sentences(line))
    elif heading is not None:
        yield _Piece(heading, number, line.strip())
    else:
        for sentence in sentences(line):
            named, said = _headed_apart(sentence)
            if said:
                yield _Piece(named or heading_for(said, lexicon), number, said)


def _headed_apart(text: str) -> tuple[str | None, str]:
    """The heading in front of a text, of several the last, and the text without them."""
    named = None
    while headed := heading_of(text):
        named, text = headed[0], text[headed[1] :]
    return named, text.strip()


def _arranged(pieces: list[_Piece], left: Container[str] = ()) -> str:
    """The pieces under their headings; those of ``left`` are there also without any."""
    return "\n".join(
        line
        for heading in HEADINGS
        for line in (*_section(heading, pieces),) or ((f"{heading}:",) if heading in left else ())
    )


def _section(heading: str, pieces: list[_Piece]) -> Iterator[str]:
    mine = [piece for piece in pieces if piece.heading == heading]
    if heading == STEPS:
        steps = [step for piece in mine if (step := LIST_MARK.sub("", piece.text, count=1).strip())]
        if steps:
            yield f"{heading}:"
        yield from (f"{number}. {step}" for number, step in enumerate(steps, 1))
        return
    lines: dict[int, list[str]] = {}
    for piece in mine:
        lines.setdefault(piece.line, []).append(piece.text)
    for place, texts in enumerate(lines.values()):
        said = " ".join(texts)
        if place == 0 and said.startswith(">"):
            yield f"{heading}:"  # quoted words stay apart from ours
            yield said
        else:
            yield f"{heading}: {said}" if place == 0 else said


def _headed(text: str) -> Iterator[tuple[str, int]]:
    """Yield the headings of a text, as they are called in the template, each with its line."""
    for number, line in enumerate(text.split("\n")):
        name = line.partition(":")[0]
        if name in HEADINGS and line.startswith(f"{name}:"):
            yield name, number


def _is_arranged(text: str) -> bool:
    """Whether ``text`` is what `_arranged` writes: all of it under headings, in order, steps numbered."""
    lines = text.split("\n")
    headed = list(_headed(text))
    order = [HEADINGS.index(name) for name, _ in headed]
    if not headed or headed[0][1] != 0 or order != sorted(set(order)) or len(text.splitlines()) != len(lines):
        return False
    ends = [number for _, number in headed[1:]] + [len(lines)]
    return all(_is_section(name, lines[number:end]) for (name, number), end in zip(headed, ends, strict=True))


def _is_section(name: str, lines: list[str]) -> bool:
    if any(line != line.strip() or not line for line in lines):
        return False
    if lines == [f"{name}:"]:
        return True
    if name == STEPS:
        numbers = [match and int(match[1]) for match in map(_STEP_LINE.match, lines[1:])]
        return lines[0] == f"{name}:" and numbers == list(range(1, len(lines))) and len(lines) > 1
    if any(NUMBER_MARK.match(line) for line in lines[1:]) and name != MESSAGE:
        return False
    beside = lines[0].removeprefix(f"{name}:").strip()
    headed = not beside.startswith(">") if beside else lines[1].startswith(">")
    return headed and not any(map(heading_of, lines[1:]))
