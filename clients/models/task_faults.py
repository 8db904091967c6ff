"""Which fields the sentences of a refusal are about: Redmine sends them in the user's language, unnamed."""

from collections.abc import Iterable
from dataclasses import dataclass

from .project import TaskField
from .task import CustomField
from .task_words import LABELS

_MORE_LABELS = {
    "project_id": "Projeto",
    "hours": "Horas",
    "activity_id": "Atividade",
    "comments": "Comentário",
    "spent_on": "Data",
    "task_id": "Tarefa",
    "relation": "Tarefa relacionada",
}
_ENGLISH = {
    "project_id": "Project",
    "tracker_id": "Tracker",
    "status_id": "Status",
    "priority_id": "Priority",
    "assigned_to_id": "Assignee",
    "category_id": "Category",
    "fixed_version_id": "Target version",
    "parent_id": "Parent task",
    "subject": "Subject",
    "description": "Description",
    "start_date": "Start date",
    "due_date": "Due date",
    "done_ratio": "% Done",
    "estimated_hours": "Estimated time",
    "hours": "Hours",
    "activity_id": "Activity",
    "comments": "Comment",
    "spent_on": "Date",
    "task_id": "Issue",
    "relation": "Related issue",
}


@dataclass(frozen=True)
class FieldFault:
    """A sentence of a refusal, and the fields that it can be about."""

    message: str
    fields: tuple[str | int, ...] = ()
    """Names of core fields, ids of custom ones: two may carry one label. Empty where none is known."""


def faults_of(
    sentences: Iterable[str], fields: Iterable[TaskField | CustomField] = ()
) -> tuple[FieldFault, ...]:
    """Tell for each sentence which fields begin it, by the longest label that does."""
    labels: dict[str, list[str | int]] = {}
    for words in (LABELS, _MORE_LABELS, _ENGLISH):
        for name, label in words.items():
            labels.setdefault(label, []).append(name)
    for field in fields:
        labels.setdefault(field.name, []).append(field.id)
    return tuple(FieldFault(sentence, _begun_by(sentence, labels)) for sentence in sentences)


def missing_in(sentences: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return each sentence of a refusal of a task that had no title, and the field that it says is missing.

    How "cannot be blank" is said is taken from the title's own sentence, which is left out. Of a sentence
    that ends otherwise the field is "".
    """
    told = tuple(sentences)
    titles = (LABELS["subject"], _ENGLISH["subject"])
    of_title = ((one, title) for one in told for title in titles if one.startswith(f"{title} "))
    blank = next((one.removeprefix(title) for one, title in of_title), "")
    found = ((one, one.removesuffix(blank) if blank and one.endswith(blank) else "") for one in told)
    return tuple((one, label) for one, label in found if label not in titles)


def core_field(label: str) -> str | None:
    """The core field of a task that Redmine calls so, by name."""
    words = (LABELS, {"project_id": _MORE_LABELS["project_id"]}, _ENGLISH)
    return next((name for each in words for name, told in each.items() if told == label), None)


def _begun_by(sentence: str, labels: dict[str, list[str | int]]) -> tuple[str | int, ...]:
    fitting = [label for label in labels if sentence.startswith(f"{label} ")]
    return tuple(labels[max(fitting, key=len)]) if fitting else ()
