"""Keys of the screens that lie over the desk for a moment: questions, a service, help."""

from widgets.keys import Key, KeyGroup

CONFIRM = KeyGroup(
    "pergunta",
    "Em perguntas",
    (
        Key("pergunta.sim", "s", "answer(True)", "Sim", "Sim"),
        Key("pergunta.nao", "n,escape", "answer(False)", "Não", "Não"),
    ),
)
SETTLE = KeyGroup(
    "perdida",
    "Quando a resposta do servidor se perdeu",
    (
        Key("perdida.chegou", "s", "answer(True)", "Sim, foi feito", "Dizer que chegou, ou que foi feito"),
        Key(
            "perdida.nao-chegou",
            "n",
            "answer(False)",
            "Não foi",
            "Dizer que não foi; uma mensagem volta a ser rascunho",
        ),
        Key("perdida.depois", "escape", "later", "Decidir depois", "Decidir na próxima vez"),
    ),
)
ATTACH = KeyGroup(
    "anexos",
    "Ao anexar arquivos",
    (
        Key("anexos.completar", "tab", "complete", "Completar", "Completar o caminho com o que há na pasta"),
        Key("anexos.tirar", "f8", "drop", "Tirar o último", "Tirar o último arquivo da lista"),
        Key("anexos.voltar", "escape", "close", "Voltar ao texto", "Voltar ao texto com os anexos"),
    ),
)
COPIES = KeyGroup(
    "copia",
    "Ao escolher quem recebe cópia",
    (
        Key("copia.usar", "enter", "take", "Usar", "Voltar ao texto com estes endereços em cópia"),
        Key("copia.voltar", "escape", "give_up", "Voltar", "Voltar ao texto sem mudar quem recebe cópia"),
    ),
)
LINE = KeyGroup(
    "linha",
    "Ao escrever uma linha",
    (
        Key("linha.usar", "enter", "take", "Usar", "Ficar com o que está escrito"),
        Key("linha.voltar", "escape", "give_up", "Voltar", "Voltar sem escrever"),
    ),
)
SERVICE = KeyGroup(
    "servico",
    "Num serviço ou resultado",
    (Key("servico.fechar", "escape,enter", "close", "Voltar", "Voltar à tela de antes"),),
)
HELP = KeyGroup("ajuda", "Na ajuda", (Key("ajuda.fechar", "escape,q", "close", "Fechar", "Fechar a ajuda"),))

DIALOG_KEYS = (CONFIRM, SETTLE, ATTACH, COPIES, LINE, SERVICE, HELP)
