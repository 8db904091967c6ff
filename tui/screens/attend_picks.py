"""What each list of the form that attends a ticket offers."""

from collections.abc import Mapping

from clients.models.attendance import NEW_TASK, NO_TASK, AnswerKind
from tui.flows.attending import Around
from widgets.picker import Pick

_ANSWERS = (
    Pick(AnswerKind.REPLY.value, "Ao cliente", "resposta pública"),
    Pick(AnswerKind.NOTE.value, "Nota interna", "só a equipe lê"),
    Pick(AnswerKind.NONE.value, "Nada agora", "o ticket fica como está"),
)


def offered(around: Around) -> Mapping[str, tuple[Pick, ...]]:
    """What each list of the form offers."""
    words, form = around.words, around.form
    tasks = [Pick(str(task.id), f"{task.id} {task.subject}", task.status.name) for task in around.tasks]
    project = form.project if form else None
    return {
        "type": tuple(Pick(name, name) for name in words.types),
        "task": (
            *([Pick(NEW_TASK, "Nova tarefa")] if around.projects else []),
            *tasks,
            Pick(NO_TASK, "Nenhuma tarefa"),
        ),
        "project": tuple(Pick(str(one.id), one.name, one.identifier) for one in around.projects),
        "priority": tuple(Pick(str(one.id), one.name) for one in around.priorities),
        "category": tuple(Pick(str(one.id), one.name) for one in (project.categories if project else ())),
        "version": tuple(Pick(str(one.id), one.name) for one in (project.versions if project else ())),
        "assignee": tuple(Pick(str(one.id), one.name) for one in (form.people if form else ())),
        "activity": tuple(Pick(str(one.id), one.name) for one in (project.activities if project else ())),
        "answer": _ANSWERS,
        "status": tuple(Pick(str(number), label) for number, label in words.statuses.items()),
    }
