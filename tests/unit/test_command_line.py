"""The command line: what it imports, what it says on which stream, and its exit codes."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest

from clients.errors import SettingsError
from clients.models.timer import Timer
from clients.store import Store
from tui.cli.click_pt import complaint
from tui.cli.main import plantao as plantao_commands
from tui.settings import Settings
from tui.settings_reading import load_looks
from tui.timers import TIMERS

ROOT = Path(__file__).parents[2]
HEAVY = ("textual", "httpx", "redminelib", "tinydb", "starlette", "rich")


def plantao(
    *arguments: str, stdin: int | None = subprocess.DEVNULL, **env: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        cwd=ROOT,
        env={**os.environ, "LANG": "C.UTF-8", **env},
        stdin=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def loaded_by(*arguments: str) -> set[str]:
    """Run the command in a fresh interpreter; return the top-level modules that it left loaded."""
    code = (
        "import sys\n"
        f"sys.argv = ['plantao', *{arguments!r}]\n"
        "from tui.__main__ import main\n"
        "code = main()\n"
        "sys.stdout.flush()\n"
        "sys.stderr.write(f'{code} ' + ' '.join({name.split('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    code_text, *modules = done.stderr.split()
    assert code_text == "0", done.stderr
    return set(modules)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        ("--help",),
        ("fila", "--help"),
        ("atender", "--help"),
        ("pendencias", "--help"),
        ("avaliar", "--help"),
    ],
)
def test_version_and_help_import_next_to_nothing(arguments: tuple[str, ...]) -> None:
    modules = loaded_by(*arguments)
    assert "click" in modules
    assert modules.isdisjoint((*HEAVY, "pydantic"))


@pytest.mark.parametrize(
    "arguments", [("teclas",), ("configurar", "--mostrar"), ("avaliar", "tests/quality/titles.csv")]
)
def test_what_needs_no_network_does_not_import_it(arguments: tuple[str, ...]) -> None:
    assert loaded_by(*arguments).isdisjoint(HEAVY)


def test_version_is_data_on_stdout() -> None:
    done = plantao("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("plantao 0.")


def test_help_is_in_portuguese_and_tells_the_exit_codes() -> None:
    done = plantao("--help")
    assert done.returncode == 0
    for words in ("Uso: plantao", "Opções:", "Comandos:", "diagnostico", "configurar", "130 interrompido"):
        assert words in done.stdout
    for words in ("Usage", "Options", "Commands", "Show"):
        assert words not in done.stdout + plantao("ticket", "--help").stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("filla",), "plantao: não existe o comando filla; seria fila?"),
        (("fila", "--jso"), "plantao: não existe a opção --jso; seria --json?"),
        (("avaliar", "a.csv", "b.csv"), "plantao: não se espera b.csv."),
        (("chamado", "novo", "."), "plantao: [ARQUIVO] precisa ser um arquivo."),
        (("ticket",), "plantao: falta N."),
        (("ticket", "abc"), "plantao: N precisa ser um número inteiro, 1 ou mais."),
        (("ticket", "0"), "plantao: N precisa ser um número inteiro, 1 ou mais."),
        (("demo", "--pasta"), "plantao: a opção --pasta precisa de um valor, ou não aceita nenhum."),
        (("fila", "--vista", "x"), "plantao: não existe a vista x; existem todos, a_validar, sem_resposta, "),
        (("atender",), "plantao: falta N."),
        (("atender", "7", "--tarfa", "nova"), "plantao: não existe a opção --tarfa; seria --tarefa?"),
        (("pendencias", "continuar"), "plantao: falta OPERAÇÃO."),
        (("pendencias", "continuara"), "plantao: não existe o comando continuara; seria continuar?"),
        ((), "A mesa precisa de um terminal; "),
        (("demo",), "A mesa precisa de um terminal."),
    ],
)
def test_wrong_use_is_2_and_says_why_on_stderr(arguments: tuple[str, ...], sentence: str) -> None:
    done = plantao(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(sentence)


@pytest.mark.parametrize("command", ["servicos", "fila", "chamados", "diagnostico"])
def test_without_settings_it_is_3_and_says_what_to_do(command: str) -> None:
    done = plantao(command)
    assert done.returncode == 3
    assert "Primeira vez aqui" in done.stdout + done.stderr
    assert "plantao demo" in done.stdout + done.stderr


def test_settings_that_cannot_be_used_are_3_without_a_traceback() -> None:
    done = plantao(
        "fila", PLANTAO_FRESHDESK__URL="http://empresa.example", PLANTAO_FRESHDESK__CHAVE="abcd1234"
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "Configuração inválida:\nvariável PLANTAO_FRESHDESK__URL: “freshdesk.url” precisa começar com "
        "https:// (http só vale para esta própria máquina).\n"
        "Corrija o arquivo e abra de novo; plantao diagnostico confere tudo.\n"
    )


def test_a_system_that_is_not_configured_is_3(tmp_path: Path) -> None:
    done = plantao("servicos", PLANTAO_TEMA="nord", PLANTAO_PASTA_DE_DADOS=str(tmp_path / "dados"))
    assert done.returncode == 3
    assert "[monitor] não está na configuração." in done.stderr


def test_a_system_that_does_not_answer_is_4(tmp_path: Path) -> None:
    done = plantao(
        "servicos",
        PLANTAO_MONITOR__URL="http://127.0.0.1:1",
        PLANTAO_PASTA_DE_DADOS=str(tmp_path / "dados"),
    )
    assert done.returncode == 4
    assert done.stderr.startswith("Sem conexão: ")


def test_the_desk_keeps_its_data_private(tmp_path: Path) -> None:
    folder = tmp_path / "dados"
    done = plantao("chamados", "--json", PLANTAO_PASTA_DE_DADOS=str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == '{\n  "rascunhos": [],\n  "chamados": []\n}\n'
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_a_store_that_cannot_be_used_is_1(tmp_path: Path) -> None:
    folder = tmp_path / "dados"
    folder.mkdir(0o700)
    (folder / "plantao.db").symlink_to("/dev/null")
    done = plantao("chamados", PLANTAO_PASTA_DE_DADOS=str(folder))
    assert (done.returncode, done.stdout) == (1, "")
    assert "é um link simbólico" in done.stderr


def test_configurar_writes_once_and_only_for_me(tmp_path: Path) -> None:
    config = tmp_path / "config"
    file = config / "plantao" / "config.toml"
    done = plantao("configurar", XDG_CONFIG_HOME=str(config))
    assert (done.returncode, done.stdout) == (0, "")
    assert str(file) in done.stderr
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert plantao("configurar", "--mostrar", XDG_CONFIG_HOME=str(config)).stdout == file.read_text()
    file.write_text('tema = "nord"\n')
    again = plantao("configurar", XDG_CONFIG_HOME=str(config))
    assert again.returncode == 1
    assert file.read_text() == 'tema = "nord"\n'


def test_teclas_shows_the_keys_as_the_settings_have_them() -> None:
    done = plantao("teclas", PLANTAO_TECLAS__NOTA="f5", PLANTAO_TECLAS__RESPONDER="")
    assert (done.returncode, done.stderr) == (0, "")
    lines = {line.split()[0]: line for line in done.stdout.splitlines() if line.startswith("  ")}
    assert " F5 " in lines["nota"]
    assert " — " in lines["responder"]
    assert "Ctrl+Q" in lines["sair"]


def test_a_reader_that_has_enough_is_no_error(tmp_path: Path) -> None:
    command = f"{sys.executable} -m tui teclas | head -c 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "E", "")


def test_the_process_keeps_its_memory_to_itself() -> None:
    code = (
        "import ctypes, os, resource\n"
        "from tui.hardening import harden\n"
        "harden()\n"
        "dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)\n"
        "print(dumpable, resource.getrlimit(resource.RLIMIT_CORE), oct(os.umask(0)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "0 (0, 0) 0o77\n"


def diagnosed(tmp_path: Path, **env: str) -> dict[str, dict[str, str]]:
    """Return the checks by name, on a desk that has nothing but what ``env`` says."""
    data = str(tmp_path / "dados")
    done = plantao(
        "diagnostico", "--json", stdin=subprocess.DEVNULL, **{"PLANTAO_PASTA_DE_DADOS": data, **env}
    )
    return {check["nome"]: check for check in json.loads(done.stdout)["verificacoes"]}


@pytest.mark.parametrize(
    ("rows", "said"),
    [(("ok",), "1 serviço lido"), (("ok", "falha"), "2 serviços lidos")],
)
def test_diagnostico_counts_services_as_people_do(tmp_path: Path, rows: tuple[str, ...], said: str) -> None:
    table = tmp_path / "servicos.csv"
    lines = [f"Padaria;Serviço {number};{state}" for number, state in enumerate(rows)]
    table.write_text("\n".join(("cliente;serviço;situação", *lines)))
    check = diagnosed(tmp_path, PLANTAO_MONITOR__TIPO="csv", PLANTAO_MONITOR__ARQUIVO=str(table))
    assert check["Monitoramento"]["mensagem"] == said


def test_diagnostico_of_a_table_names_the_file_and_the_column(tmp_path: Path) -> None:
    table = tmp_path / "servicos.csv"
    table.write_text("cliente;serviço;situação\nPadaria;DYPE;capenga\n")
    check = diagnosed(tmp_path, PLANTAO_MONITOR__TIPO="csv", PLANTAO_MONITOR__ARQUIVO=str(table))
    assert check["Monitoramento"]["mensagem"] == "não se entende a situação de 1 de 1 serviço"
    way_out = check["Monitoramento"]["saida"]
    assert f"coluna situação em {table} (linha 2" in way_out
    assert "“textos” de [monitor.pagina.ok]" in way_out


def test_diagnostico_of_a_list_of_licences_without_emails_names_file_and_columns(tmp_path: Path) -> None:
    table = tmp_path / "licencas.csv"
    table.write_text("cliente;situação\nPadaria;ativa\n")
    check = diagnosed(tmp_path, PLANTAO_LICENCAS__ARQUIVO=str(table))["Licenças"]
    assert check["mensagem"] == "falta a coluna e-mail"
    assert check["saida"].startswith(f"Confira o arquivo {table}: as colunas são e-mail, ")


def test_no_chamado_is_said_to_people_and_not_to_programs(tmp_path: Path) -> None:
    folder = str(tmp_path / "dados")
    done = plantao("chamados", PLANTAO_PASTA_DE_DADOS=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Nenhum chamado, enviado ou em rascunho.\n")
    assert plantao("chamados", "--json", PLANTAO_PASTA_DE_DADOS=folder).stderr == ""


def looks_of(tmp_path: Path, text: str) -> Settings:
    """What the demonstration takes from a user whose settings are ``text``."""
    file = tmp_path / "plantao" / "config.toml"
    file.parent.mkdir()
    file.write_text(text)
    file.chmod(0o600)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        return load_looks()


def test_a_demonstration_refuses_keys_that_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"teclas\.respondr"):
        looks_of(tmp_path, "[teclas]\nrespondr = 'f5'\n")


def test_a_demonstration_takes_keys_and_theme_and_nothing_else(tmp_path: Path) -> None:
    looks = looks_of(tmp_path, "tema = 'nord'\n[freshdesk]\nurl = 1\n[teclas]\nnota = 'f5'\n")
    assert (looks.theme, looks.keys, looks.freshdesk) == ("nord", {"nota": "f5"}, None)


def test_settings_know_whether_their_folder_goes_afterwards(tmp_path: Path) -> None:
    settings = Settings(state_folder=tmp_path)
    assert settings.thrown_away().throwaway
    assert settings.thrown_away().model_copy(update={"theme": "nord"}).throwaway
    assert not settings.throwaway


class TestTime:
    """Timers without a screen: on this machine alone, no system configured."""

    def tempo(self, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return plantao("tempo", *arguments, PLANTAO_PASTA_DE_DADOS=str(folder / "dados"))

    def test_started_paused_and_listed(self, tmp_path: Path) -> None:
        done = self.tempo(tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "Nenhum cronômetro.\n")
        done = self.tempo(tmp_path, "iniciar", "4102")
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr == "Contando o tempo do #4102: 0h00 até agora.\n"
        done = self.tempo(tmp_path, "iniciar", "77")
        assert "Pausado: #4102, 0h00." in done.stderr
        lines = self.tempo(tmp_path).stdout.splitlines()
        assert [line.split() for line in lines] == [
            ["⏱", "contando", "0h00", "#77"],
            ["‖", "pausado", "0h00", "#4102"],
        ]
        rows = json.loads(self.tempo(tmp_path, "--json").stdout)["cronometros"]
        assert rows[0] == {"alvo": "ticket:77", "estado": "running", "minutos": 0, "esquecido": False}
        assert self.tempo(tmp_path, "pausar").returncode == 0
        done = self.tempo(tmp_path, "pausar")
        assert (done.returncode, done.stderr) == (1, "Nada está contando.\n")

    def test_a_forgotten_one_is_left_to_the_desk(self, tmp_path: Path) -> None:
        assert self.tempo(tmp_path, "iniciar", "4102").returncode == 0
        store = Store(tmp_path / "dados" / "plantao.db")
        began = datetime.now(UTC) - timedelta(hours=10)
        store.put(TIMERS, "target", [Timer(target="ticket:4102").started(began).model_dump(mode="json")])
        store.close()
        done = self.tempo(tmp_path, "iniciar", "4102")
        assert done.returncode == 1
        assert "parece esquecido" in done.stderr
        assert self.tempo(tmp_path).stdout.startswith("▲ esquecido?  10h00  #4102")

    def test_its_help_and_complaints_are_in_portuguese(self) -> None:
        told = plantao("tempo", "--help").stdout
        assert "Uso: plantao tempo" in told
        assert "iniciar" in told
        assert "pausar" in told
        done = plantao("tempo", "pausa")
        assert (done.returncode, done.stderr.splitlines()[0]) == (
            2,
            "plantao: não existe o comando pausa; seria pausar?",
        )


def test_every_command_speaks_portuguese() -> None:
    def walk(command: click.Command, name: str, above: click.Context | None) -> Iterator[tuple[str, str]]:
        context = click.Context(command, parent=above, info_name=name)
        yield context.command_path, command.get_help(context)
        for below, found in getattr(command, "commands", {}).items():
            yield from walk(found, below, context)

    pages = dict(walk(plantao_commands, "plantao", None))
    assert {"plantao tarefas", "plantao tarefa", "plantao tempo iniciar"} <= pages.keys()
    for path, page in pages.items():
        assert page.startswith(f"Uso: {path} [OPÇÕES]"), path
        assert "Mostra esta ajuda." in page, path
        for word in ("Usage", "Options", "Commands", "Arguments", "Show this", "and exit"):
            assert word not in page, path


def test_one_word_too_many_is_told_in_portuguese_by_every_command() -> None:
    def leaves(command: click.Command) -> Iterator[click.Command]:
        below = getattr(command, "commands", {})
        for found in below.values():
            yield from leaves(found)
        if not below:
            yield command

    told = []
    for command in leaves(plantao_commands):
        if any(each.nargs != 1 for each in command.params if isinstance(each, click.Argument)):
            continue  # takes as many as there are
        with pytest.raises(click.UsageError) as raised:
            command.make_context("x", ["1", "1", "1", "1"])
        told.append(complaint(raised.value))
    assert all(each.startswith("não se espera") or "precisa ser" in each for each in told), told
    assert sum(each.startswith("não se espera 1") for each in told) > 10
