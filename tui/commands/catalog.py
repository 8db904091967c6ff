"""All commands of the desk, in the order in which the key bar and the help show them."""

from .command import Command, Scope

QUIT = "sair"
IN_DIALOGS = ("ajuda", "paleta", QUIT)
"""Commands that also work while a question or a list lies over the desk."""

COMMANDS: tuple[Command, ...] = (
    Command("responder", "r", "Responder", "Responder ao cliente do ticket selecionado", Scope.MESA),
    Command("nota", "n", "Nota", "Gravar nota interna no ticket (o cliente não vê)", Scope.MESA),
    Command("chamado", "c", "Chamado", "Abrir chamado técnico a partir do ticket", Scope.MESA),
    Command("baixar-anexos", "b", "Baixar anexos", "Baixar os anexos do ticket", Scope.MESA, shown=False),
    Command("ver-servicos", "f2", "Serviços", "Ir para os serviços", Scope.MESA, shown=False),
    Command("ver-fila", "f3", "Fila", "Ir para a fila", Scope.MESA, shown=False),
    Command("ver-conversa", "f4", "Conversa", "Ir para a conversa", Scope.MESA, shown=False),
    Command("voltar-fila", "escape", "Fila", "Voltar à fila", Scope.MESA),
    Command("voltar-texto", "escape,f2", "Voltar ao texto", "Voltar da conversa ao texto", Scope.COMPOSER),
    Command("novo-chamado", "c", "Novo", "Preencher um chamado novo", Scope.CHAMADOS),
    Command("descartar-rascunho", "x", "Descartar", "Descartar o rascunho selecionado", Scope.CHAMADOS),
    Command("atualizar", "u,ctrl+r", "Atualizar", "Buscar dados novos agora", Scope.DESK),
    Command(
        "copiar",
        "y",
        "Copiar",
        "Enviar ao terminal o link do ticket, ou número e título do chamado",
        Scope.DESK,
        shown=False,
    ),
    Command(
        "pendencias",
        "P",
        "Pendências",
        "Decidir sobre uma mensagem cujo envio ficou sem desfecho",
        Scope.DESK,
        shown=False,
    ),
    Command("mesa", "1", "Mesa", "Serviços, fila e conversa", Scope.DESK, shown=False),
    Command("chamados", "3", "Chamados", "Chamados enviados e rascunhos", Scope.DESK, shown=False),
    Command("ajuda", "f1,question_mark", "Ajuda", "Teclas e regras do que está em foco", Scope.DESK),
    Command("paleta", "ctrl+p,colon", "Comandos", "Procurar um comando pelo nome", Scope.DESK),
    Command("sair-confirmando", "q", "Sair", "Fechar o Plantão, com q duas vezes", Scope.DESK),
    Command(QUIT, "ctrl+q", "Fechar", "Fechar o Plantão; rascunhos ficam guardados", Scope.DESK, shown=False),
)

_BY_ID = {entry.id: entry for entry in COMMANDS}


def commands(*scopes: Scope) -> tuple[Command, ...]:
    """The commands of ``scopes``, in catalogue order."""
    return tuple(command for command in COMMANDS if command.scope in scopes)


def command(command_id: str) -> Command:
    """The command of that id. KeyError if there is none."""
    return _BY_ID[command_id]
