"""R19: what turned into planning is told to the client, goes to the comitê, and its ticket is closed."""

from collections.abc import Sequence

from ..base import Model
from ..fields import Vocabulary
from ..task import Named, Task
from ..template import fill, values_for
from ..text import SafeMultiline, fold
from ..ticket import CLOSED, Ticket
from ..ticket_changes import EMPTY, Change

PLANNING = "Planejamento"
"""Name of the tracker."""


class Planning(Model):
    """What will be done to a ticket and its task; nothing is done by it."""

    task_id: int | None = None
    tracker: Named | None = None
    """The task's new tracker; None where nothing changes, or `trouble` says why it cannot."""
    tipo: str = ""
    """The ticket's new Tipo, where the account has one of that name; empty where nothing changes."""
    reply: SafeMultiline = ""
    """What the client is told."""
    status: int = CLOSED
    """The ticket's new status."""
    changes: tuple[Change, ...] = ()
    """The same for the eye; what stays as it is is not among them."""
    trouble: str = ""
    """What stands in the way, and what to do; empty if nothing does."""


def planning_changes(
    ticket: Ticket,
    tasks: Sequence[Task],
    trackers: Sequence[Named],
    words: Vocabulary,
    text: str,
    agent_name: str = "",
) -> Planning:
    """Return what turning ``ticket`` into planning changes.

    ``trackers`` are those of the task's project; ``text`` is the reply with its placeholders, which are
    filled from the ticket. With several tasks, or none, the task is left to the analyst.
    """
    tracker = next((each for each in trackers if fold(each.name) == fold(PLANNING)), None)
    changes: list[Change] = []
    new, trouble = None, ""
    task = tasks[0] if len(tasks) == 1 else None
    if task is None:
        many = f"O ticket tem {len(tasks)} tarefas" if tasks else "O ticket não tem tarefa"
        trouble = f"{many}: mude o tipo para {PLANNING} na tarefa certa."
    elif tracker is None:
        trouble = (
            f"O projeto da tarefa #{task.id} não tem o tipo {PLANNING}: peça a quem administra o Redmine."
        )
    elif task.tracker.id != tracker.id:
        new = tracker
        changes.append(Change(f"Tipo da tarefa #{task.id}", task.tracker.name, tracker.name))
    tipo = next((each for each in words.types if fold(each) == fold(PLANNING)), "")
    tipo = "" if tipo == ticket.type or (tracker is None and task is not None) else tipo
    if tipo:
        changes.append(Change("Tipo", ticket.type or EMPTY, tipo))
    if ticket.status != CLOSED:
        changes.append(Change("Situação", words.status(ticket.status), words.status(CLOSED)))
    return Planning(
        task_id=task.id if task else None,
        tracker=new,
        tipo=tipo,
        reply=fill(text, values_for(ticket, agent_name)),
        changes=tuple(changes),
        trouble=trouble,
    )
