"""Letters that tell of chamados, and what was interrupted: done without a screen, for cron."""

from clients.errors import RemoteError
from clients.models.chamado import Chamado
from clients.models.feed import Feed

from ..desk import Desk
from ..flows.workflows import Progress
from ..intent import CLOSED, State
from . import show
from .exit_codes import Code
from .headless import at_the_desk, known
from .running import say, say_trouble
from .step_lines import operation_row, tell_step


async def carry_letters(desk: Desk, feed: Feed[Chamado], *, as_json: bool) -> list[Progress]:
    """Send what ``feed`` has to be told of; each step is told, on stderr with ``as_json``."""
    words = desk.account.vocabulary
    workflows = await desk.chamado_room.letters(feed)
    return [
        await desk.workflows.carry_on(workflow, lambda intent: tell_step(intent, words, as_json))
        for workflow in workflows
    ]


def synchronise(as_json: bool) -> int:
    """Read the board, tell what is new by e-mail, and settle what was interrupted.

    UNKNOWN while something waits for the analyst, REMOTE while a server only put something off.
    """

    async def work(desk: Desk) -> int:
        try:
            await known(desk)
        except RemoteError as error:  # who we are matters to no letter
            say_trouble(error)
        words = desk.account.vocabulary
        for steps in await desk.workflows.pending():
            await desk.workflows.settle(steps[0].workflow, lambda intent: tell_step(intent, words, as_json))
        sent = await carry_letters(desk, Feed(await desk.board.chamados()), as_json=as_json)
        if desk.mail is None:
            say("[email] não está na configuração: ninguém é avisado por e-mail.")
        left = await desk.workflows.pending()
        if as_json:
            rows = [operation_row(progress.steps, words) for progress in sent]
            show.write(show.as_json({"avisos": rows, "em_aberto": len(left)}))
        elif not sent:
            say("Nada de novo para avisar.")
        if not left:
            return Code.OK
        say("Há operações sem desfecho: plantao pendencias mostra.")
        put_off = all(step.state in (State.PLANNED, *CLOSED) for steps in left for step in steps)
        return Code.REMOTE if put_off else Code.UNKNOWN

    return at_the_desk(work)
