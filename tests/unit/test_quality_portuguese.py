"""The rules read Portuguese as people type it: accents missing or misplaced, capitals, plurals, verbs."""

import pytest

from clients.models.chamado import ChamadoDraft
from clients.models.finding import Finding, Severity
from clients.models.quality import check_draft

FLOW = "Vendas; Pedidos; Novo pedido; Salvar"
DESCRIPTION = """\
Em Vendas > Pedidos > Novo, ao salvar o pedido com o usuário caixa1, o total fica zerado.
1. Acesse Vendas > Pedidos
2. Clique em Novo pedido e inclua um produto
3. Clique em Salvar
O total deveria ser R$ 10,00. Acontece desde ontem, só neste cliente.
"""


def findings(**fields: str) -> tuple[Finding, ...]:
    return check_draft(ChamadoDraft(id="1", **fields))


def of_title(title: str) -> set[str]:
    return {found.rule.removeprefix("titulo.") for found in findings(title=title) if found.field == "title"}


def of_chamado(**fields: str) -> set[str]:
    whole = {"title": "Pedido de venda fica zerado ao salvar", "flow": FLOW, "description": DESCRIPTION}
    found = findings(**{**whole, **fields})
    return {each.rule for each in found if each.field in ("title", "flow", "description")}


def test_the_chamado_that_the_others_differ_from_is_good() -> None:
    assert of_chamado() == set()


# ── title ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "title",
    [
        "nao esta salvando o pedido de venda",
        "naõ salva pedido de venda com desconto",
        "náo emite NFC-e em nenhum caixa",
        "ñ emite NF-e de devolução",
        "n emite nfce no pdv da loja",
        "naum transmite a nota de serviço",
        "Emissões de NF-e não transmitidas em lote",
        "emissao de nota fiscal nao concluida",
        "Não está emitindo boletos do contrato",
        "Não é possível emitir boletos do contrato",
        "Integração falha ao baixar pedidos da Amazon",
        "Integrações falharam ao baixar pedidos da Amazon",
        "PDV travando ao finalizar a venda",
        "Sistema busca preço da tabela antiga no pedido",
        "Permissões de desconto são ignoradas para o gerente",
        "Custo incorretamente calculado na nota de entrada",
        "Boletos saem com vencimento do mês anterior",
        "Lançamentos vencem no domingo mesmo com a opção dia útil",
        "Vendas com Pix continuam pendentes mesmo com o pagamento confirmado",
    ],
)
def test_where_and_what_are_seen_however_they_are_written(title: str) -> None:
    assert of_title(title) == set()


@pytest.mark.parametrize(
    "title",
    [
        "Erro no cálculo do frete",
        "Falha na emissão de NF-e",
        "ocorrem problemas na emissão de NF-e",
        "Inconsistências nos lançamentos do financeiro",
        "[ERRO] Pedido de venda do cliente",
    ],
)
def test_an_error_without_a_word_on_it_is_asked_for(title: str) -> None:
    assert of_title(title) == {"qual_erro"}


@pytest.mark.parametrize(
    "title",
    ["Busca de produtos no cadastro", "Troca de produto no PDV", "Retorno bancário das remessas"],
)
def test_a_noun_that_looks_like_a_verb_tells_of_nothing(title: str) -> None:
    assert of_title(title) == {"sem_situacao"}


def test_an_endpoint_is_a_place_and_a_date_or_an_alternative_is_none() -> None:
    assert of_title("POST /request/Salvar retorna 400") == set()
    assert "sem_local" in of_title("Não salva e/ou não grava")
    assert "sem_local" in of_title("Não salva desde 10/11/2026 cedo")


@pytest.mark.parametrize(
    "title",
    [
        "Cliente Maria Souza não consegue entrar no Mobi",
        "Padaria Pão Quente Ltda não recebe os boletos",
        "Não emite NF-e para a Mercado Exemplo ME",
        "Cadastro não salva o telefone (11) 98765-4321",
        "Não emite NF-e, ligar 19 3333-4444",
    ],
)
def test_customers_and_their_telephones_do_not_belong_into_a_title(title: str) -> None:
    assert of_title(title) == {"dado_pessoal"}


