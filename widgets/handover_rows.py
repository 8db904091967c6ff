"""A handover as rows: parts with their lines below them, while it is prepared and once it was handed over."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len

from clients.models.handover import (
    PART_TITLES,
    Acknowledgement,
    Handover,
    HandoverLine,
    Part,
    Portion,
    Preparation,
)
from clients.models.morning import Weight
from clients.models.slack_talk import Answer
from clients.models.times import day_time

from .cells import Line, Piece, Tone, clip, line_width
from .hanging_lines import SignedText
from .phrases import counted

TEXT_ROW = "texto"
"""Key of the row under which the text is read as it went out."""
SEEN_ROW = "ciencia"
"""Key of the row under which it is read who acknowledged what."""
_MARKS = {
    Weight.RED: Piece("✖", Tone.BAD),
    Weight.UNKNOWN: Piece("?", Tone.WARN),
    Weight.PLAIN: Piece("•", Tone.PLAIN),
}


@dataclass(frozen=True)
class HandoverRow:
    """One row: a part's heading (with the keys of its lines), a line, or the text."""

    key: str
    sign: Piece
    text: str
    tone: Tone = Tone.PLAIN
    line: HandoverLine | None = None
    keys: tuple[str, ...] = ()
    """Of a heading: the lines below it."""
    is_on: bool = False
    """Whether it is passed on, or acknowledged."""
    is_asked: bool = False
    """Whether something was asked back as it was acknowledged."""
    details: tuple[SignedText, ...] = ()
    """What is told of it below."""

    def draw(self, width: int) -> Line:
        """The row in ``width`` cells."""
        if self.line is None:
            return (self.sign, Piece(" "), Piece(self.text, self.tone))
        noted = (
            *((Piece("✎ ", Tone.ACCENT),) if self.line.note else ()),
            *((Piece("» ", Tone.ACCENT),) if self.is_asked else ()),
        )
        before = (Piece(" "), self.sign, Piece(" "), *noted, _MARKS[self.line.weight], Piece(" "))
        return (*before, Piece(_both_ends(self.text, width - line_width(before)), self.tone))


def preparing_rows(preparation: Preparation, portions: Sequence[Portion]) -> tuple[HandoverRow, ...]:
    """Return the rows of a handover that is prepared: every line that was found, and one's own."""
    by_part = {portion.part: portion for portion in portions}
    every = tuple(preparation.all_lines(portions))
    rows: list[HandoverRow] = []
    for part in Part:
        lines = [line for line in every if line.part is part]
        portion = by_part.get(part, Portion(part=part))
        if part is not Part.ADDED or lines:
            rows.append(_heading(portion, lines, preparation))
        rows += [_prepared(line, passed_on=line.key not in preparation.left_out) for line in lines]
    return tuple(rows)


def handed_rows(
    handover: Handover, fate: str, now: datetime, answers: Sequence[Answer] = ()
) -> tuple[HandoverRow, ...]:
    """Return the rows of a handover: its text as it went out, who took it in, and each line.

    ``answers`` were given on Slack.
    """
    seen = [_seen_row(handover, answers, now)] if handover.lines or answers else []
    return (_text_row(handover, fate), *seen, *_handed_lines(handover, now))


def _seen_row(handover: Handover, answers: Sequence[Answer], now: datetime) -> HandoverRow:
    """Who acknowledged how much, and below it what; what nobody acknowledged; what was answered."""
    people = [f"{who} {count}" for who, count in Counter(each.who for each in handover.seen).items()]
    left = handover.waiting
    told = [", ".join(people) or "de ninguém ainda" if handover.lines else ""]
    told.append(counted(len(answers), "resposta", "respostas") + " no Slack" if answers else "")
    texts = {line.key: line.text for line in handover.lines}
    details: list[SignedText] = []
    for answer in answers:
        said = f"{answer.who}, {day_time(answer.at, now)}, no Slack: {' '.join(answer.text.split())}"
        details.append((Piece("»", Tone.ACCENT), said))
    for each in handover.seen:
        details += [(sign, f"{said} (sobre «{texts.get(each.key, '')}»)") for sign, said in _asked(each)]
    details += [(Piece("☐", Tone.WARN), f"sem ciência: {line.text}") for line in left]
    for each in handover.seen:
        given = f"{each.who}, {day_time(each.at, now)}: {texts.get(each.key, '')}"
        details.append((Piece("✓", Tone.GOOD), given))
    sign = Piece("☐", Tone.WARN) if left else Piece("✓", Tone.GOOD)
    words = " · ".join(("Ciência", *filter(None, told)))
    return HandoverRow(SEEN_ROW, sign, words, Tone.STRONG, details=tuple(details))


