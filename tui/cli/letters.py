"""Letters that tell of chamados, and what was interrupted: done without a screen, for cron."""

from clients.models.chamado import Chamado
from clients.models.feed import Feed

from ..desk import Desk
from ..flows.workflows import Progress
from . import show
from .exit_codes import Code
from .headless import at_the_desk
from .running import say
from .step_lines import ending, operation_row, tell_step


async def carry_letters(desk: Desk, feed: Feed[Chamado], *, as_json: bool) -> list[Progress]:
    """Send what ``feed`` has to be told of; each step is told, on stderr with ``as_json``."""
    words = desk.account.vocabulary
    workflows = await desk.chamados.letters(feed)
    return [
        await desk.workflows.carry_on(workflow, lambda intent: tell_step(intent, words, as_json))
        for workflow in workflows
    ]


def synchronise(as_json: bool) -> int:
    """Read the board, tell what is new by e-mail, and settle what was interrupted.

    UNKNOWN while something waits for the analyst.
    """

    async def work(desk: Desk) -> int:
        await desk.connect()
        if desk.account.me is None and desk.freshdesk is not None:
            await desk.learn_account()
        words = desk.account.vocabulary
        for steps in await desk.workflows.pending():
            await desk.workflows.settle(steps[0].workflow, lambda intent: tell_step(intent, words, as_json))
        sent = await carry_letters(desk, Feed(await desk.board.chamados()), as_json=as_json)
        if desk.mail is None:
            say("[email] não está na configuração: ninguém é avisado por e-mail.")
        codes = [ending(progress)[2] for progress in sent]
        left = await desk.workflows.pending()
        if as_json:
            rows = [operation_row(progress.steps, words) for progress in sent]
            show.write(show.as_json({"avisos": rows, "em_aberto": len(left)}))
        elif not sent:
            say("Nada de novo para avisar.")
        if left:
            say("Há operações sem desfecho: plantao pendencias mostra.")
            return max((*codes, Code.UNKNOWN))
        return Code.OK

    return at_the_desk(work)
