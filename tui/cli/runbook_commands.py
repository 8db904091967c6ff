"""The options of ``plantao roteiros``. Like `main`, it imports nothing heavy."""

from pathlib import Path

import click

from .click_pt import Group, local
from .exit_codes import Code

_json = click.option("--json", "as_json", is_flag=True, help="Escreve JSON, para outros programas.")


@click.group(cls=Group, invoke_without_command=True)
@_json
@click.pass_context
def roteiros(ctx: click.Context, as_json: bool) -> int:
    """Lista os roteiros de acesso a servidores, os do Plantão e os da equipe."""
    if ctx.invoked_subcommand is not None:
        return Code.OK
    from .runbooks import list_runbooks
    from .running import told

    return told(list_runbooks, as_json)


@roteiros.command("ver")
@click.argument("runbook_id", metavar="ROTEIRO", shell_complete=local("runbooks"))
@_json
def show_one(runbook_id: str, as_json: bool) -> int:
    """Mostra um roteiro, passo a passo."""
    from .runbooks import show_runbook
    from .running import told

    return told(show_runbook, runbook_id, as_json)


@roteiros.command("exemplo")
def show_example() -> int:
    """Escreve na tela um roteiro de exemplo, com cada chave explicada."""
    from .runbooks import show_example
    from .running import told

    return told(show_example)


@roteiros.command("conferir")
@click.argument("paths", metavar="ARQUIVO...", nargs=-1, required=True, type=click.Path(path_type=Path))
def check_files(paths: tuple[Path, ...]) -> int:
    """Confere arquivos de roteiro, e diz por linha o que está errado; um comando só pode olhar."""
    from .runbooks import check_runbooks
    from .running import told

    return told(check_runbooks, paths)
