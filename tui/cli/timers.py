"""``plantao tempo``: the timers without a screen. They are on this machine: no system is asked."""

from clients.models.duration import clock
from clients.models.timer import target_name, ticket_target

from ..desk import Desk
from . import show
from .exit_codes import Code
from .headless import at_the_desk, say_if_none
from .running import say


def show_timers(as_json: bool) -> int:
    """Print all timers: what counts first, then what is paused, then what waits to be logged."""

    async def work(desk: Desk) -> int:
        timers, now = await desk.disk(desk.local.timers.list), desk.clock()
        show.write(show.timers_json(timers, now) if as_json else show.timers(timers, now))
        say_if_none(timers, "Nenhum cronômetro.", as_json)
        return Code.OK

    return at_the_desk(work)


def start_timer(ticket_id: int) -> int:
    """Let time pass on a ticket, whether or not the queue has it; what else runs is paused.

    WRONG where its timer was forgotten: how long that was is asked at the desk.
    """

    async def work(desk: Desk) -> int:
        target = ticket_target(ticket_id)
        before = await desk.disk(desk.local.timers.get, target)
        if before is not None and before.is_forgotten(desk.clock()):
            say(f"O cronômetro do #{ticket_id} parece esquecido: abra o Plantão e diga quanto tempo foi.")
            return Code.WRONG
        others = [timer for timer in await desk.disk(desk.local.timers.running) if timer.target != target]
        timer = await desk.disk(desk.local.timers.start, target)
        for other in others:
            say(f"Pausado: {target_name(other.target)}, {clock(other.minutes(desk.clock()))}.")
        say(f"Contando o tempo do #{ticket_id}: {clock(timer.minutes(desk.clock()))} até agora.")
        return Code.OK

    return at_the_desk(work)


def pause_timers() -> int:
    """Pause whatever runs. WRONG where nothing does."""

    async def work(desk: Desk) -> int:
        paused = await desk.disk(desk.local.timers.pause_all)
        for timer in paused:
            say(f"Pausado: {target_name(timer.target)}, {clock(timer.minutes(desk.clock()))}.")
        if not paused:
            say("Nada está contando.")
            return Code.WRONG
        return Code.OK

    return at_the_desk(work)
