"""``plantao rotina``: today's morning round without a screen, from what the systems say now."""

from collections.abc import Sequence

from clients.models.feed import Feed
from clients.models.morning import Check, MorningRound, Sight, Weight
from clients.models.morning_summary import MARKS, summary
from clients.models.text import safe_text
from widgets.phrases import hour_minute

from ..desk import Desk
from ..morning import Morning, Read, Sights
from . import show
from .exit_codes import Code
from .fresh import fresh, fresh_chamados
from .headless import at_the_desk, known
from .running import say


def show_round(as_text: bool, as_json: bool) -> int:
    """Print the checklist, or the summary that it would end in.

    WRONG while a check is neither ticked nor told why not; REMOTE where one of those could not be read.
    """

    async def work(desk: Desk) -> int:
        await known(desk)
        morning = Morning(desk)
        sights = await morning.sights(await _read(desk, morning))
        today = await morning.round()
        left = today.left(morning.absent.keys()) if today.closed_at is None else ()
        if as_json:
            show.write(show.as_json(_as_json(today, sights, left)))
        elif as_text:
            show.write(today.text or summary(today, sights))
        else:
            show.write("\n".join(_lines(today, sights)))
            say(_ending(today, left))
        if any(sights[each.kind].trouble for each in left):
            return Code.REMOTE
        return Code.WRONG if left else Code.OK

    return at_the_desk(work)


async def _read(desk: Desk, morning: Morning) -> Read:
    sources = desk.sources
    services, queue = await sources.remembered_services(), await sources.remembered_queue()
    return Read(
        services=await fresh(sources.services_poller(services), services),
        queue=await fresh(sources.queue_poller(queue), queue),
        chamados=await fresh_chamados(desk),
        concluded=await morning.concluded(Feed()),
    )


def _lines(today: MorningRound, sights: Sights) -> list[str]:
    lines = [f"Rotina da manhã de {today.day:%d/%m/%Y}, {today.who}"]
    for check in today.checks:
        seen = check.seen or sights[check.kind]
        told = seen.absent or seen.told or "não lido"
        lines.append(f"{_state(check, sights[check.kind])}  {check.title}: {told}")
        for line in seen.lines:
            untold = "ver a nota" if check.note else "falta dizer o que foi feito"
            dealt = f" → {line.dealt or untold}" if line.weight is Weight.RED else ""
            lines.append(f"    {MARKS[line.weight]} {line.text}{dealt}")
        if trouble := sights[check.kind].trouble:
            lines.append(f"    ▲ {trouble}")
        if check.note:
            lines.append(f"    Nota: {check.note}")
    return [safe_text(line, multiline=False) for line in lines]


def _state(check: Check, sight: Sight) -> str:
    if check.done_at is not None:
        return f"✓ feito às {hour_minute(check.done_at)}"
    if sight.absent:
        return "– sem sistema"
    return "☐ com nota" if check.note else "☐ por fazer"


def _ending(today: MorningRound, left: Sequence[Check]) -> str:
    if today.closed_at is not None:
        return f"Fechada às {hour_minute(today.closed_at)}."
    if left:
        return f"Falta: {', '.join(each.title for each in left)}."
    return "Tudo conferido: plantao rotina fechar."


def _as_json(today: MorningRound, sights: Sights, left: Sequence[Check]) -> dict[str, object]:
    return {
        "dia": today.day.isoformat(),
        "analista": today.who,
        "fechada_em": today.closed_at.isoformat() if today.closed_at else None,
        "resumo": today.text or summary(today, sights),
        "falta": [each.kind.value for each in left],
        "itens": [
            {
                "item": check.kind.value,
                "titulo": check.title,
                "feito_em": check.done_at.isoformat() if check.done_at else None,
                "nota": check.note,
                "agora": sights[check.kind].model_dump(mode="json"),
                "visto": check.seen.model_dump(mode="json") if check.seen else None,
            }
            for check in today.checks
        ],
    }
