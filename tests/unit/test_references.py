"""Numbers and links as people write them."""

import pytest

from clients.models.reference import NUMBERED, Asked, ForeignLink, RefKind, first_named, read_asked

FRESHDESK, REDMINE = "https://ajuda.exemplo.com.br", "https://tarefas.exemplo.com.br/redmine"


@pytest.mark.parametrize(
    ("written", "number", "kinds"),
    [
        ("4102", 4102, NUMBERED),
        (" #4102 ", 4102, NUMBERED),
        ("nº 12", 12, NUMBERED),
        ("ticket 4102", 4102, (RefKind.TICKET,)),
        ("t4102", 4102, (RefKind.TASK,)),
        ("Tarefa 3017", 3017, (RefKind.TASK,)),
        ("tarefa #3017", 3017, (RefKind.TASK,)),
        ("c12", 12, (RefKind.CHAMADO,)),
        ("Chamado nº 12", 12, (RefKind.CHAMADO,)),
        (f"{FRESHDESK}/a/tickets/4102?tab=1", 4102, (RefKind.TICKET,)),
        (f"{FRESHDESK.upper()}/a/tickets/4102/", 4102, (RefKind.TICKET,)),
        (f"{REDMINE}/issues/3017#note-4", 3017, (RefKind.TASK,)),
        (f"{REDMINE}/issues/3017", 3017, (RefKind.TASK,)),
    ],
)
def test_what_is_asked_for(written: str, number: int, kinds: tuple[RefKind, ...]) -> None:
    assert read_asked(written, FRESHDESK, REDMINE) == Asked(number, kinds)


@pytest.mark.parametrize("written", ["", "padaria", "x12", "0", "12 34", "4102a", "12345678901", "c", "#"])
def test_what_is_no_number(written: str) -> None:
    assert read_asked(written, FRESHDESK, REDMINE) is None


@pytest.mark.parametrize(
    "link",
    [
        "https://outra.exemplo.com.br/a/tickets/4102",
        f"{FRESHDESK}/issues/3017",
        f"{REDMINE}/projects/erp",
        "https://ajuda.exemplo.com.br@outra.exemplo.com.br/a/tickets/4102",
        "https://[/a/tickets/4102",
    ],
)
def test_a_link_to_elsewhere_is_not_taken_for_ours(link: str) -> None:
    with pytest.raises(ForeignLink):
        read_asked(link, FRESHDESK, REDMINE)


def test_without_an_address_no_link_is_ours() -> None:
    with pytest.raises(ForeignLink):
        read_asked("http:///a/tickets/4102", "", "")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("ligar ao cliente do #4102 às 8h", Asked(4102, NUMBERED)),
        ("o Chamado nº 12 voltou; ver ticket 4102", Asked(12, (RefKind.CHAMADO,))),
        ("tarefa #3017 parada", Asked(3017, (RefKind.TASK,))),
        ("a nota 1510 sai às 8h", None),
        ("#0", None),
    ],
)
def test_the_first_number_that_a_sentence_names(text: str, asked: Asked | None) -> None:
    assert first_named(text) == asked
