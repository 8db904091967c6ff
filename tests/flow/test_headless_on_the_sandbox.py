"""The headless commands against the sandbox that ``plantao demo`` starts, as a script would use them."""

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clients.errors import PlantaoError, StoreError
from clients.models.chamado_letters import Notice, letters
from clients.models.licence import LicenceState
from clients.models.lifecycle import ChamadoStatus
from clients.store import Store
from tests.support.headless import ROOT, Env, plantao, plantao_process
from tui.cli.demo import demo_settings, sandbox
from tui.desk import Desk

pytestmark = pytest.mark.usefixtures("no_waiting")


def secrets_of(env: Env) -> list[str]:
    return [value for name, value in env.items() if name.endswith(("CHAVE", "SENHA"))]


def texts_in(folder: Path) -> list[str]:
    return [file.read_text() for file in folder.glob("*.eml")]


def test_services_worst_first_and_1_while_any_is_not_green(env: Env) -> None:
    done = plantao(env, "servicos", "--json")
    assert (done.returncode, done.stderr) == (1, "")
    states = [service["estado"] for service in json.loads(done.stdout)["servicos"]]
    assert len(states) >= 36
    assert states == sorted(states, key=["falha", "desconhecido", "ok"].index)
    text = plantao(env, "servicos").stdout.splitlines()
    assert len(text) == len(states)
    assert text[0].startswith("✖ falha")
    red = plantao(env, "servicos", "--falhas", "--json")
    assert red.returncode == 1
    assert [service["estado"] for service in json.loads(red.stdout)["servicos"]] == ["falha"] * states.count(
        "falha"
    )


def test_services_that_the_monitor_no_longer_checks_are_not_green(env: Env, tmp_path: Path) -> None:
    listed = tmp_path / "servicos.csv"
    ago = {hours: f"{datetime.now(UTC) - timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}" for hours in (0, 3)}
    rows = ("cliente;servico;status;verificado em", f"Aurora;CT-e;ok;{ago[0]}", f"Aurora;NF-e;ok;{ago[3]}")
    listed.write_text("\n".join(rows), encoding="utf-8")
    of_a_file = {name: value for name, value in env.items() if "MONITOR" not in name}
    of_a_file |= {"PLANTAO_MONITOR__ARQUIVO": str(listed), "PLANTAO_MONITOR__TIPO": "csv"}
    done = plantao(of_a_file, "servicos")
    assert done.returncode == 1
    unknown, green = done.stdout.splitlines()
    assert unknown.startswith("? desconhecido  Aurora  NF-e  há 3 h")
    assert unknown.endswith("sem verificação há 3 h")
    assert green.startswith("● ok            Aurora  CT-e")
    (first, _) = json.loads(plantao(of_a_file, "servicos", "--json").stdout)["servicos"]
    assert (first["estado"], first["observacao"]) == ("desconhecido", "sem verificação há 3 h")
    patient = {**of_a_file, "PLANTAO_MONITOR__MINUTOS_SEM_VERIFICACAO": "600"}
    assert plantao(patient, "servicos").returncode == 0
    checks = json.loads(plantao(of_a_file, "diagnostico", "--json").stdout)["verificacoes"]
    (warned,) = (check for check in checks if check["nome"] == "Verificação dos serviços")
    assert warned["mensagem"] == "1 serviço sem verificação há mais de 60 min"


