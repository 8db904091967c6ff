"""R14: the ticket's Tipo is the task's tracker, unless the ticket has more than one task."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from ..base import Model
from ..task import Task
from ..text import fold
from ..ticket import Ticket


class Match(StrEnum):
    """How Tipo and tracker stand to each other."""

    EQUAL = "equal"
    DIFFER = "differ"
    SUSPENDED = "suspended"
    """Several tasks: the rule does not hold."""
    NO_TASK = "no_task"


class TypeMatch(Model):
    """Whether a ticket's Tipo is its task's tracker."""

    match: Match
    tipo: str = ""
    tracker: str = ""
    """Of the only task; empty where there is none, or several."""
    tipo_wanted: str = ""
    """The Tipo that would go with the tracker; empty unless they differ."""
    tracker_wanted: str = ""
    """The tracker that would go with the Tipo; empty unless they differ, and where there is no Tipo."""
    mend: str = ""
    """What makes them equal, in Portuguese; empty unless they differ."""


def tipo_and_tracker(
    ticket: Ticket, tasks: Sequence[Task], trackers: Mapping[str, str] | None = None
) -> TypeMatch:
    """Compare ``ticket``'s Tipo with the tracker of its task, accents and case aside.

    ``trackers`` names the tracker of a Tipo where the two systems use different words.
    """
    tipo = (ticket.type or "").strip()
    if not tasks:
        return TypeMatch(match=Match.NO_TASK, tipo=tipo)
    if len(tasks) > 1:
        return TypeMatch(match=Match.SUSPENDED, tipo=tipo)
    task, known = tasks[0], {type_key(name): tracker for name, tracker in (trackers or {}).items()}
    tracker = task.tracker.name
    if tipo and type_key(known.get(type_key(tipo), tipo)) == type_key(tracker):
        return TypeMatch(match=Match.EQUAL, tipo=tipo, tracker=tracker)
    wanted = next(
        (name for name, each in (trackers or {}).items() if type_key(each) == type_key(tracker)), tracker
    )
    other = known.get(type_key(tipo), tipo)
    mend = f"Mude o Tipo do ticket para “{wanted}”"
    if tipo:
        mend += f", ou o tipo da tarefa #{task.id} para “{other}”"
    return TypeMatch(
        match=Match.DIFFER,
        tipo=tipo,
        tracker=tracker,
        tipo_wanted=wanted,
        tracker_wanted=other,
        mend=f"{mend}.",
    )


def type_key(name: str) -> str:
    """Return what two spellings of one Tipo or tracker have in common."""
    return " ".join(fold(name).replace("/", " / ").split())
