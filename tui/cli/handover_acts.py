"""``plantao passagem publicar`` and ``ciente``: handing over, and acknowledging what was handed over."""

from clients.models.text import fold, safe_text
from widgets.phrases import counted

from ..desk import Desk
from . import show
from .asking import agreed
from .exit_codes import Code
from .handover import known_handovers, read_now
from .headless import at_the_desk
from .posted import posted
from .running import say, tell_trouble


def hand_over(whole_team: bool, simulate: bool, yes: bool, as_json: bool) -> int:
    """Hand the shift over with the text as it is proposed. WRONG where another session was first.

    ``whole_team`` as of `read_now`.
    """
    from clients.slack import LONGEST_TEXT

    async def work(desk: Desk) -> int:
        handing = await known_handovers(desk)
        channel, after = await handing.channel(), await handing.last()
        prepared = await read_now(desk, handing, whole_team=whole_team)
        longest = LONGEST_TEXT if channel is not None else None
        lines, text = prepared.lines, handing.text(prepared.lines, prepared.portions, longest)
        told = f"publicar em {channel.name}" if channel is not None else "só para copiar"
        if simulate:
            show.write(f"{text}\n\n{told}\nSimulação: nada foi feito.")
            return Code.OK
        if not yes and not await agreed(f"Passar o turno ({told})?", above=text):
            return Code.USAGE
        desk.trouble = tell_trouble
        try:
            workflow = await handing.hand_over(lines, text, channel, after=after)
        except ValueError as error:
            say(str(error))
            return Code.WRONG
        return await posted(
            desk, workflow, text, as_json, name="texto", done="Turno passado; o texto é para copiar."
        )

    return at_the_desk(work)


def acknowledge(numbers: tuple[int, ...], note: str, who: str, as_json: bool) -> int:
    """Acknowledge lines of the handover that waits; without numbers, all that wait.

    ``note`` goes along with the first. WRONG, with nothing done, where there is none such, or where several
    wait and ``who`` does not say whose it is: the numbers are those of one of them.
    """

    async def work(desk: Desk) -> int:
        handing = await known_handovers(desk)
        waiting = await handing.awaited()
        named = [each for each in waiting if fold(who) in fold(each.who)]
        if not named:
            say(f"Nenhuma passagem{f' de {who}' if who else ''} espera sua ciência.")
            return Code.WRONG
        if len({fold(each.who) for each in named}) > 1:
            every = ", ".join(sorted({each.who for each in named}))
            say(f"Esperam sua ciência as passagens de {every}: diga de quem com --de NOME.")
            return Code.WRONG
        handover = named[0]
        wrong = [number for number in numbers if number > len(handover.lines)]
        if wrong:
            say(f"A passagem de {handover.who} tem {len(handover.lines)} linhas: não há a {wrong[0]}.")
            return Code.WRONG
        lines = [handover.lines[number - 1] for number in dict.fromkeys(numbers)] or handover.waiting
        try:
            if note:
                handover = await handing.ask_back(handover, lines[0].key, note) or handover
            else:
                handover = await handing.acknowledge(handover, [each.key for each in lines]) or handover
        except ValueError as error:
            say(str(error))
            return Code.WRONG
        left = len(handover.waiting)
        if as_json:
            show.write(
                show.as_json({"de": handover.who, "ciente": [each.key for each in lines], "faltam": left})
            )
        else:
            show.write("\n".join(safe_text(f"✓ {each.text}", multiline=False) for each in lines))
        left_over = f"{'Falta' if left == 1 else 'Faltam'} {counted(left, 'linha', 'linhas')}."
        say(left_over if left else "Tudo com ciência.")
        return Code.OK

    return at_the_desk(work)
