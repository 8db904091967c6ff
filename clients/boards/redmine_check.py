"""What a Redmine lacks of what a board needs, told before somebody sends a chamado."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from ..errors import Forbidden, NotFound
from ..models.lifecycle import ChamadoStatus
from ..models.moves import ARROWS
from ..models.project import Project
from ..redmine import Redmine
from .columns import REQUIRED, Column
from .redmine_place import BoardPlace, Layout
from .redmine_reading import without_twins
from .redmine_unmarked import WAY_OUT, lacks_field, without_field

_NOBODY = "00000000-0000-0000-0000-000000000000"
_FILTER = 'Marque "Usado como filtro" no campo (Administração, Campos personalizados).'
_STATUSES = (
    "Crie-as no Redmine (Administração, Situações) e ligue-as no fluxo de trabalho do tipo dos chamados, "
    "ou ponha o nome que têm lá em [chamados.rotulos]."
)
_COLUMNS = (
    "Crie-os como texto, no projeto e no tipo dos chamados, se a equipe os quer como colunas e filtros."
)
_WORKFLOW = (
    "Tire essas passagens do fluxo de trabalho: com elas, de dois que decidem no mesmo instante, o segundo "
    "passa por cima do primeiro."
)
_NEEDED = {
    "view_issues": "ver tarefas",
    "add_issues": "criar tarefas",
    "edit_issues": "editar tarefas",
    "add_issue_notes": "adicionar notas",
}
"""Redmine's names of what a board cannot do without: every event of a chamado is a note."""
_PERMISSIONS = "Peça a quem administra o Redmine que marque isso na sua função (Administração, Papéis)."
_APPROVED = "No Redmine, ligue o campo também ao projeto dos aprovados."


@dataclass(frozen=True)
class Lack:
    """One thing that is missing."""

    message: str
    way_out: str
    serious: bool
    """Whether some of the board does not work without it."""


async def lacking(redmine: Redmine, place: BoardPlace, layout: Layout) -> AsyncIterator[Lack]:
    """Yield what this Redmine lacks; nothing is written."""
    if missing := layout.missing_statuses:
        yield Lack(f"o Redmine não tem as situações {', '.join(missing)}", _STATUSES, serious=True)
    own = await redmine.project(layout.project)
    approved = await redmine.project(layout.approved_project or layout.project)
    fields = [{field.id for field in form.issue_custom_fields} for form in (own, approved)]
    if layout.identity in fields[0] - fields[1]:
        told = f"“{approved.name}” não tem o campo “{place.called(REQUIRED)}”: um chamado aprovado "
        told += "não seria mais achado"
        yield Lack(told, _APPROVED, serious=True)
    if lacks_field(await redmine.newest_tasks(layout.project, layout.tracker), layout):
        yield Lack(without_field(place), WAY_OUT, serious=True)
    for project in {form.id: form for form in (own, approved)}.values():
        if told := await _forbidden(redmine, project):
            yield Lack(told, _PERMISSIONS, serious=True)
    asked = {"project_id": layout.project, "status_id": "*", f"cf_{layout.identity}": _NOBODY}
    if await redmine.tasks_where(asked):
        yield Lack("o Redmine ignora o filtro pelo campo do chamado: cada leitura lê tudo", _FILTER, False)
    async for told in _strange_ways(redmine, layout):
        yield Lack(told, _WORKFLOW, serious=False)
    absent = [str(place.called(column)) for column in Column if column not in layout.columns]
    if absent:
        told = f"sem os campos {', '.join(absent)}, isso fica só na descrição e nas notas"
        yield Lack(told, _COLUMNS, serious=False)


async def _forbidden(redmine: Redmine, project: Project) -> str:
    """What of a board's doings one may not do in a project; empty where all, or it does not tell."""
    try:
        held = await redmine.permissions(project.id)
    except (Forbidden, NotFound):  # roles may be for administrators in an older one
        return ""
    missing = [] if held is None else [words for name, words in _NEEDED.items() if name not in held]
    return f"sua função em “{project.name}” não permite {', '.join(missing)}" if missing else ""


async def _strange_ways(redmine: Redmine, layout: Layout) -> AsyncIterator[str]:
    """The ways that the workflow has and a chamado has not, seen at one chamado of each status."""
    asked = {"project_id": layout.project, "status_id": "*", f"cf_{layout.identity}": "*"}
    tasks = await redmine.tasks_where({**asked, "tracker_id": layout.tracker})
    samples = {layout.status_of(task.status.id): task.id for task in without_twins(tasks, layout)}
    for status in ChamadoStatus:
        if (number := samples.get(status)) is None:
            continue
        reached = (await redmine.task(number)).allowed_statuses
        legal = {status, *(each.to for each in ARROWS[status])}
        strange = [one.name for one in reached if layout.status_of(one.id) not in (None, *legal)]
        if strange:
            yield f"de {layout.labels[status]} o Redmine deixa ir também a {', '.join(strange)}"
