"""Steps and operations as the headless commands print them: lines for people, rows for programs."""

import sys
from collections.abc import Sequence
from datetime import datetime

from clients.models.fields import Vocabulary
from clients.models.text import safe_text
from widgets.phrases import date_time

from ..flows.engine import Elsewhere, Refused, Sent, Unknown
from ..flows.step_words import step_text, step_title, step_words, subject_of
from ..flows.workflows import Outcome, Progress, Steps
from ..intent import Intent, State, Step
from .exit_codes import Code

SHORT = 8
"""Letters of an operation's name that are shown, and that name it again."""
_MARKS = {
    State.PLANNED: "· a fazer",
    State.SENDING: "↻ enviando",
    State.UNSURE: "↻ conferindo",
    State.ASK: "? sem desfecho",
    State.DONE: "✓ feito",
    State.FAILED: "– não feito",
}
_REFUSED = "✖ recusado"


def plan_lines(steps: Sequence[Step], words: Vocabulary) -> str:
    """What will be done, step by step, each with the text that it sends below it."""
    lines = []
    for number, step in enumerate(steps, start=1):
        lines.append(f"{number}. {_one_line(step_title(step, words))}")
        lines += [f"   │ {line}" for line in safe_text(step_text(step)).splitlines()]
    return "\n".join(lines)


def step_line(intent: Intent, words: Vocabulary) -> str:
    """One step with how far it is, and below it what is known of that."""
    line = f"{_mark(intent)}  {intent.seq + 1}. {_one_line(step_words(intent, words))}"
    return "\n".join((line, *(f"   {told}" for told in safe_text(intent.evidence).splitlines())))


def tell_step(intent: Intent, words: Vocabulary, as_json: bool) -> None:
    """Print a step that moved on, at once; on stderr where stdout is for JSON."""
    if intent.state is State.SENDING:
        return
    stream = sys.stderr if as_json else sys.stdout
    stream.write(f"{step_line(intent, words)}\n")
    stream.flush()


def operation_lines(steps: Steps, words: Vocabulary, now: datetime) -> str:
    """An operation: its name, what it is on, when it was confirmed, and its steps."""
    first = steps[0]
    head = f"{first.workflow[:SHORT]}  {subject_of(first)}  confirmada {date_time(first.planned_at, now)}"
    return "\n".join((head, *(step_line(step, words) for step in steps)))


def step_row(step: Step | Intent, words: Vocabulary) -> dict[str, object]:
    """A step for programs."""
    row: dict[str, object] = {
        "tipo": step.kind,
        "faz": step_title(step, words),
        "texto": step_text(step),
    }
    if isinstance(step, Intent):
        row |= {"estado": step.state.value, "evidencia": step.evidence, "id": step.remote_id}
    return row


def operation_row(steps: Steps, words: Vocabulary) -> dict[str, object]:
    """An operation for programs."""
    return {
        "operacao": steps[0].workflow,
        "alvo": steps[0].target,
        "confirmada_em": steps[0].planned_at.isoformat(),
        "passos": [step_row(step, words) for step in steps],
    }


def ending(progress: Progress) -> tuple[str, str, Code]:
    """How an operation ended: a word for programs, a sentence for people, the exit code."""
    if progress.is_done:
        if any(step.state is State.FAILED for step in progress.steps):
            return "feito", "Feito, menos o que foi pulado.", Code.OK
        return "feito", "Feito.", Code.OK
    return stopped(progress.last, progress.steps[0].workflow)


def stopped(last: Outcome, workflow: str) -> tuple[str, str, Code]:
    """Why an operation stands, and what goes on with it."""
    more = f"plantao pendencias continuar {workflow[:SHORT]}"
    match last:
        case Refused(_, trouble):
            told = f"{trouble.title}: {trouble.message} {trouble.way_out}".rstrip()
            return "recusado", f"{told}\nO resto espera: {more}", Code.REMOTE
        case Unknown(intent):
            told = f"Não deu para saber se foi feito: {intent.evidence}"
            return "sem_desfecho", f"{told}\nConfira lá e decida na mesa, em Pendências.", Code.UNKNOWN
        case Elsewhere():
            return "noutra_sessao", "Outra sessão do Plantão está cuidando disto.", Code.UNKNOWN
        case Sent():
            return "sem_desfecho", f"Parou antes do fim: {more}", Code.UNKNOWN


def _mark(intent: Intent) -> str:
    refused = intent.state is State.PLANNED and intent.evidence
    return f"{_REFUSED if refused else _MARKS[intent.state]:<14}"


def _one_line(text: str) -> str:
    return safe_text(text, multiline=False)
