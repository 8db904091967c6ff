"""Taking back the last edit of a ticket's fields: what it was before, unless somebody set it since."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from clients.errors import PlantaoError
from clients.models.fields import Vocabulary
from clients.models.ticket import Ticket
from clients.models.ticket_changes import Change, ticket_changes
from clients.models.timer import ticket_target

from ..intent import Step
from ..journal import Journal
from .ticket_fields import KIND, edit_of, edit_step, fields_of


class NothingToUndo(PlantaoError):
    """No edit of the ticket is known that could be taken back."""

    title = "Nada a desfazer"


class ChangedSince(PlantaoError):
    """Somebody set one of the fields after the edit."""

    title = "Mudou depois"
    way_out = "O que outra pessoa pôs não se desfaz daqui: mude o campo, se for o caso."


@dataclass(frozen=True)
class Undo:
    """An edit turned round."""

    ticket: Ticket
    """As it is now."""
    changes: Mapping[str, JsonValue]
    """What is set."""
    told: tuple[Change, ...]
    """The same in words."""

    @property
    def step(self) -> Step:
        """Setting it, over nothing but what the edit had set."""
        return edit_step(self.ticket, self.changes)


def undo_last(journal: Journal, now: Ticket, words: Vocabulary) -> Undo:
    """Turn the newest edit of ``now`` round, which was just read. Waits for the disk.

    NothingToUndo where there is none, or where it came with an answer: what was there before it is not
    known then. ChangedSince where the ticket is no longer as the edit left it.
    """
    done = journal.done_on(ticket_target(now.id), KIND)
    if not done:
        raise NothingToUndo(f"nenhum campo do #{now.id} foi mudado por aqui nos últimos dias.")
    edit, before = edit_of(done[-1]), done[-1].baseline
    if not before:
        raise NothingToUndo(f"a última mudança do #{now.id} foi junto com uma resposta, que fica.")
    as_set = now.model_copy(update=fields_of(now, edit.changes))
    if moved := ticket_changes(as_set, now, words):
        said = "; ".join(f"{change.label} já é {change.after}" for change in moved)
        raise ChangedSince(f"no #{now.id}, {said}.")
    told = ticket_changes(now, now.model_copy(update=fields_of(now, before)), words)
    if not told:
        raise NothingToUndo(f"o #{now.id} já está como antes da última mudança.")
    return Undo(now, before, told)
