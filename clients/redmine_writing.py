"""Creating and changing tasks. Each write is sent once, and the task is read again to see what was taken."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from .errors import Forbidden, NotFound, OutcomeUnknown, Rejected
from .freshdesk_files import Upload
from .models.task import Task
from .models.task_changes import NewTask, TaskChanges, body_of, difference, values_of
from .models.ticket_changes import EMPTY
from .models.written import Dropped, Written
from .redmine_checking import check_files, check_note, check_watchers, dropped_fields
from .redmine_conflict import require_unchanged
from .redmine_wire import SYSTEM, after_write, nothing_sent, number_of, read_task, write

if TYPE_CHECKING:
    import redminelib

RelationKind = Literal["relates", "duplicates", "duplicated", "blocks", "blocked", "precedes", "follows"]

_UNPROCESSABLE = 422
_TRIES = 8
"""Writes of one change; each one more means that another's was made."""
_WITHOUT_PROJECT = "Projeto não pode ficar vazio"
_NO_PROJECT = "O projeto está fechado, não existe ou não é visível para você. Escolha outro."
_NO_PERMISSION = "Confira se o projeto está aberto e se sua função pode alterar tarefas nele."


class _Uploaded(NamedTuple):
    number: int
    name: str
    wire: dict[str, str]


def create(redmine: "redminelib.Redmine", new: NewTask, files: Sequence[Upload]) -> Written[Task]:
    """Create a task; the files are sent first, and belong to nothing until it is there."""
    if not new.subject.strip():
        raise Rejected(SYSTEM, "o título está vazio")
    asked = new.given()
    if filled := {number: value for number, value in new.custom_fields.items() if values_of(value)}:
        asked["custom_fields"] = filled
    with nothing_sent():
        uploaded = [_upload(redmine, file) for file in files]
    body = {"project_id": new.project_id, **body_of(asked), **_files(uploaded)}
    if new.watcher_ids:
        body["watcher_user_ids"] = list(new.watcher_ids)
    number = number_of(_post_task(redmine, body, new), "issue")

    def dropped(task: Task) -> Iterable[Dropped]:
        yield from dropped_fields(redmine, task, new)
        yield from check_watchers(redmine, task, new.watcher_ids)
        yield from check_files(task, ((one.number, one.name) for one in uploaded))

    return _checked(redmine, number, dropped)


def update(
    redmine: "redminelib.Redmine",
    task_id: int,
    changes: TaskChanges,
    seen: datetime | None,
    after: int | None,
    files: Sequence[Upload],
) -> Written[Task]:
    """Send what the task does not have yet, in one write; nothing where it has it all.

    ``seen`` and ``after`` as of `require_unchanged`.
    """
    with nothing_sent():
        before = read_task(redmine, task_id)
        if seen is not None:
            require_unchanged(redmine, before, seen, after)
        body = body_of(difference(before, changes))
        if changes.notes.strip():
            body |= {"notes": changes.notes, "private_notes": changes.private_notes}
        if not body and not files:
            return Written(task_id, before, sent=False)
        uploaded = [_upload(redmine, file) for file in files]
    _write(redmine, "put", f"/issues/{task_id}.json", {"issue": {**body, **_files(uploaded)}})
    known = {entry.id for entry in before.journals}

    def dropped(task: Task) -> Iterable[Dropped]:
        yield from dropped_fields(redmine, task, changes)
        yield from check_note(task, changes, known)
        yield from check_files(task, ((one.number, one.name) for one in uploaded))

    return _checked(redmine, task_id, dropped)


def revise(
    redmine: "redminelib.Redmine", task_id: int, decide: Callable[[Task], Mapping[str, object] | None]
) -> Task:
    """Read a task, send what ``decide`` makes of it, read it again; nothing is sent where that is None.

    Decided anew where somebody else's write came between: Redmine refuses that one, without a word, only
    where both are at it in the same moment.
    """
    for _ in range(_TRIES):
        with nothing_sent():
            before = read_task(redmine, task_id)
            body = decide(before)
        if body is None:
            return before
        try:
            _write(redmine, "put", f"/issues/{task_id}.json", {"issue": dict(body)})
        except Rejected as error:
            if not _was_overtaken(error):
                raise
            continue
        task, trouble = after_write(lambda: read_task(redmine, task_id))
        if task is None:
            assert trouble is not None
            raise OutcomeUnknown(SYSTEM, trouble.message, way_out=trouble.way_out)
        return task
    raise Rejected(SYSTEM, "outros escrevem na mesma tarefa sem parar", way_out="Tente de novo em instantes.")


