"""Taking back one's own last change of a task's fields, by the history that Redmine keeps."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from clients.models.task import JournalEntry, Task
from clients.models.task_changes import CustomValue, TaskChanges, custom_values, difference, held
from clients.models.task_words import LABELS, PROJECT, REFERENCES, TaskWords
from clients.models.text import was_cut
from clients.models.ticket_changes import EMPTY

from .tasks import TaskEdit
from .undoing import ChangedSince, NothingToUndo

_NUMBERS = frozenset((*REFERENCES, "done_ratio", "parent_id"))
_DATES = frozenset(("start_date", "due_date"))
_TEXTS = frozenset(("subject", "description"))
_GO_BACK = _NUMBERS | _DATES | _TEXTS | {"estimated_hours"}
_OF_OTHERS = frozenset(("child_id",))
"""What tells of another task."""


def undo_last_edit(task: Task, me: int, words: TaskWords) -> TaskEdit:
    """Turn the newest change of fields that ``me`` made to ``task``, just read with its history, round.

    NothingToUndo where there is none; ChangedSince where a field is no longer as that change left it.
    """
    entry = max((one for one in task.journals if _is_by(one, me) and _moved(one)), key=_number, default=None)
    if entry is None:
        raise NothingToUndo(f"você não mudou nenhum campo da tarefa {task.id}.")
    fixed = [name for name, _, _ in _moved(entry) if not name.isdecimal() and name not in _GO_BACK]
    if fixed:
        named = "projeto" if PROJECT in fixed else ", ".join(LABELS.get(name, name) for name in fixed)
        raise NothingToUndo(f"sua última mudança na tarefa {task.id} foi de {named}: só o Redmine a desfaz.")
    if any(was_cut(old) for _, old, _ in _moved(entry)):
        raise NothingToUndo(f"o texto que a tarefa {task.id} tinha é longo demais para voltar daqui.")
    left = _changes(task, entry, back=False)
    if overwritten := difference(task, left):
        named = ", ".join(_labels(task, overwritten))
        raise ChangedSince(f"na tarefa {task.id} já mudou depois: {named}.")
    undone = _changes(task, entry, back=True)
    return TaskEdit(
        task_id=task.id,
        changes=undone,
        seen=task.updated_on,
        told="; ".join(_told(task, undone, words)),
        after=task.newest_entry,
    )


def _is_by(entry: JournalEntry, me: int) -> bool:
    return entry.user is not None and entry.user.id == me


def _number(entry: JournalEntry) -> int:
    return entry.id


def _moved(entry: JournalEntry) -> list[tuple[str, str, str]]:
    """Name, old and new value of each field that it changed; of a custom field its number for a name."""
    return [
        (detail.get("name") or "", detail.get("old_value") or "", detail.get("new_value") or "")
        for detail in entry.details
        if detail.get("property") == "cf"
        or (detail.get("property") == "attr" and detail.get("name") not in _OF_OTHERS)
    ]


def _changes(task: Task, entry: JournalEntry, *, back: bool) -> TaskChanges:
    """What the entry left, or with ``back`` what was there before it."""
    core: dict[str, object] = {}
    taken: defaultdict[int, list[str]] = defaultdict(list)
    given: defaultdict[int, list[str]] = defaultdict(list)
    for name, old, new in _moved(entry):
        if name.isdecimal():
            taken[int(name)] += [old] if old else []
            given[int(name)] += [new] if new else []
        else:
            core[name] = _value(name, old if back else new)
    custom: dict[int, CustomValue] = {}
    for number in taken.keys() | given.keys():
        drop, add = (given[number], taken[number]) if back else (taken[number], given[number])
        custom[number] = _custom(task, number, drop, add)
    return TaskChanges.model_validate({**core, "custom_fields": custom})


def _custom(task: Task, number: int, drop: list[str], add: list[str]) -> CustomValue:
    """Of a field with several values a history holds only those that came and went."""
    field = task.field(number)
    if field is None or not field.multiple:
        return add[0] if add else ""
    kept = [value for value in custom_values(task, number) if value not in drop and value not in add]
    return (*kept, *add)


def _value(name: str, text: str) -> int | float | str | date | None:
    if name in _TEXTS:
        return text
    if not text:
        return None
    if name == "estimated_hours":
        return float(text)
    return int(text) if name in _NUMBERS else date.fromisoformat(text)


def _labels(task: Task, names: Mapping[str, object]) -> Iterator[str]:
    for name, value in names.items():
        if name == "custom_fields" and isinstance(value, Mapping):
            fields = map(task.field, value)
            yield from (field.name for field in fields if field is not None)
        else:
            yield LABELS[name]


def _told(task: Task, undone: TaskChanges, words: TaskWords) -> Iterator[str]:
    for name, value in undone.given().items():
        if name == "description":
            yield f"{LABELS[name]}: como antes"
        else:
            before, after = words.tell(name, held(task, name)), words.tell(name, value)
            yield f"{LABELS[name]}: {before or EMPTY} → {after or EMPTY}"
    for number, wanted in undone.custom_fields.items():
        field = task.field(number)
        now = ", ".join(custom_values(task, number)) or EMPTY
        back = ", ".join(wanted) if isinstance(wanted, tuple) else str(wanted)
        yield f"{field.name if field else number}: {now} → {back or EMPTY}"
