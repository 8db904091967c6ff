"""The options of ``plantao rotina`` and ``plantao passagem``. Like `main`, it imports nothing heavy."""

import click

from .click_pt import Group
from .exit_codes import Code

_json = click.option("--json", "as_json", is_flag=True, help="Escreve JSON, para outros programas.")
_team = click.option(
    "--todos",
    "whole_team",
    is_flag=True,
    help="Com os prazos e tickets da equipe toda, não só os seus e os sem responsável.",
)


@click.group(cls=Group, invoke_without_command=True)
@click.option("--resumo", "as_text", is_flag=True, help="Escreve o resumo, como sairia no Slack.")
@_json
@click.pass_context
def rotina(ctx: click.Context, as_text: bool, as_json: bool) -> int:
    """Mostra a rotina da manhã de hoje, com dados lidos agora; sai com 1 se há item por fazer."""
    if ctx.invoked_subcommand is not None:
        return Code.OK
    from .morning import show_round
    from .running import told

    return told(show_round, as_text, as_json)


@click.group(cls=Group, invoke_without_command=True)
@click.option("--texto", "as_text", is_flag=True, help="Escreve o texto, como sairia no Slack.")
@_team
@_json
@click.option("--csv", "as_csv", is_flag=True, help="Escreve as linhas em CSV, para uma planilha.")
@click.pass_context
def passagem(ctx: click.Context, as_text: bool, whole_team: bool, as_json: bool, as_csv: bool) -> int:
    """Mostra a passagem de turno que se prepara, com dados lidos agora."""
    if ctx.invoked_subcommand is not None:
        return Code.OK
    if as_text + as_json + as_csv > 1:
        raise click.UsageError("--texto, --json e --csv: escolha um.")
    from .handover import show_preparing
    from .running import told

    return told(show_preparing, whole_team, as_text, as_json, as_csv)


@passagem.command("ver")
@_json
def show_handed(as_json: bool) -> int:
    """Mostra a última passagem de cada pessoa, linha a linha; sai com 1 se há linha à sua espera."""
    from .handover import show_handed
    from .running import told

    return told(show_handed, as_json)


@passagem.command("publicar")
@click.option("--simular", "simulate", is_flag=True, help="Só mostra o texto; nada é feito.")
@click.option("--sim", "yes", is_flag=True, help="Passa o turno sem perguntar.")
@_team
@_json
def hand_over(simulate: bool, yes: bool, whole_team: bool, as_json: bool) -> int:
    """Passa o turno: o texto sai no Slack uma vez só, ou é escrito aqui."""
    from .handover_acts import hand_over
    from .running import told

    return told(hand_over, whole_team, simulate, yes, as_json)


@passagem.command("ciente")
@click.argument("numbers", metavar="[N…]", type=click.IntRange(min=1), nargs=-1)
@click.option("--tudo", "everything", is_flag=True, help="Dá ciência de todas as linhas.")
@click.option("--nota", "note", default="", metavar="TEXTO", help="Pergunta a quem passou, na linha N.")
@click.option("--de", "who", default="", metavar="NOME", help="De quem é a passagem, se mais de uma espera.")
@_json
def acknowledge(numbers: tuple[int, ...], everything: bool, note: str, who: str, as_json: bool) -> int:
    """Dá ciência das linhas N da passagem que espera por você, como «ver» as numera."""
    if everything == bool(numbers):
        raise click.UsageError("Diga as linhas N, ou --tudo.")
    if note and len(numbers) != 1:
        raise click.UsageError("Com --nota, diga uma linha N só.")
    from .handover_acts import acknowledge
    from .running import told

    return told(acknowledge, numbers, note, who, as_json)


@rotina.command("fechar")
@click.option("--simular", "simulate", is_flag=True, help="Só mostra o resumo; nada é feito.")
@click.option("--sim", "yes", is_flag=True, help="Fecha sem perguntar.")
@_json
def close_today(simulate: bool, yes: bool, as_json: bool) -> int:
    """Fecha a rotina já conferida na tela: o resumo sai no Slack uma vez só, ou é escrito aqui."""
    from .morning_close import close_round
    from .running import told

    return told(close_round, simulate, yes, as_json)
