"""Who is on a client's server, by what the team writes in Slack; where it is not clear, somebody is there."""

from datetime import UTC, datetime, timedelta

import pytest

from clients.models.server_talk import Occupant, TalkWords, occupants
from clients.models.slack_talk import Heard
from clients.models.slack_time import ts_of

NOW = datetime(2026, 5, 4, 11, 30, tzinfo=UTC)
SERVERS = {"sol": ("sol/01", "Loja Sol"), "lua": ("lua/02", "Móveis Lua")}


def _said(*lines: tuple[str, str], ago: timedelta = timedelta(minutes=30)) -> dict[str, tuple[Occupant, ...]]:
    heard = [
        Heard(channel="gestor_remote", ts=ts_of(NOW - ago + timedelta(minutes=number)), who=who, text=text)
        for number, (who, text) in enumerate(lines)
    ]
    return occupants(heard, SERVERS, TalkWords(), NOW)


def _who(*lines: tuple[str, str]) -> tuple[list[str], list[str]]:
    there = _said(*lines)
    return tuple([f"{one.who}{'' if one.sure else '?'}" for one in there[name]] for name in SERVERS)  # type: ignore[return-value]


@pytest.mark.parametrize(
    "text",
    [
        "Entrando no sol/01",
        "entrei na loja sol",
        "ENTREI NA LOJA SOL",
        "Vou acessar o sol/01, CT-e parado",
        "conectada no Sol/01",
        "Pessoal, estou no sol/01 vendo o log",
    ],
)
def test_who_says_that_they_enter_is_there(text: str) -> None:
    assert _who(("Otávio", text)) == (["Otávio"], [])


@pytest.mark.parametrize(
    "text", ["Saí do sol/01", "saindo", "Loja Sol liberada", "desconectei", "sol/01 liberado, obrigado"]
)
def test_who_leaves_is_there_no_more(text: str) -> None:
    assert _who(("Otávio", "Entrando no sol/01"), ("Otávio", text)) == ([], [])


def test_leaving_one_leaves_the_other_alone() -> None:
    lines = (("Otávio", "entrei no sol/01"), ("Otávio", "entrei no lua/02"), ("Otávio", "saí do sol/01"))
    assert _who(*lines) == ([], ["Otávio"])


def test_a_colleague_who_leaves_leaves_for_nobody_else() -> None:
    lines = (("Otávio", "entrei no sol/01"), ("Jéssica", "entrando no sol/01"), ("Jéssica", "saí do sol/01"))
    assert _who(*lines) == (["Otávio"], [])


@pytest.mark.parametrize(
    "text", ["ainda não saí do sol/01", "sol/01 ainda", "saiu? não saí", "não saindo ainda"]
)
def test_who_says_that_they_have_not_left_is_there(text: str) -> None:
    sol, _ = _who(("Otávio", "entrei no sol/01"), ("Otávio", text))
    assert [one.rstrip("?") for one in sol] == ["Otávio"]


def test_who_enters_without_saying_where_may_be_anywhere() -> None:
    assert _who(("Otávio", "entrando")) == (["Otávio?"], ["Otávio?"])


def test_who_only_names_the_server_may_be_there() -> None:
    assert _who(("Otávio", "sol/01 com o CT-e parado")) == (["Otávio?"], [])


@pytest.mark.parametrize("text", ["alguém no sol/01?", "Posso entrar na Loja Sol?"])
def test_who_asks_is_not_there(text: str) -> None:
    assert _who(("Otávio", text)) == ([], [])


def test_a_question_leaves_who_is_there_where_they_are() -> None:
    lines = (("Otávio", "entrei no sol/01"), ("Jéssica", "Otávio, saindo do sol/01?"))
    assert _who(*lines) == (["Otávio"], [])


def test_who_leaves_one_and_enters_another_in_one_line_may_be_on_either() -> None:
    assert _who(("Otávio", "saí do sol/01, entrando no lua/02")) == (["Otávio?"], ["Otávio?"])


def test_a_code_is_not_found_within_a_longer_one() -> None:
    assert _who(("Otávio", "entrando no sol/011")) == (["Otávio?"], ["Otávio?"])


def test_an_entry_of_yesterday_is_held_against_nobody() -> None:
    assert _said(("Otávio", "entrei no sol/01"), ago=timedelta(hours=13))["sol"] == ()


def test_the_latest_is_named_first_with_since_when() -> None:
    first, second = _said(("Otávio", "entrei no sol/01"), ("Jéssica", "entrei no sol/01"))["sol"]
    assert (first.who, second.who) == ("Jéssica", "Otávio")
    assert second.since == NOW - timedelta(minutes=30)


def test_a_team_has_words_of_its_own() -> None:
    words = TalkWords(enter=("bora pro",), leave=("fui",))
    heard = [Heard(channel="r", ts=ts_of(NOW - timedelta(minutes=2)), who="Otávio", text="bora pro sol/01")]
    assert occupants(heard, SERVERS, words, NOW)["sol"][0].sure
    heard.append(Heard(channel="r", ts=ts_of(NOW - timedelta(minutes=1)), who="Otávio", text="fui"))
    assert occupants(heard, SERVERS, words, NOW)["sol"] == ()


def test_what_is_pasted_from_a_log_is_nobody_s_word() -> None:
    log = "08:12 conectado ao banco do sol/01\n08:13 saindo"
    pasted = f"Loja Sol · CTE: em falha\n```\n{log}\n```\nAlguém já viu isto?"
    assert _who(("Otávio", pasted)) == ([], [])
    assert _who(("Jéssica", "entrando no sol/01"), ("Jéssica", pasted)) == (["Jéssica"], [])
    assert _who(("Otávio", "```conectado```\nEntrei no sol/01")) == (["Otávio"], [])
