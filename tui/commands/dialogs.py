"""Keys of the screens that lie over the desk for a moment: questions, results, help."""

from widgets.keys import Key, KeyGroup

CONFIRM = KeyGroup(
    "pergunta",
    "Em perguntas",
    (
        Key("pergunta.sim", "s", "answer(True)", "Sim", "Sim"),
        Key("pergunta.nao", "n,escape", "answer(False)", "Não", "Não"),
    ),
)
CLOSING = KeyGroup(
    "encerrar-sem-ok",
    "Sem o OK do cliente",
    (
        Key("encerrar.motivo", "s", "go('close')", "Seguir, dizendo o motivo", "Seguir com nota interna"),
        Key("encerrar.responder", "r", "go('answer')", "Responder antes", "Abrir a resposta ao cliente"),
        Key("encerrar.voltar", "n,escape", "go('back')", "Voltar", "Deixar o ticket como está"),
    ),
)
VALIDATION = KeyGroup(
    "validacao",
    "Na validação de um chamado",
    (
        Key("validacao.validado", "v", "answer('validated')", "Validado", "Encerrar chamado e ticket"),
        Key("validacao.falha", "f", "answer('failing')", "Ainda falha", "Devolver o chamado para ajuste"),
        Key("validacao.pedida", "p", "answer('waiting')", "Já pedi", "Anotar que a validação já foi pedida"),
        Key("validacao.voltar", "n,escape", "answer('')", "Voltar", "Deixar chamado e ticket como estão"),
    ),
)
WORDING = KeyGroup(
    "textos",
    "Na conferência com textos que ainda mudam",
    (
        Key(
            "textos.resposta",
            "r",
            "edit('reply')",
            "Editar o texto",
            "Mudar a resposta antes de tudo ser feito",
        ),
        Key(
            "textos.comentario",
            "c",
            "edit('comment')",
            "Comentário",
            "Mudar o comentário do chamado antes de tudo ser feito",
        ),
    ),
)
WORDING_TEXT = KeyGroup(
    "texto",
    "Ao mudar um texto da conferência",
    (
        Key("texto.usar", "f9", "take", "Usar este texto", "Voltar à conferência com este texto"),
        Key("texto.voltar", "escape", "give_up", "Voltar", "Voltar; o texto fica guardado"),
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
MOVE_TEXT = KeyGroup(
    "texto-chamado",
    "Ao escrever num chamado",
    (
        Key("texto-chamado.usar", "f9", "take", "Conferir", "Ver o que será feito, com este texto"),
        Key("texto-chamado.voltar", "escape", "give_up", "Voltar", "Voltar; o texto fica guardado"),
    ),
)
TASK_TEXT = KeyGroup(
    "texto-tarefa",
    "Ao escrever numa tarefa",
    (
        Key("texto-tarefa.conferir", "f9", "take", "Conferir", "Ver o que será gravado, com este texto"),
        Key("texto-tarefa.editor", "f4", "editor", "Editor", "Abrir o texto no seu editor"),
        Key("texto-tarefa.voltar", "escape", "give_up", "Voltar", "Voltar; o texto fica guardado"),
    ),
)
TASK_NOTE = KeyGroup(
    "nota-tarefa",
    "Ao escrever uma nota numa tarefa",
    (Key("texto-nota.trocar", "f6", "switch", "Pública ou privada", "Trocar quem lê a nota"),),
)
ASK_LEAD = KeyGroup(
    "gestor",
    "Ao perguntar ao gestor",
    (
        Key("gestor.perguntar", "f9", "take", "Perguntar", "Publicar a pergunta no Slack"),
        Key("gestor.voltar", "escape", "give_up", "Voltar", "Voltar sem perguntar; o texto fica guardado"),
    ),
)
ANNOUNCE = KeyGroup(
    "anuncio",
    "Ao avisar que entra ou sai",
    (
        Key("anuncio.publicar", "f9", "take", "Avisar", "Publicar o aviso no Slack"),
        Key("anuncio.voltar", "escape", "give_up", "Voltar", "Voltar sem avisar; o texto fica guardado"),
    ),
)
STILL_INSIDE = KeyGroup(
    "sair-servidor",
    "Ao fechar, no servidor de um cliente",
    (
        Key("sair-servidor.avisar", "s", "announce", "Avisar saída", "Avisar que saiu do servidor, e fechar"),
        Key("sair-servidor.fechar", "f", "close", "Fechar assim", "Fechar sem avisar que saiu"),
        Key("sair-servidor.ficar", "escape,n", "stay", "Não fechar", "Não fechar o Plantão"),
    ),
)
SEEN = KeyGroup(
    "visto",
    "Ao anotar o que foi visto num serviço",
    (
        Key("visto.guardar", "f9", "take", "Guardar", "Mascarar o que é sigiloso e guardar no histórico"),
        Key("visto.arquivo", "f5", "read_file", "Ler log", "Ler o fim de um arquivo de log desta máquina"),
        Key("visto.voltar", "escape", "give_up", "Voltar", "Voltar; o que foi escrito fica guardado"),
    ),
)
LOG_FILE = KeyGroup(
    "arquivo-log",
    "Ao ler um arquivo de log",
    (
        Key("arquivo-log.ler", "enter", "take", "Ler", "Ler o fim do arquivo"),
        Key("arquivo-log.completar", "tab", "complete", "Completar", "Completar o caminho com o que há"),
        Key("arquivo-log.voltar", "escape", "give_up", "Voltar", "Voltar sem ler"),
    ),
)
BARRED = KeyGroup(
    "passo-barrado",
    "Quando não se deve entrar no servidor",
    (
        Key("passo-barrado.perguntar", "p", "go('ask')", "Perguntar", "Perguntar no Slack a quem está"),
        Key("passo-barrado.motivo", "s", "go('reason')", "Seguir, dizendo o motivo", "Seguir; fica anotado"),
        Key("passo-barrado.voltar", "n,escape", "go('back')", "Voltar", "Não entrar"),
    ),
)
STOPPED = KeyGroup(
    "passo-parado",
    "Quando um passo não está como esperado",
    (
        Key("passo-parado.perguntar", "p", "go('ask')", "Perguntar", "Perguntar no Slack o que fazer"),
        Key("passo-parado.certo", "c", "go('fine')", "Agora está certo", "O passo ficou como esperado"),
        Key("passo-parado.seguir", "s", "go('on')", "Seguir", "Ir ao próximo passo, como foi respondido"),
        Key("passo-parado.ficar", "n,escape", "go('back')", "Ficar aqui", "Ficar neste passo"),
    ),
)
FOUND = KeyGroup(
    "encontrado",
    "Ao dizer o que foi encontrado",
    (
        Key("encontrado.anotar", "f9", "take", "Anotar e parar", "Anotar o que foi encontrado"),
        Key("encontrado.voltar", "escape", "give_up", "Voltar", "Voltar; o texto fica guardado"),
    ),
)
THREAD = KeyGroup(
    "conversa-slack",
    "Numa pergunta feita no Slack",
    (
        Key("conversa-slack.copiar", "y", "copy", "Copiar link", "Enviar ao terminal o link da pergunta"),
        Key("conversa-slack.voltar", "escape,enter", "close", "Voltar", "Voltar à tela de antes"),
    ),
)
TIME = KeyGroup(
    "tempo",
    "Ao informar um tempo",
    (
        Key("tempo.usar", "enter", "take", "Usar", "Usar o tempo que aparece abaixo do campo"),
        Key("tempo.voltar", "escape", "give_up", "Voltar", "Voltar sem informar o tempo"),
    ),
)
UNIT = KeyGroup(
    "unidade",
    "Quando falta a unidade do tempo",
    (
        Key("unidade.minutos", "m", "answer(True)", "Minutos", "O número são minutos"),
        Key("unidade.horas", "h", "answer(False)", "Horas", "O número são horas"),
        Key("unidade.corrigir", "escape", "correct", "Corrigir", "Voltar ao tempo e corrigir"),
    ),
)
FORGOTTEN = KeyGroup(
    "esquecido",
    "Quando um cronômetro foi esquecido",
    (
        Key("esquecido.atividade", "a", "active", "Atividade", "Contar até a última atividade anotada"),
        Key("esquecido.limite", "l", "longest", "Limite", "Contar até o limite de 9h30"),
        Key("esquecido.digitar", "d", "type", "Digitar", "Digitar quanto tempo foi"),
        Key("esquecido.depois", "escape", "later", "Decidir depois", "Decidir na próxima vez"),
    ),
)
LEAVING = KeyGroup(
    "sair-tempo",
    "Ao sair com o tempo correndo",
    (
        Key("sair-tempo.deixar", "d", "leave_running", "Deixar correndo", "Sair e deixar o tempo correndo"),
        Key("sair-tempo.pausar", "p", "pause", "Pausar", "Pausar o tempo e sair"),
        Key("sair-tempo.ficar", "escape,n", "stay", "Não fechar", "Não fechar o Plantão; o tempo continua"),
    ),
)
TIMERS = KeyGroup(
    "cronometro",
    "Nos cronômetros",
    (
        Key("cronometro.alternar", "i", "start_or_pause", "Iniciar ou pausar", "Contar o tempo, ou pausar"),
        Key("cronometro.descartar", "x", "discard", "Descartar", "Descartar o tempo, sem registrar"),
        Key("cronometro.voltar", "escape", "close", "Voltar", "Voltar à tela de antes"),
    ),
)
REWRITING = KeyGroup(
    "assistente",
    "Na proposta do assistente",
    (
        Key("assistente.aceitar", "a", "accept", "Aceitar", "Ficar com a descrição proposta"),
        Key("assistente.recusar", "r", "refuse", "Recusar", "Ficar com a descrição como está"),
        Key("assistente.editar", "e", "edit", "Editar", "Mudar a proposta antes de ficar com ela"),
        Key("assistente.outra", "n", "another", "Outra", "Pedir outra proposta ao modelo"),
        Key("assistente.modelo", "f2", "switch", "Modelo", "Trocar entre o modelo e o modo offline"),
        Key("assistente.voltar", "escape", "back", "Voltar", "Voltar sem decidir; cancela o que se espera"),
    ),
)
REWRITING_TEXT = KeyGroup(
    "texto-proposta",
    "Ao editar a proposta",
    (
        Key("texto-proposta.usar", "f9", "take", "Usar este texto", "Ficar com este texto na descrição"),
        Key("texto-proposta.voltar", "escape", "give_up", "Voltar", "Voltar; o texto fica guardado"),
    ),
)
ROUND_TEXT = KeyGroup(
    "resumo",
    "No resumo da rotina",
    (
        Key("resumo.fechar", "f9", "take", "Fechar a rotina", "Publicar ou copiar o resumo e fechar o dia"),
        Key("resumo.voltar", "escape", "give_up", "Voltar", "Voltar sem fechar; o texto fica guardado"),
    ),
)
HANDOVER_TEXT = KeyGroup(
    "texto-passagem",
    "No texto da passagem de turno",
    (
        Key("texto-passagem.passar", "f9", "take", "Passar o turno", "Publicar ou copiar, e passar o turno"),
        Key(
            "texto-passagem.voltar", "escape", "give_up", "Voltar", "Voltar sem passar; o texto fica guardado"
        ),
    ),
)
RESULTS = KeyGroup(
    "resultado",
    "Num resultado",
    (Key("resultado.fechar", "escape,enter", "close", "Voltar", "Voltar à tela de antes"),),
)
HELP = KeyGroup("ajuda", "Na ajuda", (Key("ajuda.fechar", "escape,q", "close", "Fechar", "Fechar a ajuda"),))

DIALOG_KEYS = (
    CONFIRM,
    CLOSING,
    VALIDATION,
    WORDING,
    WORDING_TEXT,
    SETTLE,
    ATTACH,
    COPIES,
    LINE,
    MOVE_TEXT,
    TASK_TEXT,
    TASK_NOTE,
    ASK_LEAD,
    ANNOUNCE,
    STILL_INSIDE,
    SEEN,
    LOG_FILE,
    BARRED,
    STOPPED,
    FOUND,
    THREAD,
    TIME,
    UNIT,
    FORGOTTEN,
    LEAVING,
    TIMERS,
    REWRITING,
    REWRITING_TEXT,
    RESULTS,
    ROUND_TEXT,
    HANDOVER_TEXT,
    HELP,
)
