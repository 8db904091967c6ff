"""What the triage writes to the author follows from the rules that did not pass."""

import re
from pathlib import Path

from clients.models import quality
from clients.models.chamado import ChamadoDraft, Tool
from clients.models.finding import Finding, Severity
from clients.models.quality import check_draft, questions_from, reasons_from
from clients.models.quality.questions import QUESTIONS, REASONS

RULES = {
    rule
    for file in Path(quality.__path__[0]).glob("*.py")
    if file.name != "questions.py"
    for rule in re.findall(
        r'"((?:titulo|licenca|ferramenta|integracao|notificar|fluxo|descricao|arquivos|aviso)\.[a-z_]+)"',
        file.read_text("utf-8"),
    )
}
# the author has nothing to tell there: a mend of form, or the triage's own to see
NOT_ASKED = {
    *("titulo.curto", "titulo.longo", "titulo.maiusculas", "titulo.pergunta", "titulo.apelo"),
    *("titulo.dado_pessoal", "licenca.nao_verificada", "licenca.experiencia", "integracao.sobrando"),
    *("notificar.separador", "notificar.invalido", "notificar.repetido", "fluxo.separador", "fluxo.longo"),
    *("fluxo.passo_longo", "fluxo.repetido", "fluxo.primeiro_passo", "fluxo.ultimo_passo"),
    *("fluxo.dado_pessoal", "fluxo.outra_ordem", "descricao.curta", "descricao.sem_lista"),
    *("descricao.leitura", "descricao.dado_pessoal", "arquivos.dado_pessoal", "arquivos.repetido"),
    *("arquivos.pasta", "arquivos.inacabado", "arquivos.grande", "aviso.nao_lido"),
}


def found(*rules: str, severity: Severity = Severity.WARN, example: str = "") -> list[Finding]:
    fields = {"titulo": "title", "fluxo": "flow", "descricao": "description", "arquivos": "files"}
    return [Finding(rule, fields[rule.split(".")[0]], severity, "m", example) for rule in rules]


def test_every_rule_is_asked_about_or_left_on_purpose() -> None:
    assert QUESTIONS.keys() | NOT_ASKED == RULES
    assert not QUESTIONS.keys() & NOT_ASKED
    assert REASONS.keys() <= RULES


def test_the_questions_of_a_poor_chamado() -> None:
    poor = ChamadoDraft(
        id="1",
        title="Erro no pedido de venda",
        licence_email="admin@padaria.exemplo.com.br",
        tool=Tool.SISTEMA,
        flow="Vendas; Pedidos; Salvar",
        description="Ao salvar um pedido na tela de vendas dá erro e o pedido não fica gravado. " * 3,
    )
    assert questions_from(check_draft(poor)) == (
        "Olá! Para analisar este chamado, precisamos de mais informações:\n"
        "1. Qual é o erro: o que acontece, ou qual é o código ou o texto da mensagem? "
        "(por exemplo: Rejeição 539 ao emitir NF-e · Pedido de venda fica com o total zerado)\n"
        "2. Com qual usuário acontece? Só com ele ou com todos? "
        "(por exemplo: Acontece com o usuário caixa1 (perfil vendedor); com o admin, não)\n"
        "3. Qual é a mensagem exata, com o código, se houver? "
        "(por exemplo: Aparece “Rejeição 539: duplicidade de NF-e”)\n"
        "4. Qual é o passo a passo, clique a clique, até o problema? "
        "(por exemplo: 1. Acesse Cadastros > Produtos 2. Clique em Editar 3. Salve)\n"
        "5. O que era esperado que acontecesse? "
        "(por exemplo: O pedido deveria ser salvo com o total de R$ 150,00)\n"
        "6. Desde quando acontece, e sempre ou às vezes?\n"
        "7. Só neste cliente, ou em outros também?\n"
        "Responda aqui, por favor; assim que tivermos as respostas, a análise continua. Obrigado!"
    )


def test_each_question_is_asked_once_and_in_the_order_of_the_form() -> None:
    text = questions_from(
        found("arquivos.vazio", "descricao.print_sem_arquivo", "fluxo.curto", "fluxo.vazio")
    )
    asked = [line for line in text.splitlines() if line[0].isdigit()]
    assert asked == [
        "1. Qual é o caminho no sistema, tela por tela, do menu até a ação?",
        "2. Pode enviar o arquivo citado na descrição?",
    ]


def test_the_reason_names_what_weighs() -> None:
    text = reasons_from(found("descricao.passos", "titulo.generico", "titulo.vago", "titulo.maiusculas"))
    assert text == (
        "Chamado reprovado porque:\n"
        "- O título não diz em que tela e o que acontece.\n"
        "- Falta o passo a passo para reproduzir o problema.\n"
        "Corrija e abra um novo chamado, se o problema continuar."
    )


def test_nothing_is_written_about_a_good_chamado() -> None:
    assert questions_from([]) == reasons_from([]) == ""
    assert questions_from(found("titulo.maiusculas")) == ""
    assert reasons_from(found("titulo.apelo", "descricao.quando", severity=Severity.HINT)) == ""
