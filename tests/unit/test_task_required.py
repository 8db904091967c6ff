"""What Redmine insists on and a task would lack after a change: found before it is sent, and sent with it."""

from datetime import date

import pytest

from clients.models.project import FormFields, ProjectForm, TaskField
from clients.models.task import CustomField, Named, Task
from clients.models.task_changes import TaskChanges
from tests.support.tasks import ME, OTHER, task
from tui.flows.around import TaskForm
from tui.flows.task_required import choices, filled, joined, lacking
from tui.flows.task_texts import note_edit

CATEGORY = Named(id=11, name="Integração")
PLACE = TaskField(id=12, name="Ambiente", values=("Produção",), required=True)
FIELDS = FormFields(
    custom=(TaskField(id=3, name="Cliente"), PLACE, TaskField(id=6, name="Data prevista", required=True)),
    required=frozenset(("subject", "project_id", "due_date", "category_id")),
    asked=True,
)
WHOLE = task(
    7,
    due=date(2026, 3, 9),
    category=CATEGORY,
    custom_fields=(CustomField(id=12, name="Ambiente", values=("Produção",)),),
)


def names(before: Task, changes: TaskChanges, fields: FormFields = FIELDS) -> list[str]:
    return [one if isinstance(one, str) else one.name for one in lacking(before, changes, fields)]


@pytest.mark.parametrize(
    ("before", "changes", "missing"),
    [
        (task(7), TaskChanges(notes="oi"), ["category_id", "due_date", "Ambiente"]),
        (task(7), TaskChanges(category_id=11), ["due_date", "Ambiente"]),
        (task(7), TaskChanges(due_date=date(2026, 3, 9)), ["category_id", "Ambiente"]),
        (task(7), TaskChanges(custom_fields={12: "Produção"}), ["category_id", "due_date"]),
        (WHOLE, TaskChanges(notes="oi"), []),
        (WHOLE, TaskChanges(category_id=None, custom_fields={12: ""}), ["category_id", "Ambiente"]),
    ],
)
def test_what_the_changed_task_would_lack_is_found(
    before: Task, changes: TaskChanges, missing: list[str]
) -> None:
    assert names(before, changes) == missing


def test_where_nothing_is_insisted_on_nothing_lacks() -> None:
    assert (
        names(task(7), TaskChanges(notes="oi"), FormFields(custom=(TaskField(id=3, name="Cliente"),))) == []
    )


def test_what_is_filled_in_goes_in_the_same_change_and_is_told() -> None:
    before = task(7)
    (place,) = (one for one in lacking(before, TaskChanges(), FIELDS) if isinstance(one, CustomField))
    parts = (
        filled(before, "category_id", 11, (CATEGORY,)),
        filled(before, "due_date", date(2026, 3, 9)),
        filled(before, place, "Produção"),
    )
    edit = joined(note_edit(before, "Liguei.", private=True), *parts)
    assert edit.changes == TaskChanges(
        notes="Liguei.",
        private_notes=True,
        category_id=11,
        due_date=date(2026, 3, 9),
        custom_fields={12: "Produção"},
    )
    assert edit.changes.given() == {"category_id": 11, "due_date": date(2026, 3, 9)}
    assert edit.told == (
        "nota privada; Categoria: (vazio) → Integração; Data prevista: (vazio) → 09/03/2026;"
        " Ambiente: (vazio) → Produção"
    )
    assert joined(edit) == edit


def test_to_somebody_else_a_task_is_only_given_by_its_own_key() -> None:
    people = (Named(id=ME, name="Beatriz Nogueira"), Named(id=OTHER, name="Otávio Prado"))
    form = TaskForm(ProjectForm(id=1, name="ERP", categories=(CATEGORY,)), people)
    assert choices("assigned_to_id", form, ME) == people[:1]
    assert choices("category_id", form, ME) == (CATEGORY,)
