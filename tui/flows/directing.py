"""Directing a task to somebody needs the answer of the manager's channel: who, and which priority (R12)."""

from clients.models.attendance import NO_TASK, Attendance
from clients.models.slack_talk import Answer, Question, newest_question
from clients.models.times import BRAZIL

from .around import Around

TOLD = "nota: por que foi direcionada"
"""What the step does that writes `task_note`."""
PLACE = "gestor_suporte"
"""The channel's name where no question says it."""


def lead_answer(around: Around) -> tuple[Question, Answer] | None:
    """Return the newest answer to what was asked last."""
    question = newest_question(around.questions)
    return (question, question.answer) if question is not None and question.answer is not None else None


def is_directed(form: Attendance, around: Around) -> bool:
    """Whether the form gives the task to somebody who is not the analyst and does not have it yet."""
    if not form.assignee or form.task == NO_TASK or form.assignee == str(around.my_user):
        return False
    task = next((one for one in around.tasks if one.id == form.task_id), None)
    return task is None or task.assigned_to is None or str(task.assigned_to.id) != form.assignee


def is_undirected(form: Attendance, around: Around) -> bool:
    """Whether it does so without an answer: then a reason has to be written."""
    return is_directed(form, around) and lead_answer(around) is None


def task_note(form: Attendance, around: Around) -> str:
    """Return the internal note on why the task goes to whom it goes; empty where it goes to nobody new."""
    if not is_directed(form, around):
        return ""
    people = {str(one.id): one.name for one in (around.form.people if around.form else ())}
    to = people.get(form.assignee, form.assignee)
    return directed_note(to, newest_question(around.questions), form.undirected)


def directed_note(to: str, asked: Question | None, reason: str) -> str:
    """Why a task goes to ``to``: by the answer to what was ``asked`` last, or for one's own ``reason``."""
    place = (asked and asked.place) or PLACE
    if asked is not None and (answer := asked.answer) is not None:
        when = answer.at.astimezone(BRAZIL).strftime("%d/%m/%Y %H:%M")
        head = f"Direcionada para {to} conforme {answer.who} em {place}, {when}:"
        return "\n".join(filter(None, (head, f"> {' '.join(answer.text.split())}", asked.link_to(answer))))
    told = f"Direcionada para {to} sem a resposta de {place}."
    link = asked.permalink if asked else ""
    return "\n".join(filter(None, (told, f"Motivo: {reason}" if reason else "", link)))