@pytest.mark.parametrize(
    "title",
    [
        "Cliente Padrão não é aceito no PDV",
        "Cliente bloqueado consegue comprar no PDV",
        "Cliente Mobi não sincroniza com o ERP",
        "Cliente Não Recebe Boleto Do Contrato",
        "CEP 13010-000 não preenche o endereço",
        "Etiqueta do pedido 1198765-4321 não imprime",
    ],
)
def test_what_only_looks_like_a_customer_is_let_be(title: str) -> None:
    assert "dado_pessoal" not in of_title(title)


@pytest.mark.parametrize(
    "title", ["Como emitir NF-e de devolução", "É possível emitir nota sem cliente", "Por que a NF-e não sai"]
)
def test_a_question_needs_no_mark(title: str) -> None:
    assert "pergunta" in of_title(title)


@pytest.mark.parametrize(
    "title",
    [
        "Favor alterar o plano da licença",
        "Quero que o relatório mostre o CNPJ do cliente",
        "Inclusão de novo campo na tela de produtos",
        "Precisamos de mais usuários na licença",
        "Treinamento para a equipe do PDV",
    ],
)
def test_a_request_is_no_defect(title: str) -> None:
    assert of_title(title) == {"pedido"}


@pytest.mark.parametrize(
    "title",
    [
        "Favor verificar: pedido não salva no PDV",
        "Alterar pedido com erro 500 na API",
        "Inclusão de item no pedido não grava",
    ],
)
def test_a_defect_told_politely_is_no_request(title: str) -> None:
    assert of_title(title) == set()


def test_two_places_each_with_its_own_situation_are_two_problems() -> None:
    assert of_title("Pedido trava ao salvar, boleto não gera") == {"dois_problemas"}
    assert of_title("Pedido não salva e boleto sai em branco") == {"dois_problemas"}
    assert of_title("Pedido trava e não salva no PDV") == set()
    assert of_title("Boleto não é gerado ao faturar o contrato") == set()
    assert of_title("Nota é autorizada mas o DANFE sai em branco") == set()


def test_a_title_that_says_nothing_is_told_so_once() -> None:
    assert of_title("URGENTE") == {"generico"}


def test_words_for_the_same_document_are_one_subject() -> None:
    told = {"flow": "Fiscal; Notas; Transmitir", "description": DESCRIPTION}
    assert "titulo.outro_assunto" not in of_chamado(title="NFe rejeitada com código 539", **told)
    assert "titulo.outro_assunto" in of_chamado(title="Catraca rejeitada com código 539", **told)


# ── flow and description tell the same way ───────────────────────────────────────────────────────────────


def test_screens_that_the_description_does_not_know() -> None:
    assert of_chamado(flow="Financeiro; Boletos; Gerar") == {"fluxo.outras_telas"}
    assert of_chamado(flow="VENDAS; PEDIDO; salvando") == set()


def test_screens_in_another_order() -> None:
    assert of_chamado(flow="Vendas; Produto; Novo pedido; Salvar") == {"fluxo.outra_ordem"}


def test_a_description_without_steps_is_asked_for_them_and_for_nothing_else_there() -> None:
    told = of_chamado(flow="Financeiro; Boletos; Gerar", description="O pedido fica zerado desde ontem.")
    assert "descricao.passos" in told
    assert "fluxo.outras_telas" not in told


def test_a_description_that_says_nothing_is_not_compared() -> None:
    told = of_chamado(flow="Financeiro; Boletos; Gerar", description="https://fotos.exemplo.com.br/1")
    assert "fluxo.outras_telas" not in told


# ── description ──────────────────────────────────────────────────────────────────────────────────────────

NO_CODE = "Em Vendas > Pedidos > Novo, ao clicar em Salvar, {}"


@pytest.mark.parametrize(
    "told",
    [
        "não aparece mensagem",
        "não exibe nenhum tipo de mensagem de erro",
        "não tem mensagem",
        "não há mensagem alguma",
        "nao mostrou mensagem nem erro",
        "sem qualquer aviso",
        "fecha, mensagem nenhuma",
    ],
)
def test_no_message_is_an_answer_too(told: str) -> None:
    assert "descricao.mensagem" not in of_chamado(description=NO_CODE.format(told))


