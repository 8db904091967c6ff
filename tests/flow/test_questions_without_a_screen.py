"""``plantao pendencias`` tells of what was asked on Slack, as the screen does, until it is let go."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clients.models.slack_talk import Answer, Question
from clients.store import Store
from tests.support.headless import Env, plantao
from tui.slack_questions import Questions

pytestmark = pytest.mark.usefixtures("no_waiting")
AT = datetime(2026, 5, 6, 14, 0, tzinfo=UTC)
WAITING = Question(
    id="C0PLANT02/1778076000.000100",
    channel="C0PLANT02",
    place="gestor_suporte",
    ts="1778076000.000100",
    ticket_id=4102,
    text="Quem pega\ne com que prioridade?",
    asked_at=AT,
)
ANSWERED = WAITING.model_copy(
    update={
        "id": "C0PLANT03/1778076001.000100",
        "place": "gestor_remote",
        "ticket_id": None,
        "answers": (Answer(ts="1778076060.000100", who="Otávio", text="Eu saio já."),),
    }
)


def test_questions_are_listed_with_their_answers_until_they_are_let_go(env: Env) -> None:
    store = Store(Path(env["PLANTAO_PASTA_DE_DADOS"]) / "plantao.db")
    for each in (WAITING, ANSWERED):
        Questions(store).keep(each)
    store.close()
    done = plantao(env, "pendencias")
    assert (done.returncode, done.stderr) == (0, ""), "they went where they should: nothing is unsure"
    assert f"{WAITING.id}  #4102  perguntado" in done.stdout
    assert "Quem pega e com que prioridade?\n   … esperando resposta" in done.stdout
    assert "» Otávio" in done.stdout
    told = json.loads(plantao(env, "pendencias", "--json").stdout)
    assert told["operacoes"] == []
    assert [each["pergunta"] for each in told["perguntas"]] == [WAITING.id, ANSWERED.id]
    assert told["perguntas"][1]["respostas"][0]["texto"] == "Eu saio já."
    for each in (WAITING, ANSWERED):
        assert plantao(env, "pendencias", "deixar", each.id).returncode == 0
    assert plantao(env, "pendencias").stderr == "Nada em aberto.\n"
    again = plantao(env, "pendencias", "deixar", WAITING.id)
    assert again.returncode != 0
    assert "Pergunta não encontrada" in again.stderr
