"""The file to start from: every key, with its meaning, in the words of the people who fill it in."""


def example_config() -> str:
    """Return a commented TOML with every key; as it stands, it configures nothing and is valid."""
    return _EXAMPLE


_EXAMPLE = """\
# Plantão: configuração. Tire o "#" das linhas que usar; plantao diagnostico confere tudo.
#
# Segredos: cada chave ou senha pode vir de um programa, em vez de ficar escrita aqui:
#   chave_cmd = ["pass", "show", "freshdesk"]     (lista de palavras; nenhum shell a interpreta)
# Um arquivo com chave ou senha escrita precisa ser só seu: chmod 600.
# Toda linha também pode vir do ambiente: PLANTAO_FRESHDESK__CHAVE, PLANTAO_REDMINE__URL, ...

# Arquivo da equipe, lido por baixo deste (sem esta linha: /etc/plantao/equipe.toml, se existir)
# equipe = "/srv/equipe/plantao.toml"

# Cores: um tema do Textual
# tema = "textual-dark"

# Certificados (PEM) da autoridade da empresa, se os sistemas usam um que a máquina não conhece
# ca_arquivo = "/etc/ssl/empresa.pem"

# Nomes, logins e e-mails de pessoas de dentro, além dos agentes do Freshdesk: o Plantão avisa quando um
# deles aparece numa resposta ao cliente
# nomes_internos = ["Fulana", "bsilva", "dev@empresa.example"]

# Onde ficam os dados locais (rascunhos, chamados, registros): uma pasta só sua
# pasta_de_dados = "~/.local/state/plantao"

# Onde ficam os anexos baixados (b na fila), numa pasta por ticket
# pasta_de_downloads = "~/Downloads"

# [freshdesk]
# url = "https://empresa.freshdesk.com"
# chave = "sua-chave-de-API"         # do seu perfil no Freshdesk
# intervalo = 60                       # segundos entre duas leituras da fila

# [redmine]
# url = "https://redmine.empresa.example"
# chave = "sua-chave-de-API"         # de Minha conta no Redmine
# campo_ticket = "Freshdesk"           # campo personalizado com o número do ticket: nome ou id
# campo_cliente = "Cliente"            # o que diz de qual cliente é a tarefa: as horas se somam por ele

# [atender]
# projeto = "suporte"                  # projeto das tarefas novas: identificador ou nome
# atividade = "Atendimento"            # atividade do tempo registrado
# tempo_no_freshdesk = false           # true: o tempo vai também para o ticket

# [atender.projetos]                   # empresa do ticket = projeto
# "Padaria Exemplo Ltda" = "padaria"

# [atender.trackers]                   # Tipo do ticket = tipo da tarefa, onde os nomes diferem
# "Dúvida" = "Atendimento"

# [tarefas]                            # as tarefas do Redmine que são suas (2)
# intervalo = 60                       # segundos entre duas leituras do que mudou
# em_andamento = "Em andamento"        # a situação da tarefa que se começa (i); só uma por pessoa
# parada = "Aberto"                    # a situação da que para; se o Redmine não a oferece, pergunta
# dias_concluidas = 30                 # por quantos dias uma tarefa concluída ainda aparece
# colunas = ["situacao", "com", "alterada", "prazo", "horas", "tipo", "projeto"]
#                                      # a que mais importa primeiro; há também prioridade, autor, feito,
#                                      # versao e papel

# [tarefas.visoes.urgentes]            # uma visão sua: o que as linhas abaixo deixam de outra
# de = "minhas"                        # minhas, criadas, observadas, concluidas, bloqueadas ou sem_horas
# situacao = ["Em andamento"]          # qualquer uma destas; o mesmo em tipo, projeto e prioridade
# tipo = ["Bug"]
# projeto = ["ERP"]
# prioridade = ["Alta", "Urgente"]
# atribuida = ["Fulana"]               # parte do nome; "" é ninguém
# texto = "nota fiscal"                # palavras que a tarefa precisa ter
# ordem = "prazo"                      # prazo, alterada, concluida, prioridade, numero ou titulo

# [slack]                              # um app interno do próprio workspace da equipe
# chave = "xoxp-seu-token"             # xoxp-: escreve em seu nome; xoxb-: em nome do app
# url = "https://slack.com/api"
# canal_tickets = "freshdesk"          # nome ou id do canal em que os tickets novos aparecem
# canal_gestor = "gestor_suporte"      # onde se pergunta para quem direcionar, e a prioridade
# canal_servidores = "gestor_remote"   # onde se avisa que entrou num servidor, e que saiu
# canal_rotina = ""                    # onde sai o resumo da rotina da manhã; vazio: só se copia
# canal_passagem = "suporte"           # onde sai a passagem de turno, em vez do da rotina; vazio: não sai
# intervalo = 30                       # segundos entre duas leituras de um canal

# [passagem]
# pasta = "/srv/equipe/passagens"      # pasta comum dos analistas desta máquina, para a ciência

# [monitor]
# tipo = "html"                        # html (página com login), json ou csv
# url = "https://monitor.empresa.example"
# usuario = "analista"
# senha = "a senha da página"
# nome = "Monitoramento"               # o nome desta fonte, onde há outras
# arquivo = "servicos.csv"             # json ou csv nesta máquina, em vez de url
# intervalo = 120                      # segundos entre duas leituras
# minutos_sem_verificacao = 60         # verificado há mais tempo (coluna ou verificado_em): desconhecido

# [monitor.pagina]                     # só onde a página difere do comum; seletores CSS
# caminho_login = "/home/login"
# caminho_situacao = "/"
# campo_usuario = ""                   # atributo name do campo; vazio: o Plantão procura
# campo_senha = ""
# formato = "list"                     # list: uma linha por serviço; matrix: serviços em colunas
# linha = "table tbody tr"
# cliente = "td:nth-child(1)"
# servico = "td:nth-child(2)"
# situacao = "td:nth-child(3)"
# desde = "td:nth-child(4)"
# observacao = "td:nth-child(5)"
# tipo = ""
# cabecalho = "table thead tr"
# ausente = ["-", "n/a"]
# verificado_em = ""                   # onde a página diz quando verificou pela última vez
# proxima = ""                         # o link da próxima página, se os serviços ocupam várias
# [monitor.pagina.ok]                  # o que significa que o serviço funciona
# classes = ["success", "verde"]
# estilos = ["green", "#00ff00"]
# textos = ["ok", "rodando"]
# fragmentos = ["verde"]               # palavras no nome ou no texto de uma figura
# [monitor.pagina.falha]               # o que significa que não
# classes = ["danger", "vermelho"]
# estilos = ["red"]
# textos = ["parado"]
# fragmentos = ["vermelho"]

# [monitor.outras.filial]              # mais fontes, cada uma com seu nome e as mesmas chaves de [monitor]
# tipo = "csv"
# arquivo = "filial.csv"

# [monitor.clientes]                   # cliente como uma fonte o escreve = como ele se chama
# "PADARIA EXEMPLO LTDA" = "Padaria Exemplo"

# [roteiros]
# pasta = "/etc/plantao/roteiros"      # roteiros da equipe: um TOML cada; plantao roteiros conferir ARQUIVO
# programas = ["abrir-conexao"]        # programas da equipe que só olham ou conectam, só o nome: o comando
#                                      # de um passo e o comando_local podem usá-los; outros são recusados
# comando_local = ["abrir-conexao", "{servidor}"]  # programa desta máquina para os passos com comando;
#                                      # {servidor}, {cliente} e {servico}; é mostrado antes de ser executado

# [servidores]
# minutos = 60                         # num servidor, de quanto em quanto tempo se pergunta se saiu
# anuncio_entrada = "Entrando em {cliente}"   # proposto ao entrar; também {servidor} e {servico}
# anuncio_saida = "Saí de {cliente}"
# palavras_entrada = ["entrando", "entrei"]   # o que a equipe escreve ao entrar, no lugar do que vem pronto
# palavras_saida = ["saí", "saindo"]          # e ao sair
# [servidores.codigos]                 # código que o ConnectRemote pede, por cliente
# "Cliente Exemplo" = "exemplo/srv01"
# [servidores.apelidos]                # como mais a equipe chama o cliente no Slack
# "Cliente Exemplo" = ["exemplinho"]

# [jornada]                            # contra o que se medem as horas registradas, no modo Hoje
# facultativos = ["Carnaval", "Corpus Christi"]   # pontos facultativos em que não se trabalha
# [jornada.horas]                      # por dia da semana, onde não são 8h de segunda a sexta
# sex = "7h30"
# [jornada.feriados]                   # da equipe: os nacionais já são conhecidos
# "24/12" = "Recesso"                  # todo ano; ou "24/12/2026"

# [licencas]                           # a lista que confere o e-mail da licença de um chamado
# arquivo = "licencas.csv"             # ou url (com chave, se o serviço pedir):
# url = "https://painel.empresa.example/licencas"
# chave = "chave-desse-servico"
# experiencia = "avisa"                # licença de experiência não vencida: "aceita", "avisa" ou "recusa"

# [chamados]
# aviso = "Texto do aviso antes do formulário, no lugar do que vem pronto"
# pasta = "/srv/equipe/chamados"       # quadro comum dos analistas desta máquina; sem ela, cada um tem o seu
# dias_parado = 3                      # dias na mesma situação a partir dos quais o kanban marca ▲ parado
# intervalo = 60                       # segundos entre duas leituras do quadro

# quadro = "local"                     # redmine: no Redmine da equipe, no projeto abaixo

# [chamados.redmine]                   # o quadro no Redmine de [redmine]; plantao quadro migrar leva o local
# projeto = "chamados"                 # identificador ou nome
# tracker = "Chamado"                  # tipo das tarefas
# projeto_aprovado = "desenvolvimento" # para onde vai o aprovado; sem ela, fica no projeto
# tracker_aprovado = "Erro"            # tipo do aprovado; sem ela, fica com o seu

# [chamados.redmine.campos]            # campos personalizados com outro nome: nome ou número
# chamado = "Chamado"                  # só este é preciso: texto, usado como filtro
# ferramenta = "Ferramenta"
# integracao = "Integração"
# email_licenca = "E-mail da licença"
# licenca = "Licença"
# notificar = "Notificar"
# fluxo = "Fluxo"
# ticket = "Ticket"
# autor = "Autor"
# url = "URL de homologação"
# versao = "Versão publicada"

# [chamados.rotulos]                   # situação = como a equipe a chama
# a_fazer = "A fazer"

# [email]                              # avisos dos chamados: um e-mail para cada pessoa, por SMTP
# servidor = "smtp.empresa.example"
# seguranca = "starttls"               # starttls, tls, ou nenhuma (só para esta própria máquina)
# porta = 587                          # sem esta linha, a usual: 587 com starttls, 465 com tls
# usuario = "plantao@empresa.example"  # sem login: tire usuario e senha
# senha = "a senha do e-mail"
# remetente = "plantao@empresa.example"
# nome = "Suporte Exemplo"             # o nome que aparece junto do remetente

# [chamados.lexico]                    # palavras da equipe, somadas às do conferidor de chamados
# locais = ["Central de Trocas"]       # telas, documentos e integrações que um título pode citar
# situacoes = ["em duplicidade"]       # o que diz, num título, que algo vai mal
# falhas = ["travar"]                  # verbos que o dizem, no infinitivo
# adjetivos = ["errado"]               # adjetivos que o dizem, no masculino
# genericas = ["urgente"]              # palavras que não dizem nada
# apelos = ["para ontem"]              # o que não cabe num título
# pedidos = ["solicitamos"]            # como começa um título que pede coisa nova
# menus = ["Minhas Lojas"]             # onde um fluxo pode começar
# acoes = ["apurar"]                   # com que um fluxo pode terminar
# usuarios = ["franqueado"]            # o que diz com qual usuário acontece
# passos = ["tocar"]                   # verbos do passo a passo
# esperado = ["contávamos com"]        # o que diz o que era esperado
# sem_mensagem = ["fica muda"]         # o que diz que não aparece mensagem
# quando = ["no fechamento"]           # o que diz desde quando, ou quantas vezes
# prints = ["segue retrato"]             # o que cita um arquivo, que então tem de ir junto
# modelo = ["Responda nesta linha"]    # frases do modelo da equipe que não podem sobrar

# [assistente]                         # modelo que propõe outra descrição (F2 no formulário); sem esta
#                                      # seção o assistente só reordena o texto, nesta máquina
# url = "http://localhost:11434/v1"    # Ollama, llama.cpp, vLLM ou serviço compatível com a OpenAI
# modelo = "llama3.1"                  # como o servidor o chama
# chave = "chave-do-servidor"          # só se o servidor pedir

# [respostas]
# arquivo = "modelos.toml"             # modelos de resposta da equipe: [[modelo]] com titulo, pasta e texto
# segundos_para_desfazer = 8           # quanto tempo se pode desfazer um envio (resposta, nota, chamado)
# em_analise = "Recebemos sua mensagem; está em análise."  # texto da resposta "em análise"
# palavras_para_ligar = 400            # resposta mais longa que isso: sugere explicar por telefone; 0 desliga
# voltas_para_ligar = 3                # cliente que voltou tantas vezes: sugere telefone; 0 desliga

# [teclas]                             # comando = tecla; "" desliga; plantao teclas mostra os nomes
# responder = "r"
# fila.filtrar = "f, /"
"""
