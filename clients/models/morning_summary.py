"""What a morning round ends in: a short text for the team's channel, which calls nobody. Pure."""

from collections.abc import Iterator, Mapping

from .excerpt import masked
from .morning import WEEKDAYS, Check, CheckKind, MorningRound, Sight, SightLine, Weight
from .text import clipped

MOST_RED = 15
"""Red and unknown services that are named; more are counted."""
MOST_NAMED = 5
"""The same of everything else."""
LONGEST_LINE = 300
"""Characters of one of them; what was done about it is short by itself, and nothing of it is lost."""
MARKS = {Weight.RED: "✖", Weight.UNKNOWN: "?", Weight.PLAIN: "•"}
"""Signs before a line, by its weight."""


def summary(morning: MorningRound, now_seen: Mapping[CheckKind, Sight]) -> str:
    """Return the summary, masked: each check as it was seen when it was ticked, or why it was not.

    ``now_seen`` tells which systems are absent.
    """
    head = f"Rotina da manhã, {WEEKDAYS[morning.day.weekday()]} {morning.day:%d/%m/%Y}, por {morning.who}"
    told = (line for each in morning.checks for line in _check(each, now_seen[each.kind]))
    return masked(("\n".join((head, *told)),)).texts[0]


def _check(check: Check, now_seen: Sight) -> Iterator[str]:
    seen = check.seen
    if seen is None:
        yield f"{check.title}: {now_seen.absent or 'não conferido'}"
    else:
        yield f"{check.title}: {seen.told}"
        most = MOST_RED if check.kind is CheckKind.SERVICES else MOST_NAMED
        for line in seen.lines[:most]:
            yield f"  {_line(line, 'ver a nota' if check.note else 'sem providência anotada')}"
        if len(seen.lines) > most:
            yield f"  e mais {len(seen.lines) - most}"
        if seen.trouble:
            yield f"  ▲ {_short(seen.trouble)}"
    if check.note:
        yield f"  Nota: {_short(masked((check.note,)).texts[0])}"


def _line(line: SightLine, untold: str) -> str:
    told = f"{MARKS[line.weight]} {_short(line.text)}"
    if line.weight is not Weight.RED:
        return told
    return f"{told} → {line.dealt or untold}"


def _short(text: str) -> str:
    return clipped(" ".join(text.split()), LONGEST_LINE)
