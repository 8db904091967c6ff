"""One step of a runbook, line by line: what to do, what should be seen, what Plantão sees, its outcome."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from clients.models.guards import Sight
from clients.models.runbook import Act, Guard, Step
from clients.models.text import safe_text
from clients.models.walk import Footprint, Outcome

from .cells import Line, Piece, Tone
from .phrases import date_time

OUTCOMES = {
    Outcome.DONE: ("✔", "feito", Tone.GOOD),
    Outcome.OTHERWISE: ("✖", "difere", Tone.BAD),
    Outcome.SKIPPED: ("–", "pulado", Tone.DIM),
}
"""Sign, word and tone of what came of a step; ✖ says in full that it is not as expected."""
DUE = ("▸", "agora", Tone.ACCENT)
AHEAD = ("·", "falta", Tone.DIM)
_GUARDS = {
    (Guard.RED, True): "vermelho",
    (Guard.RED, False): "sem falha",
    (Guard.FREE, True): "livre",
    (Guard.FREE, False): "não livre",
    (Guard.ENTERED, True): "anunciado",
    (Guard.ENTERED, False): "não anunciado",
}
_ACTS = {
    Act.ENTER: "O Plantão anuncia a entrada no Slack, depois de mostrar o texto.",
    Act.LEAVE: "O Plantão anuncia a saída no Slack, depois de mostrar o texto.",
}
_INDENT = Piece("  ")


@dataclass(frozen=True)
class StepView:
    """A step as it is shown."""

    step: Step
    number: int
    of: int
    mark: Footprint | None
    """What came of it, if anything did."""
    sights: Sequence[Sight]
    """What is seen of its guards; nothing where they no longer matter."""
    command: str
    """With its places filled, as far as they may be."""
    fault: str
    """Why they may not; empty where all is well."""
    text: str
    """What is written down at it, or being written."""


def step_lines(view: StepView, now: datetime) -> Iterator[Line]:
    """Yield paragraphs; the last piece of each is what wraps. The command is shown elsewhere."""
    step = view.step
    yield (Piece(f" {view.number}/{view.of}  ", Tone.DIM), Piece(step.title, Tone.STRONG))
    yield from _outcome(view, now)
    for sight in view.sights:
        yield sight_line(sight)
    if step.text.strip():
        yield ()
        yield from ((_INDENT, Piece(line)) for line in _unwrapped(step.text))
    if step.act:
        yield ()
        yield (_INDENT, Piece(_ACTS[step.act]))
    if step.expected:
        yield ()
        yield (Piece("  Esperado  ", Tone.DIM), Piece(step.expected))
        yield (Piece("  Senão     ", Tone.DIM), Piece(step.otherwise, Tone.WARN))
    elif view.mark and view.mark.outcome is Outcome.OTHERWISE:
        yield ()
        yield (Piece("  ▲ ", Tone.WARN), Piece(step.otherwise, Tone.WARN))


def sight_line(sight: Sight) -> Line:
    """What is seen of one guard: whether it holds, and why one goes on where it does not."""
    said = f"{_GUARDS[sight.guard, sight.holds]}: {safe_text(sight.seen, multiline=False)}"
    if sight.holds:
        return (Piece(" ✔ ", Tone.GOOD), Piece(said))
    if sight.override is None:
        return (Piece(" ✖ ", Tone.BAD), Piece(said, Tone.BAD))
    return (Piece(" ▲ ", Tone.WARN), Piece(f"{said} · seguindo: {sight.override.reason}", Tone.WARN))


def _outcome(view: StepView, now: datetime) -> Iterator[Line]:
    if view.mark is None:
        return
    sign, word, tone = OUTCOMES[view.mark.outcome]
    word = "diferente do esperado" if view.mark.outcome is Outcome.OTHERWISE else word
    told = f"{word} · {date_time(view.mark.at, now)} · {view.mark.who}"
    yield (Piece(f" {sign} ", tone), Piece(told, tone))
    edge = Piece("  │ ", Tone.DIM)
    if view.mark.found != view.text:  # else the field shows it
        yield from ((edge, Piece(line)) for line in view.mark.found.split("\n"))


def _unwrapped(text: str) -> Iterator[str]:
    """The paragraphs of a text that its author wrapped; a blank line parts two."""
    for number, block in enumerate(text.strip().split("\n\n")):
        if number:
            yield ""
        yield " ".join(block.split())
