"""Notes that Plantão writes into a task: a move, a comment, who tells of an event; and how they are read."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from ..models.base import Model
from ..models.chamado import ChamadoEvent
from ..models.lifecycle import ChamadoStatus, Labels
from ..models.moves import Move
from ..models.task import JournalEntry
from ..models.text import SafeMultiline, SafeText
from ..models.times import BRAZIL
from .redmine_record import recorded, with_record


class NoteKind(StrEnum):
    """What a note of ours is."""

    MOVE = "movimento"
    COMMENT = "comentario"
    CLAIM = "aviso"
    """Not an event: somebody took it upon them to tell of one."""
    UNDO = "desfeito"
    """Not an event: what of a move came through, though it was not made, was put back."""
    STATUS = "situacao"
    """Not an event: the status is that of another board."""
    COPY = "copia"
    """An event that happened on another board, told as it was there."""


class Note(Model):
    """What is recorded below a note."""

    kind: NoteKind
    event: SafeText
    who: SafeText = ""
    move: Move | None = None
    comment: SafeMultiline | None = None
    """Where the note above does not tell it letter by letter."""
    copied: ChamadoEvent | None = None
    announced: bool = False
    """Of a copy: whether it was told of already."""


def move_note(move: Move, event: str, who: str, *, told: Mapping[str, str]) -> str:
    """The note that goes along with a move; ``told`` are label and value of what no field shows."""
    lines = [f"{label}: {value}" for label, value in told.items() if value]
    above = "\n".join(filter(None, (move.comment, *lines)))
    note = Note(kind=NoteKind.MOVE, event=event, who=who, move=move.model_copy(update={"comment": ""}))
    return _written(note, above, move.comment)


def comment_note(text: str, event: str, who: str) -> str:
    """A comment."""
    return _written(Note(kind=NoteKind.COMMENT, event=event, who=who), text, text)


def claim_note(event: str, claimant: str) -> str:
    """That somebody tells of an event."""
    above = f"E-mails deste andamento a cargo de {claimant}."
    return _written(Note(kind=NoteKind.CLAIM, event=event, who=claimant), above, above)


def undo_note(event: str) -> str:
    """That a move was not made after all."""
    above = "Desfeito: outra pessoa moveu o chamado no mesmo instante."
    return _written(Note(kind=NoteKind.UNDO, event=event), above, above)


def status_note() -> str:
    """That a status is that of another board."""
    above = "Situação trazida do quadro anterior."
    return _written(Note(kind=NoteKind.STATUS, event=""), above, above)


def copy_note(event: ChamadoEvent, labels: Labels, *, announced: bool) -> str:
    """An event of another board: who, when and what."""
    lines = [f"{event.at.astimezone(BRAZIL):%d/%m/%Y %H:%M}, {event.who or 'sem autor'}:"]
    if event.is_move:
        lines.append(f"{_label(event.before, labels)} → {labels[event.status]}")
    lines += filter(None, (event.comment, event.url, event.version))
    if event.deadline is not None:
        lines.append(f"Prazo: {event.deadline:%d/%m/%Y}")
    note = Note(
        kind=NoteKind.COPY, event=event.id, who=event.who, copied=event, comment="", announced=announced
    )
    return with_record("\n".join(lines), note.model_dump(mode="json", exclude_defaults=True))


def note_of(entry: JournalEntry) -> tuple[str, Note | None]:
    """What an entry says, and what is recorded below; nothing of a private one."""
    if entry.private_notes:
        return "", None
    text, record, below = recorded(entry.notes)
    if record is None:
        return text, None
    if below:  # somebody took it into a note of their own
        return entry.notes.strip(), None
    try:
        note = Note.model_validate(record)
    except ValueError:  # written by hand, or by a Plantão to come
        return text, None
    return (text if note.comment is None else note.comment), note


def _label(status: ChamadoStatus | None, labels: Labels) -> str:
    return labels[status] if status is not None else ""


def _written(note: Note, above: str, comment: str) -> str:
    if above.strip() != comment:
        note = note.model_copy(update={"comment": comment})
    return with_record(above.strip(), note.model_dump(mode="json", exclude_defaults=True))


def event_of(
    note: Note, at: datetime, comment: str, before: ChamadoStatus, status: ChamadoStatus, who: str
) -> ChamadoEvent:
    """The event that a note of ours stands for."""
    if note.copied is not None:
        return note.copied
    carried = note.move.model_dump(exclude={"to", "comment"}) if note.move is not None else {}
    return ChamadoEvent(
        id=note.event,
        at=at,
        who=note.who or who,
        status=status,
        before=before,
        comment=comment,
        **carried,
    )
