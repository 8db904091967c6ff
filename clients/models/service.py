"""Services of clients, as a monitoring source shows them. Unknown is never green (R1)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter

from .base import Model, Moment, Nullable
from .text import SafeText, fold
from .times import span

LONGEST_UNCHECKED = timedelta(hours=1)
"""How long ago a source may have looked, where the settings say nothing else."""
FRESH = timedelta(minutes=5)
"""How old a reading may be by which something is red now, where services are read often."""


class ServiceState(StrEnum):
    """What is known of a service, worst first in `rank`."""

    FAIL = "fail"
    UNKNOWN = "unknown"
    OK = "ok"

    @property
    def rank(self) -> int:
        """Sort order: failures before the unknown before what runs."""
        return ("fail", "unknown", "ok").index(self.value)


class Service(Model):
    """One service of one client."""

    client: SafeText
    service: SafeText
    kind: SafeText = ""
    """Free words of the source, such as "serviço do Windows" or "tarefa agendada"."""
    state: ServiceState = ServiceState.UNKNOWN
    since: Moment | None = None
    """When the state began; where the source does not say, when Plantão first saw it."""
    last_check: Moment | None = None
    """When the source itself last looked."""
    note: SafeText = ""
    overdue: bool = False
    """Whether the source had not looked for too long, as `seen_at` found."""
    check_written: Moment | None = None
    """When the source says that it last looked, where its clock is off: `last_check` is then by ours."""
    sources: Nullable[SafeText] = ()
    """Names of the sources that show it in this state."""
    missing_since: Moment | None = None
    """Since when the sources that showed it no longer do, though they were read."""

    @property
    def key(self) -> str:
        """Identity across refreshes."""
        return f"{fold(self.client)}/{fold(self.service)}"

    @property
    def order(self) -> tuple[int, str, str]:
        """Sort key: red, then unknown, then green; by client and service within, accents aside."""
        return self.state.rank, fold(self.client), fold(self.service)

    def seen_at(self, now: datetime, longest: timedelta) -> "Service":
        """The same as it counts at ``now``: green is unknown where the source looked over ``longest`` ago.

        Red stays red. A check that lies in the future, by a clock that runs ahead, counts as one of now.
        """
        if self.last_check is None or self.missing_since is not None or now - self.last_check <= longest:
            return self
        doubt: dict[str, object] = {"overdue": True}
        if self.state is ServiceState.OK:
            doubt |= {"state": ServiceState.UNKNOWN, "since": self.last_check}
        return self.model_copy(update=doubt)

    def remark(self, now: datetime) -> str:
        """What is to be said of it: that nobody shows it or looks any more, and the source's own note."""
        said = [self.note]
        if self.check_written is not None and self.last_check is not None:
            said.append(clock_off(self.check_written - self.last_check))
        if self.overdue and self.last_check is not None:
            said.insert(0, f"sem verificação há {span(now - self.last_check)}")
        if self.missing_since is not None:
            said.insert(0, f"não está mais na página há {span(now - self.missing_since)}")
        return " · ".join(filter(None, said))


def clock_off(ahead: timedelta) -> str:
    """Say by how much the clock of the monitoring differs from ours."""
    rounded = timedelta(minutes=round(ahead / timedelta(minutes=1)))
    return f"relógio do monitoramento {span(rounded)} {'adiantado' if ahead > timedelta() else 'atrasado'}"


def standing(services: Iterable[Service], now: datetime, longest: timedelta) -> tuple[Service, ...]:
    """Return the services as they count at ``now`` (see `Service.seen_at`), worst first."""
    return tuple(sorted((item.seen_at(now, longest) for item in services), key=attrgetter("order")))
