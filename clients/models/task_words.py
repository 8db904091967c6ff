"""How the fields of a task are named on screen, and names for the ids that they hold."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from .duration import clock_of
from .task import Task
from .text import safe_text

LABELS = {
    "tracker_id": "Tipo",
    "status_id": "Situação",
    "priority_id": "Prioridade",
    "assigned_to_id": "Atribuído para",
    "category_id": "Categoria",
    "fixed_version_id": "Versão",
    "parent_id": "Tarefa mãe",
    "subject": "Título",
    "description": "Descrição",
    "start_date": "Início",
    "due_date": "Data prevista",
    "done_ratio": "% Terminado",
    "is_private": "Privado",
    "estimated_hours": "Tempo estimado",
}
"""Core fields by the name that they have on the wire, in Redmine's own pt-BR (``parent_id`` is read so)."""
REFERENCES = {
    "tracker_id": "tracker",
    "status_id": "status",
    "priority_id": "priority",
    "assigned_to_id": "assigned_to",
    "category_id": "category",
    "fixed_version_id": "fixed_version",
}
"""The attribute of `Task` that holds what the field refers to."""

PROJECT = "project_id"
"""Not among the fields that are edited here, but histories tell of it."""

Names = Mapping[int, str]


@dataclass(frozen=True)
class TaskWords:
    """Names of ids, by field; whoever is not known shows as a number."""

    names: Mapping[str, Names] = field(default_factory=dict)

    def of(self, *tasks: Task) -> "TaskWords":
        """The same, with the names that ``tasks`` bring along."""
        names = {name: dict(known) for name, known in self.names.items()}
        for task in tasks:
            for name, attribute in REFERENCES.items():
                if (reference := getattr(task, attribute)) is not None:
                    names.setdefault(name, {})[reference.id] = reference.name
            names.setdefault(PROJECT, {})[task.project.id] = task.project.name
            people = (*task.watchers, *(entry.user for entry in task.journals if entry.user))
            everybody = (*people, *((task.author,) if task.author else ()))
            names.setdefault("assigned_to_id", {}).update((person.id, person.name) for person in everybody)
            names.setdefault("status_id", {}).update((one.id, one.name) for one in task.allowed_statuses)
        return TaskWords(names)

    def tell(self, name: str, value: object) -> str:
        """The value of a core field as the analyst reads it; "" where there is none."""
        text = "" if value is None else str(value)
        if (name in REFERENCES or name in ("parent_id", PROJECT)) and text.isdecimal():
            return self.names.get(name, {}).get(int(text)) or f"nº {text}"
        with suppress(ValueError, OverflowError):  # a journal may hold anything
            match name, text:
                case _, "":
                    return ""
                case "is_private", _:
                    return "sim" if text in ("True", "1") else "não"
                case "done_ratio", _:
                    return f"{text}%"
                case "estimated_hours", _:
                    return clock_of(float(text))
                case "start_date" | "due_date", _:
                    return f"{date.fromisoformat(text):%d/%m/%Y}"
        return safe_text(text)
