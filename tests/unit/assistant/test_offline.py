"""The assistant without a model: everything that was written, under the headings, and nothing else."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.models.assistant.gaps import without_gaps
from clients.models.assistant.headings import (
    ASKED,
    EXPECTED,
    HEADINGS,
    MESSAGE,
    NAMES,
    SINCE,
    STEPS,
    USER,
    WHAT,
)
from clients.models.assistant.offline import rewrite
from clients.models.assistant.sentences import sentences
from clients.models.chamado import ChamadoDraft
from clients.models.finding import Severity
from clients.models.quality.description import check_description
from clients.models.quality.lexicon import BUILT_IN
from clients.models.quality.skeleton import TEMPLATE, unanswered
from clients.models.text import fold
from tests.support.form_desk import GOOD

TOLD = """\
Bom dia, o cliente não consegue salvar o pedido de venda. Acessei Vendas > Pedidos, cliquei em Editar e depois
em Salvar. Aparece a mensagem "Erro 500: parcela inválida. Tente de novo." Deveria salvar com o total de
R$ 150,00. Começou ontem. Acontece com o usuário caixa1, com o admin não.

1) Abrir o pedido 4512
2) Clicar em Salvar
"""
HEADING_WORDS = {word for name in (*HEADINGS, *NAMES) for word in re.findall(r"\w+", fold(name))}
BITS = st.sampled_from(
    [
        *(
            "Acesse Vendas > Pedidos.",
            "clique em Salvar",
            "O pedido não grava.",
            "Deveria gravar",
            "Desde ontem.",
        ),
        *(
            'Aparece a mensagem "Erro 500. Tente."',
            "usuário caixa1",
            "Com o usuário admin acontece.",
            "Rejeição 539",
        ),
        *(
            "Onde: Vendas",
            "Onde acontece: Vendas",
            "Passo a passo:",
            "Mensagem exata:",
            "Esperado: gravar",
            "Quando:",
        ),
        *(
            "1. Abrir",
            "2) Clicar.",
            "- item",
            "a) letra",
            "•",
            "etc.",
            "nº 12.",
            "\n",
            "\n\n",
            " ",
            "  ",
            "\t",
            "(",
            "“",
            "”",
        ),
        *(
            "O que era esperado: Onde acontece: x",
            "1. 2. 3.",
            "Sr. João",
            "http://a.example/x?y=1",
            ":",
            "Tela:",
            "\r\n",
        ),
    ]
)
TEXTS = st.lists(BITS | st.text(max_size=12), max_size=14).map(" ".join) | st.lists(BITS, max_size=14).map(
    "".join
)


def words(text: str) -> Counter[str]:
    """The words of a text, but for those of headings and the numbers of lists, which are the form's own."""
    found = (word for word in re.findall(r"\w+", fold(text)) if word not in HEADING_WORDS)
    return Counter(word for word in found if not re.fullmatch(r"\d{1,2}|a", word))


def under(text: str, heading: str) -> str:
    begins = [line.partition(":")[0] for line in text.split("\n")]
    start = begins.index(heading)
    ends = [place for place, name in enumerate(begins) if place > start and name in HEADINGS]
    return "\n".join(text.split("\n")[start : ends[0] if ends else None])


def test_sentences_go_under_the_heading_that_their_words_tell() -> None:
    proposal = rewrite(TOLD)
    assert under(proposal.text, "O que acontece").endswith("o cliente não consegue salvar o pedido de venda.")
    assert under(proposal.text, USER) == f"{USER}: Acontece com o usuário caixa1, com o admin não."
    assert under(proposal.text, STEPS).split("\n") == [
        f"{STEPS}:",
        "1. Acessei Vendas > Pedidos, cliquei em Editar e depois em Salvar.",
        "2. Abrir o pedido 4512",
        "3. Clicar em Salvar",
    ]
    assert 'Aparece a mensagem "Erro 500: parcela inválida. Tente de novo."' in under(proposal.text, MESSAGE)
    assert under(proposal.text, SINCE) == f"{SINCE}: Começou ontem."
    assert words(proposal.text) == words(TOLD.removeprefix("Bom dia, "))
    assert proposal.questions == ()


def test_what_nobody_wrote_is_asked_and_stays_out_of_the_text() -> None:
    proposal = rewrite("O pedido não é gravado na tela de vendas.")
    assert proposal.text == "O que acontece: O pedido não é gravado na tela de vendas."
    assert ASKED[USER] in proposal.questions
    assert ASKED[STEPS] in proposal.questions
    assert "onde" not in " ".join(proposal.questions)
    assert "não informado" not in proposal.text