def test_the_queue_and_one_ticket_of_it(env: Env) -> None:
    done = plantao(env, "fila", "--vista", "sem_resposta", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    tickets = json.loads(done.stdout)["tickets"]
    assert tickets
    assert {ticket["vez"] for ticket in tickets} == {"sem resposta"}
    number = tickets[0]["id"]
    lines = plantao(env, "fila").stdout.splitlines()
    assert lines[0].startswith(f"#{number}")
    assert len(lines) >= 300
    page = plantao(env, "ticket", str(number))
    assert (page.returncode, page.stderr) == (0, "")
    assert page.stdout.startswith(f"#{number} {tickets[0]['ticket']['subject']}\nCliente: ")
    whole = json.loads(plantao(env, "ticket", str(number), "--json").stdout)
    assert whole["ticket"]["id"] == number
    assert whole["ticket"]["text"]


def test_a_ticket_that_is_not_there_is_1(env: Env) -> None:
    done = plantao(env, "ticket", "999999")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Não encontrado:\nFreshdesk: o ticket 999999 não existe")


def test_a_refused_key_is_4_and_shows_what_is_remembered(env: Env) -> None:
    assert plantao(env, "fila").returncode == 0
    wrong = "outra-chave-que-nao-existe"
    done = plantao({**env, "PLANTAO_FRESHDESK__CHAVE": wrong}, "fila")
    assert done.returncode == 4
    assert len(done.stdout.splitlines()) >= 300
    assert done.stderr.startswith("Chave recusada: ")
    assert "Dados de " in done.stderr
    assert wrong not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "command", ["chamado triagem", "chamados", "fila --vista vencendo", "pendencias", "tempo", "ticket"]
)
def test_as_a_process_a_command_says_the_same(env: Env, command: str) -> None:
    arguments = [*command.split(), "--json"]
    if command == "ticket":
        (first, *_) = json.loads(plantao(env, "fila", "--json").stdout)["tickets"]
        arguments.append(str(first["id"]))
    here, there = plantao(env, *arguments), plantao_process(env, *arguments)
    assert (there.returncode, there.stderr) == (here.returncode, here.stderr)
    assert but_the_time(there.stdout) == but_the_time(here.stdout)


def but_the_time(page: str) -> dict[str, object]:
    told: dict[str, object] = json.loads(page)
    told.pop("em", None)
    return told


def test_no_output_carries_a_control_character(env: Env) -> None:
    for arguments in (("fila",), ("fila", "--json"), ("servicos",), ("servicos", "--json")):
        text = plantao(env, *arguments).stdout
        assert not [char for char in text if (char < " " and char != "\n") or "\x7f" <= char <= "\x9f"]


