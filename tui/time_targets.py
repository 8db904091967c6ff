"""What time is to be logged on, as people type it. Knows no screen."""

from clients.models.reference import NUMBERED, RefKind, read_asked
from clients.models.timer import task_target, ticket_target

_TARGETS = {RefKind.TASK: task_target, RefKind.TICKET: ticket_target}


def time_targets(typed: str, freshdesk: str, redmine: str) -> tuple[str, ...]:
    """What ``typed`` may mean, the likelier first; nothing where it is neither a task nor a ticket.

    A bare number is a task's before it is a ticket's, one with ``#`` the other way round. The rest, and
    ForeignLink, are as of `read_asked`.
    """
    asked = read_asked(typed, freshdesk, redmine)
    if asked is None:
        return ()
    kinds = asked.kinds
    if kinds == NUMBERED and not typed.strip().startswith("#"):
        kinds = (RefKind.TASK, RefKind.TICKET)
    return tuple(_TARGETS[kind](asked.number) for kind in kinds if kind in _TARGETS)
