"""One's own last change of a task is turned round by its history, and nobody else's."""

from datetime import timedelta

import pytest

from clients.models.task import CustomField, JournalEntry, Named, Task, TaskStatus
from clients.models.task_changes import TaskChanges
from clients.models.task_words import TaskWords
from clients.models.text import MAX_LINES
from tests.support.clock import NOW
from tests.support.tasks import ME, OTHER, task
from tui.flows.task_undoing import undo_last_edit
from tui.flows.undoing import ChangedSince, NothingToUndo

WORDS = TaskWords({"status_id": {1: "Nova", 2: "Em andamento", 5: "Fechada"}, "assigned_to_id": {ME: "Bia"}})
Detail = dict[str, str | None]


def attr(name: str, old: str | None, new: str | None) -> Detail:
    return {"property": "attr", "name": name, "old_value": old, "new_value": new}


def field(number: int, old: str | None, new: str | None) -> Detail:
    return {"property": "cf", "name": str(number), "old_value": old, "new_value": new}


def entry(number: int, *details: Detail, who: int = ME, notes: str = "") -> JournalEntry:
    at = NOW - timedelta(hours=10 - number)
    return JournalEntry(id=number, user=Named(id=who, name="x"), notes=notes, created_on=at, details=details)


def after(*entries: JournalEntry, fields: tuple[CustomField, ...] = ()) -> Task:
    return task(31, status=5, assigned=ME).model_copy(update={"journals": entries, "custom_fields": fields})


CLOSING = entry(3, attr("status_id", "2", "5"), attr("done_ratio", "0", "0"))


def test_the_newest_change_of_fields_goes_back_and_a_note_after_it_stays() -> None:
    earlier = entry(1, attr("status_id", "1", "2"))
    undo = undo_last_edit(after(earlier, CLOSING, entry(4, notes="feito")), ME, WORDS)
    assert undo.changes == TaskChanges(status_id=2, done_ratio=0)
    assert undo.told.startswith("Situação: Fechada → Em andamento")
    assert undo.seen == after().updated_on


def test_what_was_empty_is_emptied_again_and_a_day_is_a_day() -> None:
    given = entry(2, attr("assigned_to_id", None, str(ME)), attr("due_date", "2026-03-09", ""))
    undo = undo_last_edit(after(given), ME, WORDS)
    assert undo.changes.given() == {"assigned_to_id": None, "due_date": (NOW.replace(day=9)).date()}
    assert undo.told == "Atribuído para: Bia → (vazio); Data prevista: (vazio) → 09/03/2026"


def test_of_a_field_with_several_values_only_those_that_moved_move_back() -> None:
    several = CustomField(id=7, name="Módulos", multiple=True, values=("NF-e", "Estoque"))
    one = CustomField(id=8, name="Causa", values=("Dúvida",))
    moved = entry(2, field(7, None, "Estoque"), field(7, "Caixa", None), field(8, "Erro", "Dúvida"))
    undo = undo_last_edit(after(moved, fields=(several, one)), ME, WORDS)
    assert undo.changes.custom_fields == {7: ("NF-e", "Caixa"), 8: "Erro"}
    assert "Causa: Dúvida → Erro" in undo.told


@pytest.mark.parametrize(
    "entries", [(), (entry(1, notes="só uma nota"),), (entry(2, attr("status_id", "1", "5"), who=OTHER),)]
)
def test_what_others_did_and_notes_are_not_taken_back(entries: tuple[JournalEntry, ...]) -> None:
    with pytest.raises(NothingToUndo, match="não mudou nenhum campo da tarefa 31"):
        undo_last_edit(after(*entries), ME, WORDS)


def test_what_somebody_set_since_stays() -> None:
    reopened = after(CLOSING, entry(4, attr("status_id", "5", "1"), who=OTHER)).model_copy(
        update={"status": TaskStatus(id=1, name="Nova")}
    )
    with pytest.raises(ChangedSince, match="já mudou depois: Situação"):
        undo_last_edit(reopened, ME, WORDS)


@pytest.mark.parametrize(("field", "named"), [("project_id", "projeto"), ("is_private", "Privado")])
def test_what_only_redmine_takes_back_is_not_passed_over_for_what_was_before_it(
    field: str, named: str
) -> None:
    with pytest.raises(NothingToUndo, match=named):
        undo_last_edit(
            after(CLOSING, entry(4, attr(field, "1", "2"), attr("status_id", "2", "5"))), ME, WORDS
        )


def test_an_estimate_goes_back_and_a_task_that_came_below_it_is_no_change_of_its_own() -> None:
    child = entry(4, attr("child_id", None, "77"))
    estimated = after(entry(2, attr("estimated_hours", "2.5", "8.0")), child)
    undo = undo_last_edit(estimated.model_copy(update={"estimated_hours": 8.0}), ME, WORDS)
    assert undo.changes == TaskChanges(estimated_hours=2.5)


def test_a_text_that_was_too_long_to_be_shown_in_full_is_not_written_back_without_its_end() -> None:
    long = "linha\n" * (MAX_LINES + 1)
    rewritten = entry(2, attr("description", long, "curta"))
    with pytest.raises(NothingToUndo, match="longo demais"):
        undo_last_edit(after(rewritten).model_copy(update={"description": "curta"}), ME, WORDS)
