"""What happened to a ticket between two looks at it, field by field, in the words of the account."""

from collections.abc import Iterator
from dataclasses import dataclass

from .fields import Vocabulary
from .ticket import Ticket

EMPTY = "(vazio)"


@dataclass(frozen=True)
class Change:
    """One field that is not what it was."""

    label: str
    before: str
    after: str


def ticket_changes(before: Ticket, now: Ticket, words: Vocabulary) -> tuple[Change, ...]:
    """Return what changed from ``before`` to ``now``. Times are left out: they move by themselves."""
    told = dict(_told(before, words))
    return tuple(
        Change(label, told.get(label) or EMPTY, value or EMPTY)
        for label, value in _with_gone(_told(now, words), told)
        if value != told.get(label, "")
    )


def _with_gone(now: Iterator[tuple[str, str]], before: dict[str, str]) -> Iterator[tuple[str, str]]:
    seen = set()
    for label, value in now:
        seen.add(label)
        yield label, value
    yield from ((label, "") for label in before if label not in seen)


def _told(ticket: Ticket, words: Vocabulary) -> Iterator[tuple[str, str]]:
    yield "Situação", words.status(ticket.status)
    yield "Responsável", words.agent(ticket.responder_id)
    yield "Tipo", ticket.type or ""
    yield "Prioridade", words.priority(ticket.priority)
    yield "Grupo", "" if ticket.group_id is None else words.groups.get(ticket.group_id, str(ticket.group_id))
    yield "Assunto", ticket.subject
    yield "Solicitante", "" if ticket.requester_id is None else str(ticket.requester_id)
    yield "Marcadores", ", ".join(sorted(ticket.tags))
    yield "Em cópia", ", ".join(sorted(ticket.cc_emails))
    yield "Na lixeira", "sim" if ticket.deleted else ""
    yield "Spam", "sim" if ticket.spam else ""
    for name, value in ticket.custom_fields.items():
        yield name.removeprefix("cf_").replace("_", " "), "" if value is None else str(value)
