"""``plantao rotina``: the round of today from what the systems say now, and what is left of it."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clients.models.morning import CheckKind, Sight
from tests.support.headless import Env, plantao, plantao_process
from tui.cli.demo import demo_settings
from tui.desk import Desk
from tui.morning import Morning

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]


async def test_it_is_1_until_each_check_is_ticked_or_told_why_not(
    env: Env, ready: Mapping[str, object], tmp_path: Path
) -> None:
    done = plantao(env, "rotina")
    assert done.returncode == 1
    head, *lines = done.stdout.splitlines()
    assert head.startswith("Rotina da manhã de ")
    heads = [line for line in lines if line.startswith("☐")]
    assert [line.split("  ", 1)[1].split(":")[0] for line in heads] == [
        "Serviços",
        "Tickets sem resposta",
        "Tarefas concluídas",
        "Chamados que mudaram",
        "Cronômetros ligados",
    ]
    assert lines[1].startswith("    ✖ ")
    assert lines[1].endswith(" → falta dizer o que foi feito")
    assert "Falta: Serviços, Tickets sem resposta" in done.stderr

    desk = Desk(demo_settings(ready, tmp_path / "dados"))
    await desk.open()
    try:
        morning = Morning(desk)
        await morning.tick(Sight(kind=CheckKind.TIMERS, told="nenhum", read_at=datetime.now(UTC)))
        for kind in list(CheckKind)[:-1]:
            await morning.note(kind, f"visto no sistema: {kind}")
        told = json.loads(plantao(env, "rotina", "--json").stdout)
        assert told["falta"] == []
        assert told["itens"][0]["agora"]["told"].endswith(" ok")
        assert told["itens"][-1]["feito_em"]
        done = plantao(env, "rotina")
        assert (done.returncode, "☐ por fazer" in done.stdout) == (0, False)
        assert "☐ com nota  Tickets sem resposta" in done.stdout
    finally:
        await desk.close()

    posting = {**env, "PLANTAO_SLACK__CANAL_ROTINA": "suporte"}
    seen = plantao(posting, "rotina", "fechar", "--simular")
    assert (seen.returncode, "publicar em suporte" in seen.stdout) == (0, True)
    assert plantao(posting, "rotina", "fechar").returncode == 2, "nobody is there to be asked"
    closed = plantao_process(posting, "rotina", "fechar", "--sim", "--json")
    assert closed.returncode == 0, closed.stderr
    done = json.loads(closed.stdout)
    assert [(row["tipo"], row["estado"]) for row in done["passos"]] == [("slack.post", "done")]
    assert "Nota: visto no sistema: servicos" in done["resumo"]
    again = plantao(posting, "rotina", "fechar", "--sim")
    assert (again.returncode, again.stderr) == (1, "A rotina de hoje já foi fechada.\n")
    kept = plantao(env, "rotina", "--resumo")
    assert (kept.returncode, kept.stdout) == (0, f"{done['resumo']}\n")


async def test_the_summary_as_it_stands_can_be_taken_elsewhere(env: Env) -> None:
    done = plantao(env, "rotina", "--resumo")
    assert done.returncode == 1
    assert done.stdout.startswith("Rotina da manhã, ")
    assert "Serviços: não conferido" in done.stdout


async def test_nothing_is_closed_while_something_is_left(env: Env) -> None:
    done = plantao(env, "rotina", "fechar", "--sim")
    assert done.returncode == 1
    assert "Falta marcar, ou anotar por que não: Serviços" in done.stderr
    assert plantao(env, "pendencias").returncode == 0


async def test_what_does_not_answer_is_told_and_is_4(env: Env) -> None:
    silent = {**env, "PLANTAO_REDMINE__URL": "http://127.0.0.1:9"}
    done = plantao(silent, "rotina")
    assert done.returncode == 4
    assert "▲ Redmine" in done.stdout


async def test_it_runs_as_a_process_with_what_there_is(tmp_path: Path) -> None:
    done = plantao_process({"PLANTAO_PASTA_DE_DADOS": str(tmp_path / "dados")}, "rotina")
    assert done.returncode == 1, done.stderr
    assert "– sem sistema  Tarefas concluídas: Redmine não configurado" in done.stdout
