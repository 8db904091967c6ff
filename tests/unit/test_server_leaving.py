"""What a team writes: who enters a server, who leaves it, who does neither; in doubt they stay (R3)."""

from datetime import UTC, datetime, timedelta

import pytest

from clients.models.client_key import client_key
from clients.models.server_names import server_names
from clients.models.server_talk import TalkWords, occupants
from clients.models.slack_talk import Heard
from clients.models.slack_time import ts_of
from clients.sandbox.company.facts import company_facts
from clients.sandbox.slack.facts import chatter

NOW = datetime(2026, 5, 4, 11, 30, tzinfo=UTC)
PADARIA, MERCADO = "padaria estrela", "mercado lua nova"
NAMES = server_names(
    ["Padaria Estrela", "Mercado Lua Nova", "Padaria Estrela Filial Sul"], {PADARIA: "est/01"}, {}
)
ON_PADARIA = ("Entrando em Padaria Estrela",)
ON_BOTH = (*ON_PADARIA, "entrei no Mercado Lua Nova")


def after(*texts: str, who: str = "Bruno") -> list[str]:
    """Where ``who`` is at last: keys of servers, with "?" where it is not sure."""
    heard = [
        Heard(channel="r", ts=ts_of(NOW - timedelta(minutes=60 - number)), who=who, text=text)
        for number, text in enumerate(texts)
    ]
    there = occupants(heard, NAMES, TalkWords(), NOW)
    return [f"{server}{'' if one.sure else '?'}" for server, people in there.items() for one in people]


