"""``plantao`` and its commands. Each imports what it needs when it runs; ``--help`` needs only this file."""

import sys
from pathlib import Path

import click

from .chamado_commands import chamado
from .click_pt import Group, complaint, local
from .exit_codes import EXPLAINED, Code
from .runbook_commands import roteiros
from .shift_commands import passagem, rotina
from .task_commands import tarefa, tarefas
from .time_commands import horas, tempo

_json = click.option("--json", "as_json", is_flag=True, help="Escreve JSON, para outros programas.")


@click.group(
    cls=Group,
    invoke_without_command=True,
    epilog=f"\b\n{EXPLAINED}",
    context_settings={"max_content_width": 100},
)
@click.version_option(package_name="plantao", message="plantao %(version)s", help="Mostra a versão.")
@click.pass_context
def plantao(ctx: click.Context) -> int:
    """Plantão: o console do plantão de suporte. Sem comando, abre a mesa."""
    if ctx.invoked_subcommand is not None:
        return Code.OK
    from .running import open_desk, told

    return told(open_desk)


@plantao.command()
@click.option(
    "--pasta",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="PASTA",
    help="Guarda tudo nesta pasta, para continuar depois; sem ela, nada fica.",
)
@click.option(
    "--roteiros",
    "runbooks",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="PASTA",
    help="Usa também os roteiros desta pasta.",
)
@click.option("--servir", "serve", is_flag=True, help="Sem tela: serve os outros comandos até Ctrl+C.")
def demo(folder: Path | None, runbooks: Path | None, serve: bool) -> int:
    """Abre a mesa numa empresa inventada, sem configurar nada."""
    from .demo import demonstrate
    from .running import told

    return told(demonstrate, folder, runbooks=runbooks, serve=serve)


@plantao.command()
@_json
def diagnostico(as_json: bool) -> int:
    """Confere cada sistema; diz o que está errado e como consertar."""
    from .diagnosis import diagnose
    from .running import told

    return told(diagnose, as_json)


@plantao.command()
@click.option("--falhas", "only_red", is_flag=True, help="Só os que estão em falha.")
@click.option("--explicar", "explain", is_flag=True, help="Mostra o que foi lido de onde, fonte a fonte.")
@_json
def servicos(only_red: bool, explain: bool, as_json: bool) -> int:
    """Lista os serviços dos clientes; sai com 1 se algum não está bem."""
    if explain and only_red:
        raise click.UsageError("--explicar mostra as fontes inteiras: não combina com --falhas.")
    from .running import told

    if explain:
        from .explain_services import explain_services

        return told(explain_services, as_json)
    from .headless import show_services

    return told(show_services, only_red, as_json)


plantao.add_command(rotina)
plantao.add_command(passagem)


@plantao.command()
@click.option(
    "--vista",
    "view",
    metavar="VISTA",
    shell_complete=local("queue_views"),
    help="Só uma vista: a_validar, sem_resposta, minha_vez, aguardando_cliente, aguardando_desenvolvimento,"
    " vencendo.",
)
@_json
def fila(view: str | None, as_json: bool) -> int:
    """Lista a fila de tickets, os mais urgentes primeiro."""
    from .headless import show_queue
    from .running import told

    return told(show_queue, view, as_json)


@plantao.command()
@click.argument("ticket_id", metavar="N", type=click.IntRange(min=1), shell_complete=local("tickets"))
@_json
def ticket(ticket_id: int, as_json: bool) -> int:
    """Mostra um ticket com toda a conversa e as tarefas."""
    from .headless import show_ticket
    from .running import told

    return told(show_ticket, ticket_id, as_json)


@plantao.command()
@click.argument("ticket_id", metavar="N", type=click.IntRange(min=1), shell_complete=local("tickets"))
@click.option("--tipo", "type_", default="", metavar="TIPO", help="Tipo do ticket, e da tarefa.")
@click.option(
    "--tarefa",
    "task",
    default="",
    metavar="TAREFA",
    shell_complete=local("task_to_attend"),
    help="nova, nenhuma, ou o número de uma.",
)
@click.option("--projeto", "project", default="", metavar="PROJETO", help="Onde a tarefa nova nasce.")
@click.option("--titulo", "subject", default="", metavar="TEXTO", help="Título da tarefa nova.")
@click.option(
    "--campo",
    "fields",
    multiple=True,
    metavar="CAMPO=VALOR",
    help="Campo próprio da tarefa nova, por número ou nome; pode repetir.",
)
@click.option(
    "--situacao-tarefa",
    "task_status",
    default="",
    metavar="SITUAÇÃO",
    help="Situação da tarefa que já há.",
)
@click.option("--tempo", "time", default="", metavar="TEMPO", help="Tempo gasto: 25min, 1h30.")
@click.option("--atividade", "activity", default="", metavar="ATIVIDADE", help="Atividade do tempo.")
@click.option("--comentario", "comments", default="", metavar="TEXTO", help="Comentário do tempo.")
@click.option("--responder", "reply", metavar="TEXTO", help="Responde isto ao cliente.")
@click.option("--nota", "note", metavar="TEXTO", help="Grava isto como nota interna.")
@click.option("--modelo", "template", metavar="TÍTULO", help="Responde com este modelo.")
@click.option("--em-analise", "in_review", is_flag=True, help="Responde que está em análise.")
@click.option("--sem-resposta", "silent", is_flag=True, help="Não escreve nada no ticket.")
@click.option("--status", "status", default="", metavar="SITUAÇÃO", help="Situação em que o ticket fica.")
@click.option("--simular", "simulate", is_flag=True, help="Só mostra os passos; nada é enviado.")
@click.option("--sim", "yes", is_flag=True, help="Faz sem perguntar.")
@_json
def atender(ticket_id: int, type_: str, simulate: bool, yes: bool, as_json: bool, **asked: object) -> int:
    """Atende um ticket: tipo, tarefa, tempo, resposta e situação, cada passo uma vez."""
    from .attend import attend_ticket
    from .attend_asked import Asked
    from .running import told

    return told(attend_ticket, ticket_id, Asked.read(type=type_, **asked), simulate, yes, as_json)


