"""What somebody wrote of a service: that its failure is known, or what was seen; and to whom it went on."""

from datetime import datetime
from enum import StrEnum

from .base import Model, Moment
from .morning import day_of
from .service import Service, ServiceState
from .text import SafeMultiline, SafeText


class Destination(StrEnum):
    """Where what was seen can go."""

    SERVERS = "servers"
    """The channel of who is on which server."""
    LEAD = "lead"
    """The manager's channel."""
    NOTE = "note"
    """An internal note of a ticket."""
    TASK = "task"
    """A Redmine task, by attending a ticket."""
    CHAMADO = "chamado"


class Passed(Model):
    """What was seen went on to somewhere."""

    to: Destination
    place: SafeText = ""
    """The channel, the ticket as ``#4102``, or the chamado as ``nº 12`` once it was sent."""
    draft_id: str = ""
    """Of a chamado."""
    arrived: bool = False
    """Whether what was begun as a draft was sent."""
    at: Moment
    who: SafeText

    @property
    def told(self) -> str:
        """What was done, in words: drafts are called so while nothing of them has left."""
        draft = "" if self.arrived else "rascunho de "
        return {
            Destination.SERVERS: f"perguntado em {self.place}",
            Destination.LEAD: f"perguntado em {self.place}",
            Destination.NOTE: f"{draft}nota no {self.place}",
            Destination.TASK: f"atendimento do {self.place} preenchido com a tarefa",
            Destination.CHAMADO: f"{draft}chamado {self.place}".rstrip(),
        }[self.to]


class ServiceNote(Model):
    """What somebody wrote of a service: an acknowledgement, or what was seen."""

    id: str
    key: str
    """As of `Service.key`."""
    at: Moment
    who: SafeText
    text: SafeMultiline
    headline: SafeText = ""
    """What of ``text`` says it in one line, where that is not its first."""
    acknowledges: bool = False
    """Whether it says that the failure of that time is known."""
    excerpt: SafeMultiline = ""
    """Of a log: bounded and masked, as of `clients.models.excerpt`."""
    passed: tuple[Passed, ...] = ()
    """Where it went on to, oldest first."""

    @property
    def gist(self) -> str:
        """It in one line; where nothing was written, the line of the excerpt that speaks of a failure."""
        return self.headline or first_line(self.text) or failing_line(self.excerpt)


def first_line(text: str) -> str:
    """Return the first line that says anything; empty where there is none."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def failing_line(excerpt: str) -> str:
    """Return the last line of a log that speaks of a failure, or its last one; empty where there is none."""
    lines = [line.strip() for line in excerpt.splitlines() if line.strip()]
    words = ("erro", "fail", "falha", "exception", "rejei", "fatal", "timeout", "inválid", "negad", "denied")
    failing = [line for line in lines if any(word in line.casefold() for word in words)]
    return (failing or lines or [""])[-1]


def is_known(service: Service, note: ServiceNote | None, now: datetime) -> bool:
    """Whether ``note`` acknowledges the failure that goes on: one of an earlier failure does not."""
    return (
        note is not None and service.state is ServiceState.FAIL and is_of_this_failure(service, note.at, now)
    )


def is_of_this_failure(service: Service, moment: datetime, now: datetime) -> bool:
    """Whether ``moment`` lies in the failure that goes on; where nobody says since when, if it is today."""
    return moment >= service.since if service.since is not None else day_of(moment) == day_of(now)
