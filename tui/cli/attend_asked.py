"""What ``plantao atender`` was asked for, in the analyst's words, and the form that it makes of them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from clients.errors import PlantaoError
from clients.models.attendance import NEW_TASK, NO_TASK, AnswerKind, Attendance
from clients.models.base import Model
from clients.models.rules.shipped import UNDER_REVIEW
from clients.models.task_words import LABELS
from clients.models.template import Template, fill
from clients.models.text import fold

from ..flows.around import Around
from ..flows.new_task_fields import core_fields, custom_fields

OPTIONS = {
    "type": "--tipo",
    "task": "--tarefa",
    "project": "--projeto",
    "subject": "--titulo",
    "task_status": "--situacao-tarefa",
    "time": "--tempo",
    "activity": "--atividade",
    "answer": "--sem-resposta",
    "text": "--responder",
    "status": "--status",
}
"""The option that fills a field of the form in."""


class NotAChoice(PlantaoError):
    """What was typed is none of what can be chosen; the message lists that."""

    title = "Opção inválida"


class Choice(NamedTuple):
    """One thing that can be named: by any of its ``names``, the first of which is shown."""

    value: str
    names: tuple[str, ...]


class Asked(Model):
    """The options as typed; empty, or None, where one was not given."""

    type: str = ""
    task: str = ""
    project: str = ""
    subject: str = ""
    fields: tuple[str, ...] = ()
    """Each ``field=value``."""
    task_status: str = ""
    time: str = ""
    activity: str = ""
    comments: str = ""
    reply: str | None = None
    note: str | None = None
    template: str | None = None
    """Title."""
    in_review: bool = False
    silent: bool = False
    status: str = ""

    @classmethod
    def read(cls, **options: object) -> "Asked":
        """Read the command line's options."""
        return cls.model_validate(options)


def filled(
    form: Attendance, asked: Asked, around: Around, templates: Sequence[Template], values: Mapping[str, str]
) -> Attendance:
    """``form`` as it begins, with what was asked; ``values`` fill templates in. Raises NotAChoice.

    Activity and fields hang on the project and come after it: see `filled_in_project`.
    """
    answer, text = _answer(asked, templates, values)
    task = _one("--tarefa", asked.task, _tasks(around)) or form.task
    return form.model_copy(
        update={
            "type": _one("--tipo", asked.type, [Choice(one, (one,)) for one in around.words.types])
            or form.type,
            "task": task,
            "project": _one("--projeto", asked.project, _projects(around)) or form.project,
            "subject": asked.subject or form.subject,
            "time": asked.time,
            "comments": asked.comments,
            "answer": answer,
            "text": text,
            "status": _one("--status", asked.status, _statuses(around)) or form.status,
        }
    )


def filled_in_project(form: Attendance, asked: Asked, around: Around, activity: str) -> Attendance:
    """``form`` with what its project offers; ``activity`` is the settings' own. Raises NotAChoice."""
    activities = around.form.project.activities if around.form else ()
    offered = [Choice(str(one.id), (one.name, str(one.id))) for one in activities]
    statuses = [Choice(str(one.id), (one.name, str(one.id))) for one in around.statuses]
    return form.model_copy(
        update={
            "task_status": _one("--situacao-tarefa", asked.task_status, statuses),
            "activity": _one("--atividade", asked.activity, offered) or activity,
            "fields": dict(_field(typed, around) for typed in asked.fields),
        }
    )


def without_effect(form: Attendance, asked: Asked) -> tuple[str, ...]:
    """The options that say something of a new task, where none is made."""
    given = {"--projeto": asked.project, "--titulo": asked.subject, "--campo": asked.fields}
    return () if form.task == NEW_TASK else tuple(option for option, value in given.items() if value)


def _answer(asked: Asked, templates: Sequence[Template], values: Mapping[str, str]) -> tuple[AnswerKind, str]:
    ways = {
        "--responder": asked.reply is not None,
        "--nota": asked.note is not None,
        "--modelo": asked.template is not None,
        "--em-analise": asked.in_review,
        "--sem-resposta": asked.silent,
    }
    given = [option for option, is_given in ways.items() if is_given]
    if len(given) > 1:
        raise NotAChoice(f"{' e '.join(given)} não vão juntos: escolha um.")
    if asked.silent:
        return AnswerKind.NONE, ""
    if asked.note is not None:
        return AnswerKind.NOTE, asked.note
    title = UNDER_REVIEW if asked.in_review else asked.template
    if title is None:
        return AnswerKind.REPLY, asked.reply or ""
    offered = [Choice(one.text, (one.title,)) for one in templates]
    return AnswerKind.REPLY, fill(_one("--modelo", title, offered), values)


def _field(typed: str, around: Around) -> tuple[str, str]:
    name, parted, value = typed.partition("=")
    if not parted:
        raise NotAChoice(f"--campo {typed}: escreva campo=valor.")
    offered = [Choice(str(field.id), (field.name, str(field.id))) for field in custom_fields(around)]
    offered += [Choice(name, (LABELS[name], name)) for name in core_fields(around)]
    if not name.strip():
        raise NotAChoice(f"--campo {typed}: falta o campo. {_offered(offered)}")
    return _one("--campo", name, offered), value


def _tasks(around: Around) -> list[Choice]:
    new = [Choice(NEW_TASK, (NEW_TASK,))] if around.projects else []
    return [*new, Choice(NO_TASK, (NO_TASK,)), *(Choice(str(one.id), (str(one.id),)) for one in around.tasks)]


def _projects(around: Around) -> list[Choice]:
    return [Choice(str(one.id), (one.name, one.identifier, str(one.id))) for one in around.projects]


def _statuses(around: Around) -> list[Choice]:
    return [Choice(str(value), (label, str(value))) for value, label in around.words.statuses.items()]


def _one(option: str, typed: str, offered: Sequence[Choice]) -> str:
    """The value of what was typed; "" where nothing was."""
    wanted = fold(typed).strip()
    if not wanted:
        return ""
    for choice in offered:
        if wanted in (fold(name).strip() for name in choice.names):
            return choice.value
    raise NotAChoice(f"{option}: não existe «{typed}». {_offered(offered)}")


def _offered(offered: Sequence[Choice]) -> str:
    return f"Existem: {'; '.join(one.names[0] for one in offered)}." if offered else "Não há o que escolher."
