"""``plantao tarefas`` and ``plantao tarefa`` on the sandbox: lines, JSON and CSV say the same as mode 2."""

import json
import socket
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pydantic import SecretStr

from clients.models.duration import clock_of
from clients.models.spent_time import NewTime
from clients.models.task import Task
from clients.models.task_changes import NewTask, TaskChanges
from clients.models.times import day_of
from clients.redmine import Redmine
from clients.sandbox.redmine.words import FIELDS, REQUIRED
from tests.support.headless import Env, plantao, plantao_process, spreadsheet

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_waiting")]
ERP, SUPPORT = 1, 3
FORMULA = '=HYPERLINK("http://mau.exemplo.com.br")'


@pytest.fixture
def redmine(env: Env, ready: Mapping[str, object]) -> Iterator[Redmine]:
    client = Redmine(env["PLANTAO_REDMINE__URL"], SecretStr(env["PLANTAO_REDMINE__CHAVE"]), ticket_field=None)
    yield client
    client.close()


async def one_of_mine(redmine: Redmine, below: int | None = None) -> Task:
    """A new task of the analyst's, given a title that a spreadsheet would compute."""
    me = (await redmine.current_user()).id
    new = NewTask(
        project_id=ERP, tracker_id=SUPPORT, subject="Etiqueta em branco", assigned_to_id=me, parent_id=below
    )
    written = await redmine.create(new)
    assert written.record is not None
    await redmine.update(written.record.id, TaskChanges(subject=FORMULA), seen=None)
    return await redmine.task(written.record.id)


async def test_lines_json_and_csv_list_the_same(env: Env, redmine: Redmine) -> None:
    task = await one_of_mine(redmine)
    mine = {one.id for one in await redmine.tasks(assigned_to="me", status="open")}

    told = json.loads(plantao(env, "tarefas", "--json").stdout)
    assert {row["numero"] for row in told["tarefas"]} == mine
    assert {view["id"]: view["quantas"] for view in told["vistas"]}["minhas"] == len(mine)
    (row,) = [row for row in told["tarefas"] if row["numero"] == task.id]
    assert (row["titulo"], row["situacao"], row["horas"]) == (FORMULA, task.status.name, task.spent_hours)

    rows = spreadsheet(plantao(env, "tarefas", "--csv").stdout)
    assert [int(each["numero"]) for each in rows] == [each["numero"] for each in told["tarefas"]]
    assert f"'{FORMULA}" in [each["titulo"] for each in rows]
    assert "com" not in rows[0], (
        "all of them are with the analyst, and the list says it no more than the screen"
    )

    strip, _, names, *lines = plantao(env, "tarefas").stdout.splitlines()
    assert f"[minhas {len(mine)}]" in strip
    assert names.split()[:2] == ["nº", "título"]
    assert [line.split()[0] for line in lines] == [each["numero"] for each in rows]


def test_each_view_lists_what_it_counts(env: Env, ready: Mapping[str, object]) -> None:
    env["PLANTAO_TAREFAS__VISOES__DA_CASA__DE"] = "criadas"
    for view in json.loads(plantao(env, "tarefas", "--json").stdout)["vistas"]:
        told = json.loads(plantao(env, "tarefas", "--vista", view["id"], "--json").stdout)
        assert told["vista"] == view["id"]
        if view["id"] != "novidades":  # counted is what was not seen
            assert len(told["tarefas"]) == view["quantas"], view["id"]
    assert plantao(env, "tarefas", "--vista", "da_casa").stdout.count("[da_casa ") == 1


def test_what_could_not_be_read_is_not_counted_as_none(env: Env, ready: Mapping[str, object]) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        env["PLANTAO_REDMINE__URL"] = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        done = plantao(env, "tarefas")
        assert done.returncode == 4
        assert "[minhas ?]" in done.stdout
        told = json.loads(plantao(env, "tarefas", "--json").stdout)
    assert {view["quantas"] for view in told["vistas"]} == {None}


def test_a_view_that_is_none_is_told_with_those_that_are(env: Env) -> None:
    done = plantao(env, "tarefas", "--vista", "todas")
    assert done.returncode == 2
    assert "minhas" in done.stderr
    assert plantao(env, "tarefas", "--csv", "--json").returncode == 2


