"""``plantao quadro``: taking the chamados of this machine to the team's board."""

from widgets.phrases import counted

from ..desk import Desk
from ..flows.board_migration import Report, compare, foreseen, migrate
from ..team_board import team_board
from . import show
from .exit_codes import Code
from .headless import at_the_desk
from .running import say

_NEXT = 'Para trabalhar nele, ponha quadro = "redmine" em [chamados].'


def migrate_board(simulate: bool, as_json: bool) -> int:
    """Take every chamado of the local board to the one in Redmine, or tell what that would do.

    WRONG where something differs in the end.
    """

    async def work(desk: Desk) -> int:
        await desk.connect()
        target = team_board(desk.settings, desk.redmine, desk.clock)
        report = Report()
        if simulate:
            report = foreseen(await compare(desk.local_board, target))
        else:
            done = 0
            async for report in migrate(desk.local_board, target):
                if (so_far := report.chamados + report.events) >= done + _EVERY:
                    done = so_far
                    say(
                        f"Levados: {counted(report.chamados, 'chamado', 'chamados')} e "
                        f"{counted(report.events, 'andamento', 'andamentos')}…"
                    )
        show.write(show.as_json(_row(report)) if as_json else _page(report, simulate=simulate))
        if not simulate and not report.differences and desk.settings.chamados.board == "local":
            say(_NEXT)
        return Code.WRONG if report.differences else Code.OK

    return at_the_desk(work)


_EVERY = 25
"""Writes after which it is told how far it got."""


def _row(report: Report) -> dict[str, object]:
    return {
        "chamados": report.chamados,
        "andamentos": report.events,
        "arquivos": report.files,
        "ja_avisados": report.announced,
        "completos": report.complete,
        "diferencas": {str(number): list(told) for number, told in report.differences.items()},
    }


def _page(report: Report, *, simulate: bool) -> str:
    verb = "a levar" if simulate else "levados"
    lines = [
        f"Chamados {verb}: {report.chamados}, com {counted(report.files, 'arquivo', 'arquivos')}",
        f"Andamentos {verb}: {report.events}, dos quais {report.announced} já avisados por e-mail",
        f"Já estavam completos: {report.complete}",
    ]
    if not report.differences:
        return "\n".join(lines if simulate else (*lines, "Nenhuma diferença."))
    told = (f"  nº {number}: {'; '.join(words)}" for number, words in sorted(report.differences.items()))
    return "\n".join((*lines, "Diferenças (número no quadro local):", *told))
