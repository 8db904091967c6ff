"""The local command of a runbook: it only looks, is filled as one argument each, and ends in any case."""

import asyncio
import os
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from clients.models.local_command import filled_argv
from tui.local_command import NotRun, run_locally
from tui.settings_runbooks import RunbookSettings

PLACES = {"cliente": "Loja Sol", "servico": "CT-e", "servidor": "sol/01"}


@pytest.mark.parametrize(
    "argv",
    [
        ("sc", "stop", "DYPE"),
        ("sh", "-c", "systemctl restart dype"),
        ("powershell", "-Command", "Restart-Service {servico}"),
        ("ssh", "{servidor}", "net", "stop", "DYPE"),
        ("powershell", "-enc", "UwB0AG8AcAA="),
        ("abrir", "--stop"),
        ("outro", "{servidor}"),
        ("ping\u200b", "{servidor}"),
    ],
)
def test_what_would_stop_something_is_refused_when_the_settings_are_read(argv: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError, match="comando_local"):
        RunbookSettings.model_validate({"comando_local": argv, "programas": ["abrir"]})


@pytest.mark.parametrize("argv", [("abrir", "a|b"), ("/opt/nos/abrir", "{servidor}"), ("ping", "{servidor}")])
def test_what_looks_may_be_run(argv: tuple[str, ...]) -> None:
    assert RunbookSettings.model_validate({"programas": ["abrir"], "comando_local": argv}).local_command


@pytest.mark.parametrize("name", ["powershell", "sc.exe", "/opt/nos/abrir", "*"])
def test_only_what_looks_may_be_named_as_the_teams_own(name: str) -> None:
    with pytest.raises(ValidationError, match="programas"):
        RunbookSettings.model_validate({"programas": [name]})


def test_each_place_stays_one_argument() -> None:
    assert filled_argv(("abrir", "--cliente={cliente}", "{servidor}"), PLACES, {"abrir"}) == (
        "abrir",
        "--cliente=Loja Sol",
        "sol/01",
    )


@pytest.mark.parametrize(
    ("places", "why"),
    [
        ({}, "falta o código do servidor"),
        ({"servidor": "-oProxyCommand=x"}, "opção do programa"),
        ({"servidor": "sol; ls"}, "o terminal executaria"),
        ({"servidor": "sol\nls"}, "o terminal executaria"),
        ({"servidor": "net stop DYPE"}, "pergunte antes"),
    ],
)
def test_a_value_cannot_make_something_else_of_it(places: dict[str, str], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        filled_argv(("abrir", "{servidor}"), places, {"abrir"})


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program that does what its first argument says."""
    path = tmp_path / "programa"
    path.write_text(
        f"#!{sys.executable}\nimport os, subprocess, sys, time\n"
        "say, then = sys.argv[1:]\n"
        "print(say.encode().decode('unicode_escape'), flush=True)\n"
        "child = subprocess.Popen(['sleep', '600']) if then == 'stays' else None\n"
        "if child: print(child.pid, flush=True); time.sleep(600)\n"
        "if then == 'tty': print(os.open('/dev/tty', os.O_RDWR))\n"
        "sys.exit(3 if then == 'fails' else 0)\n"
    )
    path.chmod(0o700)
    return path


@pytest.mark.anyio
async def test_what_it_writes_comes_back_clean(program: Path) -> None:
    ran = await run_locally((str(program), r"ok \x1b[2J", "ends"))
    assert (ran.output, ran.code) == ("ok ␛[2J", 0)


@pytest.mark.anyio
async def test_its_error_is_told(program: Path) -> None:
    assert (await run_locally((str(program), "…", "fails"))).code == 3


@pytest.mark.anyio
async def test_it_gets_no_terminal(program: Path) -> None:
    ran = await run_locally((str(program), "", "tty"))
    assert "OSError" in ran.output


@pytest.mark.anyio
async def test_after_its_time_it_is_ended_with_all_that_it_began(program: Path) -> None:
    ran = await run_locally((str(program), "começou", "stays"), longest=3.0)
    said, child = ran.output.split("\n")
    assert (said, ran.code) == ("comeÃ§ou", None)
    for _ in range(200):  # a signal takes its time to arrive
        if _is_over(child):
            return
        await asyncio.sleep(0.05)
    pytest.fail("o processo filho continua")


def _is_over(process: str) -> bool:
    """Whether it ended, be it that nobody has asked for its exit code yet."""
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"


@pytest.mark.anyio
async def test_one_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotRun, match="não dá para executar"):
        await run_locally((os.fspath(tmp_path / "nada"),))