@pytest.mark.parametrize(
    "text",
    [
        "Saí da Padaria Estrela",
        "saí de Padaria Estrela.",
        "Sai da padaria estrela",
        "SAINDO DA PADARIA ESTRELA",
        "Saindo do est/01",
        "já saí da Padaria Estrela",
        "Pessoal, saí da Padaria Estrela",
        "Bom dia! Saí da Padaria Estrela",
        "Bia, saí da Padaria Estrela",
        "@Bia saí da Padaria Estrela",
        ":wave: saindo da Padaria Estrela :wave:",
        "Estou saindo da Padaria Estrela, obrigado",
        "Saí da Padaria Estrela, a loja está fora do ar para todo mundo",
        "Saindo da Padaria Estrela: o erro é da API da loja, avisei o cliente",
        "Saí da Padaria Estrela. A WE corrige o cadastro.",
        "Era o certificado. Saí da Padaria Estrela",
        "Vi o log e saí da Padaria Estrela",
        "saí agora da Padaria Estrela",
        "saí do servidor da Padaria Estrela",
        "Saindo - Padaria Estrela",
        "Padaria Estrela: saí",
        "Padaria Estrela, saindo",
        "Desconectei da Padaria Estrela",
        "liberei o servidor da Padaria Estrela",
        "liberado Padaria Estrela",
        "Liberado o est/01!",
        "Padaria Estrela liberada",
        "est/01 liberado, obrigado",
        "Saí faz tempo e esqueci de avisar, desculpa. Liberado Padaria Estrela.",
        "terminei a Padaria Estrela",
        "Saí da Padaria Estrela porque a VPN caiu",
        "saindo",
        "Já saí!",
        "desconectei, valeu",
        "saí do servidor",
    ],
)
def test_it_is_left(text: str) -> None:
    assert after(*ON_PADARIA, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A nota de saída da Padaria Estrela foi rejeitada",
        "Saída da Padaria Estrela rejeitada na SEFAZ",
        "Sai erro 500 na Padaria Estrela",
        "O XML sai da Padaria Estrela, chega vazio na WE",
        "serviço desconectado do banco na Padaria Estrela",
        "Padaria Estrela desconectada do banco",
        "acesso liberado na Padaria Estrela pelo TI deles",
        "Padaria Estrela liberada pelo TI deles",
        "Liberado na Padaria Estrela o acesso ao banco",
        "liberei o acesso da Padaria Estrela",
        "terminei o backup na Padaria Estrela, agora vou ver o log",
        "terminei na Padaria Estrela o backup",
        "encerrei o processo preso na Padaria Estrela",
        "Saindo pro almoço",
        "saindo para o café, já volto",
        "saí da reunião",
        "encerrei o chamado 4102",
        "terminei",
        "liberado",
        "saindo em 30 min",
        "Saindo da Padaria Estrela em 30 min",
        "Saindo da Padaria Estrela, em uns 10 minutos",
        "Saindo da Padaria Estrela daqui a pouco",
        "quando eu sair aviso, saindo da Padaria Estrela depois do CT-e",
        "quase saindo da Padaria Estrela",
        "ainda não saí da Padaria Estrela",
        "Não saí da Padaria Estrela",
        "alguém saindo da Padaria Estrela?",
        "Carla, sai da Padaria Estrela",
        "@Carla sai da Padaria Estrela",
        "Sai da Padaria Estrela, por favor",
        "> Carla: saí da Padaria Estrela\nok",
        "Carla: saí da Padaria Estrela",
        "```saindo da Padaria Estrela```",
        "saí da padaria",
        "saí da Padaria Estrela Filial Sul",
        "Otávio saiu da Padaria Estrela",
        "bom dia",
        "est/01 com o CT-e parado",
    ],
)
def test_it_is_not_left(text: str) -> None:
    assert [where.rstrip("?") for where in after(*ON_PADARIA, text)] == [PADARIA]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Saindo pro almoço", [f"{PADARIA}?", f"{MERCADO}?"]),
        ("saindo", [f"{PADARIA}?", f"{MERCADO}?"]),
        ("saí da padaria", [f"{PADARIA}?", f"{MERCADO}?"]),
        ("saindo da Padaria Estrela em 30 min", [f"{PADARIA}?", MERCADO]),
        ("Sai erro 500 na Padaria Estrela", [f"{PADARIA}?", MERCADO]),
        ("A nota de saída da Padaria Estrela foi rejeitada", [PADARIA, MERCADO]),
        ("saí da Padaria Estrela", [MERCADO]),
        ("saí da Padaria Estrela e do Mercado Lua Nova", []),
        ("Saí da Padaria Estrela, do Mercado Lua Nova", []),
        ("Saí da Padaria Estrela, Mercado Lua Nova agora", [MERCADO]),
        ("Saí da Padaria Estrela. Mercado Lua Nova com erro", [MERCADO]),
        ("Saí da Padaria Estrela e o Mercado Lua Nova está lento", [MERCADO]),
        ("saí da Padaria Estrela, continuo no Mercado Lua Nova", [f"{PADARIA}?", f"{MERCADO}?"]),
    ],
)
def test_of_several_only_what_is_named_is_left(text: str, left: list[str]) -> None:
    assert after(*ON_BOTH, text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Entrando em Padaria Estrela",
        "entrei na padaria  estrela",
        "tô na Padaria Estrela, vendo o log",
        "vou acessar o est/01, DYPE em vermelho",
        "Acessando Padaria Estrela por causa do erro 500",
    ],
)
def test_it_is_entered(text: str) -> None:
    assert after(text) == [PADARIA]


@pytest.mark.parametrize("text", ["A nota da Padaria Estrela saiu", "Saída da Padaria Estrela rejeitada"])
def test_who_only_names_it_may_be_there(text: str) -> None:
    assert after(text) == [f"{PADARIA}?"]


@pytest.mark.parametrize("text", ["saindo", "Saindo pro almoço", "saí da reunião", "encerrei o chamado 4102"])
def test_who_is_nowhere_is_nowhere_after_it(text: str) -> None:
    assert after(text) == []


