"""Where a board lies in a Redmine: project, tracker, and what situations and fields are called there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..errors import SettingsError
from ..models.lifecycle import LABELS, ChamadoStatus, Labels
from ..models.project import ProjectForm
from ..models.task import Named, Task
from ..models.task_changes import custom_values
from ..models.text import fold
from ..redmine import Redmine
from .columns import COLUMN_NAMES, REQUIRED, Column

SECTION = "chamados.redmine"


_FIELD_WAY_OUT = (
    "No Redmine, crie o campo (Administração, Campos personalizados, Tarefas): texto, usado como filtro, "
    "no projeto e no tipo dos chamados. Se ele já existe, ponha o número dele em [chamados.redmine.campos]."
)


@dataclass(frozen=True)
class BoardPlace:
    """Where the board is to be, in the words of the settings."""

    project: str
    """By identifier or name, as all of these."""
    tracker: str
    approved_project: str = ""
    """Where an approved chamado goes on; empty where it stays."""
    approved_tracker: str = ""
    fields: Mapping[Column, int | str] = field(default_factory=dict)
    """Names or numbers of fields that are not called as in `COLUMN_NAMES`."""

    def called(self, column: Column) -> int | str:
        """Name or number of a field in this Redmine."""
        return self.fields.get(column, COLUMN_NAMES[column])


@dataclass(frozen=True)
class Layout:
    """The same as this Redmine has it, in numbers."""

    project: int
    tracker: int
    approved_project: int | None
    approved_tracker: int | None
    statuses: Mapping[ChamadoStatus, int]
    """Those that there are."""
    names: Mapping[int, str]
    """Of every situation, also of those that are none of a chamado's."""
    columns: Mapping[Column, int]
    """Those that there are."""
    labels: Labels

    @property
    def projects(self) -> tuple[int, ...]:
        """All in which chamados are looked for."""
        return tuple(dict.fromkeys(filter(None, (self.project, self.approved_project))))

    @property
    def identity(self) -> int:
        """The field that holds the id of a chamado."""
        return self.columns[REQUIRED]

    def chamado_of(self, task: Task) -> str:
        """The id of the chamado that a task is of; empty where it is of none."""
        return next(iter(custom_values(task, self.identity)), "")

    def status_of(self, number: int) -> ChamadoStatus | None:
        """Which status a situation is; None where it is none of a chamado's."""
        return next((status for status, known in self.statuses.items() if known == number), None)

    def number_of(self, status: ChamadoStatus) -> int:
        """The situation of a status; SettingsError where this Redmine has none."""
        number = self.statuses.get(status)
        if number is None:
            raise SettingsError(
                f"o Redmine não tem a situação “{self.labels[status]}”",
                way_out="Crie a situação no Redmine, ou ponha o nome que ela tem lá em [chamados.rotulos].",
            )
        return number

    @property
    def missing_statuses(self) -> tuple[str, ...]:
        """What the situations are called that this Redmine does not have."""
        return tuple(self.labels[status] for status in ChamadoStatus if status not in self.statuses)


async def learn_layout(redmine: Redmine, place: BoardPlace, labels: Labels) -> Layout:
    """Ask this Redmine for the numbers of what ``place`` names; SettingsError names what it does not have."""
    form = await redmine.project(await _project(redmine, place.project, "projeto"))
    tracker = _named(form.trackers, place.tracker, "tracker", "tipo")
    approved = form
    if place.approved_project:
        number = await _project(redmine, place.approved_project, "projeto_aprovado")
        approved = await redmine.project(number)
    approved_tracker = (
        _named(approved.trackers, place.approved_tracker, "tracker_aprovado", "tipo")
        if place.approved_tracker
        else None
    )
    situations = await redmine.statuses()
    columns = await _columns(redmine, form, tracker, place)
    if REQUIRED not in columns:
        raise SettingsError(
            f"{SECTION}: o projeto “{form.name}” não tem o campo “{place.called(REQUIRED)}”, "
            "com que um chamado é achado",
            way_out=_FIELD_WAY_OUT,
        )
    by_name = {fold(one.name).strip(): one.id for one in situations}
    return Layout(
        project=form.id,
        tracker=tracker,
        approved_project=approved.id if place.approved_project else None,
        approved_tracker=approved_tracker,
        statuses=dict(_statuses(by_name, labels)),
        names={one.id: one.name for one in situations},
        columns=columns,
        labels=labels,
    )


def _statuses(by_name: Mapping[str, int], labels: Labels) -> Iterable[tuple[ChamadoStatus, int]]:
    for status in ChamadoStatus:
        for label in (labels[status], LABELS[status]):  # the team's word first
            if (number := by_name.get(fold(label).strip())) is not None:
                yield status, number
                break


async def _project(redmine: Redmine, wanted: str, key: str) -> int:
    projects = await redmine.projects()
    for each in projects:
        if wanted == each.identifier or fold(wanted) == fold(each.name):
            return each.id
    there = ", ".join(each.identifier for each in projects) or "nenhum"
    raise SettingsError(f"{SECTION}.{key}: nenhum projeto se chama “{wanted}” (há: {there})")


def _named(things: Iterable[Named], wanted: str, key: str, kind: str) -> int:
    known = {fold(thing.name).strip(): thing.id for thing in things}
    number = known.get(fold(wanted).strip())
    if number is None:
        there = ", ".join(thing.name for thing in things) or "nenhum"
        raise SettingsError(f"{SECTION}.{key}: o projeto não tem o {kind} “{wanted}” (há: {there})")
    return number


async def _columns(redmine: Redmine, form: ProjectForm, tracker: int, place: BoardPlace) -> dict[Column, int]:
    """The fields by name: those put into the project, and those that its tasks are seen to have."""
    wanted = {column: place.called(column) for column in Column}
    known = {fold(one.name).strip(): one.id for one in form.issue_custom_fields}
    names = {fold(name).strip() for name in wanted.values() if isinstance(name, str)}
    if not names <= known.keys():
        seen = await redmine.fields(form.id, tracker)
        known |= {fold(one.name).strip(): one.id for one in seen.custom}
    found = {
        column: name if isinstance(name, int) else known.get(fold(name).strip())
        for column, name in wanted.items()
    }
    return {column: number for column, number in found.items() if number is not None}
