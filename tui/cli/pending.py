"""``plantao pendencias``: operations without an outcome, going on with one of them, questions on Slack."""

from collections.abc import Iterable
from datetime import datetime

from clients.errors import PlantaoError
from clients.models.slack_talk import Following, Question
from clients.models.text import clipped, safe_text
from widgets.phrases import date_time

from ..desk import Desk
from ..flows.answer import FLOW as ANSWER
from ..flows.workflows import Steps
from ..intent import Intent, State
from . import show
from .exit_codes import Code
from .headless import at_the_desk
from .running import say
from .step_lines import ending, operation_lines, operation_row, stopped, tell_step

LONGEST_LINE = 160
"""Characters of a question or an answer; --json has all of it."""


class NoOperation(PlantaoError):
    """No open operation, or several, are named so."""

    title = "Operação não encontrada"
    way_out = "plantao pendencias lista as que estão em aberto."


class NoQuestion(PlantaoError):
    """No question that is followed is named so."""

    title = "Pergunta não encontrada"
    way_out = "plantao pendencias lista as que são acompanhadas."


def show_pending(as_json: bool) -> int:
    """Print every open operation and every question that is followed, oldest first.

    UNKNOWN while there is an operation: a question that waits for its answer went where it should.
    """

    async def work(desk: Desk) -> int:
        operations, words = await _open(desk), desk.account.vocabulary
        questions = await desk.disk(desk.local.questions.open)
        if as_json:
            rows = [operation_row(steps, words) for steps in operations]
            show.write(show.as_json({"operacoes": rows, "perguntas": [*map(_question_row, questions)]}))
        else:
            now = desk.clock()
            told = [operation_lines(steps, words, now) for steps in operations]
            show.write("\n\n".join((*told, *(_question_lines(each, now) for each in questions))))
            if not operations and not questions:
                say("Nada em aberto.")
        return Code.UNKNOWN if operations else Code.OK

    return at_the_desk(work)


def go_on(operation: str, as_json: bool) -> int:
    """Look what was done of one operation, named by how its name begins, and do the rest.

    An answer that was sent by itself is only looked for: its text is a draft.
    """

    async def work(desk: Desk) -> int:
        steps = _named(await _open(desk), operation)
        await desk.connect()
        await desk.learn_account()
        words = desk.account.vocabulary

        def tell(intent: Intent) -> None:
            tell_step(intent, words, as_json)

        if steps[0].flow == ANSWER:
            word, sentence, code = await _looked(desk, steps[0])
        else:
            word, sentence, code = ending(await desk.workflows.carry_on(steps[0].workflow, tell))
        if as_json:
            now = await desk.disk(desk.local.journal.workflow, steps[0].workflow)
            show.write(show.as_json({**operation_row(now, words), "desfecho": word}))
        say(sentence)
        return code

    return at_the_desk(work)


def leave_question(question_id: str) -> int:
    """Follow a question no more, as Pendências does on the screen."""

    async def work(desk: Desk) -> int:
        questions = await desk.disk(desk.local.questions.open)
        if not any(each.id == question_id for each in questions):
            raise NoQuestion(f"Nenhuma pergunta acompanhada é {question_id}.")
        await desk.disk(desk.local.questions.set_state, question_id, Following.SETTLED)
        say("A pergunta não é mais acompanhada; no Slack ela fica como está.")
        return Code.OK

    return at_the_desk(work)


def _question_lines(question: Question, now: datetime) -> str:
    """What was asked, where and when, and the newest answer."""
    about = f"  #{question.ticket_id}" if question.ticket_id is not None else ""
    head = f"{question.id}{about}  perguntado {date_time(question.asked_at, now)} em {question.place}"
    answer = question.answer
    told = f"» {answer.who}, {date_time(answer.at, now)}: {answer.text}" if answer else "… esperando resposta"
    return "\n".join((head, *_indented((question.text, told))))


def _indented(texts: Iterable[str]) -> Iterable[str]:
    return (f"   {clipped(safe_text(text, multiline=False), LONGEST_LINE)}" for text in texts)


def _question_row(question: Question) -> dict[str, object]:
    return {
        "pergunta": question.id,
        "ticket": question.ticket_id,
        "canal": question.place,
        "perguntada_em": question.asked_at.isoformat(),
        "texto": question.text,
        "link": question.permalink,
        "respostas": [
            {"quem": each.who, "em": each.at.isoformat(), "texto": each.text} for each in question.answers
        ],
    }


async def _open(desk: Desk) -> list[Steps]:
    intents = await desk.disk(desk.local.journal.pending)
    names = dict.fromkeys(intent.workflow for intent in intents)
    return [await desk.disk(desk.local.journal.workflow, name) for name in names]


def _named(operations: list[Steps], beginning: str) -> Steps:
    found = [steps for steps in operations if steps[0].workflow.startswith(beginning.strip() or "-")]
    if len(found) != 1:
        told = "Nenhuma operação em aberto começa" if not found else "Várias operações começam"
        raise NoOperation(f"{told} com {beginning}.")
    return found[0]


async def _looked(desk: Desk, intent: Intent) -> tuple[str, str, Code]:
    if desk.answering is None:
        raise NoOperation("Sem conexão com o Freshdesk não há onde conferir.", way_out="")
    outcome = await desk.answering.resolve(intent)
    if not outcome.intent.is_open:
        done = outcome.intent.state is State.DONE
        return ("feito", "Feito.", Code.OK) if done else ("recusado", outcome.intent.evidence, Code.WRONG)
    return stopped(outcome, intent.workflow)
