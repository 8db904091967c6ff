"""``plantao pendencias``: operations without an outcome, and going on with one of them."""

from clients.errors import PlantaoError

from ..desk import Desk
from ..flows.answer import FLOW as ANSWER
from ..flows.workflows import Steps
from ..intent import Intent, State
from . import show
from .exit_codes import Code
from .headless import at_the_desk
from .running import say
from .step_lines import ending, operation_lines, operation_row, stopped, tell_step


class NoOperation(PlantaoError):
    """No open operation, or several, are named so."""

    title = "Operação não encontrada"
    way_out = "plantao pendencias lista as que estão em aberto."


def show_pending(as_json: bool) -> int:
    """Print every open operation, oldest first. UNKNOWN while there is any."""

    async def work(desk: Desk) -> int:
        operations, words = await _open(desk), desk.account.vocabulary
        if as_json:
            show.write(show.as_json({"operacoes": [operation_row(steps, words) for steps in operations]}))
        else:
            now = desk.clock()
            show.write("\n\n".join(operation_lines(steps, words, now) for steps in operations))
            if not operations:
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
            now = await desk.disk(desk.journal.workflow, steps[0].workflow)
            show.write(show.as_json({**operation_row(now, words), "desfecho": word}))
        say(sentence)
        return code

    return at_the_desk(work)


async def _open(desk: Desk) -> list[Steps]:
    intents = await desk.disk(desk.journal.pending)
    names = dict.fromkeys(intent.workflow for intent in intents)
    return [await desk.disk(desk.journal.workflow, name) for name in names]


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
