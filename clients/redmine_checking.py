"""What a server that answers "done" left out: the task as it is, held against what was asked."""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from .errors import NoteExposed, RemoteError
from .models.task import JournalEntry, Task, TaskStatus
from .models.task_changes import (
    TaskChanges,
    TaskFields,
    custom_values,
    difference,
    held,
    same_text,
    values_of,
)
from .models.task_words import LABELS, TaskWords
from .models.ticket_changes import EMPTY
from .models.written import Dropped
from .redmine_projects import words_for
from .redmine_wire import ODD_SHAPE, PAGE, SYSTEM, read_all, records

if TYPE_CHECKING:
    import redminelib

_HINTS = {
    "tracker_id": "O projeto não tem este tipo, ou sua função não o usa. Escolha outro.",
    "is_private": "Sua função não pode tornar tarefas privadas. Peça a quem administra o Redmine.",
}
_OF_CHILDREN = frozenset(("priority_id", "start_date", "due_date", "done_ratio"))
_BY_CHILDREN = "É calculado a partir das subtarefas. Altere nelas."
_READ_ONLY = "O campo é só de leitura para sua função nesta situação."
_CUSTOM = "O campo não vale para este projeto e tipo, ou é só de leitura para sua função."
_FORBIDDEN_STATUS = "Sua função não pode levar a tarefa a esta situação. Escolha outra ou peça a quem pode."
_NOT_WATCHING = "A pessoa não existe ou está inativa, ou você não pode ver observadores."
_NOTE_HIDDEN = "A nota não aparece no histórico. Confira no Redmine antes de escrever outra."


def blocking(redmine: "redminelib.Redmine", task: Task) -> tuple[Task, ...]:
    """The open tasks that keep ``task`` from being closed: blocking ones and subtasks, as far as visible."""
    blockers = [
        relation.issue_id
        for relation in task.relations
        if relation.relation_type == "blocks" and relation.issue_to_id == task.id
    ]
    open_ones: tuple[Task, ...] = ()
    if blockers:
        numbers = ",".join(map(str, blockers))
        open_ones = read_all(redmine, "/issues.json", "issues", Task, issue_id=numbers, status_id="open")
    below: tuple[Task, ...] = ()
    if task.children:
        below = read_all(redmine, "/issues.json", "issues", Task, parent_id=task.id, status_id="open")
    # a filter that the server does not know is ignored without a word
    return (
        *(one for one in open_ones if one.id in blockers),
        *(one for one in below if one.parent_id == task.id),
    )


def dropped_fields(redmine: "redminelib.Redmine", task: Task, wanted: TaskFields) -> tuple[Dropped, ...]:
    """The fields of ``wanted`` that ``task``, read after the write, does not have."""
    missing = difference(task, wanted)
    if not missing:
        return ()
    words = words_for(redmine, task)
    core = [name for name in missing if name in LABELS]
    custom = wanted.custom_fields if "custom_fields" in missing else {}
    return (
        *(_core(redmine, task, name, missing[name], words) for name in core),
        *_custom(task, wanted, [number for number in custom if not _has(task, wanted, number)]),
    )


def check_note(task: Task, wanted: TaskChanges, known: Collection[int]) -> tuple[Dropped, ...]:
    """Find the note among the entries that are new; `NoteExposed` where a private one can be seen by all."""
    if not wanted.notes.strip():
        return ()
    found = [
        entry for entry in task.journals if entry.id not in known and same_text(wanted.notes, entry.notes)
    ]
    if alarm := exposed_note(task, wanted, found):
        raise alarm
    return () if found else (Dropped("Nota", wanted.notes, EMPTY, _NOTE_HIDDEN),)


def exposed_note(task: Task, wanted: TaskChanges, found: Collection[JournalEntry]) -> NoteExposed | None:
    """The alarm where the note was to be private, and of the entries ``found`` that hold it none is."""
    if not wanted.private_notes or not found or any(entry.private_notes for entry in found):
        return None
    return NoteExposed(
        SYSTEM,
        f"a nota foi gravada na tarefa {task.id}, mas não como privada: sua função não pode escrevê-las",
        title="A nota está visível a todos",
        way_out="Abra a tarefa no Redmine e apague a nota, ou peça a quem pode. Não envie de novo.",
    )


def check_files(task: Task, uploads: Iterable[tuple[int, str]]) -> Iterator[Dropped]:
    """Tell which of the files (id, name) are not on the task."""
    there = {file.id for file in task.attachments}
    for number, name in uploads:
        if number not in there:
            yield Dropped("Anexo", name, EMPTY, "O arquivo não ficou na tarefa. Anexe de novo.")


def check_watchers(redmine: "redminelib.Redmine", task: Task, wanted: Iterable[int]) -> Iterator[Dropped]:
    """Tell which of the people do not watch the task."""
    there = {person.id for person in task.watchers}
    missing = [number for number in wanted if number not in there]
    words = words_for(redmine, task) if missing else TaskWords()
    for number in missing:
        yield Dropped("Observador", words.tell("assigned_to_id", number), EMPTY, _NOT_WATCHING)


def _has(task: Task, wanted: TaskFields, number: int) -> bool:
    return "custom_fields" not in difference(
        task, TaskFields(custom_fields={number: wanted.custom_fields[number]})
    )


def _core(redmine: "redminelib.Redmine", task: Task, name: str, wanted: object, words: TaskWords) -> Dropped:
    return Dropped(
        LABELS[name],
        words.tell(name, wanted) or EMPTY,
        words.tell(name, held(task, name)) or EMPTY,
        _hint(redmine, task, name, wanted),
    )


def _custom(task: Task, wanted: TaskFields, numbers: Iterable[int]) -> Iterator[Dropped]:
    for number in numbers:
        field = task.field(number)
        yield Dropped(
            field.name if field else f"Campo {number}",
            ", ".join(values_of(wanted.custom_fields[number])) or EMPTY,
            ", ".join(custom_values(task, number)) or EMPTY,
            _CUSTOM,
        )


def _hint(redmine: "redminelib.Redmine", task: Task, name: str, wanted: object) -> str:
    if name == "status_id":
        return _why_not(redmine, task, wanted)
    if name in _OF_CHILDREN and task.children:
        return _BY_CHILDREN
    return _HINTS.get(name, _READ_ONLY)


def _why_not(redmine: "redminelib.Redmine", task: Task, status: object) -> str:
    if any(one.id == status for one in task.allowed_statuses):
        return "A situação não mudou, embora seja permitida. Confira e tente de novo."
    # where closing is barred, no situation that ends the task is offered at all
    if task.status.is_closed or any(one.is_closed for one in task.allowed_statuses):
        return _FORBIDDEN_STATUS
    try:
        statuses = records(TaskStatus, redmine.issue_status.all(limit=PAGE).values())
        ends = any(one.is_closed for one in statuses if one.id == status)
        open_ones = blocking(redmine, task) if ends else ()
    except (RemoteError, *ODD_SHAPE):
        return _FORBIDDEN_STATUS
    if not open_ones:
        return _FORBIDDEN_STATUS
    told = ", ".join(f"nº {one.id} ({one.subject}, {one.status.name})" for one in open_ones)
    return f"Para encerrar, encerre antes: {told}."
