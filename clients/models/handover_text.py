"""A handover as a text for the team's channel, which calls nobody. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from .excerpt import masked
from .handover import PART_TITLES, HandoverLine, Part, Portion
from .morning import WEEKDAYS
from .morning_summary import MARKS
from .times import BRAZIL

HEADING = "Passagem de turno"
"""How the text begins, by which it is known in a channel."""
LONGEST_LINE = 300
"""Characters of one line, and of its note."""
_AT_MOST = (
    (1000, LONGEST_LINE),
    (40, LONGEST_LINE),
    (20, LONGEST_LINE),
    (10, 200),
    (5, 200),
    (3, 120),
    (0, 60),
)
"""Lines of a part that are named and characters of each, fewer where all of them are too long."""


def handover_text(
    lines: Sequence[HandoverLine],
    portions: Iterable[Portion],
    *,
    who: str,
    at: datetime,
    longest: int | None = None,
) -> str:
    """Return the text of ``lines``; ``portions`` tell what could not be looked at.

    Where it has more than ``longest`` characters, each part names fewer lines and counts the others; one
    with a note is named in any case.
    """
    told = tuple(portions)
    for most, width in _AT_MOST:
        text = "\n".join(_text(lines, told, who, at, most, width))
        if longest is None or len(text) <= longest:
            return text
    return f"{text[: longest - 1]}…" if longest is not None else text


def author_of(text: str) -> str:
    """Who hands over by the first line of ``text``; empty where it does not say."""
    _, found, who = text.split("\n", 1)[0].partition(", por ")
    return who.strip() if found else ""


def _text(
    lines: Sequence[HandoverLine],
    portions: Sequence[Portion],
    who: str,
    at: datetime,
    most: int,
    width: int,
) -> Iterator[str]:
    here = at.astimezone(BRAZIL)
    yield f"{HEADING}, {WEEKDAYS[here.weekday()]} {here:%d/%m/%Y %H:%M}, por {who}"
    by_part = {portion.part: portion for portion in portions}
    empty = []
    for part in Part:
        found, portion = [line for line in lines if line.part is part], by_part.get(part)
        unseen = (portion.absent or portion.trouble) if portion is not None else ""
        if found:
            yield f"{PART_TITLES[part]}: {len(found)}"
            named = [line for place, line in enumerate(found) if place < most or line.note]
            for line in named:
                yield f"  {MARKS[line.weight]} {_short(line.text, width)}"
                if line.note:
                    yield f"    Nota: {_short(line.note, width)}"
            if len(found) > len(named):
                yield f"  e mais {len(found) - len(named)}"
            if unseen:
                yield f"  ▲ {_short(unseen)}"
        elif unseen:
            yield f"{PART_TITLES[part]}: {_short(unseen)}"
        elif portion is not None and portion.lines:
            yield f"{PART_TITLES[part]}: {len(portion.lines)}, fora desta passagem"
        elif part is not Part.ADDED:
            empty.append(PART_TITLES[part].lower().replace("slack", "Slack"))
    if empty:
        yield f"Nada a passar em: {', '.join(empty)}."


def _short(text: str, width: int = LONGEST_LINE) -> str:
    """What is said, on one line and without what has to stay inside."""
    told = " ".join(masked((text,)).texts[0].split())
    return told if len(told) <= width else f"{told[:width].rstrip()}…"