def test_diagnostico_is_0_where_everything_answers(env: Env) -> None:
    done = plantao_process(env, "diagnostico", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = {check["nome"]: check["estado"] for check in json.loads(done.stdout)["verificacoes"]}
    assert found == {
        "Configuração": "ok",
        "Terminal": "ok",
        "Dados locais": "ok",
        "Modelos da equipe": "ausente",
        "Freshdesk": "ok",
        "Respostas prontas": "ok",
        "Redmine": "ok",
        "Tarefas do ticket": "ok",
        "Quadro": "ok",
        "Slack": "ok",
        "Canais do Slack": "ok",
        "Monitoramento": "atencao",
        "Licenças": "ok",
        "E-mail": "ok",
        "Assistente": "ok",
    }


# system broken, how, and what is said of it; each case is one run, whose systems break each for itself
BROKEN: list[dict[str, tuple[str, str, str]]] = [
    {
        "Freshdesk": ("FRESHDESK__CHAVE", "errada", "Chave recusada"),
        "Redmine": ("REDMINE__URL", "http://127.0.0.1:1", "Sem conexão"),
        "Slack": ("SLACK__CHAVE", "xoxb-errado", "o token não vale (invalid_auth)"),
        "Monitoramento": ("MONITOR__SENHA", "errada", "usuário ou senha recusados"),
        "Licenças": ("LICENCAS__URL", "http://127.0.0.1:1/x", "conexão recusada"),
        "E-mail": ("EMAIL__SENHA", "errada", "o login foi recusado: 535"),
        "Assistente": ("ASSISTENTE__CHAVE", "errada", "Chave recusada"),
        "Modelos da equipe": ("RESPOSTAS__ARQUIVO", str(ROOT / "README.md"), "não é TOML válido"),
    },
    {
        "Freshdesk": ("FRESHDESK__URL", "http://127.0.0.1:1", "conexão recusada"),
        "Tarefas do ticket": ("REDMINE__CAMPO_TICKET", "Não há", "nenhum campo se chama “Não há”"),
        "Canais do Slack": ("SLACK__CANAL_GESTOR", "gestor_geral", "o canal “gestor_geral” não existe"),
        "Monitoramento": ("MONITOR__PAGINA__LINHA", "ul.nada li", "o seletor linha = “ul.nada li”"),
        "Licenças": ("LICENCAS__URL", "http://127.0.0.1:1", "conexão recusada"),
        "E-mail": ("EMAIL__PORTA", "1", "conexão recusada"),
        "Assistente": ("ASSISTENTE__URL", "http://127.0.0.1:1/v1", "conexão recusada"),
        "Cores": ("TEMA", "norde", "seria “nord”?"),
    },
    {
        "Tarefas do ticket": ("REDMINE__CAMPO_TICKET", "Ticket sem filtro", "ignora o filtro"),
        "Monitoramento": ("MONITOR__PAGINA__LINHA", "td[[", "linha = “td[[” não é um seletor"),
    },
    {"Monitoramento": ("MONITOR__PAGINA__SITUACAO", "td:nth-child(1)", "não se entende a situação")},
    {
        "Monitoramento": ("MONITOR__PAGINA__CAMINHO_SITUACAO", "/nada", "Não encontrado"),
        "E-mail": ("EMAIL__SEGURANCA", "starttls", "não oferece STARTTLS"),
    },
]


@pytest.mark.parametrize("broken", BROKEN)
def test_diagnostico_is_1_and_names_each_culprit(env: Env, broken: dict[str, tuple[str, str, str]]) -> None:
    changed = {f"PLANTAO_{variable}": value for variable, value, _ in broken.values()}
    done = plantao({**env, **changed}, "diagnostico", "--json")
    assert done.returncode == 1
    checks = json.loads(done.stdout)["verificacoes"]
    wrong = {check["nome"]: check for check in checks if check["estado"] == "falha"}
    assert set(wrong) == set(broken)
    for name, (_, _, words) in broken.items():
        assert words in wrong[name]["mensagem"]
        assert wrong[name]["saida"]
    assert not [secret for secret in secrets_of(env) if secret in done.stdout]


def test_diagnostico_says_in_which_channel_the_token_is_missing(
    env: Env, ready: Mapping[str, object]
) -> None:
    keys = ready["keys"]
    assert isinstance(keys, dict)
    of_the_app = {"PLANTAO_SLACK__CHAVE": keys["slack"]["bot"], "PLANTAO_SLACK__CANAL_GESTOR": "suporte"}
    done = plantao({**env, **of_the_app}, "diagnostico", "--json")
    assert done.returncode == 1
    (wrong,) = (check for check in json.loads(done.stdout)["verificacoes"] if check["estado"] == "falha")
    assert (wrong["nome"], wrong["mensagem"]) == ("Canais do Slack", "o token não está em #suporte")
    assert "/invite" in wrong["saida"]


def test_diagnostico_warns_of_a_password_that_travels_unencrypted(env: Env) -> None:
    # nobody answers there: .invalid is no name
    done = plantao({**env, "PLANTAO_MONITOR__URL": "http://monitor.invalid"}, "diagnostico", "--json")
    (warned,) = (check for check in json.loads(done.stdout)["verificacoes"] if check["estado"] == "atencao")
    assert warned["nome"] == "Senha do monitoramento"
    assert "sem criptografia até http://monitor.invalid" in warned["mensagem"]
    assert "https://" in warned["saida"]


def test_diagnostico_names_the_lines_of_the_licence_list_that_cannot_be_read(
    env: Env, tmp_path: Path
) -> None:
    listed = tmp_path / "licencas.csv"
    rows = ("e-mail;validade", "a@x.com.br;31/12/2026", ";31/12/2026", *("b@x.com.br;amanhã",) * 6)
    listed.write_text("\n".join(rows), encoding="utf-8")
    of_a_file = {name: value for name, value in env.items() if "LICENCAS" not in name}
    done = plantao({**of_a_file, "PLANTAO_LICENCAS__ARQUIVO": str(listed)}, "diagnostico", "--json")
    assert done.returncode == 0
    (found,) = (item for item in json.loads(done.stdout)["verificacoes"] if item["nome"] == "Licenças")
    assert found["estado"] == "atencao"
    assert found["mensagem"] == f"consultadas em {listed}; 7 linhas ilegíveis"
    assert found["saida"].startswith("Corrija na lista:\nlinha 3: sem e-mail\nlinha 4: data ilegível")
    assert found["saida"].endswith("\ne mais 2")


def test_diagnostico_for_people_marks_each_line_and_shows_the_way_out(env: Env) -> None:
    done = plantao({**env, "PLANTAO_REDMINE__URL": "http://127.0.0.1:1"}, "diagnostico")
    assert done.returncode == 1
    assert "● ok         Freshdesk: a chave é de " in done.stdout
    assert "✖ falha      Redmine: Sem conexão: " in done.stdout
    assert "             → " in done.stdout


def test_diagnostico_finds_a_damaged_store(env: Env) -> None:
    file = Path(env["PLANTAO_PASTA_DE_DADOS"]) / "plantao.db"
    store = Store(file)
    store.table("t").insert_multiple({"n": n, "text": "x" * 400} for n in range(300))
    store.close()
    with file.open("r+b") as damaged:
        damaged.seek(4096)
        damaged.write(os.urandom(40 * 4096))
    done = plantao(env, "diagnostico", "--json")
    assert done.returncode == 1
    (wrong,) = (check for check in json.loads(done.stdout)["verificacoes"] if check["estado"] == "falha")
    assert wrong["nome"] == "Dados locais"
    assert str(file) in wrong["saida"]


def test_the_other_commands_are_tried_on_a_sandbox_that_serves(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tui", "demo", "--servir", "--pasta", str(tmp_path / "demo")]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        variable, _, folder = process.stdout.readline().strip().partition("=")
        assert (variable, folder) == ("XDG_CONFIG_HOME", str(tmp_path / "demo" / "config"))
        config = Path(folder) / "plantao" / "config.toml"
        assert config.stat().st_mode & 0o777 == 0o600
        done = plantao_process({variable: folder}, "fila")
        assert (done.returncode, done.stderr) == (0, "")
        assert len(done.stdout.splitlines()) >= 300
        assert plantao_process({variable: folder}, "servicos").returncode == 1
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0


@pytest.mark.anyio
async def test_the_desk_of_the_demo_sends_to_the_folder_that_the_demo_names(
    ready: Mapping[str, object],
) -> None:
    folder = Path(str(ready["letters"]))
    notice = Notice("c0ffee", "3", ChamadoStatus.ENCERRADO, 42, "Não salva produto")
    (letter,) = letters(notice, ["ana@padaria.exemplo.com.br"])
    desk = Desk(demo_settings(ready, Path("/nonexistent")))
    await desk.connect()
    try:
        assert desk.mail is not None
        sent_as = await desk.mail.send(letter)
    finally:
        await desk.close()
    assert sum(sent_as in text for text in texts_in(folder)) == 1


@pytest.mark.anyio
async def test_the_licences_to_try_are_what_the_readme_says(ready: Mapping[str, object]) -> None:
    desk = Desk(demo_settings(ready, Path("/nonexistent")))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = {
        "jose.falcao@serraazul.exemplo.com.br": LicenceState.VALID,
        "sebastiao.magalhaes@trespinheiros.exemplo.com.br": LicenceState.EXPIRED,
        "claudio.assuncao@flordelis.exemplo.com.br": LicenceState.NOT_FOUND,
    }
    await desk.connect()
    try:
        assert {email: (await desk.licences.check(email)).state for email in told} == told
    finally:
        await desk.close()
    assert all(f"`{email}`" in readme for email in told)


def readme_blocks(language: str, beginning: str) -> list[str]:
    blocks = (ROOT / "README.md").read_text(encoding="utf-8").split("```")[1::2]
    return [block.partition("\n")[2] for block in blocks if block.startswith(f"{language}\n{beginning}")]


def test_the_files_in_the_readme_are_read_as_they_stand(tmp_path: Path) -> None:
    files = {
        "servicos.csv": readme_blocks("", "cliente;"),
        "licencas.csv": readme_blocks("", "e-mail;"),
        "modelos.toml": readme_blocks("toml", "[[modelo]]"),
    }
    for name, blocks in files.items():
        (tmp_path / name).write_text("".join(blocks), encoding="utf-8")
    done = plantao(
        {
            "PLANTAO_PASTA_DE_DADOS": str(tmp_path / "dados"),
            "PLANTAO_MONITOR__TIPO": "csv",
            "PLANTAO_MONITOR__ARQUIVO": str(tmp_path / "servicos.csv"),
            "PLANTAO_LICENCAS__ARQUIVO": str(tmp_path / "licencas.csv"),
            "PLANTAO_RESPOSTAS__ARQUIVO": str(tmp_path / "modelos.toml"),
        },
        "diagnostico",
    )
    assert done.returncode == 0, done.stdout
    for words in ("1 serviço lido", "1 em ", "consultadas em "):
        assert words in done.stdout


@pytest.mark.parametrize("view", ["sem_resposta", "vencendo", "aguardando_desenvolvimento"])
def test_a_view_prints_tickets_or_says_that_it_has_none(env: Env, view: str) -> None:
    done = plantao(env, "fila", "--vista", view)
    assert done.returncode == 0
    assert done.stderr == ("" if done.stdout else f"Nenhum ticket na vista {view}.\n")


@pytest.mark.crash
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_the_sandbox_ends_with_the_process_that_started_it(tmp_path: Path, number: signal.Signals) -> None:
    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from tui.cli.demo import sandbox\n"
        "with sandbox(Path(sys.argv[1])) as ready:\n"
        "    print(ready['urls']['freshdesk'], flush=True)\n"
        "    time.sleep(600)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, tmp_path / "s"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    assert parent.stdout.readline().startswith("http://127.0.0.1:")
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
    assert len(children) == 1
    parent.send_signal(number)
    parent.wait()
    deadline = time.monotonic() + 30
    while _runs(children[0]):
        assert time.monotonic() < deadline, "the sandbox outlived its parent"
        time.sleep(0.05)


def _runs(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_two_demonstrations_each_have_a_company_of_their_own(
    ready: Mapping[str, object], tmp_path: Path
) -> None:
    with sandbox(tmp_path) as other:
        assert other["urls"] != ready["urls"]
        assert other["keys"] != ready["keys"]


def test_a_folder_that_another_demonstration_uses_is_refused(tmp_path: Path) -> None:
    with sandbox(tmp_path), pytest.raises(StoreError) as told, sandbox(tmp_path):
        pass
    assert told.value.title == "Pasta em uso"
    assert told.value.message == f"outra demonstração já usa a pasta {tmp_path}"
    with sandbox(tmp_path) as ready:  # which does it no harm
        assert ready["urls"]


@pytest.mark.parametrize("missing", ["uvicorn", "starlette", "python_multipart"])
def test_a_demonstration_that_was_not_installed_says_how_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else find(name))
    with pytest.raises(PlantaoError) as told, sandbox(tmp_path / "s"):
        pass
    assert told.value.title == "Demonstração não instalada"
    assert missing in told.value.message
    assert "pip install '.[demo]'" in told.value.way_out
    assert not (tmp_path / "s").exists()


def test_a_team_tries_its_own_runbooks_on_the_invented_company(
    ready: Mapping[str, object], tmp_path: Path
) -> None:
    assert demo_settings(ready, tmp_path).runbooks.folder is None
    assert demo_settings(ready, tmp_path, runbooks=tmp_path).runbooks.folder == tmp_path
