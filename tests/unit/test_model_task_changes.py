from datetime import date
from decimal import Decimal

import pytest

from clients.models.mark import is_marked, mark
from clients.models.spent_time import NewTime
from clients.models.task import Task
from clients.models.task_changes import (
    CustomValue,
    NewTask,
    TaskChanges,
    body_of,
    difference,
    same_values,
    task_changes,
    values_of,
)
from clients.models.task_faults import core_field, faults_of, missing_in
from clients.models.task_words import TaskWords
from clients.models.ticket_changes import EMPTY, Change

WORDS = TaskWords({"status_id": {1: "Nova", 2: "Em andamento"}})


def task(**more: object) -> Task:
    wire: dict[str, object] = {
        "id": 7,
        "project": {"id": 1, "name": "ERP"},
        "tracker": {"id": 4, "name": "Bug"},
        "status": {"id": 1, "name": "Nova"},
        "subject": "Erro",
        "description": "um\r\ndois",
        "created_on": "2026-03-02T10:00:00Z",
        "updated_on": "2026-03-02T10:00:00Z",
        "custom_fields": [{"id": 3, "name": "Valor", "value": "10"}],
    }
    return Task.model_validate({**wire, **more})


def test_a_field_that_is_not_given_asks_for_nothing_and_none_empties() -> None:
    held = task(assigned_to={"id": 6, "name": "Otávio"}, due_date="2026-03-09")
    assert difference(held, TaskChanges()) == {}
    assert difference(held, TaskChanges(assigned_to_id=None)) == {"assigned_to_id": None}
    assert difference(held, TaskChanges(status_id=None, subject=None, due_date=date(2026, 3, 9))) == {}


def test_changes_kept_as_json_ask_for_the_same() -> None:
    custom: dict[int, CustomValue] = {2: "1700000000", 3: "2026-01-02", 4: ("a", "b"), 5: True, 6: 1.5}
    changes = TaskChanges(assigned_to_id=None, due_date=date(2026, 3, 9), custom_fields=custom, notes="x")
    kept = TaskChanges.model_validate_json(changes.model_dump_json(exclude_unset=True))
    assert kept == changes
    assert kept.given() == changes.given()
    new = NewTask(project_id=1, subject="Erro", watcher_ids=(6,))
    assert NewTask.model_validate_json(new.model_dump_json(exclude_unset=True)).given() == new.given()
    time = NewTime(task_id=7, hours=Decimal("0.0833"), spent_on=date(2026, 3, 2))
    assert NewTime.model_validate_json(time.model_dump_json()) == time


@pytest.mark.parametrize("text", ["um\ndois", "um\r\ndois", "um\r\ndois\n", "um\ndois  "])
def test_line_ends_and_outer_space_are_no_change(text: str) -> None:
    assert difference(task(), TaskChanges(description=text)) == {}


@pytest.mark.parametrize("text", ["um dois", "um\n\ndois", "Um\ndois", ""])
def test_other_text_is_a_change(text: str) -> None:
    assert difference(task(), TaskChanges(description=text)) == {"description": text}


@pytest.mark.parametrize("value", ["10", 10, "10.0", 10.0, "10.000"])
def test_a_number_is_the_same_however_it_is_spelled(value: CustomValue) -> None:
    assert difference(task(), TaskChanges(custom_fields={3: value})) == {}


@pytest.mark.parametrize("value", ["11", "", None, 1, "1 0", "NaN", (), True])
def test_another_value_is_a_change_of_that_field_alone(value: CustomValue) -> None:
    wanted = TaskChanges(custom_fields={3: value, 99: ""})
    assert difference(task(), wanted) == {"custom_fields": {3: value}}


NFE = "35260312345678000195550010000012341000012345"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (NFE, f"{NFE[:-1]}6"),
        ("007", "7"),
        ("1e3", "1000"),
        ("1e9999999", "1"),
        ("0.10000000000000000000000000001", "0.1"),
        ("١٠", "10"),
    ],
)
def test_keys_and_codes_are_texts_even_where_they_look_like_numbers(wanted: str, found: str) -> None:
    assert not same_values((wanted,), (found,))
    assert same_values((wanted,), (wanted,))


@pytest.mark.parametrize(("wanted", "found"), [("-1.50", "-1.5"), ("-0.0", "0"), ("0.50", "0.5")])
def test_decimals_are_the_same_whatever_zeros_end_them(wanted: str, found: str) -> None:
    assert same_values((wanted,), (found,))


def test_several_values_have_no_order() -> None:
    assert same_values(("Fiscal", "RH"), ("RH", "Fiscal"))
    assert not same_values(("Fiscal", "Fiscal"), ("RH", "Fiscal"))
    assert values_of(("Fiscal", "")) == ("Fiscal",)


