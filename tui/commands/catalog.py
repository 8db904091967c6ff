"""The commands: keys of whole screens, in the order in which the key bar and the help show them.

Each runs ``command('<id>')``, which the screen or the app carries out in its method ``do_<id>``.
"""

from dataclasses import replace

from widgets.keys import Key, KeyGroup

QUIT = "sair"


def _command(
    name: str, keys: str, label: str, purpose: str, *, shown: bool = True, essential: bool = False
) -> Key:
    return Key(name, keys, f"command('{name}')", label, purpose, shown, essential)


DESK = KeyGroup(
    "desk",
    "Em todo lugar",
    (
        _command("atualizar", "u,ctrl+r", "Atualizar", "Buscar dados novos agora"),
        _command(
            "copiar",
            "y",
            "Copiar",
            "Enviar ao terminal o link do ticket ou da tarefa, o chamado, ou a situação do serviço",
            shown=False,
        ),
        _command(
            "pendencias",
            "P",
            "Pendências",
            "O que ainda não teve desfecho, e as perguntas à espera de resposta",
            shown=False,
        ),
        _command("cronometros", "H", "Cronômetros", "O tempo contado e ainda não registrado", shown=False),
        _command(
            "anunciar-saida", "S", "Avisar saída", "Avisar que saiu do servidor do cliente", shown=False
        ),
        _command("rotina", "R", "Rotina", "A rotina da manhã: o que conferir, e o resumo", shown=False),
        _command(
            "passagem", "E", "Passagem", "Passar o turno, ou dar ciência do que foi passado", shown=False
        ),
        _command(
            "ir-ao-numero",
            "N",
            "Ir ao número",
            "Ir a um ticket, tarefa ou chamado pelo número, ou ao que foi aberto há pouco",
            shown=False,
        ),
        _command("mesa", "1", "Mesa", "Serviços, fila e conversa", shown=False),
        _command("tarefas", "2", "Tarefas", "As suas tarefas do Redmine, e o que mudou nelas", shown=False),
        _command("chamados", "3", "Chamados", "Chamados enviados: lista, kanban e triagem", shown=False),
        _command(
            "servicos",
            "4",
            "Serviços",
            "Serviços de todos os clientes, com o histórico de cada um",
            shown=False,
        ),
        _command(
            "hoje",
            "5",
            "Hoje",
            "Horas de hoje e da semana, o que falta registrar, cronômetros e pendências",
            shown=False,
        ),
        _command(
            "saltar",
            "J,ctrl+o",
            "Saltar",
            "Mostrar uma letra ao lado de cada linha, painel e campo, e ir ao da letra",
            shown=False,
        ),
        _command("tema", "A", "Tema", "Escolher as cores (aparência), vendo cada tema", shown=False),
        _command("ajuda", "f1,question_mark", "Ajuda", "Teclas e regras do que está em foco"),
        _command("paleta", "ctrl+p,colon", "Comandos", "Procurar um comando pelo nome"),
        _command("sair-confirmando", "q", "Sair", "Fechar o Plantão, com q duas vezes"),
        _command(QUIT, "ctrl+q", "Fechar", "Fechar o Plantão; rascunhos ficam guardados", shown=False),
    ),
)
MESA = KeyGroup(
    "mesa",
    "Na Mesa",
    (
        _command("responder", "r", "Responder", "Responder ao cliente do ticket selecionado", essential=True),
        _command("em-analise", "m", "Em análise", "Responder que o ticket está em análise", shown=False),
        _command("nota", "n", "Nota", "Gravar nota interna no ticket (o cliente não vê)"),
        _command(
            "atender", "a", "Atender", "Tipo, tarefa, tempo, resposta e situação, de uma vez", essential=True
        ),
        _command("perguntar-gestor", "d", "Gestor", "Perguntar ao gestor, no Slack, quem pega", shown=False),
        _command("chamado", "c", "Chamado", "Abrir chamado técnico a partir do ticket", essential=True),
        _command("ver-chamado", "K", "Ver chamado", "Ver o chamado do ticket e seu histórico", shown=False),
        _command("tipo", "t", "Tipo", "Mudar o tipo do ticket, ou dos marcados", shown=False),
        _command("status", "s", "Situação", "Mudar a situação do ticket, ou dos marcados", shown=False),
        _command("pegar", "p", "Pegar", "Ficar com o ticket, ou com os marcados", shown=False),
        _command(
            "direcionar", "D", "Direcionar", "Passar o ticket, ou os marcados, a outra pessoa", shown=False
        ),
        _command(
            "modelo",
            "M",
            "Modelo",
            "Responder ao ticket, ou a cada um dos marcados, com um modelo",
            shown=False,
        ),
        _command(
            "observar",
            "o",
            "Observar",
            "Observar a tarefa do ticket, ou deixar de observar",
            shown=False,
        ),
        _command(
            "igualar",
            "equals_sign",
            "Igualar tipos",
            "Igualar o Tipo do ticket e o tipo da sua tarefa",
            shown=False,
        ),
        _command(
            "virou-planejamento",
            "C",
            "Virou planejamento",
            "Tarefa em Planejamento, resposta sobre o comitê e ticket encerrado",
            shown=False,
        ),
        _command(
            "validar",
            "x",
            "Validação",
            "Do que o cliente disse ao chamado publicado: validado, ou ainda falha",
            shown=False,
        ),
        _command("encerrar", "e", "Encerrar", "Encerrar o ticket, conferido o OK do cliente", shown=False),
        _command(
            "desfazer",
            "U",
            "Desfazer",
            "Voltar atrás na última mudança de situação, tipo ou responsável feita daqui",
            shown=False,
        ),
        _command("horas", "h", "Horas", "Registrar o tempo na tarefa do ticket", shown=False),
        _command("cronometro", "i", "Iniciar ou pausar", "Contar o tempo do ticket, ou pausar", shown=False),
        _command("baixar-anexos", "b", "Baixar anexos", "Baixar os anexos do ticket", shown=False),
        _command("copiar-numero", "Y", "Copiar nº", "Enviar ao terminal o número do ticket", shown=False),
        _command("ver-servicos", "f2", "Serviços", "Ir para os serviços", shown=False),
        _command("ver-fila", "f3", "Fila", "Ir para a fila", shown=False),
        _command("ver-conversa", "f4", "Conversa", "Ir para a conversa", shown=False),
        _command("proximo-painel", "tab", "Próximo", "Ir ao próximo painel", shown=False),
        _command("painel-anterior", "shift+tab", "Anterior", "Ir ao painel anterior", shown=False),
        _command("voltar-fila", "escape", "Fila", "Voltar à fila", essential=True),
    ),
)
CHAMADO_VERBS = KeyGroup(
    "verbos-chamado",
    "Num chamado",
    (
        _command("mover", "m", "Mover", "Levar o chamado, ou os marcados, a outra situação"),
        _command("comentar", "n", "Comentar", "Escrever um comentário no chamado"),
        _command(
            "copiar-numero-chamado",
            "Y",
            "Copiar nº",
            "Enviar ao terminal o número do chamado",
            shown=False,
        ),
    ),
)
CHAMADO_PAGES = KeyGroup(
    "paginas-chamados",
    "Nos chamados",
    (
        _command("historico", "h", "Histórico", "Ver o chamado com tudo o que aconteceu nele"),
        _command("novo-chamado", "c", "Novo", "Preencher um chamado novo"),
        _command("ver-lista", "L", "Lista", "Ir à lista de chamados", shown=False),
        _command("ver-kanban", "K", "Kanban", "Ir ao kanban", shown=False),
        _command("ver-triagem", "T", "Triagem", "Ir à triagem", shown=False),
    ),
)
CHAMADOS = KeyGroup(
    "chamados",
    "Na lista de chamados",
    (_command("descartar-rascunho", "x", "Descartar", "Descartar o rascunho selecionado"),),
)
TRIAGE = KeyGroup(
    "triagem",
    "Na triagem",
    (
        _command("aprovar", "a", "Aprovar", "Aprovar, com um prazo, e ir ao próximo", essential=True),
        _command("reprovar", "r", "Reprovar", "Reprovar, dizendo o motivo, e ir ao próximo", essential=True),
        _command(
            "pedir-informacao",
            "i",
            "Pedir informação",
            "Perguntar o que falta e ir ao próximo",
            essential=True,
        ),
        _command("duplicado", "d", "Duplicado", "Reprovar como duplicado de outro chamado", essential=True),
    ),
)
HISTORY = KeyGroup(
    "historico-chamado",
    "No histórico de um chamado",
    (_command("fechar-historico", "escape", "Voltar", "Voltar à tela de antes"),),
)
SERVICES = KeyGroup(
    "servicos",
    "Nos serviços",
    (
        _command("roteiro", "r", "Roteiro", "Abrir o roteiro do serviço, ou continuar nele", essential=True),
        _command(
            "ciente", "c", "Ciente", "Anotar que a falha é conhecida, e o que se faz dela", essential=True
        ),
        _command("anotar", "n", "Anotar", "Anotar o que foi visto no serviço, com um trecho de log"),
        _command("encaminhar", "e", "Encaminhar", "Levar o que foi visto ao Slack, a um ticket ou chamado"),
        _command("perguntar-servidor", "p", "Perguntar", "Perguntar no Slack quem está no servidor"),
    ),
)
TASKS = KeyGroup(
    "tarefas",
    "Nas tarefas",
    (
        _command(
            "responder-ticket", "r", "Responder", "Responder ao cliente do ticket da tarefa", essential=True
        ),
        _command("editar-tarefa", "e", "Editar", "Mudar um campo da tarefa"),
        _command("nota-tarefa", "n", "Nota", "Escrever uma nota na tarefa, para todos ou privada"),
        _command("horas-tarefa", "h", "Horas", "Registrar tempo na tarefa"),
        _command("situacao-tarefa", "s", "Situação", "Mudar a situação da tarefa", shown=False),
        _command("tipo-tarefa", "t", "Tipo", "Mudar o tipo da tarefa", shown=False),
        _command("direcionar-tarefa", "D", "Direcionar", "Passar a tarefa a alguém", shown=False),
        _command("observar-tarefa", "o", "Observar", "Observar a tarefa, ou deixar de observar"),
        _command(
            "cronometro-tarefa", "i", "Começar", "Começar a tarefa, ou parar e registrar o tempo", shown=False
        ),
        _command("ver-ticket", "m", "Ver ticket", "Ir ao ticket da tarefa, na Mesa", shown=False),
        _command(
            "desfazer-tarefa",
            "U",
            "Desfazer",
            "Voltar atrás na última mudança que você fez nos campos da tarefa",
            shown=False,
        ),
        _command("marcar-vistas", "x", "Vistas", "Dar por vistas todas as mudanças", shown=False),
    ),
)
RUNBOOK = KeyGroup(
    "roteiro-aberto",
    "Num roteiro",
    (
        _command("passo-feito", "f9", "Feito", "O passo está como esperado: ir ao próximo", essential=True),
        _command(
            "passo-diferente",
            "f8,d",
            "Diferente",
            "Não está como esperado: dizer o que foi encontrado e parar",
            essential=True,
        ),
        _command("pular-este-passo", "f6,x", "Pular", "Pular o passo, dizendo por quê"),
        _command("copiar-comando", "f2", "Copiar comando", "Enviar o comando do passo ao terminal"),
        _command(
            "executar-local", "f5", "Executar", "Executar o comando local da configuração, depois de vê-lo"
        ),
        _command(
            "editor-do-registro", "f4", "Editor", "Abrir no seu editor o que se anota no passo", shown=False
        ),
        _command("perguntar-quem-esta", "f7,p", "Perguntar", "Perguntar no Slack sobre o servidor"),
        _command(
            "encaminhar-visto",
            "n",
            "Encaminhar",
            "Levar o que foi visto ao histórico do serviço, e de lá adiante",
            shown=False,
        ),
        _command("exportar-roteiro", "f3,e", "Exportar", "Guardar em arquivo tudo o que foi feito"),
        _command(
            "copiar-roteiro", "Y", "Copiar tudo", "Enviar ao terminal tudo o que foi feito", shown=False
        ),
        _command("encerrar-roteiro", "X", "Encerrar", "Encerrar o roteiro"),
        _command(
            "fechar-roteiro", "escape", "Fechar", "Fechar a página; o roteiro continua aberto", essential=True
        ),
    ),
)
TODAY = KeyGroup(
    "hoje-verbos",
    "Em Hoje",
    (
        _command("registrar-horas", "h", "Registrar", "Registrar o tempo da linha, ou numa tarefa"),
        _command("mudar-lancamento", "e", "Mudar", "Mudar tempo, dia, atividade ou comentário do lançamento"),
        _command(
            "apagar-lancamento",
            "x",
            "Apagar",
            "Apagar o lançamento, ou não sugerir mais o que está sob o cursor",
        ),
        _command("contar-tempo", "i", "Tempo", "Contar o tempo do que está sob o cursor"),
        _command("pagina-horas", "v", "Visão", "Passar de hoje à semana e aos gráficos", essential=True),
        _command("semana-anterior", "left", "Semana anterior", "Ver a semana anterior", essential=True),
        _command("semana-seguinte", "right", "Seguinte", "Voltar à semana seguinte", essential=True),
    ),
)
PENDING = KeyGroup(
    "pendentes",
    "Em Pendências",
    (
        _command("tentar-de-novo", "r", "Tentar de novo", "Continuar a operação de onde parou"),
        _command("corrigir", "e", "Editar", "Voltar ao formulário do atendimento e mudar o que foi recusado"),
        _command(
            "pular-passo",
            "x",
            "Pular",
            "Desistir do passo que parou e do que depende dele; deixar de acompanhar uma pergunta",
        ),
        _command("desistir", "X", "Desistir de tudo", "Desistir do que falta da operação"),
        _command("voltar", "escape", "Voltar", "Voltar à tela de antes"),
    ),
)
ROUND = KeyGroup(
    "rotina-manha",
    "Na rotina da manhã",
    (
        _command(
            "marcar-feito", "space", "Feito", "Marcar o item como conferido, ou desmarcar", essential=True
        ),
        _command("anotar-item", "n", "Nota", "Escrever uma nota no item: o que foi feito, ou por que não"),
        _command(
            "fechar-rotina",
            "f9",
            "Fechar",
            "Ver o resumo da rotina, publicar ou copiar, e fechar o dia",
            essential=True,
        ),
        _command("sair-rotina", "escape", "Voltar", "Voltar à tela de antes", essential=True),
    ),
)
HANDOVER = KeyGroup(
    "passagem-turno",
    "Na passagem de turno",
    (
        _command(
            "marcar-linha",
            "space",
            "Marcar",
            "Pôr a linha na passagem ou deixá-la de fora; na recebida, dar ciência dela",
            essential=True,
        ),
        _command(
            "ciente-de-tudo",
            "c",
            "Ciente",
            "Dar ciência de todas as linhas da recebida; da que só está no Slack, responder lá",
        ),
        _command(
            "anotar-linha",
            "n",
            "Nota",
            "Escrever uma nota na linha, para o próximo turno; na recebida, perguntar a quem passou",
        ),
        _command("acrescentar-linha", "a", "Linha", "Acrescentar uma linha sua à passagem"),
        _command(
            "da-equipe",
            "t",
            "Equipe",
            "Passar os prazos e tickets da equipe toda, ou só os seus e os sem responsável",
        ),
        _command(
            "passar-turno",
            "f9",
            "Passar",
            "Ver o texto, publicar ou copiar, e passar o turno",
            essential=True,
        ),
        _command("outra-passagem", "v", "Outra", "Ver outra passagem: a que se prepara, ou as passadas"),
        _command(
            "guardar-passagem", "f3,e", "Guardar", "Guardar o texto da passagem em arquivo", shown=False
        ),
        _command("sair-passagem", "escape", "Voltar", "Voltar à tela de antes", essential=True),
    ),
)
READING = KeyGroup(
    "leitura",
    "Na conversa, ao responder",
    (_command("voltar-texto", "escape,f2", "Voltar ao texto", "Voltar da conversa ao texto"),),
)
NONE = KeyGroup("nenhum", "", ())
"""Of a page whose keys are all its widget's."""
IN_DIALOGS = KeyGroup(
    "dialogos",
    "Em todo lugar",
    tuple(
        replace(key, action=f"app.{key.action}", shown=False)
        for key in DESK.keys
        if key.id in ("ajuda", "paleta", QUIT)
    ),
)
"""The few that also work while a question or a list lies over the desk, where Textual hides the app's."""
COMMAND_GROUPS = (
    DESK,
    MESA,
    CHAMADO_VERBS,
    CHAMADO_PAGES,
    CHAMADOS,
    TRIAGE,
    HISTORY,
    SERVICES,
    TODAY,
    TASKS,
    RUNBOOK,
    PENDING,
    ROUND,
    HANDOVER,
    READING,
)
