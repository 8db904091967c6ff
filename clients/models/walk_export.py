"""A walk as Markdown, to be kept or handed on: who did which step when, and what was found there."""

import re
from collections.abc import Iterator
from datetime import datetime

from .excerpt import Masking, masked
from .runbook import Guard, Step
from .times import BRAZIL
from .walk import Footprint, Outcome, Walk

OUTCOMES = {
    Outcome.DONE: "feito",
    Outcome.OTHERWISE: "diferente do esperado",
    Outcome.SKIPPED: "pulado",
}
_PAST = {
    Guard.RED: "Sem nada vermelho no cliente",
    Guard.FREE: "Sem saber o servidor livre",
    Guard.ENTERED: "Sem entrada anunciada",
}
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")
_TICKS = re.compile(r"`{3,}")


def walk_markdown(walk: Walk) -> str:
    """Return all of ``walk``, masked, for it leaves this machine.

    What was written down stands between fences, so that it is read as it is.
    """
    texts = masked_in(walk).texts
    marks = tuple(
        mark.model_copy(update={"found": text}) for mark, text in zip(walk.footprints, texts, strict=False)
    )
    reasons = texts[len(marks) :]
    past = tuple(
        each.model_copy(update={"reason": text}) for each, text in zip(walk.overrides, reasons, strict=True)
    )
    return "\n".join(_lines(walk.model_copy(update={"footprints": marks, "overrides": past}))) + "\n"


def masked_in(walk: Walk) -> Masking:
    """What was written down on ``walk``, as it may leave: at the steps, then why one went on past a guard."""
    found = (mark.found for mark in walk.footprints)
    return masked((*found, *(each.reason for each in walk.overrides)))


def _lines(walk: Walk) -> Iterator[str]:
    yield f"# {_plain(walk.runbook.title)}"
    yield ""
    yield f"- Cliente: {_plain(walk.client)}"
    if walk.service:
        yield f"- Serviço: {_plain(walk.service)}"
    if walk.server:
        yield f"- Servidor: {_plain(walk.server)}"
    yield f"- Início: {_when(walk.begun_at)}, por {_plain(walk.who)}"
    yield f"- Fim: {_when(walk.ended_at)}" if walk.ended_at else "- Fim: em andamento"
    for each in walk.overrides:
        told = f"{_PAST[each.guard]} ({_plain(each.seen)}), {_plain(each.who)} seguiu {_when(each.at)}"
        yield f"- {told}: {_plain(each.reason)}"
    for place, step in enumerate(walk.runbook.steps, 1):
        yield ""
        yield f"## {place}. {_plain(step.title)}"
        yield ""
        marks = [each for each in walk.footprints if each.step_id == step.id]
        if not marks:
            yield "Não foi feito."
        for number, mark in enumerate(marks):
            yield from [""] * bool(number)
            yield from _mark(step, mark)


def _mark(step: Step, mark: Footprint) -> Iterator[str]:
    yield f"{_when(mark.at)}, {_plain(mark.who)}: {OUTCOMES[mark.outcome]}."
    if mark.outcome is Outcome.OTHERWISE:
        yield ""
        yield f"Esperado: {_plain(step.expected or '—')}"
    if mark.found:
        fence = "`" * max([3, *(len(run) + 1 for run in _TICKS.findall(mark.found))])
        yield from ("", fence, mark.found, fence)


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(BRAZIL):%d/%m/%Y %H:%M}"


def _plain(text: str) -> str:
    """One line that no Markdown reader makes anything of."""
    return _MARKUP.sub(r"\\\1", text)
