"""``plantao rotina fechar``: the round that was ticked is closed, and its summary posted once, or printed."""

from clients.models.feed import Feed
from clients.models.morning_summary import summary

from ..desk import Desk
from ..morning import Morning, Read
from . import show
from .asking import agreed
from .exit_codes import Code
from .headless import at_the_desk, known
from .posted import posted
from .running import say


def close_round(simulate: bool, yes: bool, as_json: bool) -> int:
    """Close today's round. WRONG, with nothing done, while something is left, or where it is closed."""

    async def work(desk: Desk) -> int:
        await known(desk)
        morning = Morning(desk)
        today = await morning.round()
        if today.closed_at is not None:
            say("A rotina de hoje já foi fechada.")
            return Code.WRONG
        if reason := today.still_open(morning.absent.keys()):
            say(reason)
            return Code.WRONG
        # what was ticked is told as it was seen then: nothing has to be read now
        text = summary(today, await morning.sights(Read(Feed(), Feed(), Feed(), Feed())))
        channel = await morning.channel()
        told = f"publicar em {channel.name}" if channel is not None else "só para copiar"
        if simulate:
            show.write(f"{text}\n\n{told}\nSimulação: nada foi feito.")
            return Code.OK
        if not yes and not await agreed(f"Fechar a rotina ({told})?", above=text):
            return Code.USAGE
        try:
            workflow = await morning.close(text, channel)
        except ValueError as error:  # another session was first
            say(str(error))
            return Code.WRONG
        return await posted(
            desk, workflow, text, as_json, name="resumo", done="Rotina fechada; o resumo é para copiar."
        )

    return at_the_desk(work)
