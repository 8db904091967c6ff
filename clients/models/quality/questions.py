"""What the triage writes to the author, composed from the findings: questions, and a reason of reproval."""

from collections.abc import Iterable

from ..finding import Finding, Severity

_FIELDS = (
    *("notice_read_at", "title", "licence_email", "tool", "integration", "tool_version", "tool_system"),
    *("notify", "flow", "description", "files"),
)
"""The form's order."""

_WHERE_AND_WHAT = "Em que tela acontece e o que acontece exatamente?"
_FILE = "Pode enviar o arquivo citado na descrição?"
_CLIENT = "Qual é o e-mail de administrador do cliente, o da licença?"
_FLOW = "Qual é o caminho no sistema, tela por tela, do menu até a ação?"

QUESTIONS = {
    "titulo.vazio": _WHERE_AND_WHAT,
    "titulo.generico": _WHERE_AND_WHAT,
    "titulo.vago": _WHERE_AND_WHAT,
    "titulo.sem_local": "Em que tela, menu ou documento acontece?",
    "titulo.sem_situacao": "O que acontece, ou o que deixa de acontecer?",
    "titulo.qual_erro": "Qual é o erro: o que acontece, ou qual é o código ou o texto da mensagem?",
    "titulo.outro_assunto": "O título fala da mesma tela que o fluxo e a descrição?",
    "titulo.dois_problemas": "São dois problemas? Qual deles fica neste chamado, e qual abre em outro?",
    "titulo.pedido": "O que deixou de funcionar, ou funciona errado? Este canal é só para instabilidades.",
    "licenca.vazia": _CLIENT,
    "licenca.varios": _CLIENT,
    "licenca.email": _CLIENT,
    "licenca.nao_encontrada": "O e-mail informado é mesmo o da licença do cliente?",
    "licenca.vencida": "A licença do cliente está vencida: há outra válida em que o problema ocorra?",
    "ferramenta.vazia": "Em qual ferramenta o problema aparece?",
    "ferramenta.desconhecida": "Em qual ferramenta o problema aparece?",
    "ferramenta.versao": "Qual é a versão do aplicativo na máquina do cliente?",
    "ferramenta.sistema": "Em que roda: qual aparelho, equipamento ou sistema, na máquina do cliente?",
    "integracao.vazia": "Qual é a integração?",
    "integracao.desconhecida": "Qual é a integração?",
    "fluxo.vazio": _FLOW,
    "fluxo.curto": _FLOW,
    "fluxo.outras_telas": "O fluxo e a descrição falam do mesmo caminho? Qual deles leva ao problema?",
    "descricao.vazia": "O que acontece exatamente, e em que tela?",
    "descricao.so_link": "O que acontece, em palavras? O link ou a imagem sozinha não basta.",
    "descricao.modelo": "Pode responder às perguntas do modelo que ficaram em branco?",
    "descricao.onde": "Em que tela acontece?",
    "descricao.o_que": "O que acontece exatamente?",
    "descricao.usuario": "Com qual usuário acontece? Só com ele ou com todos?",
    "descricao.mensagem": "Qual é a mensagem exata, com o código, se houver?",
    "descricao.passos": "Qual é o passo a passo, clique a clique, até o problema?",
    "descricao.esperado": "O que era esperado que acontecesse?",
    "descricao.quando": "Desde quando acontece, e sempre ou às vezes?",
    "descricao.outros": "Só neste cliente, ou em outros também?",
    "descricao.print_sem_arquivo": _FILE,
    "arquivos.nao_encontrado": _FILE,
    "arquivos.vazio": _FILE,
    "arquivos.link": "O link informado não abre: pode enviar outro?",
    "arquivos.programa": "Pode enviar um print, um vídeo ou um .txt no lugar do programa?",
    "arquivos.tipo": "Pode enviar o arquivo em um formato comum, como .png, .mp4, .pdf ou .txt?",
    "arquivos.print_parcial": "Pode enviar o print da tela inteira, da barra de endereço à data e hora?",
}
"""By rule, what only the author can answer. A rule that is not here asks for no information."""

