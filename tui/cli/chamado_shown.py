"""``plantao chamado ver`` and ``triagem``: what is on the board, read without a screen."""

from clients.errors import NotFound
from clients.models.chamado import Chamado
from clients.models.lifecycle import ChamadoStatus
from widgets.phrases import ago

from ..desk import Desk
from ..flows.triage import sent_findings
from . import show, show_chamado
from .chamado_file import FINDING_NAMES
from .chamado_rows import chamado_row
from .exit_codes import Code
from .headless import at_the_desk, say_if_none


class NotOnBoard(NotFound):
    """No chamado has that number."""

    def __init__(self, number: int) -> None:
        super().__init__("Quadro", f"não há chamado nº {number}", way_out="plantao chamados lista os que há.")


def show_one(number: int, as_json: bool) -> int:
    """Print one chamado with its history. WRONG where there is none of that number."""

    async def work(desk: Desk) -> int:
        await desk.connect()
        chamado, labels = await numbered(desk, number), desk.settings.chamados.labels
        if as_json:
            show.write(show_chamado.page_json(chamado, labels))
        else:
            show.write(show_chamado.page(chamado, labels, desk.clock()))
        return Code.OK

    return at_the_desk(work)


def show_triage(as_json: bool) -> int:
    """Print what waits in Triagem, oldest first, each with what stands against it."""

    async def work(desk: Desk) -> int:
        await desk.connect()
        waiting = [each for each in await desk.board.chamados() if each.status is ChamadoStatus.TRIAGEM]
        waiting.sort(key=lambda each: each.since)
        now, lexicon = desk.clock(), desk.settings.chamados.words.lexicon
        judged = [(each, await sent_findings(each, lexicon)) for each in waiting]
        if as_json:
            rows = [
                {
                    "chamado": chamado_row(each, desk.settings.chamados.labels),
                    "achados": show_chamado.finding_rows(found, FINDING_NAMES),
                }
                for each, found in judged
            ]
            show.write(show.as_json({"triagem": rows}))
        for each, found in () if as_json else judged:
            show.write(f"nº {each.number}  {ago(each.since, now)}  {each.author}  {each.title}")
            for line in show_chamado.finding_lines(found, FINDING_NAMES):
                show.write(f"    {line}")
        say_if_none(waiting, "Nada em Triagem.", as_json)
        return Code.OK

    return at_the_desk(work)


async def numbered(desk: Desk, number: int) -> Chamado:
    """The chamado of that number. Raises NotOnBoard."""
    for chamado in await desk.board.chamados():
        if chamado.number == number:
            return chamado
    raise NotOnBoard(number)
