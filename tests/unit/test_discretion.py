"""R16: a reply never names who inside is responsible; here it is found, never forbidden."""

import pytest

from clients.models.discretion import Team, names_inside
from clients.models.fields import Vocabulary
from clients.models.task import RedmineUser

AGENTS = ("Ana de Souza Lima", "José Antônio Prado", "Robô")


def found(text: str, *names: str, spared: tuple[str, ...] = ()) -> list[str]:
    return [name.text for name in names_inside(text, names, AGENTS, spared)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A Ana Lima está vendo o caso.", ["Ana Lima"]),
        ("A ANA DE SOUZA LIMA está vendo.", ["ANA DE SOUZA LIMA"]),
        ("Falei com ana.lima@casa.example hoje.", ["ana.lima"]),
        ("O Jose Antonio cuida disso; o josé prado também.", ["Jose Antonio", "josé prado"]),
        ("Quem cuida é Ana\nLima.", ["Ana\nLima"]),
        ("Falei com o José, e a Ana vai olhar.", ["José", "Ana"]),
        ("Isso ficou com Ana.", ["Ana"]),
    ],
)
def test_an_agent_is_known_by_first_name_and_surname(text: str, written: list[str]) -> None:
    assert found(text) == written


@pytest.mark.parametrize(
    "text",
    [
        "Olá, Ana! Tudo bem?",  # a client may have the same first name
        "Ana, bom dia.",
        "Mariana Lima escreveu.",
        "Ana Limarães escreveu.",
        "Lima e Prado",
        "O robô respondeu.",
        "",
    ],
)
def test_less_than_that_is_nobody(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A fulana avisa quando sair.", ["fulana"]),
        ("Peça ao beltrano.silva ou a dev@casa.example.", ["beltrano.silva", "dev@casa.example"]),
        ("FULANA, fulaninha e Fulana.", ["FULANA", "Fulana"]),
    ],
)
def test_names_of_the_settings_count_as_they_are(text: str, written: list[str]) -> None:
    assert found(text, "Fulana", "Beltrano Silva", "dev@casa.example") == written


def test_a_client_of_the_same_first_name_may_be_spoken_of() -> None:
    assert found("Avise a Ana, por favor.", spared=("Ana Paula Reis",)) == []


def test_ones_own_signature_and_the_client_are_spared() -> None:
    text = "Ana Lima, conforme falamos com Fulana Reis.\nAtenciosamente,\nFulana Reis"
    assert found(text, "Fulana", "Reis") == ["Ana Lima", "Fulana", "Reis", "Fulana", "Reis"]
    assert found(text, "Fulana", "Fulana Reis", spared=("Fulana Reis", "Ana de Souza Lima")) == []


def test_the_place_is_that_of_the_text_itself() -> None:
    text = "Oﬃcio nº 1\nÀ atenção de José\u0301 Antônio"
    (name,) = names_inside(text, (), AGENTS)
    assert text[slice(*name.span)] == name.text == "José\u0301 Antônio"
    assert name.line == 2


def test_a_name_that_looks_like_a_pattern_is_only_a_name() -> None:
    assert found("c++ (dev) e .* aqui", "(dev)", ".*", "c++") == ["c++", "(dev)", ".*"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A Rosa está vendo.", ["Rosa"]),
        ("Isso ficou com a Rosa.", ["Rosa"]),
        ("O botão ficou rosa, e a rosa do relatório também.", []),
        ("Rosa é a cor do botão.", []),
        ("Feito.\nClara explicação.", []),
        ("ATENÇÃO: A ROSA DO RELATÓRIO", []),
        ("A Rosa Lima está vendo; rosa.lima avisa.", ["Rosa Lima", "rosa.lima"]),
    ],
)
def test_a_name_that_is_an_everyday_word_needs_its_capital_inside_a_sentence(
    text: str, written: list[str]
) -> None:
    found = names_inside(text, ("Clara",), ("Rosa Lima",))
    assert [name.text for name in found] == written


class TestTeam:
    def test_every_source_tells_who_works_here(self) -> None:
        words = Vocabulary.model_validate(
            {"agents": {1: "Otávio Prado"}, "agent_emails": {1: "otavio@casa.example"}}
        )
        member = RedmineUser(
            id=5, login="hsaraiva", firstname="Helena", lastname="Saraiva", mail="helena@casa.example"
        )
        team = Team.gather(("bsilva", ""), words, (member,))
        text = "bsilva, otavio@casa.example, Otávio Prado, HSARAIVA, helena saraiva, helena@casa.example"
        assert [name.text for name in names_inside(text, team.marks, team.people)] == text.split(", ")

    @pytest.mark.parametrize("login", ["suporte", "Admin", "rosa", "helena", ""])
    def test_a_login_that_is_a_word_or_a_first_name_tells_nobody(self, login: str) -> None:
        member = RedmineUser(id=5, login=login, firstname="Helena", lastname="Saraiva")
        assert Team.gather((), Vocabulary(), (member,)) == Team(people=("Helena Saraiva",))

    def test_ones_own_signature_may_be_there_also_as_the_other_system_spells_it(self) -> None:
        people = ("Bia Nogueira", "Bia Alves Nogueira", "Bia Prado")
        text = "Bia Nogueira\nBia Alves Nogueira\nbia@casa.example\nBia Prado"
        found = names_inside(text, ("bia@casa.example",), people, ("Bia Nogueira", "Bia@Casa.example"))
        assert [name.text for name in found] == ["Bia Prado"]
