"""What the next shift made of a handover, in words: who acknowledged what, and what they ask. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from .handover import Acknowledgement, Handover
from .text import clipped
from .times import day_time

LONGEST_LINE, LONGEST_NOTE = 60, 160
"""Characters of a line and of what is asked about it, where both are told."""


def sentences(handover: Handover, given: Sequence[Acknowledgement], now: datetime) -> Iterator[str]:
    """Yield a sentence for each person who acknowledged lines, and one for each that asks something.

    ``given`` are the acknowledgements that nobody was told of yet.
    """
    left = len(handover.waiting)
    rest = f"sem ciência: {left} de {len(handover.lines)}" if left else "tudo com ciência"
    when = day_time(handover.at, now)
    for who, count in Counter(each.who for each in given).items():
        lines = f"{count} {'linha' if count == 1 else 'linhas'}"
        yield f"{who} deu ciência de {lines} da sua passagem de {when}; {rest}."
    texts = {line.key: line.text for line in handover.lines}
    for each in given:
        if each.note:
            note, line = " ".join(each.note.split()), texts.get(each.key, "")
            about = clipped(line, LONGEST_LINE)
            yield f"{each.who}, na sua passagem: {clipped(note, LONGEST_NOTE)} (sobre «{about}»)"
