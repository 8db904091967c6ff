import pytest

from clients.models.fields import Choice, TicketField, Vocabulary, read_choices


def choices(kind: str, wire: object) -> list[tuple[int | str, str]]:
    return [(choice.value, choice.label) for choice in read_choices(kind, wire)]


def test_statuses_are_id_to_labels_in_the_order_of_the_wire() -> None:
    wire = {
        "2": ["Aberto", "Em processamento"],
        "9": ["Aguardando Desenvolvimento", "Em análise"],
        "3": ["Pendente", "Aguardando sua resposta"],
    }
    assert choices("default_status", wire) == [
        (2, "Aberto"),
        (9, "Aguardando Desenvolvimento"),
        (3, "Pendente"),
    ]


@pytest.mark.parametrize("kind", ["default_ticket_type", "custom_dropdown"])
def test_dropdowns_are_lists_of_labels(kind: str) -> None:
    wire = ["Bug", "Treinamento/Orientação"]
    assert choices(kind, wire) == [("Bug", "Bug"), ("Treinamento/Orientação", "Treinamento/Orientação")]


@pytest.mark.parametrize(
    "kind", ["default_priority", "default_source", "default_group", "default_agent", "default_product"]
)
def test_names_to_ids_are_the_inverse_of_the_status_map(kind: str) -> None:
    assert choices(kind, {"Baixa": 1, "Ana": 70000000042}) == [(1, "Baixa"), (70000000042, "Ana")]


@pytest.mark.parametrize(
    "wire",
    [
        {"Fiscal": {"NF-e": ["Emissão", "Cancelamento"], "SPED": []}},
        [{"Fiscal": [{"NF-e": [{"Emissão": []}, {"Cancelamento": []}]}, {"SPED": []}]}],
    ],
)
def test_nested_fields_as_objects_and_as_lists(wire: object) -> None:
    (fiscal,) = read_choices("nested_field", wire)
    assert fiscal.value == "Fiscal"
    assert [child.label for child in fiscal.children] == ["NF-e", "SPED"]
    assert [child.label for child in fiscal.children[0].children] == ["Emissão", "Cancelamento"]


@pytest.mark.parametrize("wire", [None, [], {}])
def test_fields_without_choices(wire: object) -> None:
    field = TicketField.read({"id": 1, "name": "cf_x", "label": "X", "type": "custom_text", "choices": wire})
    assert field.choices == ()
    assert TicketField.read({"id": 1, "name": "cf_x", "label": "X", "type": "custom_text"}).choices == ()


def test_the_admin_twin_is_read_alike() -> None:
    status = [{"id": 9, "value": "Aguardando", "position": 1}]
    nested = [{"id": 1, "value": "Fiscal", "choices": [{"id": 2, "value": "NF-e", "choices": []}]}]
    assert choices("default_status", status) == [(9, "Aguardando")]
    (fiscal,) = read_choices("nested_field", nested)
    assert fiscal == Choice(value="Fiscal", label="Fiscal", children=(Choice(value="NF-e", label="NF-e"),))


def test_labels_are_cleaned() -> None:
    assert choices("custom_dropdown", ["Bug\x1b[2J"])[0][1] == "Bug␛[2J"


def test_an_unknown_number_is_shown_as_a_number() -> None:
    words = Vocabulary(statuses={2: "Aberto"}, agents={7: "Ana"})
    assert (words.status(2), words.status(99)) == ("Aberto", "situação 99")
    assert (words.agent(7), words.agent(8), words.agent(None)) == ("Ana", "agente 8", "")


def test_a_priority_is_said_in_the_accounts_words_or_else_in_portuguese() -> None:
    english = Vocabulary(priorities={1: "Low", 4: "Urgent"})
    assert (english.priority(1), english.priority(4)) == ("Low", "Urgent")
    assert [Vocabulary().priority(value) for value in (1, 2, 3, 4)] == ["Baixa", "Média", "Alta", "Urgente"]
    assert (english.priority(9), Vocabulary().priority(9)) == ("prioridade 9", "prioridade 9")


def test_a_vocabulary_survives_being_stored() -> None:
    words = Vocabulary(statuses={2: "Aberto", 9: "Aguardando"}, types=("Bug",), agents={70000000042: "Ana"})
    assert Vocabulary.model_validate_json(words.model_dump_json()) == words
