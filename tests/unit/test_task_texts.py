"""Rewriting a description and noting on a task: what is sent, and what others did while one wrote."""

from datetime import timedelta

from clients.models.task import JournalEntry, Named
from tests.support.clock import NOW
from tests.support.tasks import ME, OTHER, task
from tui.flows.step_words import step_text
from tui.flows.task_fields import expected
from tui.flows.task_texts import described_by, description_edit, note_edit, note_warnings
from tui.flows.tasks import edit_step


def entry(number: int, user: int, *, notes: str = "", describes: bool = False, ago: int = 0) -> JournalEntry:
    details = ({"property": "attr", "name": "description", "new_value": "x"},) if describes else ()
    who = Named(id=user, name={ME: "Beatriz Nogueira", OTHER: "Otávio Prado"}[user])
    at = NOW - timedelta(minutes=ago)
    return JournalEntry(id=number, user=who, notes=notes, details=details, created_on=at)


def test_a_description_is_sent_alone_and_over_nobodys_change() -> None:
    before = task(7, description="Um.")
    edit = description_edit(before, "Um.\n\nDois.")
    assert edit.changes.given() == {"description": "Um.\n\nDois."}
    assert edit.seen == before.updated_on
    assert expected(before, edit.changes, {}).description == "Um.\n\nDois."
    assert step_text(edit_step(edit)) == "Um.\n\nDois.", "what was not written can be read in Pendências"


def test_a_note_changes_no_field_and_says_who_may_read_it() -> None:
    before = task(7)
    private = note_edit(before, "Só nós.", private=True)
    assert (private.changes.notes, private.changes.private_notes) == ("Só nós.", True)
    assert (private.told, note_edit(before, "Todos.", private=False).told) == ("nota privada", "nota")
    assert expected(before, private.changes, {}) == before


def test_who_described_it_last_is_told_by_the_history() -> None:
    history = (entry(1, ME, describes=True), entry(2, OTHER, describes=True), entry(3, ME, notes="oi"))
    assert described_by(task(7, journals=history)) == "Otávio Prado"
    assert described_by(task(7, journals=history[2:])) == ""


def test_what_others_did_meanwhile_is_said_and_what_one_did_is_not() -> None:
    before = task(7, updated=timedelta(hours=1))
    earlier = task(7, journals=(entry(1, OTHER, notes="antes", ago=90),))
    mine = task(7, journals=(entry(1, ME, notes="minha"),))
    assert [*note_warnings(before, earlier, "oi", ME), *note_warnings(before, mine, "oi", ME)] == []
    moved = task(7, journals=(entry(1, OTHER, notes="Espere."), entry(2, OTHER, describes=True)))
    (told,) = note_warnings(before, moved, "oi", ME)
    assert told.startswith("Otávio Prado mexeu na tarefa enquanto você escrevia")


def test_a_note_that_is_there_already_is_told() -> None:
    there = task(7, journals=(entry(1, ME, notes="Liguei.\r\nVolto amanhã.", ago=90),))
    told = list(note_warnings(there, there, "Liguei.\nVolto amanhã.\n", ME))
    assert told == ["Esta nota já está na tarefa."]