@pytest.mark.parametrize("told", ["não salva e mostra mensagem", "não grava, dá erro", "aparecem avisos"])
def test_a_message_that_is_there_is_asked_for(told: str) -> None:
    assert "descricao.mensagem" in of_chamado(description=NO_CODE.format(told))


def test_where_and_what_are_asked_for_in_the_description() -> None:
    vague = of_chamado(description="O usuário caixa1 usou ontem como de costume e deveria estar pronto.")
    assert vague >= {"descricao.onde", "descricao.o_que"}
    clear = of_chamado(description="Na tela de pedidos o usuário caixa1 não salva.")
    assert not clear & {"descricao.onde", "descricao.o_que"}


@pytest.mark.parametrize(
    "told",
    [
        "A etiqueta não sai no Print Integrator.",
        "O produto não aparece na imagem do catálogo.",
        "O e-mail com o boleto em anexo não é enviado.",
        "Cliquei em Ver imagem e não abriu.",
    ],
)
def test_what_only_sounds_like_a_cited_print_does_not_block(told: str) -> None:
    assert "descricao.print_sem_arquivo" not in of_chamado(description=DESCRIPTION + told)


@pytest.mark.parametrize(
    "told", ["Seguem os prints.", "segue vídeo", "Vide anexo", "IMAGENS EM ANEXO", "print da tela abaixo"]
)
def test_a_cited_print_that_is_not_there_blocks(told: str) -> None:
    assert "descricao.print_sem_arquivo" in of_chamado(description=DESCRIPTION + told)


@pytest.mark.parametrize(
    "left", ["{{tela}}", "<descreva o erro>", "[Informe a tela]", "Descreva os passos", "[inserir print]"]
)
def test_more_forms_of_template_text(left: str) -> None:
    assert "descricao.modelo" in of_chamado(description=DESCRIPTION + left)


def test_a_word_in_brackets_is_no_template_text() -> None:
    assert "descricao.modelo" not in of_chamado(description=f"[Informações] {DESCRIPTION}")


def test_a_pictures_name_does_not_attach_it() -> None:
    told = of_chamado(description=f"{DESCRIPTION}Segue print erro.png")
    assert "descricao.print_sem_arquivo" in told


@pytest.mark.parametrize("only", ["[imagem]", "tela-do-erro.png", "Segue: video.mp4"])
def test_a_bare_picture_is_no_description(only: str) -> None:
    assert "descricao.so_link" in of_chamado(description=only)


def test_a_telephone_in_the_description_is_pointed_at() -> None:
    assert "descricao.dado_pessoal" in of_chamado(description=f"{DESCRIPTION}Fone (11) 98765-4321.")
    assert "descricao.dado_pessoal" not in of_chamado(description=f"{DESCRIPTION}Fone (00) 0000-0000.")


def test_what_is_hard_to_read_gets_a_hint_and_nothing_more() -> None:
    endless = (
        "considerando a parametrização tributária anteriormente disponibilizada pela contabilidade "
        "responsável verificamos inconsistências generalizadas na escrituração automatizada das "
        "movimentações intermunicipais posteriormente reprocessadas "
    )
    (hint,) = (found for found in findings(description=endless * 3) if found.rule == "descricao.leitura")
    assert hint.severity is Severity.HINT
    assert "palavras por frase" in hint.message
    assert "descricao.leitura" not in of_chamado(description=(endless.strip() + ". ") * 3)
    assert "descricao.leitura" not in of_chamado(description="eu vou na tela e abro o pedido " * 6)


@pytest.mark.parametrize(
    "answer", ["não aparece mensagem", "não há mensagem", "nenhuma", "não aparece mensagem nenhuma"]
)
def test_that_there_is_no_message_answers_the_heading(answer: str) -> None:
    told = f"Ao salvar, o pedido some.\nMensagem exata: {answer}."
    draft = ChamadoDraft(id="a", description=told)
    assert "descricao.mensagem" not in {found.rule for found in check_draft(draft)}
