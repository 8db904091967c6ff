"""A link that drops in the middle of a step: what was typed and not recorded is there when one comes back."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from clients.models.service import Service, ServiceState
from tests.support.desk import sitting
from tui.desk import Desk
from tui.screens.runbook import RunbookScreen
from tui.screens.runbook_opening import open_runbook
from tui.settings import Settings
from widgets.inputs import TextBox

ROOT = Path(__file__).parents[2]
SERVICE = Service(client="Loja Sol", service="Painel", state=ServiceState.FAIL)
RUNBOOK = """
id = "acessar-servidor"
titulo = "Ver o log"
[[passos]]
id = "ver-log"
titulo = "Ver o log"
registro = "Trecho do log"
[[passos]]
id = "ver-tela"
titulo = "Ver a tela"
registro = "O que a tela mostra"
"""
TYPING = """
import asyncio, os, signal, sys
from pathlib import Path
from tests.flow.test_a_walk_interrupted import SERVICE, settings_in
from tests.support.desk import sitting
from tui.desk import Desk
from tui.screens.runbook import RunbookScreen
from tui.screens.runbook_opening import open_runbook

async def type_and_die():
    async with sitting(Desk(settings_in(Path(sys.argv[1])))) as seat:
        seat.app.run_worker(open_runbook(seat.app, SERVICE))
        await seat.arrives_at(RunbookScreen)
        await seat.write("rejeicao 539")
        if sys.argv[2] == "recorded":
            await seat.press("f9")
            await seat.sees("2/2")
            await seat.write("aviso na tela")
        await seat.sees("guardado")
        await seat.until(lambda: seat.app.desk.saver.idle)
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(type_and_die())
"""


def settings_in(folder: Path) -> Settings:
    """A desk without any system, and with a runbook that only writes down."""
    own = folder / "roteiros"
    own.mkdir(exist_ok=True)
    (own / "log.toml").write_text(RUNBOOK, encoding="utf-8")
    return Settings.model_validate({"pasta_de_dados": folder / "dados", "roteiros": {"pasta": own}})


def types_until_killed(folder: Path, when: str) -> None:
    """Sit at a desk in a process of its own, which is killed once what was typed is said to be kept."""
    command = [sys.executable, "-c", TYPING, str(folder), when]
    killed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert killed.returncode == -signal.SIGKILL, killed.stderr


@pytest.mark.crash
@pytest.mark.anyio
@pytest.mark.parametrize(
    ("when", "place", "text"), [("typed", "1/2", "rejeicao 539"), ("recorded", "2/2", "aviso na tela")]
)
async def test_what_was_typed_at_a_step_outlives_kill_9(
    tmp_path: Path, when: str, place: str, text: str
) -> None:
    types_until_killed(tmp_path, when)
    async with sitting(Desk(settings_in(tmp_path))) as seat:
        seat.app.run_worker(open_runbook(seat.app, SERVICE))
        await seat.arrives_at(RunbookScreen)
        await seat.sees(place)
        assert seat.app.screen.query_one(TextBox).text == text
        (walk,) = await seat.app.desk.disk(seat.app.desk.local.walks.list)
        assert [each.found for each in walk.footprints] == ([] if when == "typed" else ["rejeicao 539"])
