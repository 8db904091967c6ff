"""``plantao horas`` on the sandbox: the same numbers as lines, JSON and CSV, and nothing logged by asking."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pydantic import SecretStr

from clients.models.spent_time import NewTime
from clients.models.times import day_of
from clients.redmine import Redmine
from tests.support.headless import Env, plantao, plantao_process, spreadsheet

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]
FORMULA = '=HYPERLINK("http://mau.exemplo.com.br")'


async def logged(env: Env, minutes: str, comments: str) -> int:
    """Log time today on one of the analyst's tasks, and tell which."""
    redmine = Redmine(
        env["PLANTAO_REDMINE__URL"], SecretStr(env["PLANTAO_REDMINE__CHAVE"]), ticket_field=None
    )
    task = (await redmine.tasks(assigned_to="me"))[0]
    today = day_of(datetime.now(UTC))
    written = await redmine.log_time(
        NewTime(task_id=task.id, hours=Decimal(minutes), spent_on=today, comments=comments)
    )
    redmine.close()
    assert written.record is not None
    return task.id


async def test_lines_json_and_csv_say_the_same(ready: Mapping[str, object], env: Env) -> None:
    before = json.loads(plantao(env, "horas", "--json").stdout)
    task = await logged(env, "0.4167", FORMULA)

    told = json.loads(plantao(env, "horas", "--json").stdout)
    (new,) = [each for each in told["lancamentos"] if each not in before["lancamentos"]]
    assert (new["minutos"], new["tarefa"], new["comentario"]) == (25, task, FORMULA)
    assert told["dias"][0]["minutos"] == before["dias"][0]["minutos"] + 25
    assert told["semana"]["minutos"] == before["semana"]["minutos"] + 25

    rows = spreadsheet(plantao(env, "horas", "--csv").stdout)
    assert [int(row["minutos"]) for row in rows] == [each["minutos"] for each in told["lancamentos"]]
    assert f"'{FORMULA}" in [row["comentario"] for row in rows]
    (spent,) = [row for row in rows if row["tarefa"] == f"{task}" and row["minutos"] == "25"]
    assert (spent["horas"], spent["data"]) == ("0,42", f"{date.fromisoformat(new['dia']):%d/%m/%Y}")

    text = plantao(env, "horas").stdout
    assert f"#{task}" in text
    assert "0h25" in text

    week = json.loads(plantao(env, "horas", "--semana", "--json").stdout)
    assert sum(share["minutos"] for share in week["por_tarefa"]) == week["semana"]["minutos"]
    assert sum(share["minutos"] for share in week["por_cliente"]) == week["semana"]["minutos"]
    assert sum(day["minutos"] for day in week["dias"]) == week["semana"]["minutos"]
    blocks = plantao(env, "horas", "--semana").stdout.split("\n\n")
    heads = [block.splitlines()[0] for block in blocks]
    assert heads[:4] == ["── Dias", "── Por tarefa", "── Por cliente", "── Lançamentos"]


def test_it_is_a_command_of_its_own_process(env: Env) -> None:
    done = plantao_process(env, "horas", "--semana", "--csv")
    assert done.returncode == 0
    assert done.stdout.startswith("\ufeffdata;minutos;horas;tarefa;assunto;cliente;atividade;comentario\n")
    assert done.stderr == ""


def test_one_form_at_a_time(env: Env) -> None:
    assert plantao(env, "horas", "--csv", "--json").returncode == 2


def numbers(told: Mapping[str, Any]) -> dict[tuple[str, str, str], float | None]:
    """Every number of the charts' JSON, by chart, label and series."""
    return {
        (chart["id"], label, series["nome"]): value
        for chart in told["graficos"]
        for series in chart["series"]
        for label, value in zip(chart["rotulos"], series["valores"], strict=True)
    }


def in_figures(cell: str) -> float | None:
    """What a spreadsheet reads with a decimal comma; None of an empty cell."""
    return float(cell.replace(",", ".")) if cell else None


def in_iso(label: str) -> str:
    """A day as JSON has it; anything else as it is."""
    day, _, rest = label.partition("/")
    return "-".join((*reversed(rest.split("/")), day)) if rest and day.isdecimal() else label