@plantao.group(cls=Group, invoke_without_command=True)
@_json
@click.pass_context
def pendencias(ctx: click.Context, as_json: bool) -> int:
    """Lista o que foi confirmado e ainda não teve desfecho, e as perguntas feitas no Slack.

    Sai com 5 se algo não teve desfecho; uma pergunta que espera resposta não conta.
    """
    if ctx.invoked_subcommand is not None:
        return Code.OK
    from .pending import show_pending
    from .running import told

    return told(show_pending, as_json)


@pendencias.command()
@click.argument("operation", metavar="OPERAÇÃO", shell_complete=local("open_operations"))
@_json
def continuar(operation: str, as_json: bool) -> int:
    """Confere o que foi feito de uma operação e continua de onde parou; nada vai duas vezes."""
    from .pending import go_on
    from .running import told

    return told(go_on, operation, as_json)


@pendencias.command()
@click.argument("question_id", metavar="PERGUNTA", shell_complete=local("open_questions"))
def deixar(question_id: str) -> int:
    """Deixa de acompanhar uma pergunta feita no Slack."""
    from .pending import leave_question
    from .running import told

    return told(leave_question, question_id)


@plantao.command()
@_json
def chamados(as_json: bool) -> int:
    """Lista os rascunhos e os chamados enviados."""
    from .headless import show_chamados
    from .running import told

    return told(show_chamados, as_json)


plantao.add_command(chamado)
plantao.add_command(tarefas)
plantao.add_command(tarefa)


@plantao.command()
@_json
def sincronizar(as_json: bool) -> int:
    """Uma rodada sem tela, para o cron: lê o quadro, avisa por e-mail o que é novo, confere o que parou."""
    from .letters import synchronise
    from .running import told

    return told(synchronise, as_json)


@plantao.command()
@click.argument("path", metavar="ARQUIVO", type=click.Path(path_type=Path))
@_json
def avaliar(path: Path, as_json: bool) -> int:
    """Confere chamados de uma tabela pelas regras; com rótulos, diz quanto elas acertam.

    ARQUIVO é CSV ou JSONL com as colunas título, fluxo e descrição (uma basta) e, se houver, ferramenta,
    arquivos, rótulo (bom ou ruim), regras (as esperadas, separadas por ;) e parte.
    """
    from .evaluate import evaluate_file
    from .running import told

    return told(evaluate_file, path, as_json)


plantao.add_command(roteiros)


@plantao.group(cls=Group)
def quadro() -> None:
    """Cuida do quadro de chamados; quadro migrar o leva desta máquina ao Redmine."""


@quadro.command()
@click.option("--simular", "simulate", is_flag=True, help="Só mostra o que seria feito; nada é escrito.")
@_json
def migrar(simulate: bool, as_json: bool) -> int:
    """Leva os chamados do quadro local ao do Redmine; interrompido, continua de onde parou."""
    from .board import migrate_board
    from .running import told

    return told(migrate_board, simulate, as_json)


plantao.add_command(tempo)
plantao.add_command(horas)


@plantao.command()
@_json
@click.option("--markdown", "as_markdown", is_flag=True, help="Escreve as tabelas do README.")
def teclas(as_json: bool, as_markdown: bool) -> int:
    """Mostra as teclas e os nomes com que [teclas] as muda."""
    from .keys import show_keys
    from .running import told

    return told(show_keys, as_json, as_markdown)


@plantao.command()
@click.argument("shell", metavar="bash|zsh|fish", type=click.Choice(("bash", "zsh", "fish")))
def completar(shell: str) -> int:
    """Escreve o que faz o shell completar plantao com Tab, também números de tickets e chamados.

    \b
    bash: plantao completar bash >> ~/.bashrc
    zsh:  plantao completar zsh >> ~/.zshrc
    fish: plantao completar fish > ~/.config/fish/completions/plantao.fish
    """
    from .completion import print_script
    from .running import told

    return told(print_script, shell, plantao)


@plantao.command()
@click.option("--mostrar", "only_show", is_flag=True, help="Só escreve o exemplo na tela.")
def configurar(only_show: bool) -> int:
    """Escreve um arquivo de configuração comentado, se ainda não há um."""
    from .example import write_example
    from .running import told

    return told(write_example, only_show)


def run(arguments: list[str]) -> int:
    """Run a command line; return its exit code. Data goes to stdout, all talk to stderr."""
    try:
        code: object = plantao.main(arguments, prog_name="plantao", standalone_mode=False)
    except click.ClickException as error:
        sys.stderr.write(f"plantao: {complaint(error)}\nplantao --help mostra como usar.\n")
        return Code.USAGE
    except click.Abort:
        return Code.INTERRUPTED
    return code if isinstance(code, int) else Code.OK
