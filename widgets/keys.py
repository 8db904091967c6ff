"""Every key of panes and forms: id, key, what it does. Plain data: settings are checked without a screen.

The widgets bind what stands here (`bound`); ``[teclas]`` remaps by id; ``plantao teclas`` prints it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """A key of one widget. Two ids never share a key in one widget: remapping one would drop the other."""

    id: str
    """Place and verb, ``fila.filtrar``: what ``[teclas]`` in the settings remaps."""
    keys: str
    """Textual key names, alternatives separated by commas."""
    action: str
    """The widget's action."""
    label: str
    """Short, for the key bar."""
    purpose: str
    """One sentence, for help and palette."""
    shown: bool = True
    """Whether the key bar names it."""
    essential: bool = False
    """Whether it is named before all others where the bar has no room for everything."""


@dataclass(frozen=True)
class KeyGroup:
    """The keys of one widget."""

    id: str
    title: str
    """Where they work, as a heading."""
    keys: tuple[Key, ...]


LINES = KeyGroup(
    "linhas",
    "Em listas e textos",
    (
        Key("lista.subir", "up,k", "line_up", "Sobe", "Subir uma linha", False),
        Key("lista.descer", "down,j", "line_down", "Desce", "Descer uma linha", False),
        Key("lista.pagina-acima", "pageup", "page_up", "Página acima", "Subir uma página", False),
        Key("lista.pagina-abaixo", "pagedown", "page_down", "Página abaixo", "Descer uma página", False),
        Key("lista.inicio", "home,g", "line_first", "Início", "Ir ao início", False),
        Key("lista.fim", "end,G", "line_last", "Fim", "Ir ao fim", False),
    ),
)
LIST = KeyGroup(
    "lista",
    "Em listas",
    (Key("lista.abrir", "enter", "choose", "Abrir", "Abrir a linha do cursor", False),),
)
QUEUE = KeyGroup(
    "fila",
    "Na fila",
    (
        Key("fila.visao", "v", "view(1)", "Visão", "Mostrar a próxima visão da fila"),
        Key("fila.visao-anterior", "V", "view(-1)", "Visão anterior", "Voltar à visão anterior", False),
        Key("fila.filtrar", "f,slash,ctrl+f", "filter", "Filtrar", "Filtrar a fila enquanto se digita"),
        Key("fila.marcar", "space", "mark", "Marcar", "Marcar o ticket, para agir em vários", False),
        Key(
            "fila.marcar-todos",
            "asterisk",
            "mark_all",
            "Marcar todos",
            "Marcar os da lista, ou nenhum",
            False,
        ),
        Key(
            "fila.limpar-filtro",
            "escape",
            "clear_filter",
            "Limpar filtro",
            "Mostrar a fila toda de novo",
            essential=True,
        ),
    ),
)
FILTER = KeyGroup(
    "filtro",
    "No filtro",
    (
        Key(
            "filtro.limpar",
            "escape",
            "clear",
            "Limpar filtro",
            "Apagar o filtro e voltar à lista",
            essential=True,
        ),
        Key("filtro.descer", "down", "move(1)", "Desce", "Descer na lista sem sair do filtro", False),
        Key("filtro.subir", "up", "move(-1)", "Sobe", "Subir na lista sem sair do filtro", False),
    ),
)
SIFTING = KeyGroup(
    "filtro-chamados",
    "Nos chamados, ao filtrar",
    (
        Key(
            "chamados.filtrar",
            "f,slash,ctrl+f",
            "filter",
            "Filtrar",
            "Filtrar os chamados enquanto se digita",
        ),
        Key(
            "chamados.limpar-filtro",
            "escape",
            "clear_filter",
            "Limpar filtro",
            "Mostrar todos de novo",
            essential=True,
        ),
    ),
)
SIFTING_SERVICES = KeyGroup(
    "filtro-servicos",
    "Nos serviços, ao filtrar",
    (
        Key(
            "servicos.filtrar",
            "f,slash,ctrl+f",
            "filter",
            "Filtrar",
            "Filtrar os serviços enquanto se digita",
        ),
        Key(
            "servicos.limpar-filtro",
            "escape",
            "clear_filter",
            "Limpar filtro",
            "Mostrar todos os serviços de novo",
            essential=True,
        ),
    ),
)
SIFTING_TASKS = KeyGroup(
    "filtro-tarefas",
    "Na lista de tarefas",
    (
        Key("tarefas.visao", "v", "view(1)", "Visão", "Mostrar a próxima visão das tarefas"),
        Key("tarefas.visao-anterior", "V", "view(-1)", "Visão anterior", "Voltar à visão anterior", False),
        Key(
            "tarefas.filtrar",
            "f,slash,ctrl+f",
            "filter",
            "Filtrar",
            "Filtrar as tarefas enquanto se digita",
        ),
        Key(
            "tarefas.limpar-filtro",
            "escape",
            "clear_filter",
            "Limpar filtro",
            "Mostrar todas as tarefas da visão de novo",
            essential=True,
        ),
    ),
)
MARKING = KeyGroup(
    "marcas-chamados",
    "Nos chamados, ao marcar",
    (
        Key("chamados.marcar", "space", "mark", "Marcar", "Marcar o chamado, para agir em vários", False),
        Key(
            "chamados.marcar-todos",
            "asterisk",
            "mark_all",
            "Marcar todos",
            "Marcar os da lista, ou nenhum",
            False,
        ),
    ),
)
KANBAN = KeyGroup(
    "kanban",
    "No kanban",
    (
        Key("kanban.esquerda", "left", "column(-1)", "Coluna anterior", "Ir à coluna da esquerda", False),
        Key("kanban.direita", "right", "column(1)", "Próxima coluna", "Ir à coluna da direita", False),
        Key("kanban.vazias", "v", "toggle_empty", "Vazias", "Esconder as colunas vazias, ou mostrar"),
    ),
)
PREVIEW = KeyGroup(
    "conversa",
    "Na conversa",
    (Key("conversa.citacoes", "enter", "quotes", "Citações", "Mostrar ou esconder o texto citado"),),
)
DETAIL = KeyGroup(
    "detalhe",
    "No detalhe",
    (Key("detalhe.voltar", "escape", "back", "Lista", "Voltar à lista", essential=True),),
)
COMPOSER = KeyGroup(
    "resposta",
    "Ao responder",
    (
        Key("resposta.enviar", "f9", "submit", "Enviar ou gravar", "Ver como sai e enviar, ou gravar a nota"),
        Key(
            "resposta.trocar",
            "f6",
            "switch",
            "Resposta ou nota",
            "Trocar entre resposta e nota",
        ),
        Key("resposta.modelos", "f7", "template", "Modelos", "Inserir um modelo de resposta"),
        Key(
            "resposta.em-analise",
            "ctrl+g",
            "under_review",
            "Em análise",
            "Inserir a resposta de que o ticket está em análise",
            False,
        ),
        Key("resposta.anexar", "f5", "attach", "Anexar", "Anexar arquivos desta máquina", False),
        Key("resposta.copia", "f3", "copy_to", "Cópia", "Escolher quem recebe cópia da resposta", False),
        Key("resposta.editor", "f4", "editor", "Editor", "Abrir o texto no seu editor", False),
        Key("resposta.conversa", "f2", "read", "Conversa", "Ler a conversa, sem sair da resposta"),
        Key(
            "resposta.lacuna",
            "f8",
            "next_gap",
            "Próxima lacuna",
            "Ir à próxima lacuna do modelo",
            False,
        ),
        Key("resposta.fechar", "escape", "cancel", "Fechar", "Fechar e guardar o rascunho"),
    ),
)
TEMPLATES = KeyGroup(
    "modelos",
    "Nos modelos",
    (
        Key("modelos.inserir", "enter", "choose", "Inserir", "Inserir o modelo do cursor"),
        Key("modelos.subir", "up", "move(-1)", "Sobe", "Subir na lista de modelos", False),
        Key("modelos.descer", "down", "move(1)", "Desce", "Descer na lista de modelos", False),
        Key("modelos.rolar", "pagedown", "scroll_text(1)", "Rolar o texto", "Descer no texto do modelo"),
        Key(
            "modelos.rolar-acima",
            "pageup",
            "scroll_text(-1)",
            "Rolar o texto acima",
            "Subir no texto do modelo",
            False,
        ),
        Key("modelos.voltar", "escape", "dismiss", "Voltar", "Voltar sem modelo"),
    ),
)
PICK = KeyGroup(
    "opcoes",
    "Ao escolher numa lista",
    (
        Key("opcoes.usar", "enter", "choose", "Usar", "Ficar com o item do cursor"),
        Key("opcoes.subir", "up", "move(-1)", "Sobe", "Subir na lista", False),
        Key("opcoes.descer", "down", "move(1)", "Desce", "Descer na lista", False),
        Key("opcoes.pagina-acima", "pageup", "page(-1)", "Página acima", "Subir uma lista inteira", False),
        Key("opcoes.pagina-abaixo", "pagedown", "page(1)", "Página abaixo", "Descer uma lista", False),
        Key("opcoes.primeiro", "home", "edge(0)", "Primeiro", "Ir ao primeiro, sem letras digitadas", False),
        Key("opcoes.ultimo", "end", "edge(-1)", "Último", "Ir ao último, sem letras digitadas", False),
        Key("opcoes.voltar", "escape", "dismiss", "Voltar", "Voltar sem escolher"),
    ),
)
SENDING = KeyGroup(
    "envio",
    "Antes de enviar a resposta",
    (
        Key("envio.enviar", "enter", "go_on", "Enviar", "Enviar já, sem esperar a contagem"),
        Key("envio.segurar", "space", "hold", "Segurar", "Segurar a contagem, ou deixá-la seguir"),
        Key("envio.desfazer", "escape", "take_back", "Voltar ao texto", "Não enviar e voltar ao texto"),
    ),
)
BEFORE_FORM = KeyGroup(
    "aviso",
    "No aviso antes do chamado",
    (
        Key("aviso.entendi", "enter,e", "understand", "Entendi", "Confirmar que leu e abrir o formulário"),
        Key("aviso.voltar", "escape", "leave", "Voltar", "Sair sem abrir o chamado"),
    ),
)
FORM = KeyGroup(
    "form",
    "No formulário do chamado",
    (
        Key("form.enviar", "f9", "send", "Enviar", "Conferir o chamado e enviar", essential=True),
        Key(
            "form.proximo", "f8", "next_finding", "Achados", "Ir ao próximo ponto a corrigir", essential=True
        ),
        Key("form.assistente", "f2", "assist", "Assistente", "Ver outra descrição proposta"),
        Key("form.modelo", "f3", "skeleton", "Modelo", "Escrever as perguntas na descrição vazia"),
        Key("form.fechar", "escape", "close", "Fechar", "Fechar; o rascunho fica guardado", essential=True),
        Key("form.converter", "f4", "convert", "Separar", "Converter fluxo ou e-mails em lista com ;"),
        Key("form.licenca", "f5", "ask_licence", "Licença", "Conferir a licença de novo"),
    ),
)
FILES = KeyGroup(
    "arquivos",
    "No campo dos arquivos",
    (Key("arquivos.completar", "f6", "complete", "Completar", "Completar o caminho da linha do cursor"),),
)
CHOICE = KeyGroup(
    "escolha",
    "Em campos de escolha",
    (
        Key("escolha.abrir", "enter", "take", "Escolher", "Abrir a lista, ou ficar com o item", False),
        Key("escolha.descer", "down", "move(1)", "Descer", "Descer na lista aberta", False),
        Key("escolha.subir", "up", "move(-1)", "Subir", "Subir na lista aberta", False),
        Key("escolha.primeiro", "home", "jump(0)", "Primeiro", "Ir ao primeiro item", False),
        Key("escolha.ultimo", "end", "jump(-1)", "Último", "Ir ao último item", False),
        Key("escolha.desistir", "escape", "give_up", "Desistir", "Fechar a lista sem mudar", False),
    ),
)
PICK_FIELD = KeyGroup(
    "escolher",
    "Em campos com lista",
    (
        Key("escolher.abrir", "enter", "open", "Escolher", "Abrir a lista; uma letra também abre", False),
        Key("escolher.proximo", "right", "step(1)", "Próximo", "Ficar com o próximo valor", False),
        Key("escolher.anterior", "left", "step(-1)", "Anterior", "Ficar com o valor anterior", False),
        Key("escolher.limpar", "backspace,delete", "empty", "Limpar", "Deixar sem valor", False),
    ),
)
ATTEND = KeyGroup(
    "atender",
    "Ao atender",
    (
        Key(
            "atender.conferir",
            "f9",
            "confirm",
            "Conferir",
            "Ver todos os passos e confirmar uma vez",
            essential=True,
        ),
        Key("atender.proximo", "f8", "next_finding", "Achados", "Ir ao próximo ponto a corrigir"),
        Key("atender.modelos", "f7", "template", "Modelos", "Inserir um modelo na resposta"),
        Key("atender.em-analise", "f6", "in_review", "Em análise", "Responder que está em análise"),
        Key("atender.gestor", "f5", "ask_lead", "Gestor", "Perguntar no Slack a quem direcionar", False),
        Key("atender.tempo", "f4", "take_time", "Tempo", "Pôr o tempo do cronômetro", False),
        Key("atender.conversa", "f2", "read", "Conversa", "Ler a conversa, sem sair do formulário"),
        Key(
            "atender.fechar",
            "escape",
            "close",
            "Fechar",
            "Fechar e guardar o que está escrito",
            essential=True,
        ),
    ),
)
JUMP = KeyGroup(
    "salto",
    "Ao saltar",
    (Key("salto.voltar", "escape", "leave", "Voltar", "Ficar onde se estava", essential=True),),
)
CHECKING = KeyGroup(
    "conferencia",
    "Antes de enviar o chamado",
    (
        Key("conferencia.sim", "s", "agree", "Sim, enviar", "Enviar mesmo com a licença não verificada"),
        Key("conferencia.enviar", "enter,f9", "agree_checked", "Enviar", "Enviar o chamado conferido"),
        Key("conferencia.segurar", "space", "hold", "Segurar", "Segurar a contagem, ou deixá-la seguir"),
        Key("conferencia.voltar", "escape,n", "take_back", "Voltar", "Não enviar e voltar ao formulário"),
    ),
)

WIDGET_KEYS = (
    QUEUE,
    FILTER,
    SIFTING,
    SIFTING_SERVICES,
    SIFTING_TASKS,
    MARKING,
    KANBAN,
    PREVIEW,
    LINES,
    LIST,
    DETAIL,
    COMPOSER,
    TEMPLATES,
    PICK,
    SENDING,
    BEFORE_FORM,
    FORM,
    FILES,
    CHOICE,
    PICK_FIELD,
    ATTEND,
    CHECKING,
    JUMP,
)