def test_what_is_said_in_doubt_is_told_with_since_when_they_are_there() -> None:
    heard = [
        Heard(channel="r", ts=ts_of(NOW - timedelta(minutes=ago)), who="Bruno", text=text)
        for ago, text in ((40, "entrei na Padaria Estrela"), (5, "Saindo pro almoço"))
    ]
    (bruno,) = occupants(heard, NAMES, TalkWords(), NOW)[PADARIA]
    assert (bruno.since, bruno.said, bruno.sure) == (NOW - timedelta(minutes=40), "Saindo pro almoço", False)


def test_a_longer_name_is_not_the_shorter_one() -> None:
    assert after("Entrando em Padaria Estrela Filial Sul") == ["padaria estrela filial sul"]
    both = ("Entrando em Padaria Estrela Filial Sul", *ON_PADARIA, "Saí da Padaria Estrela Filial Sul")
    assert after(*both) == [PADARIA]


def test_a_name_that_two_have_frees_neither() -> None:
    names = {"a": ("Loja Sol", "sol"), "b": ("Mercado Sol", "sol")}
    texts = ("entrei na Loja Sol", "entrei no Mercado Sol", "saí da sol")
    heard = [
        Heard(channel="r", ts=ts_of(NOW - timedelta(minutes=9 - number)), who="Bruno", text=text)
        for number, text in enumerate(texts)
    ]
    there = occupants(heard, names, TalkWords(), NOW)
    assert [(server, one.sure) for server, people in there.items() for one in people] == [
        ("a", False),
        ("b", False),
    ]


class TestAnEntryOfAPlaceThatIsNotKnown:
    ENTERED = "Entrei na Loja X"
    EVERYWHERE = [f"{server}?" for server in NAMES]

    def test_may_be_any_server_and_says_what_was_written(self) -> None:
        heard = [Heard(channel="r", ts=ts_of(NOW), who="Bruno", text=self.ENTERED)]
        there = occupants(heard, NAMES, TalkWords(), NOW)
        assert [one.said for people in there.values() for one in people] == [self.ENTERED] * len(NAMES)

    @pytest.mark.parametrize(
        "text", ["Saí da Loja X", "saindo", "saindo da Loja X, CT-e ok", "saí da Padaria Estrela"]
    )
    def test_the_doubt_ends_when_they_leave(self, text: str) -> None:
        assert after(self.ENTERED, text) == []

    def test_the_doubt_ends_when_they_enter_one_that_is_known(self) -> None:
        assert after(self.ENTERED, *ON_PADARIA) == [PADARIA]

    @pytest.mark.parametrize(
        "text", ["saí da reunião", "Saindo pro almoço", "Loja X com erro", "saindo em 30 min"]
    )
    def test_the_doubt_stays_with_other_words(self, text: str) -> None:
        assert after(self.ENTERED, text) == self.EVERYWHERE

    def test_leaving_it_leaves_the_others_as_they_are(self) -> None:
        assert after(*ON_PADARIA, self.ENTERED, "saí da Loja X") == [PADARIA]

    def test_leaving_another_leaves_the_doubt(self) -> None:
        assert after(*ON_PADARIA, self.ENTERED, "saí da Padaria Estrela") == self.EVERYWHERE


def test_the_invented_team_is_understood() -> None:
    names = server_names([client.name for client in company_facts().clients], {}, {})
    inside: dict[str, set[int]] = {}
    moves = [move for move in chatter().servers.moves if move.text]
    heard = [
        Heard(channel="r", ts=ts_of(NOW + timedelta(minutes=move.at)), who=str(move.who), text=move.text)
        for move in moves
    ]
    for number, move in enumerate(moves):
        people = inside.setdefault(client_key(move.client), set())
        (people.add if move.there else people.discard)(move.who)
        now = NOW + timedelta(minutes=move.at)
        there = occupants(heard[: number + 1], names, TalkWords(), now)
        told = {
            server: {int(one.who) for one in found if one.sure} for server, found in there.items() if found
        }
        assert told == {server: who for server, who in inside.items() if who}, move.text
