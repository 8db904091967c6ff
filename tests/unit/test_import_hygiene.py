"""What is loaded when: the screen stands before the network and the store are imported, and no floor knows
the one above it. import-linter reads the source; here it is seen in a fresh interpreter, libraries included.
"""

import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest

import clients
from tests.support.terminal import ROOT, Terminal
from tui import flows

NETWORK_AND_STORE = {"httpx", "redminelib", "requests", "aiosmtplib", "tinydb", "sqlite3"}
LATER = {"holidays", "plotext"}
"""Slow to import, and wanted only where somebody looks at hours."""
SCREEN = {"textual", "rich"}


def loaded_by(*modules: str, without: Iterable[str] = ()) -> set[str]:
    """Import the modules in a fresh interpreter; return the top-level names that are loaded then.

    What it is ``without`` cannot be imported there. (httpx takes rich where it finds it, for a command line
    of its own.)
    """
    code = f"""
import json, sys
sys.modules.update(dict.fromkeys({sorted(without)}))
import {", ".join(modules)}
print(json.dumps([name for name, module in sys.modules.items() if module]))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in json.loads(done.stdout)}


def modules_of(package: ModuleType) -> list[str]:
    """Names of all modules in it, but those that run when imported."""
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [module.name for module in found if not module.name.endswith("__main__")]


def test_the_mesa_is_loaded_without_network_and_store() -> None:
    loaded = loaded_by("tui.app", "tui.screens.mesa")
    assert loaded.isdisjoint(NETWORK_AND_STORE | LATER)
    assert loaded >= SCREEN


def test_settings_are_read_without_network_store_and_screen() -> None:
    assert loaded_by("tui.cli.running").isdisjoint(NETWORK_AND_STORE | SCREEN | LATER)


def test_mode_5_is_loaded_without_what_its_charts_and_calendar_want() -> None:
    assert loaded_by("tui.screens.today").isdisjoint(LATER)


def test_clients_know_no_screen() -> None:
    loaded = loaded_by(*modules_of(clients), without={*SCREEN, "tui", "widgets"})
    assert loaded >= NETWORK_AND_STORE


def test_what_happens_across_systems_knows_no_screen() -> None:
    alone = ("tui.journal", "tui.timers", "tui.sync", "tui.desk", "tui.connections", "tui.settings")
    names = (*modules_of(flows), *alone)
    assert "httpx" in loaded_by(*names, without={*SCREEN, "widgets"})


def test_the_headless_commands_say_it_in_the_panes_words_without_a_screen() -> None:
    assert "widgets" in loaded_by("tui.cli.headless", "tui.cli.show", without=SCREEN)


@pytest.mark.pty
def test_the_first_paint_precedes_network_and_store(tmp_path: Path) -> None:
    """The desk is held, and with it all that paints, as it opens what is behind the screen."""
    told, go_on = tmp_path / "modules.json", tmp_path / "go-on"
    code = f"""
import json, sys, time
from pathlib import Path
from tui.app import run_desk
from tui.desk import Desk
from tui.settings import Settings

opening = Desk.open

async def held(desk):
    Path({str(told)!r} + "~").write_text(json.dumps(list(sys.modules)))
    Path({str(told)!r} + "~").rename({str(told)!r})
    while not Path({str(go_on)!r}).exists():
        time.sleep(0.01)
    await opening(desk)

Desk.open = held
run_desk(Settings(state_folder=Path({str(tmp_path)!r})))
"""
    with Terminal([sys.executable, "-c", code], columns=120, lines=36) as terminal:
        terminal.wait_for(lambda screen: told.exists() and "Plantão" in screen)
        modules = {name.partition(".")[0] for name in json.loads(told.read_text())}
        assert modules.isdisjoint(NETWORK_AND_STORE)
        assert "textual" in modules
        go_on.touch()
        terminal.wait_for(lambda screen: "Serviços" in screen and "Fila" in screen)
