"""Duplicates are found by the words that two chamados share, and told with those words."""

from hypothesis import given, settings
from hypothesis import strategies as st

from clients.models.chamado import Chamado, ChamadoDraft, Tool
from clients.models.lifecycle import ChamadoStatus
from clients.models.quality import TEMPLATE
from clients.models.similar import FOUND, Lookalikes, Similar
from tests.support.chamados import chamado
from tests.support.form_desk import GOOD

TITLES = (
    "NF-e rejeitada com código 539 ao transmitir pela segunda vez",
    "Estoque fica negativo após importar planilha de produtos",
    "Boleto sai com vencimento em branco para clientes novos",
    "Etiqueta de envio não imprime na expedição da JadLog",
    "Relatório de comissão do vendedor traz valor duplicado",
    "Tela de conferência trava depois de bipar o item",
    "Pedido de venda não salva ao alterar a forma de pagamento",
)


def sent(
    number: int, title: str = "", status: ChamadoStatus = ChamadoStatus.TRIAGEM, **changes: object
) -> Chamado:
    fields: dict[str, object] = {
        "title": title or TITLES[number % len(TITLES)],
        "tool": Tool.SISTEMA,
        "flow": (),
        "description": "",
        "licence_email": f"admin@cliente{number}.exemplo.com.br",
        "ticket_id": None,
    }
    return chamado(number, status).model_copy(update=fields | changes)


BOARD = tuple(sent(number) for number in range(1, 8))


def typed(title: str, **changes: object) -> ChamadoDraft:
    draft = ChamadoDraft(id="r1", title=title, tool=Tool.SISTEMA.value)
    return draft.model_copy(update=changes)


def found(draft: ChamadoDraft, *more: Chamado) -> tuple[Similar, ...]:
    return Lookalikes((*BOARD, *more)).of(draft)


def numbers(draft: ChamadoDraft, *more: Chamado) -> list[int]:
    return [each.chamado.number for each in found(draft, *more)]


def test_the_same_problem_in_other_words_is_found_and_explained() -> None:
    (alike,) = found(typed("Ao alterar forma de pagamentos o Pedido não está salvando"))
    assert alike.chamado.title == TITLES[6]
    assert set(alike.shared) <= {"alterar", "forma", "pagamentos", "pedido", "salvando"}
    assert len(alike.shared) == 4
    assert not alike.same_client
    assert not alike.same_ticket


def test_one_common_word_makes_no_duplicate() -> None:
    assert numbers(typed("Pedido de compra duplicado")) == []
    assert numbers(typed("Nota")) == []
    assert numbers(typed("")) == []
    assert numbers(typed("ao de da para com que não")) == []


def test_the_skeleton_that_all_have_counts_for_nothing() -> None:
    other = sent(20, "Cadastro de fornecedores não abre", description=TEMPLATE)
    assert numbers(typed("Caixa fecha sozinho", description=TEMPLATE), other) == []


def test_what_a_form_begun_from_a_ticket_brings_counts_for_nothing() -> None:
    begun = "Ticket #{} https://suporte.exemplo.com.br/a/tickets/{}\n\nResultado esperado: {}\nSituação: {}"
    client = "admin@cliente.exemplo.com.br"
    description = begun.format(41, 41, "abrir", "fechou")
    other = sent(20, "Cadastro de fornecedores", description=description, licence_email=client)
    for title in ("", "Caixa zera"):
        mine = typed(title, description=begun.format(42, 42, "somar", "zerou"), licence_email=client)
        assert Lookalikes((other,)).of(mine) == ()


def test_inflected_words_of_the_skeleton_count_for_nothing_either() -> None:
    texts = "{} as mensagens exatas acontecem com usuários esperados"
    other = sent(20, "Cadastro de fornecedores", description=texts.format("Fornecedor"))
    assert Lookalikes((other,)).of(typed("", description=texts.format("Soma"))) == ()


def test_all_others_are_put_in_order_the_most_alike_first() -> None:
    board = Lookalikes((*BOARD, sent(20, TITLES[6], status=ChamadoStatus.REPROVADO, tool=Tool.MOBI)))
    ordered = board.in_order(typed(TITLES[6]).model_copy(update={"id": BOARD[0].id}))
    assert [each.number for each in ordered[:2]] == [6, 20]
    assert BOARD[0].id not in {each.id for each in ordered}
    assert len(ordered) == len(BOARD)


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    common = [sent(number, f"Pedido da filial {number} não salva") for number in range(30, 60)]
    rare = sent(99, "Rejeição 539 no faturamento")
    (first, *_) = found(typed("Rejeição 539 do pedido"), rare, *common)
    assert first.chamado.number == 99
    assert first.shared == ("rejeição", "539")


def test_of_the_same_client_less_likeness_is_enough_and_another_tool_wants_more() -> None:
    title = "Forma de pagamento some de manhã ao imprimir o pedido de compra da filial"
    assert numbers(typed(title)) == []
    (alike,) = found(typed(title, licence_email=" ADMIN@cliente6.exemplo.com.br"))
    assert alike.same_client
    assert numbers(typed(TITLES[6], tool="Mobi")) == [6]
    assert found(typed(TITLES[6], tool="Mobi"))[0].score < found(typed(TITLES[6]))[0].score


def test_what_is_over_counts_only_under_its_own_tool() -> None:
    title = "Cupom sai cortado na impressão do caixa"
    over = [sent(70, title, status=ChamadoStatus.ENCERRADO), sent(71, title, status=ChamadoStatus.REPROVADO)]
    assert numbers(typed(title), *over) == [71, 70]
    assert numbers(typed(title, tool="Mobi"), *over) == []


def test_the_same_ticket_comes_first_whatever_it_says() -> None:
    other = sent(80, "Coisa bem diferente", ticket_id=4312, status=ChamadoStatus.ENCERRADO, tool=Tool.YSAAS)
    first, second = found(typed(TITLES[6], ticket_id=4312), other)
    assert (first.chamado.number, first.same_ticket) == (80, True)
    assert (second.chamado.number, second.same_ticket) == (6, False)
    assert numbers(typed("", ticket_id=4312), other) == [80]


def test_a_chamado_is_not_like_itself_and_few_are_told() -> None:
    again = [sent(number, TITLES[6]) for number in range(90, 99)]
    assert len(numbers(typed(TITLES[6]), *again)) == FOUND
    mine = sent(100, "Impressora fiscal perde a conexão", id="r1")
    assert numbers(typed("Impressora fiscal perde a conexão"), mine) == []


def test_flow_and_description_tell_two_alike_titles_apart() -> None:
    same = sent(30, GOOD.title, flow=("Vendas", "Pedidos", "Salvar"), description=GOOD.description)
    other = sent(
        31, GOOD.title, flow=("Financeiro", "Caixa"), description="O troco fica errado no fim do dia."
    )
    first, *_ = Lookalikes((other, same)).of(GOOD)
    assert first.chamado.number == 30


_TEXT = st.text(st.sampled_from("pedido nota ção ABC 123 ;>\n\u0301😀"), max_size=60)


@settings(max_examples=100, deadline=None)
@given(_TEXT, _TEXT, _TEXT, st.permutations(BOARD))
def test_the_same_question_has_the_same_answer(
    title: str, flow: str, description: str, board: list[Chamado]
) -> None:
    draft = typed(title, flow=flow, description=description, licence_email="admin@cliente3.exemplo.com.br")
    answer = Lookalikes(board).of(draft)
    assert answer == Lookalikes(BOARD).of(draft)
    assert all(0 <= each.score <= 1 for each in answer)
