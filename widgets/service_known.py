"""What is known of services beside what the monitoring says: how they were, who knows of it, who is there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rich.cells import cell_len

from clients.models.client_key import client_key
from clients.models.server_talk import Occupant
from clients.models.service import Service, ServiceState
from clients.models.service_history import Course, ServiceHistory
from clients.models.service_note import ServiceNote, is_known

from . import phrases
from .cells import Tone, clip

FLAPPING = ("≈", "vai e volta")
"""Sign and words for what falls and recovers again and again."""
KNOWN = "ciente"
"""What is said of a failure that somebody acknowledged."""
_TONES = {ServiceState.FAIL: Tone.BAD, ServiceState.UNKNOWN: Tone.WARN, ServiceState.OK: Tone.GOOD}


@dataclass(frozen=True)
class Known:
    """Histories and acknowledgements by `Service.key`, people by `client_key`."""

    histories: Mapping[str, ServiceHistory] = field(default_factory=dict)
    acknowledged: Mapping[str, ServiceNote] = field(default_factory=dict)
    people: Mapping[str, tuple[Occupant, ...]] = field(default_factory=dict)
    doubt: str = ""
    """Why it is not known for sure who is on the servers."""

    def history(self, service: Service) -> ServiceHistory:
        """How it was; empty where it was never seen."""
        return self.histories.get(service.key, ServiceHistory(key=service.key))

    def flaps(self, service: Service, now: datetime) -> bool:
        """Whether it comes and goes."""
        return self.history(service).course(now) is Course.FLAPPING

    def acknowledgement(self, service: Service, now: datetime) -> ServiceNote | None:
        """Who knows of the failure that goes on."""
        note = self.acknowledged.get(service.key)
        return note if is_known(service, note, now) else None

    def people_on(self, service: Service) -> tuple[Occupant, ...] | None:
        """Who is on its client's server; None where that is not known: in doubt nobody is not nobody."""
        people = self.people.get(client_key(service.client))
        return None if self.doubt and not people else people


def state_tone(service: Service, *, flaps: bool = False) -> Tone:
    """What its state means: what runs for the moment, but comes and goes, is not well."""
    tone = _TONES[service.state]
    return Tone.WARN if flaps and tone is Tone.GOOD else tone


def acknowledged_by(note: ServiceNote) -> str:
    """ "ciente: Ana"."""
    return f"{KNOWN}: {_first_name(note.who)}"


def people_words(known: Known, service: Service, now: datetime, width: int) -> str:
    """ "Ana há 20 min", "—" for nobody; of what runs no doubt is told.

    Where less fits, "Ana 20m" or only "Ana": a number is never cut.
    """
    people = known.people_on(service)
    if people is None:
        return "" if service.state is ServiceState.OK else "? incerto"
    if not people:
        return "—"
    last = people[0]
    name = "você" if last.own else _first_name(last.who)
    name += "" if last.sure and not known.doubt else "?"
    name += f" +{len(people) - 1}" if len(people) > 1 else ""
    age = phrases.age(last.since, now)
    ways = (phrases.ago(last.since, now), age, age.replace(" min", "m").replace(" ", ""))
    fitting = (f"{name} {way}".rstrip() for way in ways)
    return next((said for said in fitting if cell_len(said) <= width), clip(name, width))


def _first_name(name: str) -> str:
    return name.split()[0] if name.split() else "alguém"
