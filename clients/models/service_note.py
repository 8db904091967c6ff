"""What somebody wrote of a service: that its failure is known, or what was found."""

from .base import Model, Moment
from .service import Service, ServiceState
from .text import SafeMultiline, SafeText


class ServiceNote(Model):
    """An acknowledgement, or what was found."""

    id: str
    key: str
    """As of `Service.key`."""
    at: Moment
    who: SafeText
    text: SafeMultiline
    acknowledges: bool = False
    """Whether it says that the failure of that time is known."""


def is_known(service: Service, note: ServiceNote | None) -> bool:
    """Whether ``note`` acknowledges the failure that goes on: one of an earlier failure does not."""
    if note is None or service.state is not ServiceState.FAIL:
        return False
    return service.since is None or note.at >= service.since