async def test_what_others_did_is_listed_in_words(
    env: Env, redmine: Redmine, ready: Mapping[str, object]
) -> None:
    demanding = {*REQUIRED, *(field.required_on for field in FIELDS)}
    mine = await redmine.tasks(
        assigned_to="me", status="open"
    )  # old ones: Redmine tells changes by the second
    task = next(one for one in mine if one.tracker.id not in demanding)
    plantao(env, "tarefas")  # what is there before anybody looked is no news
    keys = ready["keys"]
    assert isinstance(keys, dict)
    colleague = Redmine(
        env["PLANTAO_REDMINE__URL"], SecretStr(keys["redmine"]["otavio.prado"]), ticket_field=None
    )
    await colleague.update(task.id, TaskChanges(notes="Pronto para testar."), seen=None)
    colleague.close()

    told = json.loads(plantao(env, "tarefas", "--vista", "novidades", "--json").stdout)
    (row,) = [row for row in told["tarefas"] if row["numero"] == task.id]
    assert row["novidade"]["frases"][-1] == "Otávio Prado comentou: «Pronto para testar.»"
    assert row["novidade"]["vista"] is False
    assert "«Pronto para testar.»" in plantao(env, "tarefas", "--vista", "novidades").stdout
    news = plantao(env, "tarefas", "--vista", "novidades", "--csv").stdout
    assert news.startswith("\ufeffnumero;titulo;mudou;em;vista\n")
    page = plantao(env, "tarefa", f"{task.id}").stdout
    assert "✱ Otávio Prado comentou" in page, "reading it here is not seeing it"


async def test_a_task_is_shown_in_full(env: Env, redmine: Redmine) -> None:
    task = await one_of_mine(redmine)
    spent = NewTime(task_id=task.id, hours=Decimal("1.5"), spent_on=day_of(datetime.now(UTC)), comments="x")
    await redmine.log_time(spent)
    note = "Liguei ao cliente.\nVolta amanhã."
    await redmine.update(task.id, TaskChanges(notes=note, private_notes=True), seen=None)
    task = await redmine.task(task.id)

    page = plantao(env, "tarefa", f"{task.id}").stdout
    assert page.startswith(f"{task.id} {FORMULA}\n")
    hours = f"horas {clock_of(task.spent_hours or 0)}"
    assert hours in [" ".join(line.split()) for line in page.splitlines()]
    assert "NOTA PRIVADA ┃ Volta amanhã." in page
    assert "Título: " in page, "the history in words"

    told = json.loads(plantao(env, "tarefa", f"{task.id}", "--json").stdout)
    assert (told["tarefa"]["numero"], told["tarefa"]["horas"]) == (task.id, task.spent_hours)
    assert (told["historico"][-1]["nota"], told["historico"][-1]["privada"]) == (note, True)
    assert len(told["historico"]) == len(task.journals)

    rows = spreadsheet(plantao(env, "tarefa", f"{task.id}", "--csv").stdout)
    assert [row["valor"] for row in rows if row["parte"] == "tarefa"] == [f"'{FORMULA}"]
    (private,) = [row for row in rows if row["nome"] == "nota privada"]
    assert (private["valor"], private["quem"]) == (note, "Beatriz Nogueira")
    assert [row["valor"] for row in rows if row["nome"] == "horas"] == [clock_of(task.spent_hours or 0)]
    assert plantao(env, "tarefa", f"{task.id}", "--csv", "--json").returncode == 2


async def test_children_come_with_their_totals(env: Env, redmine: Redmine) -> None:
    parent = await one_of_mine(redmine)
    child = await one_of_mine(redmine, below=parent.id)
    children = await redmine.children(parent.id)
    assert [one.id for one in children] == [child.id]

    told = json.loads(plantao(env, "tarefa", f"{parent.id}", "--json").stdout)
    assert {one["numero"] for one in told["subtarefas"]} == {one.id for one in children}
    everything = told["totais"][0]
    assert (everything["tipo"], everything["tarefas"]) == (None, len(children))
    assert everything["horas"] == sum(one.spent_hours or 0 for one in children)
    assert "── Subtarefas" in plantao(env, "tarefa", f"{parent.id}").stdout


def test_a_task_that_does_not_exist_is_told(env: Env) -> None:
    done = plantao(env, "tarefa", "99999999")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "a tarefa 99999999 não existe" in done.stderr


def test_they_are_commands_of_their_own_process(env: Env) -> None:
    done = plantao_process(env, "tarefas", "--csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("\ufeffnumero;titulo;situacao;")