async def test_the_charts_have_the_same_numbers_drawn_as_json_and_as_csv(
    ready: Mapping[str, object], env: Env
) -> None:
    await logged(env, "1.5", "Nota")
    done = plantao(env, "horas", "--graficos", "--json")
    told = json.loads(done.stdout)
    found = numbers(told)
    assert (done.returncode, done.stderr) == (0, "")
    assert [chart["id"] for chart in told["graficos"]] == [
        "horas-por-dia",
        "horas-por-cliente",
        "tickets",
        "primeira-resposta",
    ]
    today = day_of(datetime.now(UTC)).isoformat()
    week = json.loads(plantao(env, "horas", "--semana", "--json").stdout)
    for day in week["dias"]:
        assert found["horas-por-dia", day["dia"], "registradas"] == round(day["minutos"] / 60, 2)
        assert found["horas-por-dia", day["dia"], "jornada"] == day["jornada"] / 60
    assert found["horas-por-dia", today, "registradas"]
    by_client = sum(value or 0 for (chart, _, _), value in found.items() if chart == "horas-por-cliente")
    by_day = sum(value or 0 for (chart, _, name), value in found.items() if name == "registradas") - by_client
    assert by_client == pytest.approx(by_day, abs=0.1)
    assert sum(value or 0 for (chart, _, _), value in found.items() if chart == "tickets") > 0

    rows = spreadsheet(plantao(env, "horas", "--graficos", "--csv").stdout)
    in_csv = {(row["grafico"], in_iso(row["rotulo"]), row["serie"]): in_figures(row["valor"]) for row in rows}
    assert in_csv == found

    drawn = plantao({**env, "COLUMNS": "80"}, "horas", "--graficos").stdout
    for chart in told["graficos"]:
        assert chart["titulo"] in drawn
        assert " ".join(chart["resumo"].split()) in " ".join(drawn.split())
    assert "█" in drawn
    assert max(map(len, drawn.splitlines())) <= 80


def test_the_charts_are_without_colour_codes_whatever_the_environment_wants(env: Env) -> None:
    wild = {**env, "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1", "COLORTERM": "truecolor", "COLUMNS": "120"}
    done = plantao_process(wild, "horas", "--graficos")
    assert done.returncode == 0
    assert "Horas por dia" in done.stdout
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_the_charts_are_of_two_weeks_and_no_other(env: Env) -> None:
    done = plantao(env, "horas", "--graficos", "--semana")
    assert done.returncode == 2
    assert "--graficos" in done.stderr


def without(env: Env, section: str) -> Env:
    return {name: value for name, value in env.items() if not name.startswith(f"PLANTAO_{section}__")}


def test_what_is_not_configured_says_so_and_the_rest_is_there(env: Env) -> None:
    done = plantao(without(env, "REDMINE"), "horas", "--graficos", "--json")
    told = {chart["id"]: chart for chart in json.loads(done.stdout)["graficos"]}
    assert done.returncode == 3
    assert "Redmine não configurado." in done.stderr
    assert told["horas-por-dia"]["series"] == []
    assert told["horas-por-dia"]["ressalva"].startswith("Redmine não configurado.")
    assert sum(told["tickets"]["series"][0]["valores"]) > 0

    listed = plantao(without(env, "REDMINE"), "horas", "--json")
    assert listed.returncode == 3
    assert json.loads(listed.stdout)["semana"]["minutos"] is None
    assert "horas não lidas" in plantao(without(env, "REDMINE"), "horas").stdout


def test_a_redmine_that_fails_leaves_the_hours_that_it_told_last(env: Env) -> None:
    charts = json.loads(plantao(env, "horas", "--graficos", "--json").stdout)
    before = json.loads(plantao(env, "horas", "--json").stdout)
    down = {**env, "PLANTAO_REDMINE__URL": "http://127.0.0.1:9"}
    done = plantao(down, "horas", "--json")
    after = json.loads(done.stdout)
    assert done.returncode == 4
    assert "Redmine" in done.stderr
    assert "Horas de " in done.stderr, "says of when they are"
    assert (after["lancamentos"], after["dias"]) == (before["lancamentos"], before["dias"])
    assert after["lidas_em"] < after["em"]

    drawn = plantao(down, "horas", "--graficos", "--json")
    assert drawn.returncode == 4
    assert numbers(json.loads(drawn.stdout)) == numbers(charts)
    assert json.loads(drawn.stdout)["graficos"][0]["ressalva"].startswith("Dados de ")