def _was_overtaken(error: Rejected) -> bool:
    """Whether another write came in between: a refusal without a reason."""
    return error.status == _UNPROCESSABLE and all(str(_UNPROCESSABLE) in told for told in error.sentences)


def withdraw_note(redmine: "redminelib.Redmine", journal_id: int) -> None:
    """Take a note of one's own back, as far as one's role lets one."""
    _write(redmine, "put", f"/journals/{journal_id}.json", {"journal": {"notes": ""}})


def watch(redmine: "redminelib.Redmine", task_id: int, user_id: int) -> Written[Task]:
    """Let a person observe a task; Redmine says yes whoever is named."""
    _write(redmine, "post", f"/issues/{task_id}/watchers.json", {"user_id": user_id})
    return _checked(redmine, task_id, lambda task: check_watchers(redmine, task, (user_id,)))


def unwatch(redmine: "redminelib.Redmine", task_id: int, user_id: int) -> Written[Task]:
    """Let a person observe a task no longer."""
    _write(redmine, "delete", f"/issues/{task_id}/watchers/{user_id}.json")

    def dropped(task: Task) -> Iterable[Dropped]:
        for person in task.watchers:
            if person.id == user_id:
                yield Dropped("Observador", EMPTY, person.name, "A pessoa continua a observar a tarefa.")

    return _checked(redmine, task_id, dropped)


def relate(redmine: "redminelib.Redmine", task_id: int, other_id: int, kind: RelationKind) -> Written[Task]:
    """Relate a task to another: it relates, blocks, is blocked by … the other. The id is the relation's."""
    body = {"relation": {"issue_to_id": other_id, "relation_type": kind}}
    relation_id = number_of(_write(redmine, "post", f"/issues/{task_id}/relations.json", body), "relation")

    def dropped(task: Task) -> Iterable[Dropped]:
        if all(relation.id != relation_id for relation in task.relations):
            yield Dropped("Relação", f"nº {other_id}", EMPTY, "A relação não aparece na tarefa.")

    return _checked(redmine, task_id, dropped, number=relation_id)


def unrelate(redmine: "redminelib.Redmine", task_id: int, relation_id: int) -> Written[Task]:
    """Take a relation off a task, and off the other one. The id is the relation's."""
    _write(redmine, "delete", f"/relations/{relation_id}.json")

    def dropped(task: Task) -> Iterable[Dropped]:
        if any(relation.id == relation_id for relation in task.relations):
            yield Dropped("Relação", EMPTY, f"nº {relation_id}", "A relação continua na tarefa.")

    return _checked(redmine, task_id, dropped, number=relation_id)


def _post_task(redmine: "redminelib.Redmine", body: dict[str, object], new: NewTask) -> dict[str, object]:
    try:
        return dict(write(redmine, "post", "/issues.json", {"issue": body}))
    except NotFound as error:
        # Redmine looks the watchers up, and stumbles over one who is not there
        if new.watcher_ids:
            why = "um dos observadores não existe; a tarefa não foi criada"
            raise Rejected(SYSTEM, why, status=error.status) from None
        raise
    except Rejected as error:
        if _WITHOUT_PROJECT in error.sentences:
            raise Rejected(
                SYSTEM, "\n".join(error.sentences), status=error.status, way_out=_NO_PROJECT
            ) from None
        raise


def _write(redmine: "redminelib.Redmine", method: str, path: str, body: object = None) -> dict[str, object]:
    try:
        return dict(write(redmine, method, path, body))
    except Forbidden as error:
        raise Forbidden(
            SYSTEM, "\n".join(error.sentences), status=error.status, way_out=_NO_PERMISSION
        ) from None


def _upload(redmine: "redminelib.Redmine", file: Upload) -> _Uploaded:
    answer = redmine.engine.request(
        "post",
        f"{redmine.url}/uploads.json",
        headers={"Content-Type": "application/octet-stream"},
        params={"filename": file.name, "content_type": file.content_type},
        data=file.content,
    )
    told = answer["upload"]
    wire = {"token": told["token"], "filename": file.name, "content_type": file.content_type}
    return _Uploaded(int(told["id"]), file.name, wire)


def _files(uploaded: Sequence[_Uploaded]) -> dict[str, object]:
    return {"uploads": [one.wire for one in uploaded]} if uploaded else {}


def _checked(
    redmine: "redminelib.Redmine",
    task_id: int,
    dropped: Callable[[Task], Iterable[Dropped]],
    *,
    number: int | None = None,
) -> Written[Task]:
    task, trouble = after_write(lambda: read_task(redmine, task_id))
    found = tuple(dropped(task)) if task is not None else ()
    return Written(task_id if number is None else number, task, found, trouble)
