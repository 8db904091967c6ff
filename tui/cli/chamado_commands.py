"""The options of ``plantao chamado``. Like `main`, it imports nothing heavy."""

from pathlib import Path

import click

from .click_pt import Group, local
from .exit_codes import Code

_json = click.option("--json", "as_json", is_flag=True, help="Escreve JSON, para outros programas.")
_simulate = click.option("--simular", "simulate", is_flag=True, help="Só confere; nada é feito.")
_yes = click.option("--sim", "yes", is_flag=True, help="Faz sem perguntar.")
_number = click.argument("number", metavar="N", type=click.IntRange(min=1), shell_complete=local("chamados"))


@click.group(cls=Group)
def chamado() -> int:
    """Chamado técnico sem tela: novo, enviar, ver, mover, triagem."""
    return Code.OK


@chamado.command()
@click.argument("file", metavar="[ARQUIVO]", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--ticket",
    "ticket_id",
    metavar="N",
    type=click.IntRange(min=1),
    shell_complete=local("tickets"),
    help="Começa de um ticket.",
)
@click.option("--exemplo", "example", is_flag=True, help="Só escreve na tela um arquivo de exemplo.")
@_json
def novo(file: Path | None, ticket_id: int | None, example: bool, as_json: bool) -> int:
    """Guarda um rascunho, de um arquivo TOML ou JSON ou de um ticket, e diz o que falta."""
    from .chamado import new_chamado
    from .running import told

    return told(new_chamado, file, ticket_id, example, as_json)


@chamado.command()
@click.argument("source", metavar="ARQUIVO|RASCUNHO", shell_complete=local("drafts"))
@click.option("--entendi", "understood", is_flag=True, help="Confirma que leu o aviso: testes, ajuda, apoio.")
@click.option(
    "--licenca-nao-verificada",
    "accept_unchecked",
    is_flag=True,
    help="Envia mesmo sem verificar a licença; fica registrado.",
)
@_simulate
@_yes
@_json
def enviar(
    source: str, understood: bool, accept_unchecked: bool, simulate: bool, yes: bool, as_json: bool
) -> int:
    """Confere e envia um arquivo, ou um rascunho por seu id; o mesmo nunca vai duas vezes."""
    from .chamado import send_chamado
    from .running import told

    return told(send_chamado, source, understood, accept_unchecked, simulate, yes, as_json)


@chamado.command()
@_number
@_json
def ver(number: int, as_json: bool) -> int:
    """Mostra um chamado com todo o andamento."""
    from .chamado_shown import show_one
    from .running import told

    return told(show_one, number, as_json)


@chamado.command()
@_number
@click.argument("status", metavar="SITUAÇÃO")
@click.option("--motivo", "comment", default="", metavar="TEXTO", help="Motivo, pergunta ou comentário.")
@click.option("--url", default="", metavar="URL", help="Onde testar, ao publicar em homologação.")
@click.option("--versao", "version", default="", metavar="VERSÃO", help="Versão, ao publicar.")
@click.option("--prazo", "deadline", default="", metavar="DATA", help="Prazo, ao aprovar: 30/09/2026.")
@click.option(
    "--duplicado-de",
    "duplicate_of",
    metavar="N",
    type=click.IntRange(min=1),
    shell_complete=local("chamados"),
    help="O chamado original.",
)
@_simulate
@_yes
@_json
def mover(
    number: int,
    status: str,
    comment: str,
    url: str,
    version: str,
    deadline: str,
    duplicate_of: int | None,
    simulate: bool,
    yes: bool,
    as_json: bool,
) -> int:
    """Leva um chamado a outra situação, se a tabela permite, e avisa quem deve saber."""
    from .chamado_move import MoveAsked, move_chamado
    from .running import told

    asked = MoveAsked(status, comment, url, version, deadline, duplicate_of)
    return told(move_chamado, number, asked, simulate, yes, as_json)


@chamado.command()
@_json
def triagem(as_json: bool) -> int:
    """Lista o que espera triagem, o mais antigo primeiro, com os achados de cada um."""
    from .chamado_shown import show_triage
    from .running import told

    return told(show_triage, as_json)
