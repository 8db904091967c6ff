"""Services of clients, as a monitoring source shows them. Unknown is never green (R1)."""

from enum import StrEnum

from .base import Model, Moment
from .text import SafeText, fold


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

    @property
    def key(self) -> str:
        """Identity across refreshes."""
        return f"{fold(self.client)}/{fold(self.service)}"

    @property
    def order(self) -> tuple[int, str, str]:
        """Sort key: red, then unknown, then green; by client and service within, accents aside."""
        return self.state.rank, fold(self.client), fold(self.service)
