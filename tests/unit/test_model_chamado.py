import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.models.chamado import (
    INTEGRATIONS,
    TOOL_SCOPE,
    ChamadoDraft,
    Tool,
    convert_flow,
    convert_notify,
    split_list,
)
from clients.models.lifecycle import LABELS, MEANING, ChamadoStatus
from clients.models.service import Service, ServiceState


@pytest.mark.parametrize(
    ("typed", "converted"),
    [
        ("A > B > C", "A; B; C"),
        ("A->B => C → D » E", "A; B; C; D; E"),
        ("1. Cadastros\n2) Produtos\n3º Salvar", "Cadastros; Produtos; Salvar"),
        ("- A\n* B\n• C\n\n", "A; B; C"),
        ("A; B; C", "A; B; C"),
        ("A;B ;; C;", "A; B; C"),
        ("Cadastrar NF-e/NFC-e; Salvar.", "Cadastrar NF-e/NFC-e; Salvar"),
        ("2 vias; 3 cópias", "2 vias; 3 cópias"),
        ("A | B > C", "A; B; C"),
        ("Cadastros\\Produtos\\Salvar", "Cadastros; Produtos; Salvar"),
        ("1. Cadastros 2. Produtos 3. Salvar", "Cadastros; Produtos; Salvar"),
        ("1. Cadastros; 2. Produtos; 3. Salvar", "Cadastros; Produtos; Salvar"),
        ("Cadastros, Produtos, Salvar", "Cadastros; Produtos; Salvar"),
        ("Entrada/Saída, Desconto de 1,5, Salvar", "Entrada/Saída; Desconto de 1,5; Salvar"),
        ("Vendas > Nome, CPF > Salvar", "Vendas; Nome, CPF; Salvar"),
        ("Vendas; Nome, CPF; Salvar", "Vendas; Nome, CPF; Salvar"),
        ("Vendas / Pedidos / Salvar", "Vendas; Pedidos; Salvar"),
        ("Vendas/Pedidos/Editar pedido", "Vendas; Pedidos; Editar pedido"),
        ("Fiscal/NF-e/Emitir", "Fiscal; NF-e; Emitir"),
        ("Vendas; Pedidos/Itens/Salvar", "Vendas; Pedidos/Itens/Salvar"),
        ("Vendas > NF-e/NFC-e/CT-e > Emitir", "Vendas; NF-e/NFC-e/CT-e; Emitir"),
        ("Cadastrar PIS/COFINS/ICMS", "Cadastrar PIS/COFINS/ICMS"),
        ("Entrada/Saída", "Entrada/Saída"),
        ("Importar C:\\temp\\produtos.xlsx > Salvar", "Importar C:\\temp\\produtos.xlsx; Salvar"),
        ("", ""),
    ],
)
def test_a_flow_as_people_write_it_becomes_a_list(typed: str, converted: str) -> None:
    assert convert_flow(typed) == converted


@pytest.mark.parametrize(
    ("typed", "converted"),
    [
        ("a@x.com.br, b@x.com.br", "a@x.com.br; b@x.com.br"),
        ("a@x.com.br b@x.com.br\nc@x.com.br", "a@x.com.br; b@x.com.br; c@x.com.br"),
        (" ,; ", ""),
        ("Ana <ana@x.com>, bia@y.com", "ana@x.com; bia@y.com"),
        ('"Silva, Ana" <ana@x.com>; Bia <bia@y.com>', "ana@x.com; bia@y.com"),
        ("Silva, Ana <ana@x.com>\nbia@y.com", "ana@x.com; bia@y.com"),
        ("ana@x.com <ana@x.com>, 'bia@y.com' <bia@y.com>", "ana@x.com; bia@y.com"),
        ("ana@x.com Bia <bia@y.com> Caio <caio@z.com>", "ana@x.com; bia@y.com; caio@z.com"),
        ('"ana@x.com via Suporte" <bia@y.com>', "bia@y.com"),
        ("ana@x.com; Bia@y.com, ANA@x.com", "ana@x.com; Bia@y.com"),
        ("Ana <ana@x.com>, bia", "ana@x.com; bia"),  # half an address is to be mended, not lost
    ],
)
def test_addresses_as_people_write_them_become_a_list(typed: str, converted: str) -> None:
    assert convert_notify(typed) == converted


_TYPED = st.text(st.sampled_from("aB1;,<> \n-→.•@=»)|/\\\"'"), max_size=60)


@given(_TYPED)
def test_converting_twice_is_converting_once(typed: str) -> None:
    assert convert_notify(convert_notify(typed)) == convert_notify(typed)
    once = split_list(convert_flow(typed))
    assert all(";" not in step and "\n" not in step and step == step.strip() for step in once)


def test_a_draft_keeps_every_letter_as_typed() -> None:
    typed = " Título\x1b com\ttudo \u202e"
    draft = ChamadoDraft(id="0001", title=typed)
    assert ChamadoDraft.model_validate_json(draft.model_dump_json()).title == typed


def test_every_tool_has_its_scope_and_the_makers_lists_are_whole() -> None:
    assert len(Tool) == 10
    assert set(TOOL_SCOPE) == set(Tool)
    assert len(INTEGRATIONS) == len(set(INTEGRATIONS)) == 20


def test_every_status_has_a_label_and_a_meaning_for_the_client() -> None:
    assert len(ChamadoStatus) == 14
    assert set(LABELS) == set(MEANING) == set(ChamadoStatus)
    assert len(set(LABELS.values())) == 14
    assert "ainda ocorre" in MEANING[ChamadoStatus.TEST_FINISHED]


def test_red_comes_first_and_unknown_before_green() -> None:
    assert sorted(ServiceState, key=lambda state: state.rank) == [
        ServiceState.FAIL,
        ServiceState.UNKNOWN,
        ServiceState.OK,
    ]
    assert Service(client="A", service="b").state is ServiceState.UNKNOWN
    assert Service(client="São", service="CTE").key == Service(client="SAO", service="cte").key
