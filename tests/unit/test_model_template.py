from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.models.template import Template, fill, unfilled, values_for
from clients.models.ticket import Company, Requester, Ticket

NOW = datetime(2026, 7, 31, tzinfo=UTC)
TICKET = Ticket(
    id=42,
    subject="NF-e parada",
    type="Bug",
    requester=Requester(id=1, name="João da Silva", email="joao@x.com.br"),
    company=Company(id=2, name="Padaria Aurora"),
    custom_fields={"cf_versao": "3.2", "cf_nada": None},
    created_at=NOW,
    updated_at=NOW,
)


def filled(text: str) -> str:
    return fill(text, values_for(TICKET, "Ana"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Olá {{ticket.requester.firstname}}", "Olá João"),
        ("{{ ticket.requester.lastname }}", "da Silva"),
        ("#{{ticket.id}} {{ticket.subject}}", "#42 NF-e parada"),
        ("{{ticket.requester.company_name}}", "Padaria Aurora"),
        ("{{agent.name}}", "Ana"),
        ("{{ticket.cf_versao}}", "3.2"),
        ("{{ticket.phone | default: 'cliente'}}", "cliente"),
        ('{{ticket.phone | default: "cliente"}}', "cliente"),
        ('{{ticket.id|default:"x"}}', "42"),
        ("{{ticket.cf_nada}}", "{{ticket.cf_nada}}"),
        ("{{ticket.desconhecido}}", "{{ticket.desconhecido}}"),
        ("{{ticket.id | upcase}}", "{{ticket.id | upcase}}"),
    ],
)
def test_placeholders_are_filled_or_left_visible(text: str, expected: str) -> None:
    assert filled(text) == expected


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("nada a preencher { } {x}", []),
        ("Olá {{nome}}!", ["{{nome}}"]),
        ("{% if x %}a{% endif %}", ["{% if x %}", "{% endif %}"]),
        ("começou {{ e não fechou", ["{{ e não fechou"]),
        ("{{a\nb}}", ["{{a\nb}}"]),
    ],
)
def test_what_is_left_unfilled_is_marked(text: str, marked: list[str]) -> None:
    assert [text[slice(*span)] for span in unfilled(text)] == marked


@given(st.lists(st.sampled_from(["{{", "}}", "{%", "%}", "ticket.id", " ", "|", "default:", "'", '"', "a"])))
def test_a_text_without_marks_is_ready_and_one_with_them_is_not(parts: list[str]) -> None:
    text = filled("".join(parts))
    assert bool(unfilled(text)) == ("{{" in text or "{%" in text)


def test_a_value_that_looks_like_a_placeholder_is_not_filled_again() -> None:
    sly = TICKET.model_copy(update={"subject": "{{agent.name}}"})
    text = fill("{{ticket.subject}}", values_for(sly, "Ana"))
    assert text == "{{agent.name}}"
    assert unfilled(text)


def test_a_ticket_without_requester_leaves_its_placeholders() -> None:
    nobody = TICKET.model_copy(update={"requester": None, "company": None})
    text = "Olá {{ticket.requester.firstname}} da {{ticket.company.name}}"
    assert fill(text, values_for(nobody, "Ana")) == text


def test_a_canned_response_is_read_as_text() -> None:
    read = Template.model_validate(
        {
            "id": 7,
            "title": "Em análise",
            "content": "Olá x",
            "content_html": "<div>Olá {{agent.name}},<br>x</div>",
        }
    )
    assert (read.id, read.text) == ("freshdesk:7", "Olá {{agent.name}},\nx")


@pytest.mark.parametrize(
    ("wire", "text"),
    [
        ({"content": "só", "content_html": None}, "só"),
        ({"content": "só"}, "só"),
        ({"content_html": None}, ""),
        ({}, ""),
    ],
)
def test_a_canned_response_that_lacks_a_text(wire: dict[str, object], text: str) -> None:
    read = Template.model_validate({"id": 7, "title": "t", **wire})
    assert (read.id, read.text) == ("freshdesk:7", text)
