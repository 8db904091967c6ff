"""``plantao atender`` and ``plantao pendencias`` on the sandbox, as a script or a person calls them."""

import json
import os
import pty
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.headless import Env, environment, plantao, plantao_process
from tui.cli.attend import fill_in
from tui.cli.attend_asked import Asked
from tui.cli.demo import demo_settings
from tui.desk import Desk, utc_now
from tui.flows.engine import QUARANTINE

Json = dict[str, Any]
WHOLE = (
    *("--tipo", "Bug", "--projeto", "erp", "--titulo", "Tabela de preço: não aparece no pedido"),
    *("--tempo", "25min", "--atividade", "suporte", "--comentario", "Conferido o cadastro"),
    *("--responder", "Olá! Refizemos o cadastro da tabela.", "--status", "aguardando cliente"),
)
KINDS = ["freshdesk.update", "redmine.create", "redmine.time", "freshdesk.reply", "freshdesk.update"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "dados"


@pytest.fixture(scope="module")
def unattended(ready: Mapping[str, object], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Tickets that nobody has attended yet, one after the other."""
    env = environment(ready, tmp_path_factory.mktemp("fila"))
    tickets = json.loads(plantao(env, "fila", "--vista", "sem_resposta", "--json").stdout)["tickets"]
    return iter([str(each["id"]) for each in tickets if not each["ticket"]["type"]])


@pytest.fixture
def ticket(unattended: Iterator[str]) -> str:
    """One for this test alone."""
    return next(unattended)


@pytest.fixture(scope="module")
def left_alone(unattended: Iterator[str]) -> str:
    """One for all tests that leave it as it is."""
    return next(unattended)


def now_on(env: Env, ticket: str) -> Json:
    """The ticket as the servers have it."""
    found: Json = json.loads(plantao(env, "ticket", ticket, "--json").stdout)
    return found


def minutes(task: Json) -> int:
    return round(float(task["horas"]) * 60)


def replies(found: Json) -> list[str]:
    return [said["text"] for said in found["conversa"] if said["voz"] == "reply"]


def test_all_is_done_once_and_each_step_is_told(env: Env, ticket: str) -> None:
    done = plantao(env, "atender", ticket, *WHOLE, "--sim")
    assert done.returncode == 0, done.stderr
    assert [line.split()[:3] for line in done.stdout.splitlines()] == [
        ["✓", "feito", f"{number}."] for number in range(1, 6)
    ]
    found = now_on(env, ticket)
    (task,) = found["tarefas"]
    assert (found["ticket"]["type"], found["situacao"]) == ("Bug", "Aguardando Cliente")
    assert task["titulo"] == "Tabela de preço: não aparece no pedido"
    assert minutes(task) == 25
    assert replies(found).count("Olá! Refizemos o cadastro da tabela.") == 1
    assert plantao(env, "pendencias").returncode == 0


def test_simulating_shows_every_step_and_sends_nothing(env: Env, ticket: str) -> None:
    before = now_on(env, ticket)
    copied = ", ".join(before["ticket"]["reply_cc_emails"] or before["ticket"]["cc_emails"])
    answer = f"Responder ao cliente (cópia: {copied})" if copied else "Responder ao cliente"
    done = plantao(env, "atender", ticket, *WHOLE, "--simular")
    assert done.returncode == 0
    for words in (
        "1. Tipo: (vazio) → Bug",
        "2. Criar tarefa em ERP: «Tabela de preço: não aparece no pedido»",
        f"   │ Ticket #{ticket} http://",
        "3. Registrar 0h25 na tarefa nova (Suporte)",
        f"4. {answer}\n   │ Olá! Refizemos o cadastro da tabela.",
        "5. Situação → Aguardando Cliente",
    ):
        assert words in done.stdout
    assert now_on(env, ticket) == before
    page = json.loads(plantao(env, "atender", ticket, *WHOLE, "--simular", "--json").stdout)
    assert (page["desfecho"], page["operacao"]) == ("simulado", None)
    assert [step["tipo"] for step in page["passos"]] == KINDS


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--sem-resposta", "--projeto", "erp"), "✖ --tipo: O atendimento começa pelo Tipo"),
        (("--tipo", "Bug", "--projeto", "erp"), "✖ --responder: Escreva o texto"),
        (("--tipo", "Bug", "--projeto", "erp", "--tempo", "90"), "✖ --tempo: 90 minutos ou 90 horas?"),
        (("--tipo", "Bug", "--projeto", "erp", "--tempo", "1h"), "✖ --atividade: Escolha a atividade"),
        (("--tipo", "Dúvida", "--projeto", "erp"), "✖ --projeto: O projeto ERP não tem o tipo «Dúvida»"),
        (("--tarefa", "nenhuma", "--sem-resposta"), "▲ --sem-resposta: Ninguém respondeu este ticket"),
    ],
)
def test_what_blocks_is_told_next_to_its_option(
    env: Env, left_alone: str, options: tuple[str, ...], said: str
) -> None:
    done = plantao(env, "atender", left_alone, *options, "--sim")
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--tipo", "Bugg"), "--tipo: não existe «Bugg». Existem: Bug; "),
        (("--status", "Longe"), "--status: não existe «Longe». Existem: Aberto; "),
        (("--modelo", "Nada"), "--modelo: não existe «Nada». Existem: "),
        (("--projeto", "Lua"), "--projeto: não existe «Lua». Existem: ERP; "),
        (("--tarefa", "1"), "--tarefa: não existe «1». Existem: nova; nenhuma."),
        (("--projeto", "erp", "--atividade", "Sesta"), "--atividade: não existe «Sesta». Existem: "),
        (("--projeto", "erp", "--tipo", "Bug", "--campo", "Cor=azul"), "--campo: não existe «Cor». Existem:"),
        (("--responder", "Oi", "--nota", "Oi"), "--responder e --nota não vão juntos"),
        ((*WHOLE,), "sem terminal não há a quem perguntar: use --sim"),
    ],
)
def test_what_cannot_be_chosen_is_2_and_lists_what_can(
    env: Env, left_alone: str, options: tuple[str, ...], said: str
) -> None:
    done = plantao(env, "atender", left_alone, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_attending_again_links_to_the_task_that_is_there(env: Env, ticket: str) -> None:
    assert plantao(env, "atender", ticket, *WHOLE, "--sim").returncode == 0
    told = plantao(env, "atender", ticket, "--projeto", "erp", "--sem-resposta", "--simular").stderr
    assert "▲ --projeto: sem efeito, porque nenhuma tarefa é criada" in told
    again = (
        "--situacao-tarefa",
        "em andamento",
        "--tempo",
        "10min",
        "--atividade",
        "Suporte",
        "--nota",
        "Retornou.",
        "--sim",
        "--json",
    )
    page = json.loads(plantao(env, "atender", ticket, *again).stdout)
    assert [step["tipo"] for step in page["passos"]] == ["redmine.update", "redmine.time", "freshdesk.note"]
    assert {step["estado"] for step in page["passos"]} == {"done"}
    (task,) = now_on(env, ticket)["tarefas"]
    assert minutes(task) == 35
    assert task["situacao"] == "Em andamento"


def test_a_refused_step_is_4_stays_pending_and_bars_the_ticket(env: Env, ticket: str) -> None:
    request = [*WHOLE, "--campo", "Módulo=Nenhum"]  # which is none of its values
    done = plantao(env, "atender", ticket, *request, "--sim")
    assert done.returncode == 4
    assert "✖ recusado      2. Criar tarefa em ERP" in done.stdout
    assert "Módulo não está incluso na lista" in done.stderr

    listed = plantao(env, "pendencias")
    assert listed.returncode == 5
    operation, target, *_ = listed.stdout.split()
    assert target == f"#{ticket}"
    for words in ("✓ feito         1.", "✖ recusado      2.", "· a fazer       3.", "· a fazer       5."):
        assert words in listed.stdout
    (row,) = json.loads(plantao(env, "pendencias", "--json").stdout)["operacoes"]
    assert [step["estado"] for step in row["passos"]] == ["done", *["planned"] * 4]

    barred = plantao(env, "atender", ticket, *request, "--sim")
    assert (barred.returncode, barred.stdout) == (1, "")
    assert f"plantao pendencias continuar {operation}" in barred.stderr

    again = plantao(env, "pendencias", "continuar", operation)
    assert again.returncode == 4
    assert "Módulo não está incluso" in again.stderr
    assert now_on(env, ticket)["tarefas"] == []


def test_a_field_that_redmine_insists_on_is_asked_for_and_given_by_name(env: Env, ticket: str) -> None:
    request = ["Solicitação/Intervenção" if option == "Bug" else option for option in WHOLE]
    barred = plantao(env, "atender", ticket, *request, "--sim")
    assert (barred.returncode, barred.stdout) == (1, "")
    assert barred.stderr == "✖ --campo: O Redmine exige Motivo nesta tarefa. Ex.: Motivo=Outro\n"
    done = plantao(env, "atender", ticket, *request, "--campo", "motivo=Outro", "--sim")
    assert done.returncode == 0, done.stderr
    (task,) = now_on(env, ticket)["tarefas"]
    assert [field["valores"] for field in task["campos"] if field["nome"] == "Motivo"] == [["Outro"]]


def test_time_that_is_logged_leaves_nothing_on_the_timer(env: Env, ticket: str) -> None:
    assert plantao_process(env, "tempo", "iniciar", ticket).returncode == 0
    done = plantao(env, "atender", ticket, *WHOLE, "--sim")
    assert done.returncode == 0, done.stderr
    assert json.loads(plantao(env, "tempo", "--json").stdout)["cronometros"] == []


def an_hour_ago() -> datetime:
    return utc_now() - timedelta(hours=1)


@pytest.mark.anyio
@pytest.mark.parametrize("arrived", [True, False])
async def test_an_interrupted_operation_goes_on_once_it_was_looked_for(
    env: Env, ticket: str, folder: Path, ready: Mapping[str, object], arrived: bool
) -> None:
    desk = Desk(demo_settings(ready, folder), an_hour_ago)
    await desk.open()
    await desk.connect()
    await desk.learn_account()
    asked = Asked(type="Bug", project="erp", time="25min", activity="Suporte", in_review=True)
    found = await fill_in(desk, int(ticket), asked)
    planned = await desk.workflows.plan(found.steps)
    for number in range(2):
        sending = await desk.disk(desk.local.journal.begin, planned[number], QUARANTINE)
        if number == 0 or arrived:
            done = await desk.remotes[sending.kind].do(sending)
        if number == 0:
            await desk.disk(desk.local.journal.done, sending, None)
    await desk.close()
    assert done is not None

    listed = plantao_process(env, "pendencias").stdout  # of another session than the one that was interrupted
    assert "↻ enviando      2. Criar tarefa" in listed
    went_on = plantao_process(env, "pendencias", "continuar", listed.split()[0])
    assert went_on.returncode == 0, went_on.stderr
    after = now_on(env, ticket)
    assert [minutes(task) for task in after["tarefas"]] == [25]
    assert len(replies(after)) == 1
    assert plantao(env, "pendencias").stderr == "Nada em aberto.\n"


@pytest.mark.parametrize(("typed", "code", "tasks"), [("s\n", 0, 1), ("n\n", 130, 0)])
def test_at_a_terminal_all_steps_are_shown_and_one_word_is_asked(
    env: Env, ticket: str, typed: str, code: int, tasks: int
) -> None:
    keyboard, stdin = pty.openpty()
    os.write(keyboard, typed.encode())
    done = plantao_process(env, "atender", ticket, *WHOLE, stdin=stdin)
    os.close(stdin)
    os.close(keyboard)
    assert done.returncode == code
    assert "5. Situação → Aguardando Cliente\nFazer tudo? [s/N] " in done.stderr
    assert len(now_on(env, ticket)["tarefas"]) == tasks


def test_an_operation_that_is_not_there_is_1(env: Env) -> None:
    done = plantao(env, "pendencias", "continuar", "abc")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Nenhuma operação em aberto começa com abc." in done.stderr
