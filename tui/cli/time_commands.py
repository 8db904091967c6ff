"""``plantao tempo`` and ``plantao horas``. Each imports what it needs when it runs, as in ``main``."""

import click

from .click_pt import Command, Group, local
from .exit_codes import Code

_json = click.option("--json", "as_json", is_flag=True, help="Escreve JSON, para outros programas.")


@click.group(cls=Group, invoke_without_command=True)
@_json
@click.pass_context
def tempo(ctx: click.Context, as_json: bool) -> int:
    """Mostra os cronômetros; tempo iniciar N e tempo pausar mexem neles."""
    if ctx.invoked_subcommand is not None:
        return Code.OK
    from .running import told
    from .timers import show_timers

    return told(show_timers, as_json)


@tempo.command()
@click.argument("ticket_id", metavar="N", type=click.IntRange(min=1), shell_complete=local("tickets"))
def iniciar(ticket_id: int) -> int:
    """Conta o tempo do ticket; o que contava fica pausado."""
    from .running import told
    from .timers import start_timer

    return told(start_timer, ticket_id)


@tempo.command()
def pausar() -> int:
    """Pausa o que estiver contando."""
    from .running import told
    from .timers import pause_timers

    return told(pause_timers)


@click.command(cls=Command)
@click.option("--semana", "week", is_flag=True, help="A semana inteira, também por tarefa e por cliente.")
@click.option(
    "--graficos",
    "charts",
    is_flag=True,
    help="Os gráficos das duas últimas semanas: horas, tickets e 1ª resposta.",
)
@_json
@click.option("--csv", "as_csv", is_flag=True, help="Escreve o mesmo em CSV, para uma planilha.")
def horas(week: bool, charts: bool, as_json: bool, as_csv: bool) -> int:
    """Mostra as horas de hoje contra a jornada, e o que foi feito sem hora registrada."""
    if as_json and as_csv:
        raise click.UsageError("--json e --csv: escolha um.")
    if charts and week:
        raise click.UsageError("--graficos já mostra duas semanas: não combina com --semana.")
    from .hours import show_charts, show_hours_of
    from .running import told

    if charts:
        return told(show_charts, as_json, as_csv)
    return told(show_hours_of, week, as_json, as_csv)