def test_hours_are_compared_to_the_hundredth() -> None:
    held = task(estimated_hours=1.333333)
    assert difference(held, TaskChanges(estimated_hours=1.33)) == {}
    assert difference(held, TaskChanges(estimated_hours=1.35)) == {"estimated_hours": 1.35}
    assert difference(task(estimated_hours=0.0), TaskChanges(estimated_hours=None)) == {
        "estimated_hours": None
    }


def test_a_body_empties_with_text_and_says_dates_and_flags_as_redmine_does() -> None:
    custom = {3: True, 4: "2026-01-02", 5: (), 6: ("a",), 7: 1.5, 8: None}
    asked = {"assigned_to_id": None, "parent_id": 9, "due_date": date(2026, 3, 9), "custom_fields": custom}
    assert body_of(asked) == {
        "assigned_to_id": "",
        "parent_issue_id": 9,
        "due_date": "2026-03-09",
        "custom_fields": [
            {"id": 3, "value": "1"},
            {"id": 4, "value": "2026-01-02"},
            {"id": 5, "value": ""},
            {"id": 6, "value": ["a"]},
            {"id": 7, "value": "1.5"},
            {"id": 8, "value": ""},
        ],
    }


def test_two_looks_at_a_task_differ_field_by_field() -> None:
    now = task(
        status={"id": 2, "name": "Em andamento"},
        assigned_to={"id": 6, "name": "Otávio Prado"},
        due_date="2026-03-09",
        estimated_hours=1.5,
        is_private=True,
        spent_hours=3.0,
        description="um\ndois",
        custom_fields=[{"id": 3, "name": "Valor", "value": "11"}, {"id": 4, "name": "Motivo", "value": ""}],
    )
    assert task_changes(task(), now, TaskWords()) == (
        Change("Situação", "Nova", "Em andamento"),
        Change("Atribuído para", EMPTY, "Otávio Prado"),
        Change("Data prevista", EMPTY, "09/03/2026"),
        Change("Privado", "não", "sim"),
        Change("Tempo estimado", EMPTY, "1h30"),
        Change("Valor", "10", "11"),
    )
    assert task_changes(now, now, TaskWords()) == ()


@pytest.mark.parametrize("odd", ["muito", "inf", "nan"])
def test_hours_that_are_none_are_told_as_they_are(odd: str) -> None:
    assert TaskWords().tell("estimated_hours", odd) == odd


def test_an_id_without_a_name_shows_as_a_number() -> None:
    assert WORDS.tell("status_id", "2") == "Em andamento"
    assert WORDS.tell("status_id", 9) == "nº 9"
    assert WORDS.tell("status_id", None) == ""
    assert WORDS.tell("done_ratio", 30) == "30%"


def test_a_sentence_is_about_the_field_whose_label_begins_it() -> None:
    fields = Task.model_validate(
        {
            **task().model_dump(),
            "custom_fields": [
                {"id": 6, "name": "Data prevista", "value": ""},
                {"id": 11, "name": "Motivo", "value": ""},
                {"id": 12, "name": "Motivo da pausa", "value": ""},
            ],
        }
    ).custom_fields
    sentences = (
        "Título não pode ficar vazio",
        "Motivo da pausa não pode ficar vazio",
        "Motivo não pode ficar vazio",
        "Data prevista is not a valid date",
        "Due date is not a valid date",
        "Tarefa mãe não é válido",
        "não está disponível",
    )
    assert [fault.fields for fault in faults_of(sentences, fields)] == [
        ("subject",),
        (12,),
        (11,),
        ("due_date", 6),
        ("due_date",),
        ("parent_id",),
        (),
    ]


def test_a_mark_is_found_whole() -> None:
    assert is_marked(f"Atendimento {mark('01h')}", "01h")
    assert not is_marked(mark("01h2"), "01h")


@pytest.mark.parametrize(
    ("title", "blank"), [("Título", " não pode ficar vazio"), ("Subject", " cannot be blank")]
)
def test_what_is_missing_is_told_by_its_whole_label(title: str, blank: str) -> None:
    sentences = [f"Tipo de atendimento{blank}", f"{title}{blank}", "Versão não está inclusa na lista"]
    assert missing_in(sentences) == (
        (f"Tipo de atendimento{blank}", "Tipo de atendimento"),
        ("Versão não está inclusa na lista", ""),
    )


def test_core_fields_are_known_by_their_labels_in_both_languages() -> None:
    labels = ("Categoria", "Category", "Data prevista", "Projeto", "Tipo", "Tipo de atendimento", "")
    assert [core_field(label) for label in labels] == [
        "category_id",
        "category_id",
        "due_date",
        "project_id",
        "tracker_id",
        None,
        None,
    ]
