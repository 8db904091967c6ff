"""``plantao tarefas`` and ``plantao tarefa``. Each imports what it needs when it runs, as in ``main``."""

import click

from .click_pt import Command, local

_json = click.option("--json", "as_json", is_flag=True, help="Escreve JSON, para outros programas.")
_csv = click.option("--csv", "as_csv", is_flag=True, help="Escreve as linhas em CSV, para uma planilha.")


@click.command(cls=Command)
@click.option(
    "--vista",
    "view",
    metavar="VISTA",
    shell_complete=local("task_views"),
    help="novidades, minhas (de costume), criadas, observadas, concluidas, bloqueadas, sem_horas, ou o nome"
    " de uma sua.",
)
@_json
@_csv
def tarefas(view: str | None, as_json: bool, as_csv: bool) -> int:
    """Lista as suas tarefas do Redmine numa vista, e conta as das outras."""
    if as_json and as_csv:
        raise click.UsageError("--json e --csv: escolha um.")
    from .running import told
    from .tasks import list_tasks

    return told(list_tasks, view, as_json, as_csv)


@click.command(cls=Command)
@click.argument("task_id", metavar="N", type=click.IntRange(min=1), shell_complete=local("tasks"))
@_json
@_csv
def tarefa(task_id: int, as_json: bool, as_csv: bool) -> int:
    """Mostra uma tarefa inteira: campos, subtarefas, relações, horas e o histórico em palavras."""
    if as_json and as_csv:
        raise click.UsageError("--json e --csv: escolha um.")
    from .running import told
    from .tasks import show_one_task

    return told(show_one_task, task_id, as_json, as_csv)
