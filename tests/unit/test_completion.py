"""Tab in the shell: subcommands, and numbers from this machine alone."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clients.store import Store
from tests.support.chamados import chamado
from tui.cli.exit_codes import Code

ROOT = Path(__file__).parents[2]
SHELLS = ("bash", "zsh", "fish")


def plantao(*arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        cwd=ROOT,
        env={**os.environ, "LANG": "C.UTF-8", **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def completed(line: str, **env: str) -> list[str]:
    """What Tab offers at the end of ``line``."""
    done = plantao(
        **{"_PLANTAO_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))},
        **env,
    )
    assert done.stderr == ""
    return [each.partition(",")[2] for each in done.stdout.split()]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """Somebody whose key is printed by a program that leaves a trace, and whose store has a few things."""
    config = tmp_path / "config" / "plantao" / "config.toml"
    config.parent.mkdir(parents=True)
    config.touch(0o600)
    trace = tmp_path / "chave-pedida"
    config.write_text(
        f'[freshdesk]\nurl = "https://ajuda.exemplo.com.br"\nchave_cmd = ["touch", "{trace}"]\n'
    )
    state = tmp_path / "state" / "plantao"
    store = Store(state / "plantao.db")
    when = datetime(2026, 3, 4, tzinfo=UTC)
    rows = [
        {"id": number, "subject": "Nota\x1b[2J fiscal", "updated_at": when.replace(day=day).isoformat()}
        for number, day in ((4102, 1), (4177, 3), (3999, 2))
    ]
    store.put("tickets", "id", rows)
    store.put("chamados", "id", [chamado(12).model_dump(mode="json")])
    store.close()
    return {"XDG_CONFIG_HOME": f"{tmp_path}/config", "XDG_STATE_HOME": f"{tmp_path}/state"}


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_asks_plantao_itself(shell: str) -> None:
    done = plantao("completar", shell)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"_PLANTAO_COMPLETE={shell}_complete" in done.stdout


def test_another_shell_is_refused_in_words() -> None:
    done = plantao("completar", "tcsh")
    assert done.returncode == Code.USAGE
    assert "bash, zsh, fish" in done.stderr


def test_subcommands_and_options_need_no_settings() -> None:
    assert {"fila", "chamado", "completar"} <= set(completed("plantao "))
    assert completed("plantao fi") == ["fila"]
    assert "--json" in completed("plantao fila --")
    assert "sem_resposta" in completed("plantao fila --vista sem")
    assert completed("plantao nada x") == []  # a line that is wrong already


def test_numbers_come_from_this_machine_the_last_moved_first(home: dict[str, str], tmp_path: Path) -> None:
    assert completed("plantao ticket ", **home) == ["4177", "3999", "4102"]
    assert completed("plantao atender 41", **home) == ["4177", "4102"]
    assert completed("plantao chamado ver ", **home) == ["12"]
    assert not (tmp_path / "chave-pedida").exists()


def test_a_title_cannot_act_on_the_terminal(home: dict[str, str]) -> None:
    line = {"_PLANTAO_COMPLETE": "zsh_complete", "COMP_WORDS": "plantao ticket 4102", "COMP_CWORD": "2"}
    done = plantao(**line, **home)
    assert "Nota" in done.stdout
    assert "\x1b" not in done.stdout


def test_where_nothing_can_be_read_there_is_silence(tmp_path: Path, home: dict[str, str]) -> None:
    nowhere = {"XDG_CONFIG_HOME": str(tmp_path / "vazio"), "XDG_STATE_HOME": str(tmp_path / "vazio")}
    assert completed("plantao ticket ", **nowhere) == []
    assert not (tmp_path / "vazio").exists()
    (tmp_path / "state" / "plantao" / "plantao.db").write_bytes(b"estragado" * 100)
    assert completed("plantao ticket ", **home) == []
