"""What Redmine left out of a move that it made: it says nothing of it."""

from collections.abc import Iterator, Mapping

from ..models.task import Task
from ..models.task_changes import custom_values
from .columns import REQUIRED, Column
from .redmine_place import BoardPlace, Layout

WAY_OUT = (
    "Não mova de novo. Mude o que falta na própria tarefa, no Redmine, ou peça a quem o administra: sua "
    "função precisa criar e editar tarefas nos dois projetos, e os campos precisam estar nos dois tipos."
)


def left_out(task: Task, body: Mapping[str, object], place: BoardPlace, layout: Layout) -> Iterator[str]:
    """Yield, in words, what of ``body`` the task, as it was read since, does not have."""
    if body.get("project_id") not in (None, task.project.id):
        yield f"a tarefa continua no projeto “{task.project.name}”"
    if body.get("tracker_id") not in (None, task.tracker.id):
        yield f"o tipo continua “{task.tracker.name}”"
    if not layout.chamado_of(task):
        yield f"a tarefa {task.id} ficou sem o campo “{place.called(REQUIRED)}”, e não será mais achada"
    if "due_date" in body and str(task.due_date or "") != body["due_date"]:
        yield "o prazo não ficou"
    wanted = {each["id"]: each["value"] for each in _custom(body)}
    for column in (Column.URL, Column.VERSION):
        number = layout.columns.get(column)
        if number is not None and number in wanted and custom_values(task, number) != (wanted[number],):
            yield f"o campo “{place.called(column)}” não ficou"


def _custom(body: Mapping[str, object]) -> tuple[Mapping[str, object], ...]:
    given = body.get("custom_fields")
    return tuple(given) if isinstance(given, list) else ()
