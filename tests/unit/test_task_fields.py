"""Changing one field of a task: the change that is sent, how it is told, how the task would look."""

from datetime import date

import pytest

from clients.models.project import FormFields, ProjectForm
from clients.models.task import CustomField, Enumeration, JournalEntry, Named
from clients.models.task_words import LABELS, TaskWords
from tests.support.clock import NOW
from tests.support.tasks import OTHER, STATUSES, task
from tui.flows.task_fields import (
    CHOSEN,
    EDITABLE,
    Offered,
    custom_edit,
    expected,
    field_edit,
    may_be_empty,
    present,
)
from tui.flows.task_texts import description_edit, note_edit

PEOPLE = (Named(id=OTHER, name="Otávio Prado"),)


def test_every_field_has_a_name_and_its_choices() -> None:
    form = ProjectForm(id=1, name="ERP", trackers=PEOPLE, categories=PEOPLE, versions=())
    offered = Offered(task(7), form, PEOPLE, (Enumeration(id=4, name="Urgente"),), (STATUSES[2],))
    assert all(name in LABELS for name in EDITABLE)
    assert [offered.choices(name) for name in CHOSEN][:1] == [(STATUSES[2],)]
    assert offered.choices("priority_id")[0].name == "Urgente"
    assert [one.name for one in offered.choices("done_ratio")][::5] == ["0%", "50%", "100%"]


def test_only_what_is_changed_is_sent_and_told() -> None:
    words = TaskWords({"assigned_to_id": {OTHER: "Otávio Prado"}})
    edit = field_edit(task(7), "assigned_to_id", OTHER, words)
    assert edit.changes.given() == {"assigned_to_id": OTHER}
    assert edit.told == "Atribuído para: (vazio) → Otávio Prado"
    assert edit.seen == task(7).updated_on
    cleared = field_edit(task(7, assigned=OTHER), "assigned_to_id", None, words)
    assert cleared.changes.given() == {"assigned_to_id": None}
    assert cleared.told == "Atribuído para: Otávio Prado → (vazio)"


@pytest.mark.parametrize(("field", "empty"), [("due_date", True), ("status_id", False), ("subject", False)])
def test_some_fields_can_be_cleared(field: str, empty: bool) -> None:
    assert may_be_empty(field) is empty


def test_each_change_knows_the_newest_entry_that_was_seen() -> None:
    entries = tuple(JournalEntry(id=number, created_on=NOW) for number in (9, 4))
    own = CustomField(id=3, name="Cliente")
    before = task(7, journals=entries, custom_fields=(own,))
    edits = (
        field_edit(before, "done_ratio", 40, TaskWords()),
        custom_edit(before, own, "Lume"),
        note_edit(before, "oi", private=False),
        description_edit(before, "Um."),
    )
    assert [edit.after for edit in edits] == [9, 9, 9, 9]
    assert field_edit(task(7), "done_ratio", 40, TaskWords()).after == 0, "none was there, and that was seen"


def test_what_redmine_insists_on_can_only_stay_empty() -> None:
    form, fields = ProjectForm(id=1, name="ERP"), FormFields(required=frozenset(("category_id",)))
    empty, held = task(7), task(7, category=Named(id=11, name="Integração"))
    for before, may in ((empty, True), (held, False)):
        offered = Offered(before, form, (), (), (), fields)
        assert offered.may_clear("category_id") is may
        assert offered.may_clear("fixed_version_id") is True
        assert offered.may_clear("status_id") is False
    assert (present(empty, "category_id"), present(held, "category_id")) == (None, held.category)
    assert present(empty, "done_ratio") == Named(id=0, name="0%")


def test_how_the_task_is_expected_to_look() -> None:
    before = task(7, assigned=OTHER, custom_fields=(CustomField(id=3, name="Cliente", values=("Lume",)),))
    known = {"status_id": tuple(STATUSES.values()), "assigned_to_id": PEOPLE}
    closed = expected(before, field_edit(before, "status_id", 5, TaskWords()).changes, known)
    assert closed.status == STATUSES[5]
    nobody = expected(before, field_edit(before, "assigned_to_id", None, TaskWords()).changes, known)
    assert nobody.assigned_to is None
    day = date(2026, 3, 9)
    assert expected(before, field_edit(before, "due_date", day, TaskWords()).changes, {}).due_date == day
    edit = custom_edit(before, before.custom_fields[0], "Serra Azul")
    assert edit.told == "Cliente: Lume → Serra Azul"
    assert expected(before, edit.changes, {}).custom_fields[0].values == ("Serra Azul",)
    for field, number in (("status_id", 99), ("category_id", 5)):
        unknown = expected(before, field_edit(before, field, number, TaskWords()).changes, known)
        assert unknown == before, "what has no name is not made up, nor taken from another field"
