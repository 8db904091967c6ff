"""The local command at a step of a runbook: seen in full, then run, and what it wrote offered as a record."""

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING

from clients.errors import PlantaoError
from clients.models.local_command import filled_argv
from tui.local_command import Ran, run_locally
from widgets.phrases import counted

from .confirm import ConfirmScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp


async def run_for(
    app: "PlantaoApp", argv: tuple[str, ...], places: dict[str, str], doing: Callable[[str], None]
) -> str | None:
    """Run the local command once it was seen in full; return what it wrote if that is to be recorded.

    ``doing`` is told what is waited for.
    """
    try:
        ready = filled_argv(argv, places, app.desk.settings.runbooks.programs)
    except ValueError as error:
        app.refuse(f"O comando local não é executado: {error}.")
        return None
    about = f"{shlex.join(ready)}\n\nSem terminal e sem shell, nesta máquina."
    if not await app.ask(ConfirmScreen("Executar este comando?", about, "Executar")):
        return None
    doing(f"executando o comando local… {app.key_of('fechar-roteiro')} interrompe")
    try:
        ran = await run_locally(ready)
    except PlantaoError as error:
        app.report(error.trouble)
        return None
    doing("")
    told = f"$ {shlex.join(ready)}\n{_ended(ran)}\n{ran.output}".strip()
    lines = counted(ran.output.count("\n") + 1 if ran.output else 0, "linha", "linhas")
    return told if await app.ask(ConfirmScreen(f"Anotar no passo? ({lines})", told, "Anotar")) else None


def _ended(ran: Ran) -> str:
    if ran.code is None:
        return "interrompido: passou do tempo"
    return "terminou bem" if ran.code == 0 else f"terminou com erro ({ran.code})"
