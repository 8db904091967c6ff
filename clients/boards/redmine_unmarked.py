"""Tasks that were made for a chamado and do not bear its id: their tracker did not have the field then."""

from collections.abc import Iterable, Mapping

from ..models.chamado import Chamado
from ..models.lifecycle import ChamadoStatus
from ..models.task import Task
from .columns import REQUIRED
from .redmine_place import BoardPlace, Layout
from .redmine_record import recorded
from .redmine_repairs import Decide
from .redmine_sheet import column_values

WAY_OUT = (
    "No Redmine (Administração, Campos personalizados), ligue o campo ao tipo, visível para a sua função, e "
    "envie de novo."
)


def lacks_field(newest: Iterable[Task], layout: Layout) -> bool:
    """Whether the tasks of a tracker tell that it has no field for the id: each lists all that it has."""
    seen = [task.field(layout.identity) for task in newest]
    return bool(seen) and not any(seen)


def without_field(place: BoardPlace) -> str:
    """The same in words."""
    return f"o tipo “{place.tracker}” não tem o campo “{place.called(REQUIRED)}”"


def unmarked(newest: Iterable[Task], layout: Layout) -> Mapping[str, int]:
    """Which chamado's id the description of a task names, though no field does; of several the first."""
    found: dict[str, int] = {}
    for task in sorted(newest, key=lambda task: task.id, reverse=True):
        if layout.chamado_of(task) or layout.status_of(task.status.id) is not ChamadoStatus.TRIAGEM:
            continue
        id = (recorded(task.description).record or {}).get("id")
        if isinstance(id, str):
            found[id] = task.id
    return found


def marking(chamado: Chamado, layout: Layout) -> Decide:
    """Fill in the fields that the task could not hold when it was made."""

    def decide(task: Task) -> Mapping[str, object] | None:
        if layout.chamado_of(task):
            return None
        values = column_values(chamado, layout)
        return {"custom_fields": [{"id": number, "value": value} for number, value in values.items()]}

    return decide
