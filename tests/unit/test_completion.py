"""Tab in the shell: subcommands, and numbers from this machine alone."""

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clients.models.answer import Kind
from clients.models.chamado import ChamadoDraft
from clients.models.slack_talk import Question
from clients.store import Store
from tests.support.chamados import chamado
from tests.support.clock import Clock
from tests.support.tasks import entry
from tui.chamado_drafts import ChamadoDrafts
from tui.cli.exit_codes import Code
from tui.flows.answer import KINDS
from tui.intent import Step
from tui.journal import Journal
from tui.session import Session
from tui.slack_questions import Questions
from tui.task_shelf import TaskShelf

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
    clock = Clock(when)
    TaskShelf(store).keep([entry(812), entry(3017)], (), (), when, forget_before=when)
    reply = Step(KINDS[Kind.REPLY], "ticket:4102", {"ticket_id": 4102, "kind": "reply", "text": "Olá"})
    Journal(store, Session.here(), clock).plan([reply], "work")
    ts = "1767225600.000100"
    Questions(store).keep(Question(id=f"C01/{ts}", channel="C01", ts=ts, text="Quem?", asked_at=when))
    ChamadoDrafts(store, clock).save(ChamadoDraft(id="rascunho-1", title="Nota não sai"))
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


def test_tasks_operations_questions_drafts_and_runbooks_are_completed_by_their_ids(
    home: dict[str, str],
) -> None:
    assert set(completed("plantao tarefa ", **home)) == {"812", "3017"}
    assert completed("plantao tarefa 30", **home) == ["3017"]
    assert completed("plantao atender 4102 --tarefa n", **home) == ["nova", "nenhuma"]
    assert completed("plantao atender 4102 --tarefa 8", **home) == ["812"]
    (operation,) = completed("plantao pendencias continuar ", **home)
    assert re.fullmatch("[0-9a-f]{8}", operation)
    assert completed(f"plantao pendencias continuar {operation[:3]}", **home) == [operation]
    assert completed("plantao pendencias deixar ", **home) == ["C01/1767225600.000100"]
    assert completed("plantao chamado enviar ras", **home) == ["rascunho-1"]
    assert completed("plantao chamado novo --ticket 41", **home) == ["4177", "4102"]
    assert completed("plantao chamado mover 12 Triagem --duplicado-de ", **home) == ["12"]
    assert "servico-dype" in completed("plantao roteiros ver ", **home)
    assert completed("plantao roteiros ver cte", **home) == ["cte-ez-commerce"]


def test_views_of_ones_own_are_completed_too(home: dict[str, str], tmp_path: Path) -> None:
    config = tmp_path / "config" / "plantao" / "config.toml"
    config.write_text(
        config.read_text() + '[tarefas.visoes.fiscal]\nde = "minhas"\n[tarefas.visoes."duas palavras"]\n'
    )
    assert completed("plantao tarefas --vista ", **home)[-1] == "fiscal"
    assert completed("plantao tarefas --vista b", **home) == ["bloqueadas"]


def test_runbooks_and_views_need_no_settings(tmp_path: Path) -> None:
    nowhere = {"XDG_CONFIG_HOME": str(tmp_path / "vazio"), "XDG_STATE_HOME": str(tmp_path / "vazio")}
    assert "servico-dype" in completed("plantao roteiros ver ", **nowhere)
    assert "minhas" in completed("plantao tarefas --vista ", **nowhere)


def in_bash(folder: Path, words: str, **env: str) -> list[str]:
    """What bash itself has to offer after Tab, with our script read as the README says."""
    program = folder / "bin" / "plantao"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f'#!/bin/sh\ncd "{ROOT}" && exec "{sys.executable}" -m tui "$@"\n')
    program.chmod(0o700)
    script = folder / "completar.bash"
    script.write_text(plantao("completar", "bash").stdout)
    asked = f"""
source "{script}"
function=$(complete -p plantao | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
COMP_WORDS=({words}) COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
"$function" plantao
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    done = subprocess.run(
        ["bash", "--norc", "--noprofile", "-c", asked],
        env={**os.environ, "LANG": "C.UTF-8", **env, "PATH": f"{program.parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_completes_with_the_script_that_it_is_given(home: dict[str, str], tmp_path: Path) -> None:
    assert in_bash(tmp_path, "plantao fi", **home) == ["fila"]
    assert in_bash(tmp_path, "plantao ticket 41", **home) == ["4177", "4102"]
    assert set(in_bash(tmp_path, "plantao tarefa ''", **home)) == {"812", "3017"}
    assert in_bash(tmp_path, "plantao roteiros ver serv", **home) == ["servico-dype"]
    assert len(in_bash(tmp_path, "plantao pendencias continuar ''", **home)) == 1


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
