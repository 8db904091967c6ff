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
    """The channel, or the ticket as ``#4102``; empty for a chamado."""
    at: Moment
    who: SafeText

    @property
    def told(self) -> str:
        """What was done, in words: drafts are called so, since nothing of them has left yet."""
        return {
            Destination.SERVERS: f"perguntado em {self.place}",
            Destination.LEAD: f"perguntado em {self.place}",
            Destination.NOTE: f"rascunho de nota no {self.place}",
            Destination.TASK: f"atendimento do {self.place} preenchido com a tarefa",
            Destination.CHAMADO: "rascunho de chamado",
        }[self.to]


class ServiceNote(Model):
    """What somebody wrote of a service: an acknowledgement, or what was seen."""

    id: str
    key: str
    """As of `Service.key`."""
    at: Moment
    who: SafeText
    text: SafeMultiline
    acknowledges: bool = False
    """Whether it says that the failure of that time is known."""
    excerpt: SafeMultiline = ""
    """Of a log: bounded and masked, as of `clients.models.excerpt`."""
    passed: tuple[Passed, ...] = ()
    """Where it went on to, oldest first."""

    @property
    def gist(self) -> str:
        """Its first line; where nothing was written, the first of the excerpt that speaks of a failure."""
        lines = [line.strip() for line in self.text.splitlines() if line.strip()]
        return lines[0] if lines else failing_line(self.excerpt)


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
