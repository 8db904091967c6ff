"""What a remote step does, in the analyst's words: for previews, for Pendências, for what is told."""

from collections.abc import Callable
from datetime import UTC, datetime

from clients.models.answer import Answer
from clients.models.fields import Vocabulary
from clients.models.ticket import Ticket
from clients.models.ticket_changes import ticket_changes

from ..journal import Intent, Step
from .ticket_fields import KIND as FIELDS
from .ticket_fields import TicketEdit, fields_of

Words = Callable[[Step | Intent, Vocabulary], str]
_ANY = datetime(2000, 1, 1, tzinfo=UTC)


def step_words(step: Step | Intent, words: Vocabulary) -> str:
    """Tell what ``step`` does, on one line."""
    tell = _TELL.get(step.kind)
    return tell(step, words) if tell else step.kind


def step_text(step: Step | Intent) -> str:
    """Return the text that ``step`` sends, for reading it before or after; empty where it sends none."""
    text = step.payload.get("text")
    return text if isinstance(text, str) else ""


def subject_of(step: Step | Intent) -> str:
    """Name what ``step`` is done to: ``#4102``."""
    kind, _, number = step.target.partition(":")
    return f"#{number}" if kind == "ticket" else f"tarefa {number}" if kind == "task" else step.target


def _fields(step: Step | Intent, words: Vocabulary) -> str:
    edit = TicketEdit.model_validate(step.payload)
    bare = Ticket(id=edit.ticket_id, created_at=_ANY, updated_at=_ANY)
    before = bare.model_copy(update=fields_of(bare, step.baseline))
    after = bare.model_copy(update=fields_of(before, edit.changes))
    changes = ticket_changes(before, after, words)
    return "; ".join(f"{one.label}: {one.before} → {one.after}" for one in changes) or "nada a mudar"


def _reply(step: Step | Intent, words: Vocabulary) -> str:
    return f"Responder ao cliente: {_beginning(step)}"


def _note(step: Step | Intent, words: Vocabulary) -> str:
    return f"Gravar nota interna: {_beginning(step)}"


def _beginning(step: Step | Intent) -> str:
    return " ".join(Answer.model_validate(step.payload).text.split())


_TELL: dict[str, Words] = {FIELDS: _fields, "freshdesk.reply": _reply, "freshdesk.note": _note}
