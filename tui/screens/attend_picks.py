"""What the form that attends a ticket offers: what each list has, and which fields its project asks for."""

from collections.abc import Mapping

from clients.models.attendance import NEW_TASK, NO_TASK, AnswerKind
from clients.models.project import TaskField
from clients.models.task_words import LABELS
from tui.flows.around import Around
from tui.flows.new_task_fields import EXAMPLES, core_fields, custom_fields
from widgets.attend_fields import OwnField
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
        "task_status": tuple(Pick(str(one.id), one.name) for one in around.statuses),
        "category": tuple(Pick(str(one.id), one.name) for one in (project.categories if project else ())),
        "version": tuple(Pick(str(one.id), one.name) for one in (project.versions if project else ())),
        "assignee": tuple(Pick(str(one.id), one.name) for one in (form.people if form else ())),
        "activity": tuple(Pick(str(one.id), one.name) for one in (project.activities if project else ())),
        "answer": _ANSWERS,
        "status": tuple(Pick(str(number), label) for number, label in words.statuses.items()),
    }


def own_fields(around: Around) -> tuple[OwnField, ...]:
    """What this project asks for beside the rest of the form: first what it insists on."""
    core = [
        OwnField(name, LABELS[name], f"obrigatório; ex.: {EXAMPLES[name]}") for name in core_fields(around)
    ]
    custom = [
        OwnField(str(field.id), field.name, _rule(field), field.values)
        for field in sorted(custom_fields(around), key=lambda field: not field.required)
    ]
    return (*core, *custom)


def _rule(field: TaskField) -> str:
    rule = "obrigatório" if field.required else "campo do projeto"
    met = ", ".join(field.values[:3])
    return f"{rule}; ex.: {met}" if met else rule
