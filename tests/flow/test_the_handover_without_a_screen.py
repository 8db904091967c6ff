"""``plantao passagem``: prepared, posted once and acknowledged by command."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.headless import Env, plantao, plantao_process, spreadsheet
from tui.cli.demo import demo_settings
from tui.desk import Desk
from tui.handover import HandingOver

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]


def colleague(env: Env, ready: Mapping[str, object], tmp_path: Path) -> Env:
    """The environment of another analyst."""
    keys = ready["keys"]
    assert isinstance(keys, dict)
    key = str(keys["freshdesk_colleague"])
    return {**env, "PLANTAO_PASTA_DE_DADOS": str(tmp_path / "colega"), "PLANTAO_FRESHDESK__CHAVE": key}


async def test_it_is_shown_posted_once_and_acknowledged_line_by_line(
    env: Env, ready: Mapping[str, object], tmp_path: Path
) -> None:
    folder = tmp_path / "equipe"
    folder.mkdir()
    folder.chmod(0o2770)
    mine = {
        **env,
        "PLANTAO_SLACK__CANAL_ROTINA": "suporte",
        "PLANTAO_PASSAGEM__PASTA": str(folder),
    }
    theirs = colleague(mine, ready, tmp_path)

    told = json.loads(plantao(mine, "passagem", "--json").stdout)
    keys = [line["chave"] for line in told["linhas"]]
    everybodys = json.loads(plantao(mine, "passagem", "--todos", "--json").stdout)
    assert (told["equipe"], everybodys["equipe"]) == (False, True)
    assert set(keys) < {line["chave"] for line in everybodys["linhas"]}
    assert {"servicos", "prazos"} <= {line["parte"] for line in told["linhas"]}
    desk = Desk(demo_settings(ready, tmp_path / "dados"))
    await desk.open()
    try:
        await HandingOver(desk).pass_on(keys[2:], passed_on=False)
    finally:
        await desk.close()
    shown = plantao(mine, "passagem")
    assert shown.returncode == 0
    assert sum(line.startswith("  ✓ ") for line in shown.stdout.splitlines()) == 2
    rows = spreadsheet(plantao(mine, "passagem", "--csv").stdout)
    assert [row["linha"] for row in rows] == [line["texto"] for line in told["linhas"]]
    assert sum(row["vai"] == "sim" for row in rows) == 2
    assert plantao(mine, "passagem", "--csv", "--json").returncode == 2
    text = plantao(mine, "passagem", "--texto").stdout
    assert text.startswith("Passagem de turno, ")

    seen = plantao(mine, "passagem", "publicar", "--simular")
    assert (seen.returncode, "publicar em suporte" in seen.stdout) == (0, True)
    assert plantao(mine, "passagem", "publicar").returncode == 2, "nobody is there to be asked"
    posted = plantao_process(mine, "passagem", "publicar", "--sim", "--json")
    assert posted.returncode == 0, posted.stderr
    done = json.loads(posted.stdout)
    assert [(row["tipo"], row["estado"]) for row in done["passos"]] == [("slack.post", "done")]

    waits = plantao(theirs, "passagem", "ver")
    assert (waits.returncode, waits.stdout.count("☐ sem ciência")) == (1, 2)
    assert plantao(theirs, "passagem", "ciente", "3").returncode == 1
    first = plantao(theirs, "passagem", "ciente", "1")
    assert (first.returncode, first.stderr) == (0, "Falta 1 linha.\n")
    assert plantao(mine, "passagem", "ciente", "1").returncode == 1
    assert plantao(theirs, "passagem", "ciente").returncode == 2, "of which lines"
    assert plantao(theirs, "passagem", "ciente", "1", "--de", "Ninguém").returncode == 1
    asked = plantao(theirs, "passagem", "ciente", "1", "--nota", "com quem falo?")
    assert (asked.returncode, asked.stderr) == (0, "Falta 1 linha.\n")
    assert plantao(theirs, "passagem", "ciente", "--tudo").stderr == "Tudo com ciência.\n"
    known = plantao(mine, "passagem", "ver", "--json")
    assert known.returncode == 0
    (handed,) = json.loads(known.stdout)["passagens"]
    assert handed["texto"] == done["texto"]
    assert [line["chave"] for line in handed["linhas"]] == keys[:2]
    assert all(line["ciente"]["quem"] for line in handed["linhas"])
    assert [line["ciente"]["nota"] for line in handed["linhas"]] == ["com quem falo?", ""]


async def test_a_folder_that_is_away_is_told_and_holds_up_nothing(tmp_path: Path) -> None:
    away = {
        "PLANTAO_PASTA_DE_DADOS": str(tmp_path / "dados"),
        "PLANTAO_PASSAGEM__PASTA": str(tmp_path / "nenhuma"),
    }
    done = plantao(away, "passagem", "publicar", "--sim")
    assert done.returncode == 0
    assert done.stdout.startswith("Passagem de turno, ")
    assert "nenhuma não existe" in done.stderr
    checks = json.loads(plantao(away, "diagnostico", "--json").stdout)
    assert "nenhuma não existe" in str(checks)


async def test_without_any_system_there_is_nothing_but_what_is_told(tmp_path: Path) -> None:
    bare = {"PLANTAO_PASTA_DE_DADOS": str(tmp_path / "dados")}
    done = plantao(bare, "passagem")
    assert done.returncode == 0, done.stderr
    assert "Serviços que não estão bem: Monitoramento não configurado" in done.stdout
    assert plantao(bare, "passagem", "ver").stderr == "Nenhuma passagem para ler.\n"
