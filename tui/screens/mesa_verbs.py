"""Which verb a key of the Mesa is, and on which tickets: the marked ones, or the one under the cursor."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clients.errors import PlantaoError
from clients.models.ticket import Ticket
from clients.models.timer import ticket_target

from .closer import Closer
from .looking import Looking
from .task_verbs import TaskVerbs
from .ticket_verbs import TicketVerbs

if TYPE_CHECKING:
    from tui.app import PlantaoApp

    from .mesa import MesaScreen

Verb = Callable[[Sequence[Ticket]], Awaitable[bool]]
"""Done on tickets as they were just read; True where something was begun. May raise PlantaoError."""


@dataclass(frozen=True)
class MesaVerb:
    """One verb."""

    of: Callable[["PlantaoApp"], Verb]
    on_marked: bool = True
    """Whether it is done on the marked tickets, where some are."""


# what brings forms along is imported when it is needed: a start should not wait for it


def _template(app: "PlantaoApp") -> Verb:
    from .template_verb import TemplateVerb

    return TemplateVerb(app).answer


def _planning(app: "PlantaoApp") -> Verb:
    from .planning import PlanningVerb

    return PlanningVerb(app).turn


def _validation(app: "PlantaoApp") -> Verb:
    from .validation import ValidationVerb

    return ValidationVerb(app).validate


def _undo(app: "PlantaoApp") -> Verb:
    from .undoing import Undoing

    return Undoing(app).undo


def _time(app: "PlantaoApp") -> Verb:
    from .time_verbs import TimeVerbs

    return TimeVerbs(app).log


VERBS: Mapping[str, MesaVerb] = {
    "tipo": MesaVerb(lambda app: TicketVerbs(app).change_type),
    "status": MesaVerb(lambda app: TicketVerbs(app).change_status),
    "pegar": MesaVerb(lambda app: TicketVerbs(app).take),
    "direcionar": MesaVerb(lambda app: TicketVerbs(app).direct),
    "modelo": MesaVerb(_template),
    "observar": MesaVerb(lambda app: TaskVerbs(app).observe, on_marked=False),
    "igualar": MesaVerb(lambda app: TaskVerbs(app).match_types, on_marked=False),
    "virou-planejamento": MesaVerb(_planning, on_marked=False),
    "validar": MesaVerb(_validation, on_marked=False),
    "desfazer": MesaVerb(_undo),
    "horas": MesaVerb(_time, on_marked=False),
    "encerrar": MesaVerb(lambda app: Closer(app).close),
}
"""By command."""


async def carry_out(screen: "MesaScreen", verb: MesaVerb) -> None:
    """Read each ticket anew, so that what is changed is what it is now; then do ``verb``. For a worker.

    What stands in the way of the verb is reported here, once for all of them.
    """
    app, queue, under = screen.plantao, screen.queue, screen.queue.highlighted
    entries = queue.chosen if verb.on_marked else (under,) if under is not None else ()
    seen = [screen.as_shown(entry.ticket) for entry in entries]
    try:
        tickets = await Looking(app).again(seen)
        for ticket in tickets or ():
            app.timekeeper.note(ticket_target(ticket.id))
        if tickets and await verb.of(app)(tickets):
            queue.let_go(ticket.id for ticket in tickets)
            if verb.on_marked:
                queue.mark(frozenset())
    except PlantaoError as error:
        app.report(error.trouble)
