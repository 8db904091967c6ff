"""A task's history in words: names for ids, whatever a journal holds."""

from datetime import timedelta

import pytest

from clients.models.task import CustomField, JournalEntry, Named, Task, TaskRelation
from clients.models.task_history import by_others, history, relation_words
from clients.models.task_news import TaskNews, assigned_line, event_lines
from clients.models.task_words import TaskWords
from tests.support.clock import NOW
from tests.support.tasks import ME, OTHER, task

WORDS = TaskWords({"status_id": {1: "Nova", 2: "Em andamento"}, "fixed_version_id": {3: "2026.2"}})
BY = Named(id=OTHER, name="Otávio Prado")


def entry(number: int, *details: dict[str, str | None], who: Named = BY, notes: str = "") -> JournalEntry:
    at = NOW - timedelta(hours=10 - number)
    return JournalEntry(id=number, user=who, notes=notes, created_on=at, details=details)


def detail(kind: str, name: str, old: str | None, new: str | None) -> dict[str, str | None]:
    return {"property": kind, "name": name, "old_value": old, "new_value": new}


def with_history(*entries: JournalEntry) -> Task:
    fields = (CustomField(id=3, name="Cliente", values=("Papelaria Lume",)),)
    return task(31, journals=entries, custom_fields=fields)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (detail("attr", "status_id", "1", "2"), "Situação: Nova → Em andamento"),
        (detail("attr", "assigned_to_id", None, str(OTHER)), "Atribuído para: (vazio) → Otávio Prado"),
        (detail("attr", "fixed_version_id", "9", "3"), "Versão: nº 9 → 2026.2"),
        (detail("attr", "due_date", "2026-03-01", ""), "Data prevista: 01/03/2026 → (vazio)"),
        (detail("attr", "done_ratio", "0", "50"), "% Terminado: 0% → 50%"),
        (detail("attr", "description", "longa", "outra"), "Descrição alterada"),
        (detail("attr", "project_id", "1", "2"), "Projeto: ERP → nº 2"),
        (detail("attr", "child_id", None, "8"), "subtarefa nº 8"),
        (detail("attr", "child_id", "8", None), "não mais subtarefa nº 8"),
        (detail("cf", "3", None, "Papelaria Lume"), "Cliente: (vazio) → Papelaria Lume"),
        (detail("cf", "77", "a", "b"), "Campo 77: a → b"),
        (detail("attachment", "5", None, "tela.png"), "anexou tela.png"),
        (detail("attachment", "5", "tela.png", None), "tirou o anexo tela.png"),
        (detail("relation", "blocked", None, "8"), "bloqueada por nº 8"),
        (detail("relation", "relates", "8", None), "não mais relacionada a nº 8"),
    ],
)
def test_each_change_is_a_sentence(change: dict[str, str | None], words: str) -> None:
    (event,) = history(with_history(entry(1, change)), WORDS)
    assert event.changes == (words,)
    assert (event.who, event.when) == ("Otávio Prado", NOW - timedelta(hours=9))


def test_what_nobody_foresaw_is_left_out_and_not_wrong() -> None:
    odd: tuple[dict[str, str | None], ...]
    odd = ({"property": "novo", "name": "x"}, {}, detail("attr", "notes", "a", "b"))
    (event,) = history(with_history(JournalEntry(id=1, created_on=NOW, details=odd)), WORDS)
    assert (event.changes, event.who) == ((), "alguém")


def test_relations_read_from_the_task_that_is_shown() -> None:
    relations = (
        TaskRelation(id=1, issue_id=8, issue_to_id=31, relation_type="blocks"),
        TaskRelation(id=2, issue_id=31, issue_to_id=9, relation_type="blocks"),
        TaskRelation(id=3, issue_id=31, issue_to_id=7, relation_type="relates"),
        TaskRelation(id=4, issue_id=6, issue_to_id=31, relation_type="precedes"),
    )
    assert list(relation_words(task(31, relations=relations))) == [
        ("bloqueada por", 8),
        ("bloqueia", 9),
        ("relacionada a", 7),
        ("vem depois de", 6),
    ]


class TestNews:
    MOVED = detail("attr", "status_id", "2", "5")
    GIVEN = detail("attr", "assigned_to_id", None, str(ME))
    MINE = Named(id=ME, name="Beatriz Nogueira")

    def test_only_what_others_did_after_the_last_look(self) -> None:
        events = history(with_history(entry(1), entry(2), entry(3, who=self.MINE), entry(4)), WORDS)
        assert [event.id for event in by_others(events, ME, after=1)] == [2, 4]
        assert [event.id for event in by_others(events, ME, since=NOW - timedelta(hours=8))] == [4]
        assert [event.id for event in by_others(events, ME)] == [1, 2, 4]

    def test_the_ending_has_a_word_of_its_own(self) -> None:
        done = with_history(entry(1, self.MOVED, notes="Publicado.")).model_copy(
            update={"status": task(1, status=5).status}
        )
        events = history(done, WORDS)
        lines = list(event_lines(events, done, was_closed=False))
        assert lines == ["Otávio Prado comentou: «Publicado.»", "concluída por Otávio Prado"]
        assert list(event_lines(events, done, was_closed=True))[-1].startswith("Otávio Prado: Situação")

    def test_who_gave_one_the_task(self) -> None:
        def line(*entries: JournalEntry) -> str:
            given = with_history(*entries)
            return assigned_line(given, history(given, WORDS), ME)

        assert line(entry(1, self.GIVEN)) == "Otávio Prado passou a você"
        assert line(entry(1, self.MOVED), entry(2, self.GIVEN, who=self.MINE)) == ""
        assert line(entry(1, self.MOVED)) == "Otávio Prado criou para você"

    def test_what_nobody_saw_is_told_with_what_came_after_it(self) -> None:
        first = TaskNews(task_id=1, subject="x", lines=("a", "b"), at=NOW)
        second = TaskNews(task_id=1, subject="x", lines=("b", "c"), at=NOW + timedelta(hours=1))
        assert second.after(first).lines == ("a", "b", "c")
        assert second.after(first.model_copy(update={"unread": False})).lines == ("b", "c")
        assert second.after(first).told == "c · b · a"

    def test_a_comment_after_the_end_leaves_it_concluded_and_reopening_does_not(self) -> None:
        ended = TaskNews(
            task_id=1, subject="x", lines=("concluída por Otávio Prado",), at=NOW, concluded=True
        )
        comment = TaskNews(task_id=1, subject="x", lines=("Otávio Prado comentou: «ok»",), at=NOW)
        assert comment.after(ended).concluded
        assert not comment.model_copy(update={"reopened": True}).after(ended).concluded
        assert not comment.after(ended.model_copy(update={"unread": False})).concluded