_WITH_EXAMPLE = frozenset(
    (
        *("titulo.qual_erro", "fluxo.vazio", "fluxo.curto", "descricao.usuario", "descricao.mensagem"),
        *("descricao.passos", "descricao.esperado"),
        *("ferramenta.versao", "ferramenta.sistema"),
    )
)
"""Questions that an example makes clearer."""

_NO_DESCRIPTION = "a descrição não permite entender o problema"
_NO_FLOW = "não há o fluxo (caminho das telas) para reproduzir o problema"
_NO_TITLE = "o título não diz em que tela e o que acontece"
_NO_FILE = "o arquivo citado não foi enviado"
REASONS = {
    "titulo.vazio": _NO_TITLE,
    "titulo.generico": _NO_TITLE,
    "titulo.vago": _NO_TITLE,
    "titulo.pedido": "é um pedido, e este canal é só para instabilidades do sistema",
    "titulo.dois_problemas": "há mais de um problema: é preciso um chamado para cada",
    "licenca.vazia": "não há o e-mail de uma licença válida",
    "licenca.varios": "não há o e-mail de uma só licença",
    "licenca.email": "não há o e-mail de uma licença válida",
    "licenca.vencida": "a licença do cliente não está válida",
    "licenca.nao_encontrada": "o e-mail informado não pertence a uma licença",
    "ferramenta.vazia": "a ferramenta não foi informada",
    "ferramenta.desconhecida": "a ferramenta não foi informada",
    "integracao.vazia": "a integração não foi informada",
    "fluxo.vazio": _NO_FLOW,
    "fluxo.curto": _NO_FLOW,
    "fluxo.separador": "as telas do fluxo não estão separadas por ;",
    "descricao.vazia": "não há descrição do problema",
    "descricao.so_link": "a descrição é só um link ou uma imagem",
    "descricao.modelo": "a descrição ficou com o texto do modelo por preencher",
    "descricao.curta": _NO_DESCRIPTION,
    "descricao.o_que": _NO_DESCRIPTION,
    "descricao.passos": "falta o passo a passo para reproduzir o problema",
    "descricao.print_sem_arquivo": _NO_FILE,
    "arquivos.nao_encontrado": _NO_FILE,
    "arquivos.vazio": _NO_FILE,
}
"""By rule, why a chamado is reproved: what blocks, and the warnings without whose answer nobody can work."""


def questions_from(findings: Iterable[Finding]) -> str:
    """Return the message with which the triage asks the author for what is missing; empty if nothing is.

    Each question once, in the order of the form, with an example where that helps.
    """
    asked: dict[str, str] = {}
    for finding in _in_order(findings):
        question = QUESTIONS.get(finding.rule)
        if question is not None:
            example = finding.example if finding.rule in _WITH_EXAMPLE else ""
            asked[question] = asked.get(question) or example
    if not asked:
        return ""
    lines = [
        f"{number}. {question}{_for_example(example)}"
        for number, (question, example) in enumerate(asked.items(), start=1)
    ]
    return "\n".join(
        (
            "Olá! Para analisar este chamado, precisamos de mais informações:",
            *lines,
            "Responda aqui, por favor; assim que tivermos as respostas, a análise continua. Obrigado!",
        )
    )


def _for_example(example: str) -> str:
    shown = " ".join(example.split())
    return f" (por exemplo: {shown.removesuffix('.')})" if shown else ""


def reasons_from(findings: Iterable[Finding]) -> str:
    """Return a reason of reproval to start from, one sentence a line; empty if nothing weighs enough.

    It is a proposal: whoever does the triage decides, and may write another.
    """
    reasons = dict.fromkeys(
        REASONS[finding.rule]
        for finding in _in_order(findings)
        if finding.rule in REASONS and finding.severity is not Severity.HINT
    )
    if not reasons:
        return ""
    lines = (f"- {reason[0].upper()}{reason[1:]}." for reason in reasons)
    return "\n".join(
        ("Chamado reprovado porque:", *lines, "Corrija e abra um novo chamado, se o problema continuar.")
    )


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(
        findings, key=lambda each: _FIELDS.index(each.field) if each.field in _FIELDS else len(_FIELDS)
    )
