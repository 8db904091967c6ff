"""R16: a reply never names who inside is responsible; here it is found, never forbidden."""

import pytest

from clients.models.discretion import names_inside

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
