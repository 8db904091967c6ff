"""The sandbox's day: services that come and go, colleagues on servers, and who answers when one asks."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from clients.models.slack_time import moment_of
from clients.sandbox.company.facts import company_facts
from clients.sandbox.outages import FAIL, lights
from clients.sandbox.server import Running, running_sandbox
from clients.sandbox.slack.facts import chatter
from tests.support.clock import NOW, frozen
from tests.support.sandbox import slack

SERVERS = "C0PLANT03"
Json = dict[str, object]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_sandbox(tmp_path_factory.mktemp("life"), tickets=20, clock=frozen) as running:
        yield running


def _history(sandbox: Running) -> list[Json]:
    with slack(sandbox, "bot") as web:
        answer = web.post("conversations.history", json={"channel": SERVERS, "limit": 200}).json()
    messages = answer["messages"]
    assert isinstance(messages, list)
    return messages


def _texts(sandbox: Running, since: datetime = NOW) -> list[str]:
    """What was said since then, oldest first."""
    told = [one for one in _history(sandbox) if moment_of(str(one["ts"])) > since]
    return [str(one["text"]) for one in reversed(told)]


def _falls(client: str, service: str) -> int:
    """How often a service falls in the first hour of a demonstration."""
    red = [
        any(
            light.state == FAIL
            for light in lights(NOW, NOW + timedelta(minutes=minute), {})
            if (light.client, light.service) == (client, service)
        )
        for minute in range(61)
    ]
    return sum(now and not before for before, now in pairwise(red))


def test_within_an_hour_one_service_falls_and_recovers_and_one_comes_and_goes() -> None:
    assert _falls("Logística Boa Rota", "CTE") == 1
    assert _falls("Comercial Três Pinheiros", "CTE") >= 3


def test_colleagues_enter_only_where_something_is_red() -> None:
    for move in chatter().servers.moves:
        if move.there and move.at > -60:
            now = NOW + timedelta(minutes=move.at)
            red = {light.client for light in lights(NOW, now, {}) if light.state == FAIL}
            # one of them went in before it was red: the morning's round
            assert move.client in red or move.client == "Distribuidora Pedra Alta"


def test_the_script_is_in_order_and_names_clients_that_there_are() -> None:
    moves = chatter().servers.moves
    assert [move.at for move in moves] == sorted(move.at for move in moves)
    assert {move.client for move in moves} <= {client.name for client in company_facts().clients}
    assert moves[-1].at - 24 * 60 < moves[0].at, "the days do not overlap"


def test_colleagues_come_and_go_as_time_passes_and_once(tmp_path: Path) -> None:
    with running_sandbox(tmp_path, tickets=20, clock=frozen) as sandbox:
        assert _texts(sandbox) == []
        sandbox.knobs.clock.offset_seconds = 10 * 60
        assert _texts(sandbox) == [
            "Entrando na Logística Boa Rota, CTE em vermelho",
            "liberado Pedra Alta",
        ]
        sandbox.knobs.clock.offset_seconds = 60 * 60
        jumped = _texts(sandbox)
        assert "tô na Flor de Lis, vendo o log da EZ" in jumped
        assert jumped == _texts(sandbox)
        times = [moment_of(str(one["ts"])) for one in _history(sandbox)]
        assert times == sorted(times, reverse=True)
        assert times[0] - NOW < timedelta(minutes=59), "said when it happened, not when the clock jumped"
    with running_sandbox(tmp_path, tickets=20, clock=frozen) as again:
        assert _texts(again) == jumped
        again.knobs.clock.offset_seconds = 86_400 + 60 * 60
        assert _texts(again, NOW + timedelta(hours=22))[-len(jumped) :] == jumped


def _ask(sandbox: Running, text: str) -> list[Json]:
    """Ask, wait, and read the thread, without the question."""
    with slack(sandbox, "analyst") as web:
        ts = web.post("chat.postMessage", json={"channel": SERVERS, "text": text}).json()["ts"]
        sandbox.knobs.clock.offset_seconds += 91
        thread = web.get("conversations.replies", params={"channel": SERVERS, "ts": ts}).json()["messages"]
    assert isinstance(thread, list)
    return thread[1:]


@pytest.mark.parametrize(
    ("minute", "question", "who", "answer"),
    [
        (1, "Tem alguém em Distribuidora Pedra Alta?", "U0AGT05", "Estou eu."),
        (25, "tem alguem na boa rota?", "U0AGT02", "esqueci de avisar"),
        (30, "Tem alguém no Grão Dourado?", "U0AGT06", "ninguém"),
    ],
)
def test_who_asks_about_a_server_is_answered(
    house: Running, minute: int, question: str, who: str, answer: str
) -> None:
    house.knobs.clock.offset_seconds = minute * 60
    (reply,) = _ask(house, question)
    assert reply["user"] == who
    assert answer in str(reply["text"])


def test_who_forgot_to_say_that_he_left_says_it_once(tmp_path: Path) -> None:
    with running_sandbox(tmp_path, tickets=20, clock=frozen) as sandbox:
        for minute, who, answer in ((25, "U0AGT02", "esqueci de avisar"), (28, "U0AGT06", "ninguém")):
            sandbox.knobs.clock.offset_seconds = minute * 60
            (reply,) = _ask(sandbox, "Tem alguém na Logística Boa Rota?")
            assert reply["user"] == who
            assert answer in str(reply["text"])


def test_what_is_no_question_about_a_server_is_not_answered(house: Running) -> None:
    house.knobs.clock.offset_seconds = 40 * 60
    assert _ask(house, "Entrando em Papelaria Lume") == []
    assert _ask(house, "Alguém viu o meu café?") == []
    assert _ask(house, "Papelaria Lume · CTE em falha.\nAlguém já viu isto?") == []


def test_a_colleague_is_made_to_speak_over_the_control_port(house: Running) -> None:
    house.knobs.clock.offset_seconds = 50 * 60
    address = f"{house.urls.control}/_sandbox/slack"
    body = {"channel": "gestor_remote", "who": "Jéssica", "text": "Entrando em Têxtil Araucária"}
    assert httpx.post(address, json=body).status_code == 401
    headers = {"Authorization": f"Bearer {house.keys.control}"}
    said = httpx.post(address, json=body, headers=headers)
    assert said.status_code == 201
    assert _history(house)[0]["ts"] == said.json()["ts"]
    (reply,) = _ask(house, "Tem alguém na Têxtil Araucária?")
    assert reply["user"] == "U0AGT03"
    assert httpx.post(address, json={**body, "who": "Ninguém"}, headers=headers).status_code == 404
    assert httpx.post(address, json={"who": "Jéssica"}, headers=headers).status_code == 400
