"""What is asked of an issue's fields: set where Redmine takes it, and in its sentences where it does not."""

import re
from collections.abc import Mapping, Sequence

from .filters import visible
from .rows import IssueRow, Rows, UserRow
from .values import day_in, known, number_in, read_hours
from .words import CATEGORIES, FIELDS, PRIORITIES, REQUIRED, VERSIONS, FieldWord, OfProject

Asked = Mapping[str, object]
Custom = dict[str, str | list[str] | None]
NO_DAY = "is not a valid date"
"""Redmine's pt-BR has no words for it."""
LONGEST_SUBJECT = 255


def apply(row: IssueRow, asked: Asked, rows: Rows, user: UserRow) -> list[str]:
    """Set what was asked; return the sentences of what is wrong with it."""
    wrong = _subject(row, asked)
    if asked.get("priority_id") is not None:
        row["priority_id"] = known(asked["priority_id"], [word.id for word in PRIORITIES]) or 0
        wrong += [] if row["priority_id"] else ["Prioridade não pode ficar vazio"]
    if asked.get("description") is not None:
        row["description"] = re.sub(r"\r?\n", "\r\n", str(asked["description"]))
    choices: list[tuple[str, Sequence[int], str]] = [
        ("assigned_to_id", list(rows.users()), "Atribuído para não é válido"),
        ("category_id", _of(CATEGORIES, row), "Categoria não está incluso na lista"),
        ("fixed_version_id", _open_or_held(row), "Versão não está incluso na lista"),
    ]
    for name, numbers, sentence in choices:
        if (value := asked.get(name)) is not None:  # null is ignored, "" takes it off
            chosen = known(value, numbers)
            if value != "" and chosen is None:
                wrong.append(sentence)
            row[name] = chosen  # type: ignore[literal-required]
    wrong += [*_parent(row, asked, rows, user), *_amounts(row, asked), *_days(row, asked)]
    custom, faults = _custom(asked.get("custom_fields"), row)
    row["custom"] = {**row["custom"], **custom}
    return [*wrong, *faults]


def missing(row: IssueRow) -> list[str]:
    """Sentences for what the issue must have and has not."""
    project, tracker = row["project_id"], row["tracker_id"]
    own = [field for field in FIELDS if field.required_on and field.is_on(project, tracker)]
    labels = [field.name for field in own if not row["custom"].get(str(field.id))]
    core: Mapping[str, object] = {"category_id": row["category_id"], "due_date": row["due_date"]}
    labels += [label for name, label in REQUIRED.get(tracker, {}).items() if core[name] is None]
    return [f"{label} não pode ficar vazio" for label in labels]


def _subject(row: IssueRow, asked: Asked) -> list[str]:
    if "subject" in asked:
        row["subject"] = str(asked["subject"] or "")
    if not row["subject"].strip():
        return ["Título não pode ficar vazio"]
    too_long = len(row["subject"]) > LONGEST_SUBJECT
    return [f"Título é muito longo (máximo: {LONGEST_SUBJECT} caracteres)"] if too_long else []


def _parent(row: IssueRow, asked: Asked, rows: Rows, user: UserRow) -> list[str]:
    parent = asked.get("parent_issue_id")
    if parent is None:
        return []
    row["parent_id"] = number_in(parent)
    above = None if parent == "" else rows.issue(row["parent_id"] or 0)
    if parent != "" and (above is None or above["project_id"] not in visible(user)):
        return ["Tarefa mãe não é válido"]
    while above is not None:
        if above["id"] == row["id"]:
            return ["Tarefa mãe não é válido"]
        above = rows.issue(above["parent_id"] or 0)
    return []


def _amounts(row: IssueRow, asked: Asked) -> list[str]:
    wrong = []
    if asked.get("done_ratio") is not None:
        row["done_ratio"] = number_in(asked["done_ratio"]) or 0
        if not 0 <= row["done_ratio"] <= 100:
            wrong.append("% Terminado não está incluso na lista")
    if "estimated_hours" in asked:
        row["estimated_hours"] = read_hours(asked["estimated_hours"])
        if row["estimated_hours"] is None and asked["estimated_hours"] not in (None, ""):
            wrong.append("Tempo estimado não é válido")
    return wrong


def _days(row: IssueRow, asked: Asked) -> list[str]:
    labels = {"start_date": "Início", "due_date": "Data prevista"}
    given = [name for name in labels if name in asked]
    wrong = []
    for name in given:
        row[name] = day = day_in(asked[name])  # type: ignore[literal-required]
        if day is None and asked[name] not in (None, ""):
            wrong.append(f"{labels[name]} {NO_DAY}")
    if given and row["start_date"] and row["due_date"] and row["due_date"] < row["start_date"]:
        wrong.append("Data prevista deve ser maior que a data inicial")
    return wrong


def _of(words: Sequence[OfProject], row: IssueRow) -> list[int]:
    return [word.id for word in words if word.project_id == row["project_id"]]


def _open_or_held(row: IssueRow) -> list[int]:
    closed = {word.id for word in VERSIONS if not word.is_open} - {row["fixed_version_id"]}
    return [number for number in _of(VERSIONS, row) if number not in closed]


def _custom(asked: object, row: IssueRow) -> tuple[Custom, list[str]]:
    found: Custom = {}
    wrong: list[str] = []
    for item in asked if isinstance(asked, list) else ():
        number = number_in(item.get("id")) if isinstance(item, Mapping) else None
        field = next((field for field in FIELDS if field.id == number), None)
        if field is None or not field.is_on(row["project_id"], row["tracker_id"]):
            continue  # unknown, given by name, or not of this project and tracker
        value = item.get("value")
        if field.number and value not in (None, "") and number_in(value) is None:
            wrong.append(f"{field.name} não é um número")
        if field.day and value not in (None, "") and day_in(value) is None:
            wrong.append(f"{field.name} {NO_DAY}")
        chosen = value if isinstance(value, list) else [value]
        if field.values and any(one and str(one) not in field.values for one in chosen):
            wrong.append(f"{field.name} não está incluso na lista")
        found[str(field.id)] = _text_of(field, value)
    return found, wrong


def _text_of(field: FieldWord, value: object) -> str | list[str] | None:
    if field.multiple:
        return [str(part) for part in (value if isinstance(value, list) else [value]) if part]
    return None if value is None else str(value)
