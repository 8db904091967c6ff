"""``plantao horas`` on the sandbox: the same numbers as lines, JSON and CSV, and nothing logged by asking."""

import csv
import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pydantic import SecretStr

from clients.models.spent_time import NewTime
from clients.models.times import day_of
from clients.redmine import Redmine
from tests.support.headless import Env, plantao, plantao_process

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

    rows = list(csv.DictReader(io.StringIO(plantao(env, "horas", "--csv").stdout)))
    assert [int(row["minutos"]) for row in rows] == [each["minutos"] for each in told["lancamentos"]]
    assert f"'{FORMULA}" in [row["comentario"] for row in rows]

    text = plantao(env, "horas").stdout
    assert f"#{task}" in text
    assert "0h25" in text

    week = json.loads(plantao(env, "horas", "--semana", "--json").stdout)
    assert sum(share["minutos"] for share in week["por_tarefa"]) == week["semana"]["minutos"]
    assert sum(share["minutos"] for share in week["por_cliente"]) == week["semana"]["minutos"]
    assert sum(day["minutos"] for day in week["dias"]) == week["semana"]["minutos"]
    assert len(plantao(env, "horas", "--semana").stdout.splitlines()) > len(text.splitlines())


def test_it_is_a_command_of_its_own_process(env: Env) -> None:
    done = plantao_process(env, "horas", "--semana", "--csv")
    assert done.returncode == 0
    assert done.stdout.startswith("data,minutos,horas,tarefa,assunto,cliente,atividade,comentario\n")
    assert done.stderr == ""


def test_one_form_at_a_time(env: Env) -> None:
    assert plantao(env, "horas", "--csv", "--json").returncode == 2
