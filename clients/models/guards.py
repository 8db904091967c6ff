"""What Plantão sees before a step on a client's server: is anything red, is anybody there, did one say so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .client_key import client_key
from .feed import Feed, Trouble
from .runbook import Guard, Step
from .server_talk import Occupant, told
from .service import FRESH, Service, ServiceState
from .text import fold
from .times import at, span
from .walk import Override, Walk

ONLY_WHEN_RED = "Só se entra no servidor do cliente quando algo está vermelho nele."
"""R2, as it is told where nothing is."""
ONLY_WHEN_FREE = "Só se entra no servidor quando ninguém mais está nele."
"""R3, as it is told where somebody is, or may be."""


@dataclass(frozen=True)
class Sight:
    """One guard of a step, as things are now."""

    guard: Guard
    holds: bool
    seen: str
    """What is seen, in words."""
    about: str = ""
    """Whom it is about, for `Walk.override_of`: a reason to go on holds while nobody else comes."""
    override: Override | None = None
    """Why one goes on though it does not hold."""

    @property
    def bars(self) -> bool:
        """Whether the step may not be done yet."""
        return not self.holds and self.override is None


def sights(
    step: Step,
    walk: Walk,
    services: Feed[Service],
    people: Sequence[Occupant],
    doubt: str,
    now: datetime,
    *,
    fresh: timedelta = FRESH,
) -> tuple[Sight, ...]:
    """Return what is seen of each guard that holds for ``step``.

    ``people`` are on the server besides oneself; ``doubt`` says why that cannot be known, where it cannot.
    What was red longer than ``fresh`` ago may be so no more.
    """
    found = []
    for guard in step.barred_by:
        match guard:
            case Guard.RED:
                sight = _red(walk, services, now, fresh)
            case Guard.FREE:
                sight = _free(people, doubt, now)
            case Guard.ENTERED:
                sight = _entered(walk, now)
        override = None if sight.holds else walk.override_of(guard, sight.about)
        found.append(replace(sight, override=override))
    return tuple(found)


def _red(walk: Walk, services: Feed[Service], now: datetime, fresh: timedelta) -> Sight:
    client, service = client_key(walk.client), fold(walk.service)
    of_client = [each for each in services.items if client_key(each.client) == client]
    red = sorted(
        (each for each in of_client if each.state is ServiceState.FAIL),
        key=lambda each: fold(each.service) != service,
    )
    if services.as_of is None or not red:
        return Sight(Guard.RED, False, _why_not_red(of_client, services))
    now_red = [each for each in red if now - _known_at(each, services.as_of, services.trouble) <= fresh]
    if not now_red:
        seen = span(now - _known_at(red[0], services.as_of, services.trouble))
        return Sight(
            Guard.RED, False, f"{red[0].service} em falha na leitura de há {seen}; de agora não se sabe"
        )
    first = now_red[0]
    since = f" há {span(now - first.since)}" if first.since else ""
    others = f" e mais {len(now_red) - 1}" if len(now_red) > 1 else ""
    return Sight(Guard.RED, True, f"{first.service} em falha{since}{others}")


def _known_at(service: Service, read_at: datetime, trouble: Trouble | None) -> datetime:
    """When it was seen last: its source may be one that was not read, or may not have looked itself."""
    doubted = service.overdue or trouble is not None
    return min(read_at, service.last_check) if doubted and service.last_check is not None else read_at


def _why_not_red(of_client: Sequence[Service], services: Feed[Service]) -> str:
    if services.as_of is None or services.trouble is not None:
        return "não se sabe se algo está vermelho: o monitoramento não foi lido"
    if not of_client:
        return "o monitoramento não mostra este cliente"
    if any(each.state is ServiceState.UNKNOWN for each in of_client):
        return "nada vermelho neste cliente agora; há serviço desconhecido"
    return "nada vermelho neste cliente agora"


def _free(people: Sequence[Occupant], doubt: str, now: datetime) -> Sight:
    if not people and not doubt:
        return Sight(Guard.FREE, True, "ninguém anunciou que está")
    there = [told(person, now) for person in people]
    names = sorted(person.who for person in people)
    seen = "; ".join([*there, *([f"não se sabe quem está: {doubt}"] if doubt else [])])
    return Sight(Guard.FREE, False, seen, ", ".join([*names, *(["?"] if doubt else [])]))


def _entered(walk: Walk, now: datetime) -> Sight:
    if walk.entered_at is None:
        return Sight(Guard.ENTERED, False, "a entrada não foi anunciada")
    return Sight(Guard.ENTERED, True, f"entrada anunciada {at(walk.entered_at, now)}")
