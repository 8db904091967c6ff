import pytest

from clients.models.template import Template
from widgets.gaps import gaps, marked
from widgets.template_search import Hit, TemplateIndex

TEMPLATES = [
    Template(id="1", title="Certificado vencido", folder="Fiscal"),
    Template(id="2", title="Emissão não autorizada", folder="Fiscal"),
    Template(id="3", title="Senha do portal", folder="Acesso"),
    Template(id="4", title="[b]Primeiro[/b] acesso", folder="Acesso"),
]


def search(templates: list[Template], query: str) -> tuple[Hit, ...]:
    return TemplateIndex(templates).search(query)


def found(query: str) -> list[str]:
    return [hit.template.title for hit in search(TEMPLATES, query)]


def test_accents_and_case_do_not_matter() -> None:
    assert found("EMISSAO nao") == ["Emissão não autorizada"]
    assert found("emissão") == ["Emissão não autorizada"]


def test_a_few_letters_of_each_word_in_any_order_are_enough() -> None:
    assert found("venc cert")[0] == "Certificado vencido"
    assert found("cvenc")[0] == "Certificado vencido"


def test_the_folder_counts_as_well() -> None:
    assert set(found("fiscal")) == {"Certificado vencido", "Emissão não autorizada"}
    assert found("portal acesso") == ["Senha do portal"]


def test_without_a_query_all_are_listed_by_folder_and_title() -> None:
    assert found("  ") == [
        "[b]Primeiro[/b] acesso",
        "Senha do portal",
        "Certificado vencido",
        "Emissão não autorizada",
    ]


def test_what_matches_nothing_finds_nothing() -> None:
    assert found("xyz") == []


def test_the_letters_that_matched_are_those_of_the_title_as_written() -> None:
    (hit,) = search([Template(id="1", title="½ emissão", folder="")], "emissao")
    assert "".join(hit.template.title[place] for place in sorted(hit.letters)) == "emissão"


@pytest.mark.parametrize("name", ["a" * 5000, "ab" * 40, "aaaaaaaaab" * 8, "aeaeaebaeaea" * 6])
def test_a_name_made_to_be_slow_is_still_searched(name: str) -> None:
    # every way to spread these letters over these names would take hours
    (hit,) = search([Template(id="9", title=name, folder="")], "a" * 20)
    assert len(hit.letters) == 20


def test_each_gap_tells_its_line_and_its_mend() -> None:
    first, second, third = gaps("Olá\n{{ticket.cf_x}} e {% if a %}\n{{ aberto")
    assert (first.text, first.line, first.mend) == ("{{ticket.cf_x}}", 2, "sem valor: escreva por cima")
    assert (second.line, second.mend) == (2, "condição não sai: apague")
    assert (third.line, third.mend) == (3, "não fecha: complete ou apague")


def test_marked_pieces_make_up_the_line() -> None:
    line = "a {{b}} c {%d%}"
    assert "".join(piece.text for piece in marked(line)) == line
    assert [piece.text for piece in marked(line) if piece.tone == "warn"] == ["{{b}}", "{%d%}"]
