"""What is put right in Redmine where two were at one chamado in the same moment."""

from collections.abc import Callable, Mapping

from ..models.lifecycle import ChamadoStatus
from ..models.task import JournalEntry, Task
from ..models.task_changes import LONGEST_SUBJECT, custom_values
from .redmine_notes import undo_note
from .redmine_place import Layout

Decide = Callable[[Task], Mapping[str, object] | None]


def retiring(layout: Layout, id: str, first: int) -> Decide:
    """Reprove a task that is a second one of the chamado ``id``, and take the chamado's id off it.

    It is not deleted: few roles may, and nothing that somebody wrote there is to be lost.
    """

    def decide(task: Task) -> Mapping[str, object] | None:
        if layout.chamado_of(task) != id:
            return None
        body: dict[str, object] = {
            "subject": f"[duplicado de #{first}] {task.subject}"[:LONGEST_SUBJECT],
            "custom_fields": [{"id": layout.identity, "value": ""}],
            "notes": f"O mesmo chamado foi enviado duas vezes ao mesmo tempo; vale a tarefa #{first}.",
        }
        reproved = layout.statuses.get(ChamadoStatus.REPROVADO)
        return body if reproved is None else {**body, "status_id": reproved}

    return decide


def undoing(entry: JournalEntry, event: str) -> Decide:
    """Put fields back that came through with a move that was not made, where nobody changed them since."""

    def decide(task: Task) -> Mapping[str, object] | None:
        body: dict[str, object] = {}
        custom: list[dict[str, object]] = []
        for detail in entry.details:
            kind, name = detail.get("property"), detail.get("name") or ""
            old, new = detail.get("old_value") or "", detail.get("new_value") or ""
            if kind == "attr" and name == "due_date" and str(task.due_date or "") == new:
                body["due_date"] = old
            elif kind == "cf" and custom_values(task, int(name)) == (new,):
                custom.append({"id": int(name), "value": old})
        if custom:
            body["custom_fields"] = custom
        return {**body, "notes": undo_note(event)} if body else None

    return decide
