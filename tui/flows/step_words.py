"""What a remote step does, in the analyst's words: for previews, for Pendências, for what is told."""

from collections.abc import Callable
from datetime import UTC, datetime

from clients.models.answer import Answer, Kind
from clients.models.duration import clock
from clients.models.fields import Vocabulary
from clients.models.ticket import Ticket
from clients.models.ticket_changes import ticket_changes

from ..intent import Intent, State, Step
from ..target_words import target_words
from .announcing import CLAIM, SEND, Sending, letter_words
from .answer import KINDS
from .chamado_steps import COMMENT as CHAMADO_COMMENT
from .chamado_steps import MOVE, Moving, Remark, move_words
from .entries import CHANGE as CHANGE_ENTRY
from .entries import REMOVE as REMOVE_ENTRY
from .entries import EntryEdit, EntryRemoval
from .hours import TASK_HOURS, TICKET_HOURS, TaskTime, TicketTime
from .server_announcing import ANNOUNCE
from .slack_posting import POST, Posting
from .tasks import CREATE, UPDATE, WATCH, Creation, TaskEdit, Watch
from .ticket_fields import KIND as FIELDS
from .ticket_fields import TicketEdit, fields_of

Words = Callable[[Step | Intent, Vocabulary], str]
_ANY = datetime(2000, 1, 1, tzinfo=UTC)


def step_words(step: Step | Intent, words: Vocabulary) -> str:
    """Tell what ``step`` does, on one line."""
    tell = _TELL.get(step.kind)
    return tell(step, words) if tell else step.kind


def step_title(step: Step | Intent, words: Vocabulary) -> str:
    """Tell what ``step`` does where its text (`step_text`) is shown in full below."""
    if step.kind not in _SAYING:
        return step_words(step, words)
    copies = ", ".join(Answer.model_validate(step.payload).cc)
    return f"{_SAYING[step.kind]} (cópia: {copies})" if copies else _SAYING[step.kind]


def step_text(step: Step | Intent) -> str:
    """Return the text that ``step`` sends, for reading it before or after; empty where it sends none."""
    if step.kind == CREATE:
        creation = Creation.model_validate(step.payload)
        return "\n\n".join(filter(None, (creation.told, (creation.task.description or "").strip())))
    if step.kind == UPDATE:
        changes = TaskEdit.model_validate(step.payload).changes
        return changes.notes.strip() or (changes.description or "").strip()
    if step.kind == SEND:
        return Sending.model_validate(step.payload).letter.text
    if step.kind == MOVE:
        return Moving.model_validate(step.payload).move.comment
    if step.kind == TASK_HOURS:
        return TaskTime.model_validate(step.payload).comments.strip()
    text = step.payload.get("text")
    return text if isinstance(text, str) else ""


def subject_of(step: Step | Intent) -> str:
    """Name what ``step`` is done to: ``#4102``."""
    return target_words(step.target)


def _fields(step: Step | Intent, words: Vocabulary) -> str:
    edit = TicketEdit.model_validate(step.payload)
    bare = Ticket(id=edit.ticket_id, created_at=_ANY, updated_at=_ANY)
    before = bare.model_copy(update=fields_of(bare, step.baseline))
    after = bare.model_copy(update=fields_of(before, edit.changes))
    changes = ticket_changes(before, after, words)
    if not step.baseline:
        return "; ".join(f"{one.label} → {one.after}" for one in changes)
    return "; ".join(f"{one.label}: {one.before} → {one.after}" for one in changes) or "nada a mudar"


def _said(step: Step | Intent, words: Vocabulary) -> str:
    return f"{_SAYING[step.kind]}: {_beginning(step)}"


def _beginning(step: Step | Intent) -> str:
    return " ".join(Answer.model_validate(step.payload).text.split())


def _creation(step: Step | Intent, words: Vocabulary) -> str:
    creation = Creation.model_validate(step.payload)
    made = _made(step)
    return f"Criar tarefa{made} em {creation.project}: «{creation.task.subject}»"


def _task_edit(step: Step | Intent, words: Vocabulary) -> str:
    edit = TaskEdit.model_validate(step.payload)
    return f"Tarefa {edit.task_id or 'nova'} · {edit.told}"


def _watch(step: Step | Intent, words: Vocabulary) -> str:
    watch = Watch.model_validate(step.payload)
    return f"{'Observar' if watch.observe else 'Deixar de observar'} a tarefa {watch.task_id}"


def _task_time(step: Step | Intent, words: Vocabulary) -> str:
    time = TaskTime.model_validate(step.payload)
    task = f"tarefa {time.task_id}" if time.task_id else "tarefa nova"
    return f"Registrar {clock(time.minutes)} na {task}" + (f" ({time.activity})" if time.activity else "")


def _entry_change(step: Step | Intent, words: Vocabulary) -> str:
    return f"Mudar o lançamento de {EntryEdit.model_validate(step.payload).told}"


def _entry_removal(step: Step | Intent, words: Vocabulary) -> str:
    return f"Apagar o lançamento de {EntryRemoval.model_validate(step.payload).told}"


def _ticket_time(step: Step | Intent, words: Vocabulary) -> str:
    time = TicketTime.model_validate(step.payload)
    return f"Registrar {clock(time.minutes)} no ticket #{time.ticket_id}"


def _posting(step: Step | Intent, words: Vocabulary) -> str:
    posting = Posting.model_validate(step.payload)
    what = "Mensagem" if posting.ticket is None else "Pergunta"
    return f"{what} no Slack, em {posting.place}: {' '.join(posting.text.split())}"


def _move(step: Step | Intent, words: Vocabulary) -> str:
    return move_words(step)


def _remark(step: Step | Intent, words: Vocabulary) -> str:
    remark = Remark.model_validate(step.payload)
    return f"Comentar no chamado nº {remark.number}: {' '.join(remark.text.split())}"


def _claim(step: Step | Intent, words: Vocabulary) -> str:
    return "Assumir o aviso por e-mail, para que ninguém mais o mande"


def _letter(step: Step | Intent, words: Vocabulary) -> str:
    told = letter_words(dict(step.payload))
    won = not isinstance(step, Intent) or step.state is not State.DONE or step.remote_id is not None
    return told if won else f"{told} (outra sessão avisou)"


def _made(step: Step | Intent) -> str:
    """The number of what was made, once it is."""
    return f" {step.remote_id}" if isinstance(step, Intent) and step.remote_id is not None else ""


_SAYING = {KINDS[Kind.REPLY]: "Responder ao cliente", KINDS[Kind.NOTE]: "Gravar nota interna"}
_TELL: dict[str, Words] = {
    FIELDS: _fields,
    **dict.fromkeys(_SAYING, _said),
    CREATE: _creation,
    UPDATE: _task_edit,
    WATCH: _watch,
    TASK_HOURS: _task_time,
    TICKET_HOURS: _ticket_time,
    CHANGE_ENTRY: _entry_change,
    REMOVE_ENTRY: _entry_removal,
    **dict.fromkeys((POST, ANNOUNCE), _posting),
    MOVE: _move,
    CHAMADO_COMMENT: _remark,
    CLAIM: _claim,
    SEND: _letter,
}
