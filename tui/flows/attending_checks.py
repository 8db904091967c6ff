"""What stands against attending a ticket as the form is filled in: found while one types (R9, R11–R15)."""

from collections.abc import Iterator

from clients.models.attendance import NEW_TASK, NO_TASK, AnswerKind, Attendance
from clients.models.duration import Duration, Reading, Refusal, UnitQuestion, read_duration
from clients.models.finding import Finding, Severity
from clients.models.rules.closing import client_ok
from clients.models.slack_talk import newest_question
from clients.models.task_changes import LONGEST_SUBJECT
from clients.models.template import unfilled
from clients.models.ticket import CLOSED, RESOLVED, Turn
from clients.models.times import BRAZIL

from .around import Around
from .directing import PLACE, is_undirected
from .new_task_fields import check_fields

BLOCK, WARN, HINT = Severity.BLOCK, Severity.WARN, Severity.HINT


def time_of(form: Attendance) -> Reading | None:
    """How the typed time is read; None where none is typed."""
    return read_duration(form.time) if form.time.strip() else None


def minutes_of(form: Attendance) -> int:
    """Minutes of the typed time; 0 where it cannot be read or none is typed."""
    reading = time_of(form)
    return reading.minutes if isinstance(reading, Duration) else 0


def check(form: Attendance, around: Around) -> tuple[Finding, ...]:
    """Everything that blocks or is worth a second look, in no order."""
    return (
        *_type(form, around),
        *_task(form, around),
        *_directing(form, around),
        *_time(form, around),
        *_answer(form, around),
        *_status(form, around),
    )


def _type(form: Attendance, around: Around) -> Iterator[Finding]:
    if not form.type:
        some = around.words.types[0] if around.words.types else "Erro"
        yield Finding("atender.tipo", "type", BLOCK, "O atendimento começa pelo Tipo: escolha um.", some)
    elif len(around.tasks) > 1 and form.task != NEW_TASK:
        told = "O ticket tem várias tarefas: Tipo e tipo da tarefa podem diferir."
        yield Finding("atender.tipo_varias", "type", HINT, told)


def _task(form: Attendance, around: Around) -> Iterator[Finding]:
    if form.task == NO_TASK:
        if not around.tasks and around.projects:
            told = "Sem tarefa no Redmine o atendimento não aparece para a equipe."
            yield Finding("atender.sem_tarefa", "task", WARN, told, "Escolha Nova tarefa.")
        return
    if form.task != NEW_TASK:
        if form.task_id not in [task.id for task in around.tasks]:  # the form was kept since
            told = f"A tarefa {form.task} não é mais deste ticket: escolha outra."
            yield Finding("atender.outra_tarefa", "task", BLOCK, told)
        elif form.task_status and form.task_status not in [str(one.id) for one in around.statuses]:
            told = "A tarefa não pode ir a essa situação agora: escolha uma das que o Redmine oferece."
            yield Finding("atender.situacao_tarefa", "task_status", BLOCK, told)
        return
    if around.tasks:
        numbers = ", ".join(str(task.id) for task in around.tasks)
        told = f"O ticket já tem a tarefa {numbers}: criar outra é de propósito?"
        yield Finding("atender.ja_tem", "task", WARN, told)
    if not form.project:
        yield Finding("atender.projeto", "project", BLOCK, "Escolha o projeto em que a tarefa nasce.")
    elif around.form is None:
        told = "O Redmine ainda não disse o que este projeto oferece: espere, ou escolha o projeto de novo."
        yield Finding("atender.projeto", "project", BLOCK, told)
    elif form.type and around.tracker(form.type) is None:
        offered = ", ".join(one.name for one in around.form.project.trackers) or "nenhum"
        told = f"O projeto {around.form.project.name} não tem o tipo «{form.type}» (tem: {offered})."
        yield Finding("atender.tracker", "project", BLOCK, told, "Escolha outro projeto, ou outro Tipo.")
    yield from check_fields(form, around)
    if not form.subject.strip():
        example = "Nota fiscal: rejeição 539 ao emitir"
        yield Finding("atender.titulo", "subject", BLOCK, "Dê um título à tarefa: tela e situação.", example)
    elif len(form.subject.strip()) > LONGEST_SUBJECT:
        told = f"O Redmine aceita {LONGEST_SUBJECT} letras no título; este tem {len(form.subject.strip())}."
        yield Finding("atender.titulo", "subject", BLOCK, told)


def _directing(form: Attendance, around: Around) -> Iterator[Finding]:
    if not is_undirected(form, around):
        return
    asked = newest_question(around.questions)
    if asked is None:
        told = f"Direcionar pede a resposta de {PLACE}: quem pega e com que prioridade."
        yield Finding("atender.direcionar", "assignee", WARN, told, "Pergunte lá antes.")
        return
    when = asked.asked_at.astimezone(BRAZIL).strftime("%d/%m %H:%M")
    told = f"Ninguém respondeu ainda ao que foi perguntado em {asked.place or PLACE} ({when})."
    yield Finding(
        "atender.direcionar", "assignee", WARN, told, "Espere a resposta; sem ela, o motivo é pedido."
    )


def _time(form: Attendance, around: Around) -> Iterator[Finding]:
    reading = time_of(form)
    match reading:
        case None:
            finishing = form.status in (str(RESOLVED), str(CLOSED)) or _ends_task(form, around)
            severity = BLOCK if finishing else WARN
            said = "Não se encerra sem tempo" if finishing else "O tempo sempre se registra, mesmo minutos"
            yield Finding("atender.tempo", "time", severity, f"{said}: quanto levou?", "15 min")
            return
        case Refusal(reason):
            yield Finding("atender.tempo", "time", BLOCK, reason)
            return
        case UnitQuestion():
            told = f"{reading.question} Escreva a unidade."
            yield Finding("atender.tempo", "time", BLOCK, told, f"{reading.number} min")
            return
        case Duration(_, _, warning) if warning:
            yield Finding("atender.tempo", "time", WARN, warning)
    if form.task == NO_TASK and around.times is None:
        told = "Sem tarefa não há onde registrar o tempo: escolha uma, ou apague o tempo."
        yield Finding("atender.tempo", "time", BLOCK, told)
    elif form.task != NO_TASK and around.activity(form.activity) is None:
        yield Finding("atender.atividade", "activity", BLOCK, "Escolha a atividade do tempo.")


def _ends_task(form: Attendance, around: Around) -> bool:
    return any(one.is_closed and str(one.id) == form.task_status for one in around.statuses)


def _answer(form: Attendance, around: Around) -> Iterator[Finding]:
    if form.answer is AnswerKind.NONE:
        if around.ticket.turn is Turn.UNANSWERED:
            told = "Ninguém respondeu este ticket: nenhum fica sem resposta, nem que seja «em análise»."
            yield Finding("atender.sem_resposta", "answer", WARN, told, "Recebemos, e já está em análise.")
        return
    if not form.text.strip():
        yield Finding("atender.texto", "text", BLOCK, "Escreva o texto, ou escolha Resposta: nada agora.")
    elif spans := unfilled(form.text):
        left = form.text[slice(*spans[0])]
        yield Finding("atender.lacuna", "text", BLOCK, f"Falta preencher {left}.", span=spans[0])


def _status(form: Attendance, around: Around) -> Iterator[Finding]:
    if form.status not in (str(RESOLVED), str(CLOSED)) or not around.ticket.is_open:
        return
    ok = client_ok(around.conversations)
    if not ok.may_close:
        yield Finding("atender.encerrar", "status", WARN, ok.said, "Aguardando Cliente")