def _asked(given: Acknowledgement) -> tuple[SignedText, ...]:
    if not given.note:
        return ()
    return ((Piece("»", Tone.ACCENT), f"{given.who}: {' '.join(given.note.split())}"),)


def _text_row(handover: Handover, fate: str) -> HandoverRow:
    link = ((Piece(" ", Tone.ACCENT), handover.link),) if handover.link else ()
    words = tuple((Piece(" "), each) for each in handover.text.split("\n"))
    details = (*link, *words)
    return HandoverRow(TEXT_ROW, Piece("≡", Tone.ACCENT), f"Texto · {fate}", Tone.STRONG, details=details)


def _handed_lines(handover: Handover, now: datetime) -> Iterator[HandoverRow]:
    by_part: Mapping[Part, list[HandoverLine]] = {
        part: [line for line in handover.lines if line.part is part] for part in Part
    }
    for part, lines in by_part.items():
        if lines:
            left = sum(handover.acknowledgement(line.key) is None for line in lines)
            told = f"{PART_TITLES[part]} · {f'{left} sem ciência' if left else 'tudo com ciência'}"
            keys = tuple(line.key for line in lines)
            yield HandoverRow(_part_key(part), Piece(" "), told, Tone.STRONG, keys=keys, is_on=not left)
        for line in lines:
            given = handover.acknowledgement(line.key)
            seen = f"ciente: {given.who}, {day_time(given.at, now)}" if given else "sem ciência"
            sign = Piece("✓", Tone.GOOD) if given else Piece("☐", Tone.WARN)
            asked = _asked(given) if given else ()
            yield HandoverRow(
                line.key,
                sign,
                line.text,
                Tone.DIM if given else Tone.PLAIN,
                line=line,
                is_on=given is not None,
                is_asked=bool(asked),
                details=(*_details(line, (sign, seen)), *asked),
            )


def _both_ends(text: str, width: int) -> str:
    """What it is about gives way in the middle, so that whose turn it is, and until when, is seen too."""
    about, dash, turn = text.partition(" — ")
    if not dash or cell_len(text) <= width:
        return text
    room = max(width * 2 // 5, width - cell_len(dash + turn))
    return f"{clip(about, room)}{dash}{turn}"


def _heading(portion: Portion, lines: Sequence[HandoverLine], preparation: Preparation) -> HandoverRow:
    passed_on = [line for line in lines if line.key not in preparation.left_out]
    unseen = portion.absent or portion.trouble
    count = "nada" if not lines else f"{len(passed_on)} de {len(lines)}"
    told = f"{count} · {unseen}" if lines and unseen else unseen or count
    title = PART_TITLES[portion.part]
    details: tuple[SignedText, ...] = ((Piece(" ", Tone.DIM), f"{title}: {told}"),)
    return HandoverRow(
        _part_key(portion.part),
        Piece("▲" if portion.trouble else " ", Tone.WARN),
        f"{title} · {told}",
        Tone.STRONG if lines else Tone.DIM,
        keys=tuple(line.key for line in lines),
        is_on=bool(passed_on),
        details=details,
    )


def _prepared(line: HandoverLine, *, passed_on: bool) -> HandoverRow:
    sign = Piece("✓", Tone.GOOD) if passed_on else Piece("–", Tone.DIM)
    told = "vai na passagem" if passed_on else "fica de fora"
    details = _details(line, (sign, told))
    tone = Tone.PLAIN if passed_on else Tone.DIM
    return HandoverRow(line.key, sign, line.text, tone, line=line, is_on=passed_on, details=details)


def _details(line: HandoverLine, state: SignedText) -> tuple[SignedText, ...]:
    note = ((Piece("✎", Tone.ACCENT), line.note.replace("\n", " ")),) if line.note else ()
    return ((_MARKS[line.weight], line.text), *note, state)


def _part_key(part: Part) -> str:
    return f"parte:{part.value}"