def test_the_skeleton_half_filled_keeps_its_empty_headings_which_the_form_goes_on_asking() -> None:
    half = "Onde acontece:\nVendas > Pedidos\nO que acontece:\n\n"
    half += "Com qual usuário:\nPasso a passo:\n1. Abrir\n\n2. Salvar\n"
    assert any(
        found.severity is Severity.BLOCK
        for found in check_description(ChamadoDraft(id="a", description=half), BUILT_IN)
    )
    proposal = rewrite(half)
    assert proposal.text == (
        "Onde acontece: Vendas > Pedidos\nO que acontece:\nCom qual usuário:\n"
        "Passo a passo:\n1. Abrir\n2. Salvar"
    )
    found = check_description(ChamadoDraft(id="a", description=proposal.text), BUILT_IN)
    blocking = [one.message for one in found if one.severity is Severity.BLOCK]
    assert blocking == ["“O que acontece:” ficou sem resposta.", "“Com qual usuário:” ficou sem resposta."]
    assert {ASKED[WHAT], ASKED[USER]} <= set(proposal.questions)


def test_a_heading_that_is_answered_elsewhere_goes() -> None:
    proposal = rewrite("Com qual usuário:\nO que acontece: o usuário caixa1 não consegue salvar.")
    assert proposal.text == "O que acontece: o usuário caixa1 não consegue salvar."
    assert ASKED[USER] not in proposal.questions


def test_of_a_form_begun_from_a_ticket_the_source_stays_apart_and_the_greeting_goes() -> None:
    source = "Ticket #4102 https://suporte.exemplo.com.br/a/tickets/4102"
    quoted = "> Bom dia,\n> Boa tarde! O pedido não salva desde ontem.\n> Trava."
    begun = TEMPLATE.replace("O que acontece:\n", f"O que acontece:\n{quoted}\n")
    proposal = rewrite(f"{source}\n\n{begun}")
    assert proposal.text.startswith(
        f"{source}\n\nOnde acontece:\nO que acontece:\n> O pedido não salva desde ontem.\n> Trava.\n"
    )
    assert "Bom dia" not in proposal.text
    assert rewrite(proposal.text) == proposal


@given(TEXTS)
def test_what_it_lists_as_missing_is_what_the_form_asks(text: str) -> None:
    proposal = rewrite(text)
    left = {heading for span in unanswered(proposal.text) for heading in [proposal.text[slice(*span)]]}
    assert {ASKED[heading.rstrip(":")] for heading in left if heading.rstrip(":") in ASKED} <= set(
        proposal.questions
    )
    rules = {
        found.rule for found in check_description(ChamadoDraft(id="a", description=proposal.text), BUILT_IN)
    }
    assert ("descricao.esperado" in rules) <= (ASKED[EXPECTED] in proposal.questions)
    assert ("descricao.usuario" in rules) <= (ASKED[USER] in proposal.questions)


def test_other_names_of_the_headings_become_theirs() -> None:
    proposal = rewrite(GOOD.description)
    assert [
        line.partition(":")[0] for line in proposal.text.split("\n") if ":" in line and line[0].isupper()
    ] == list(HEADINGS)
    assert under(proposal.text, SINCE) == f"{SINCE}: Começou em 09/03, com a versão 12.4, só neste cliente."


def test_lines_that_were_broken_within_a_sentence_stay_together() -> None:
    text = "Onde: na tela de\npedidos\nO que acontece: o pedido\nnão grava."
    assert rewrite(text).text == "Onde acontece: na tela de pedidos\nO que acontece: o pedido não grava."


@given(TEXTS)
def test_its_own_text_stays_as_it_is(text: str) -> None:
    once = rewrite(text)
    assert rewrite(once.text) == once


@given(TEXTS)
def test_no_word_is_lost_or_added(text: str) -> None:
    assert words(rewrite(text).text) == words(text)


@given(TEXTS)
def test_it_stays_without_gaps(text: str) -> None:
    once = rewrite(text)
    assert without_gaps(once.text).questions == ()


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        ("Abri. Cliquei! E daí? Nada", ["Abri.", "Cliquei!", "E daí?", "Nada"]),
        ("O pedido nº. 12 do Sr. João falhou. Fim", ["O pedido nº. 12 do Sr. João falhou.", "Fim"]),
        ('Diz "Falhou. Tente de novo." Depois fecha', ['Diz "Falhou. Tente de novo."', "Depois fecha"]),
        ("1. Acesse. 2. Clique.", ["1. Acesse.", "2. Clique."]),
        ("Ficou em 150. Deveria ser 200.", ["Ficou em 150.", "Deveria ser 200."]),
        ("custa R$ 1.500,00 e ok.", ["custa R$ 1.500,00 e ok."]),
        ("", []),
    ],
)
def test_sentences(line: str, cut: list[str]) -> None:
    assert sentences(line) == cut


def test_gaps_of_a_model_become_questions() -> None:
    text = (
        "Onde acontece: Vendas\nCom qual usuário: [não informado: o perfil]\n"
        "Passo a passo:\n1. Abrir\n2. [Nao informado]\n"
        "Mensagem exata:\n[não informado].\nO que era esperado: salvar [não informado: o total]"
    )
    settled = without_gaps(text)
    assert settled.text == "Onde acontece: Vendas\nPasso a passo:\n1. Abrir\nO que era esperado: salvar"
    assert settled.questions == ("o perfil", ASKED[STEPS], ASKED[MESSAGE], "o total")


def test_ten_thousand_characters_take_no_time_worth_telling() -> None:
    text = (TOLD + "\n") * 25
    assert words(rewrite(text).text) == words(text.replace("Bom dia, ", ""))
