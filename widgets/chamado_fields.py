"""The words of the chamado form: each field's name, its rule in one line, and its help (C2–C9)."""

from dataclasses import dataclass, replace

from clients.models.chamado import INTEGRATIONS, TOOL_SCOPE, Tool
from clients.models.tool_asks import TOOL_ASKS

from .choice import Option

TOOLS = tuple(Option(tool.value, scope) for tool, scope in TOOL_SCOPE.items())


@dataclass(frozen=True)
class FieldWords:
    """What is said of one field of the draft."""

    name: str
    label: str
    rule: str
    help: str
    example: str = ""

    @property
    def short(self) -> str:
        """The label where there is little room."""
        return SHORT.get(self.name, self.label)


FIELDS: tuple[FieldWords, ...] = (
    FieldWords(
        "title",
        "Título",
        "a tela e a situação, em uma frase",
        "Objetivo e direto: quem lê já sabe em que local (tela) e o que está acontecendo.",
        "Não está salvando no ERP novos produtos cadastrados através de planilha",
    ),
    FieldWords(
        "licence_email",
        "E-mail de um cliente com o problema",
        "o admin; licença válida",
        "O e-mail admin do cliente onde o problema ocorre. Com licença inválida o chamado é reprovado. "
        "No Painel: Licenças > Cadastro Licenças.",
        "admin@lojadocliente.com.br",
    ),
    FieldWords(
        "tool",
        "Ferramenta",
        "onde o problema foi detectado",
        "Onde o problema foi detectado. Do que roda na máquina do cliente (Print Integrator, Offline, "
        "SAT, Mobi) perguntam-se também a versão e em que roda.",
    ),
    FieldWords(
        "integration",
        "Integração",
        "qual delas; pode ser outra",
        f"{', '.join(INTEGRATIONS)}. Escreva o começo e tecle → para completar.",
    ),
    FieldWords(
        "tool_version",
        "Versão",
        "a que o cliente usa",
        "A que está na máquina do cliente, como o próprio aplicativo a mostra: quem corrige não a vê de lá.",
    ),
    FieldWords(
        "tool_system",
        "Sistema",
        "em que roda no cliente",
        "A máquina do cliente: o aparelho ou equipamento, e o sistema operacional com a versão.",
    ),
    FieldWords(
        "notify",
        "Notificar também",
        "e-mails separados por «;» (opcional)",
        "Recebem o andamento do chamado: aprovação, reprovação, prazo, homologação e publicação.",
        "ana@parceiro.com.br; suporte@parceiro.com.br",
    ),
    FieldWords(
        "flow",
        "Qual o fluxo feito dentro do sistema",
        "as telas, separadas por «;»",
        "O caminho, tela a tela, para que o problema possa ser reproduzido. Pode colar «A > B > C» "
        "ou uma lista: uma tecla converte.",
        "Cadastros; Produtos; Editar produto; Salvar",
    ),
    FieldWords(
        "description",
        "Explique com informações claras o problema",
        "o mais importante",
        "Quem faz a triagem não conhece o caso: precisa entender e repetir só com este texto. "
        "Sem boa descrição o chamado é reprovado. O assistente propõe outra redação; aceitar é com você.",
    ),
    FieldWords(
        "files",
        "Arquivos para facilitar a resolução",
        "um caminho ou link por linha",
        "Prints, vídeos, links. Print da tela inteira: da barra de endereço até a data e hora do computador. "
        "Escreva o começo de um caminho (~ vale) e tecle F6 para completar.",
        "/home/ana/prints/pedido-4512.png",
    ),
)
"""In the order of the maker's form."""

SHORT = {
    "licence_email": "E-mail do cliente",
    "tool_version": "Versão",
    "tool_system": "Sistema",
    "notify": "Notificar",
    "flow": "Fluxo",
    "description": "Descrição",
    "files": "Arquivos",
}
WORDS = {words.name: words for words in FIELDS}
"""The same by name of the draft's field."""


def words_under(tool: str) -> tuple[FieldWords, ...]:
    """The fields that a form has under a tool, in its words; with no tool, those that all tools have."""
    return tuple(_under(words, tool) for words in FIELDS if _is_asked(words.name, tool))


def _is_asked(name: str, tool: str) -> bool:
    if name == "integration":
        return tool == Tool.CENTRAL_DE_INTEGRACOES
    return tool in TOOL_ASKS if name in ("tool_version", "tool_system") else True


def _under(words: FieldWords, tool: str) -> FieldWords:
    if words.name == "tool_version":
        ask = TOOL_ASKS[Tool(tool)]
        return replace(words, label=ask.version, example=ask.version_example)
    if words.name == "tool_system":
        ask = TOOL_ASKS[Tool(tool)]
        return replace(words, label=ask.system, example=ask.system_example)
    return words


@dataclass(frozen=True)
class Question:
    """One of the six questions that a description answers."""

    label: str
    short: str
    heading: str
    """Its heading in the skeleton, folded to lower case."""
    rules: tuple[str, ...]
    """Findings that leave it open."""


UNANSWERED = "descricao.modelo"
"""Rule of a heading of the skeleton that nothing was written under."""
_NO_PROSE = ("descricao.vazia", "descricao.so_link")
QUESTIONS = (
    Question("onde acontece", "onde", "onde acontece:", (*_NO_PROSE, "descricao.curta")),
    Question("o que acontece", "o quê", "o que acontece:", (*_NO_PROSE, "descricao.curta")),
    Question("com qual usuário", "usuário", "com qual usuário:", (*_NO_PROSE, "descricao.usuario")),
    Question("passo a passo, clique a clique", "passos", "passo a passo:", (*_NO_PROSE, "descricao.passos")),
    Question(
        "a mensagem exata",
        "mensagem",
        "mensagem exata:",
        (*_NO_PROSE, "descricao.curta", "descricao.mensagem"),
    ),
    Question("o que era esperado", "esperado", "o que era esperado:", (*_NO_PROSE, "descricao.esperado")),
)
"""The checklist of C7."""
